"""Pages about a candidate of an employer: the file with register periods, placements and trials, and its forms."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property

from accounts import audit
from accounts.records import FOREVER
from candidates.forms import AddCandidateForm, ChangeCandidateForm
from candidates.models import Access, Candidate
from candidates.querysets import registered
from candidates.rules import masked
from placements.counting.calendar import Stretch
from placements.forms.periods import SureForm
from placements.models import PlacementPeriod, Trial
from placements.services import candidates as services
from placements.services.rights import may_write_candidate, require
from placements.story import newest_first, of_placements, of_records, of_register, of_trials
from placements.views.choosing import TYPED
from placements.views.pages import ConfirmPage, ContextView, Crumbs, EmployerPage, FormPage


class CandidatePage(EmployerPage):
    """A page about one candidate this employer may see; anyone else is not found."""

    kwargs: dict[str, Any]

    @cached_property
    def candidate(self) -> Candidate:
        rows = Candidate.objects.visible_to(self.user).seen_by(self.employer.pk, self.today)
        return get_object_or_404(rows.for_list(), uuid=self.kwargs["candidate"])

    @property
    def writes_candidate(self) -> bool:
        return self.may_change and may_write_candidate(self.user, self.candidate)

    def own_address(self, name: str = "candidate_detail", **more: Any) -> str:
        return self.address(name, candidate=self.candidate.uuid, **more)

    def crumbs(self) -> Crumbs:
        return [("Kandidaten", self.address("candidate_list")), (self.candidate.full_name, self.own_address())]

    def back(self) -> str:
        return self.own_address()


class CandidateDetail(CandidatePage, ContextView):
    """The file of a candidate. Reading it is put on the audit trail."""

    template_name = "candidates/candidate_detail.html"
    bsn_shown = ""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        candidate = self.candidate
        audit.record(action="kandidaat.bekeken", by=self.user, obj=candidate, employer_id=self.employer.pk)
        return self._file()

    def _file(self) -> HttpResponse:
        candidate, day = self.candidate, self.asked.day
        chosen = urlencode({"kandidaat": candidate.uuid})
        register = sorted(candidate.register_periods.all(), key=lambda period: period.first_day, reverse=True)
        trials = list(Trial.objects.visible_to(self.user).filter(candidate=candidate).for_list())
        return self.show(
            title=candidate.full_name,
            breadcrumbs=[("Kandidaten", self.address("candidate_list")), (candidate.full_name, None)],
            candidate=candidate,
            asked=self.asked,
            register=register,
            is_registered=Candidate.objects.filter(pk=candidate.pk).filter(registered(day, "person")).exists(),
            placements=self._placements(),
            trials=trials,
            access=Access.objects.filter(candidate=candidate, employer=self.employer, last_day=None).first(),
            story=newest_first(
                of_placements(self._periods()),
                of_register(register),
                of_trials(trials),
                of_records(candidate, reader=self.employer),
            ),
            in_open_period=any(period.last_day is None for period in register),
            masked_bsn=masked(candidate.known_bsn),
            bsn_shown=self.bsn_shown,
            writes=self.writes_candidate,
            place_url=f"{self.address('placement_add')}?{chosen}",
            try_url=f"{self.address('trial_add')}?{chosen}",
        )

    def _placements(self) -> list[PlacementPeriod]:
        """Return the placements of this candidate that this employer sees, each by the period that stands."""
        return list(self._periods().standing_for(self.asked.day).order_by("-first_day", "-pk"))

    def _periods(self) -> Any:
        """Return every period of those placements, placement by placement."""
        rows = PlacementPeriod.objects.visible_to(self.user).of_employer(self.employer.pk)
        return rows.filter(placement__candidate=self.candidate).for_list().order_by("placement_id", "first_day")


class BsnReveal(CandidateDetail):
    """Shows the citizen service number once, after a deliberate click that is put on the audit trail.

    Who comes here by an address (after logging in again) goes to the file, where the button is.
    """

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect(self.own_address())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        require(self.writes_candidate)
        self.bsn_shown = self.candidate.known_bsn
        if self.bsn_shown:
            audit.record(action="bsn.getoond", by=self.user, obj=self.candidate, employer_id=self.employer.pk)
        return self._file()


def typed(search: str) -> dict[str, str]:
    """Return what was searched for as the boxes of a new candidate: a code, a last name, or a first and a last name."""
    words = search.split()
    if any(character.isdigit() for character in search):
        return {"code": search.strip()}
    return {"first_name": words[0], "last_name": " ".join(words[1:])} if words[1:] else {"last_name": search.strip()}


class CandidateAdd(FormPage):
    """A new candidate."""

    makes = (Candidate, "candidate_detail", "candidate")

    def title(self) -> str:
        return "Nieuwe kandidaat"

    def crumbs(self) -> Crumbs:
        return [("Kandidaten", self.address("candidate_list"))]

    def back(self) -> str:
        return self.address("candidate_list")

    def make_form(self, data: Any = None) -> AddCandidateForm:
        return AddCandidateForm(data, today=self.today, initial=typed(self.request.GET.get(TYPED, "")))

    def more(self, form: forms.Form) -> dict[str, Any]:
        return {
            "intro": "Leg alleen vast wat nodig is. Er is geen plek voor een diagnose of voor de reden van "
            "registratie: die krijgt een werkgever niet."
        }

    def save(self, form: Any) -> tuple[str, str]:
        data = form.cleaned_data
        first, last = data["register_first_day"], data["register_last_day"]
        candidate = services.add_candidate(
            owner=self.employer,
            data=services.CandidateData(
                first_name=data["first_name"],
                last_name=data["last_name"],
                date_of_birth=data["date_of_birth"],
                bsn=data["bsn"],
                code=data["code"],
            ),
            register_period=Stretch(first, last or FOREVER) if first else None,
            on=self.today,
            by=self.user,
            uuid=self.once,
        )
        message = f"{candidate.full_name} ({candidate.code}) vastgelegd."
        return message, self.address("candidate_detail", candidate=candidate.uuid)


class CandidateForm(CandidatePage, FormPage):
    """A form about a candidate, for who writes it."""

    def about(self) -> str:
        return f"{self.candidate.full_name} · {self.candidate.code}"

    def make_form(self, data: Any = None) -> forms.Form:
        require(may_write_candidate(self.user, self.candidate))
        return self.form(data)

    def form(self, data: Any) -> forms.Form:
        raise NotImplementedError


class CandidateChange(CandidateForm):
    """A correction of a candidate. The form shows who it is, so opening it is put on the audit trail."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().get(request, *args, **kwargs)
        audit.record(action="kandidaat.bekeken", by=self.user, obj=self.candidate, employer_id=self.employer.pk)
        return response

    def title(self) -> str:
        return "Kandidaat wijzigen"

    def form(self, data: Any) -> ChangeCandidateForm:
        return ChangeCandidateForm(data, candidate=self.candidate, today=self.today)

    def save(self, form: Any) -> tuple[str, str]:
        data = form.cleaned_data
        changed = services.change_candidate(
            candidate=self.candidate,
            data=services.CandidateData(
                first_name=data["first_name"],
                last_name=data["last_name"],
                date_of_birth=data["date_of_birth"],
                bsn=form.bsn,
                code=data["code"],
            ),
            by=self.user,
            expected_revision=form.expected_revision,
        )
        return "Gegevens gewijzigd." if changed else "Er was niets veranderd.", self.own_address()


class CandidateRemove(CandidateForm, ConfirmPage):
    """Removing a candidate that was recorded by mistake."""

    submit_label = "Verwijderen"

    def title(self) -> str:
        return f"{self.candidate.full_name} verwijderen?"

    def consequences(self) -> list[str]:
        return ["De gegevens en registerperiodes van deze kandidaat verdwijnen.", "Dit is niet ongedaan te maken."]

    def form(self, data: Any) -> SureForm:
        return SureForm(data, revision=self.candidate.revision)

    def save(self, form: Any) -> tuple[str, str]:
        services.remove_candidate(candidate=self.candidate, by=self.user, expected_revision=form.expected_revision)
        return "Kandidaat verwijderd.", self.address("candidate_list")


class AccessWithdraw(CandidatePage, ConfirmPage):
    """Giving up what this employer may see of a candidate, for instance when someone asks for it."""

    submit_label = "Inzage beëindigen"

    def title(self) -> str:
        return f"Inzage in {self.candidate.full_name} beëindigen?"

    def consequences(self) -> list[str]:
        return [
            f"Niemand van {self.employer} kan deze kandidaat daarna nog openen.",
            "De gegevens blijven bewaard; de functioneel beheerder kan erbij.",
        ]

    def make_form(self, data: Any = None) -> SureForm:
        return SureForm(data, revision=self.candidate.revision)

    def save(self, form: Any) -> tuple[str, str]:
        services.give_up_access(
            candidate=self.candidate,
            employer=self.employer,
            today=self.today,
            by=self.user,
            expected_revision=form.expected_revision,
        )
        return "Inzage beëindigd.", self.address("candidate_list")
