"""Who coaches someone in a placement or trial: the host's coordinator assigns, changes, hands over and ends."""

from typing import Any

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from coaching.forms import arranging
from coaching.forms.handing import HandOverForm, coaches_of_employer
from coaching.models import Assignment, Phase
from coaching.services import assignments as services
from coaching.services.buddies import about
from coaching.services.handing import hand_over
from coaching.services.rights import may_arrange
from coaching.views.coordinator import CoachingPage
from placements.models import Placement, Trial
from placements.services.rights import require
from placements.views.pages import ConfirmPage, Crumbs, FormPage, OnceByContents
from ui import dutch


class SubjectForm(CoachingPage, FormPage):
    """A form about the coaching of one placement or trial; anything else is not found."""

    kwargs: dict[str, Any]

    @cached_property
    def subject(self) -> Placement | Trial:
        """The placement or trial in the address."""
        if "trial" in self.kwargs:
            trials = Trial.objects.visible_to(self.user).of_employer(self.employer.pk).for_list()
            return get_object_or_404(trials, uuid=self.kwargs["trial"])
        placements = Placement.objects.visible_to(self.user).of_employer(self.employer.pk)
        return get_object_or_404(placements.select_related("candidate", "host"), uuid=self.kwargs["placement"])

    def make_form(self, data: Any = None) -> forms.Form:
        require(may_arrange(self.user, self.subject))
        return self.form(data)

    def form(self, data: Any) -> forms.Form:
        raise NotImplementedError

    def about(self) -> str:
        return f"{self.subject.candidate.full_name} bij {self.subject.host}"

    def crumbs(self) -> Crumbs:
        return [
            ("Begeleiding", self.address("coaching_list")),
            (self.subject.candidate.full_name, self.back()),
        ]

    def back(self) -> str:
        """Return the section on the page of the placement or trial."""
        if isinstance(self.subject, Trial):
            return f"{self.address('trial_detail', trial=self.subject.uuid)}#begeleiding"
        return f"{self.address('placement_detail', placement=self.subject.uuid)}#begeleiding"

    def warn(self, warning: str) -> None:
        """Say after saving that a coach has more people than room."""
        if warning:
            messages.warning(self.request, warning)


class AssignmentAdd(OnceByContents, SubjectForm):
    """A coach for someone."""

    submit_label = "Coach toewijzen"

    def title(self) -> str:
        return f"Coach voor {self.subject.candidate.full_name}"

    def form(self, data: Any) -> arranging.AssignForm:
        return arranging.AssignForm(data, employer_id=self.subject.host_id, today=self.today)

    def stands(self, form: Any) -> bool:
        names = ("coach", "first_day", "last_day")
        found = Assignment.objects.visible_to(self.user).filter(**about(self.subject))
        return found.filter(**{name: form.cleaned_data[name] for name in names}).exists()

    def save(self, form: Any) -> tuple[str, str]:
        data = form.cleaned_data
        assigned = services.assign(
            coach=data["coach"],
            subject=self.subject,
            data=form.days(),
            by=self.user,
            today=self.today,
            phase=data["phase"],
            interval=data["interval"],
        )
        self.warn(assigned.warning)
        days = dutch.stretch(data["first_day"], data["last_day"])
        return f"{data['coach']} begeleidt {self.subject.candidate.full_name} {days}.", self.back()


class AssignmentForm(SubjectForm):
    """A form about one assignment; its placement or trial follows from it."""

    @cached_property
    def assignment(self) -> Assignment:
        rows = Assignment.objects.visible_to(self.user).of_employer(self.employer.pk).for_list()
        return get_object_or_404(rows, uuid=self.kwargs["assignment"])

    @cached_property
    def subject(self) -> Placement | Trial:  # type: ignore[override]
        return self.assignment.subject

    def about(self) -> str:
        return f"{super().about()}, begeleid door {self.assignment.coach}"


class AssignmentChange(AssignmentForm):
    """A correction of the days of coaching, or of the consent."""

    def title(self) -> str:
        return "Begeleiding wijzigen"

    def form(self, data: Any) -> arranging.ChangeForm:
        return arranging.ChangeForm(data, assignment=self.assignment)

    def save(self, form: Any) -> tuple[str, str]:
        changed = services.change_assignment(
            assignment=self.assignment, data=form.days(), by=self.user, expected_revision=form.expected_revision
        )
        return "Begeleiding gewijzigd." if changed else "Er was niets veranderd.", self.back()


class AssignmentPhase(AssignmentForm):
    """Another phase."""

    submit_label = "Fase vastleggen"

    def title(self) -> str:
        return "Fase van de begeleiding"

    def form(self, data: Any) -> arranging.PhaseForm:
        initial = {"phase": self.assignment.phase, "day": self.today}
        return arranging.PhaseForm(data, initial=initial)

    def save(self, form: Any) -> tuple[str, str]:
        data = form.cleaned_data
        services.set_phase(
            assignment=self.assignment,
            phase=data["phase"],
            day=data["day"],
            interval=data["interval"],
            by=self.user,
            today=self.today,
        )
        phase = Phase(data["phase"]).label.lower()
        return f"De begeleiding is vanaf {dutch.day_long(data['day'])} {phase}.", self.back()


class AssignmentHandOver(AssignmentForm):
    """Another coach takes over one person."""

    submit_label = "Overdragen"

    def title(self) -> str:
        return "Begeleiding overdragen"

    def form(self, data: Any) -> HandOverForm:
        others = coaches_of_employer(self.subject.host_id, self.today, but=self.assignment.coach)
        return HandOverForm(data, coaches=others, today=self.today)

    def more(self, form: forms.Form) -> dict[str, Any]:
        return {"intro": HANDING_OVER}

    def save(self, form: Any) -> tuple[str, str]:
        data = form.cleaned_data
        handed = hand_over(
            assignments=[self.assignment],
            to=data["to"],
            day=data["day"],
            by=self.user,
            today=self.today,
            reason=data["reason"],
        )
        self.warn(handed.warning)
        return f"{data['to']} neemt het over vanaf {dutch.day_long(data['day'])}.", self.back()


#: What everybody who lets another coach take over has to know.
HANDING_OVER = (
    "De opvolger leest datums, minuten, verslagen en scores van eerder. Vertrouwelijke notities gaan nooit mee als "
    "P&O overdraagt: alleen de coach die ze schreef kan ze delen, door zelf over te dragen."
)


class AssignmentEnd(AssignmentForm, ConfirmPage):
    """The last day of coaching."""

    submit_label = "Begeleiding beëindigen"

    def title(self) -> str:
        return "Begeleiding beëindigen?"

    def text(self) -> str:
        return f"{self.assignment.coach} begeleidt {self.subject.candidate.full_name} dan niet meer."

    def consequences(self) -> list[str]:
        return [
            "Na de laatste dag ziet de coach deze medewerker niet meer.",
            "Gesprekken en uren blijven staan.",
            "Neemt een ander het over? Kies dan Overdragen: fase en contacten lopen dan door.",
        ]

    def form(self, data: Any) -> arranging.EndForm:
        return arranging.EndForm(data, assignment=self.assignment, today=self.today)

    def save(self, form: Any) -> tuple[str, str]:
        row, last_day = self.assignment, form.cleaned_data["last_day"]
        days = services.AssignmentData(first_day=row.first_day, last_day=last_day, consent_on=row.consent_on)
        services.change_assignment(assignment=row, data=days, by=self.user, expected_revision=form.expected_revision)
        return f"De begeleiding eindigt op {dutch.day_long(last_day)}.", self.back()
