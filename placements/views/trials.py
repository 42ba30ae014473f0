"""Pages about trial placements and internships."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from accounts import audit
from candidates.models import Candidate
from placements.forms.periods import SureForm
from placements.forms.trials import AddTrialForm, ChangeTrialForm, DecideForm
from placements.models import Trial, TrialOutcome
from placements.sections import sections_of
from placements.services import trials as services
from placements.services.rights import may_write_trial, require
from placements.story import newest_first, of_records, of_trials
from placements.tables import outcome
from placements.views.choosing import CandidateChooser
from placements.views.pages import ConfirmPage, ContextView, Crumbs, EmployerPage, FormPage


class TrialPage(EmployerPage):
    """A page about one trial of the employer in the address; anything else is not found."""

    kwargs: dict[str, Any]

    @cached_property
    def trial(self) -> Trial:
        rows = Trial.objects.visible_to(self.user).of_employer(self.employer.pk).for_list()
        return get_object_or_404(rows.select_related("owner"), uuid=self.kwargs["trial"])

    def own_address(self, name: str = "trial_detail") -> str:
        return self.address(name, trial=self.trial.uuid)

    def crumbs(self) -> Crumbs:
        return [
            ("Proefplaatsingen", self.address("trial_list")),
            (self.trial.candidate.full_name, self.own_address()),
        ]

    def back(self) -> str:
        return self.own_address()


class TrialDetail(TrialPage, ContextView):
    """One trial: how it stands, what is next, its data and history."""

    template_name = "placements/trial_detail.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        trial = self.trial
        audit.record(action="proefplaatsing.bekeken", by=self.user, obj=trial, employer_id=self.employer.pk)
        name = trial.candidate.full_name
        status, tone = outcome(trial, self.today)
        return self.show(
            title=name,
            breadcrumbs=[("Proefplaatsingen", self.address("trial_list")), (name, None)],
            trial=trial,
            status=status,
            tone=tone,
            over=trial.last_day < self.today,
            succeeded=trial.outcome == TrialOutcome.SUCCEEDED,
            candidate_seen=self._sees_candidate(),
            place_url=f"{self.address('placement_add')}?{urlencode({'kandidaat': trial.candidate.uuid})}",
            story=newest_first(of_trials([trial]), of_records(trial, reader=self.employer)),
            writes=self.may_change and may_write_trial(self.user, trial),
            sections=sections_of(request, self.employer, trial),
        )

    def _sees_candidate(self) -> bool:
        rows = Candidate.objects.visible_to(self.user).seen_by(self.employer.pk, self.today)
        return rows.filter(pk=self.trial.candidate_id).exists()


class TrialAdd(CandidateChooser):
    """A new trial at this employer: choose the candidate, then fill in the rest."""

    makes = (Trial, "trial_detail", "trial")
    steps = ("Kandidaat", "Gegevens")

    def title(self) -> str:
        return "Nieuwe proefplaatsing of stage"

    def crumbs(self) -> Crumbs:
        return [("Proefplaatsingen", self.address("trial_list"))]

    def back(self) -> str:
        return self.address("trial_list")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().get(request, *args, **kwargs) if self.is_chosen else self.choose_candidate()

    def make_form(self, data: Any = None) -> AddTrialForm:
        return AddTrialForm(data)

    def more(self, form: forms.Form) -> dict[str, Any]:
        return {
            "intro": f"{self.candidate.full_name} bij {self.employer}. Dit telt niet mee: er wordt geen loon betaald."
        }

    def save(self, form: Any) -> tuple[str, str]:
        data = form.cleaned_data
        trial = services.add_trial(
            data=services.TrialData(
                candidate=self.candidate,
                host=self.employer,
                kind=data["kind"],
                first_day=data["first_day"],
                last_day=data["last_day"],
            ),
            code=data["code"],
            on=self.today,
            by=self.user,
            uuid=self.once,
        )
        return f"{trial.get_kind_display()} {trial.code} vastgelegd.", self.address("trial_detail", trial=trial.uuid)


class TrialForm(TrialPage, FormPage):
    """A form about a trial, for who writes it."""

    def about(self) -> str:
        return f"{self.trial.candidate.full_name} · {self.trial.get_kind_display().lower()} bij {self.trial.host}"

    def make_form(self, data: Any = None) -> forms.Form:
        require(may_write_trial(self.user, self.trial))
        return self.form(data)

    def form(self, data: Any) -> forms.Form:
        raise NotImplementedError


class TrialChange(TrialForm):
    """A correction of a trial."""

    def title(self) -> str:
        return f"{self.trial.get_kind_display()} wijzigen"

    def form(self, data: Any) -> ChangeTrialForm:
        return ChangeTrialForm(data, trial=self.trial)

    def save(self, form: Any) -> tuple[str, str]:
        data, trial = form.cleaned_data, self.trial
        changed = services.change_trial(
            trial=trial,
            data=services.TrialData(
                candidate=trial.candidate,
                host=trial.host,
                kind=data["kind"],
                first_day=data["first_day"],
                last_day=data["last_day"],
                outcome=trial.outcome,
            ),
            code=data["code"],
            on=self.today,
            by=self.user,
            expected_revision=form.expected_revision,
        )
        return "Gegevens gewijzigd." if changed else "Er was niets veranderd.", self.own_address()


class TrialDecide(TrialForm):
    """How a trial ended."""

    def title(self) -> str:
        return "Uitkomst wijzigen" if self.trial.outcome else "Uitkomst vastleggen"

    def form(self, data: Any) -> DecideForm:
        return DecideForm(data, trial=self.trial)

    def save(self, form: Any) -> tuple[str, str]:
        services.decide_trial(
            trial=self.trial,
            outcome=form.decided,
            last_day=form.cleaned_data["last_day"],
            today=self.today,
            by=self.user,
            expected_revision=form.expected_revision,
        )
        return "Uitkomst vastgelegd." if form.decided else "De uitkomst is nog niet bekend.", self.own_address()


class TrialRemove(TrialForm, ConfirmPage):
    """Removing a trial that was recorded by mistake."""

    submit_label = "Verwijderen"

    def title(self) -> str:
        return f"{self.trial.get_kind_display()} {self.trial.code} verwijderen?"

    def text(self) -> str:
        return "Alleen als deze er nooit is geweest. Is de proef voorbij, leg dan de uitkomst vast."

    def consequences(self) -> list[str]:
        return ["De kandidaat zelf blijft.", "Dit is niet ongedaan te maken."]

    def form(self, data: Any) -> SureForm:
        return SureForm(data, revision=self.trial.revision)

    def save(self, form: Any) -> tuple[str, str]:
        services.remove_trial(trial=self.trial, by=self.user, expected_revision=form.expected_revision)
        return "Verwijderd.", self.address("trial_list")
