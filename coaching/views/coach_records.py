"""The coach's forms about records of somebody in the own caseload: interventions, goals and what changes at work."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property

from coaching.forms.development import EndGoalForm, ResultForm
from coaching.models import Goal, Intervention, Result, ToolkitItem
from coaching.models.development import Subject
from coaching.services import development as services
from coaching.toolkit import outcome_text, with_outcomes
from coaching.views.base import PAGES, AssignmentPage, Crumbs
from coaching.views.kinds import GOAL, INTERVENTION, KindAdd, KindChange, KindForm, KindRemove
from placements.models import Placement, Trial
from placements.views.pages import ConfirmFlow, FormFlow

#: The choice of a coach who writes an intervention down without the toolkit.
OWN_WORDS = "eigen"


class CoachForm(AssignmentPage, FormFlow):
    """A form about somebody in the own caseload."""

    writes = True
    page_name = "approach"

    @property
    def subject(self) -> Placement | Trial:
        return self.assignment.subject

    def records(self, model: type[Subject]) -> QuerySet:
        """Return the records of this kind about this placement or trial."""
        return model.objects.visible_to(self.user).of_subject(self.assignment)

    def check_rights(self) -> None:
        """Find the assignment: whose it is, and who may only read, was asked before."""
        _ = self.assignment

    def about(self) -> str:
        return f"{self.assignment.candidate.full_name} bij {self.subject.host}"

    def back(self) -> str:
        return self.own_address(self.page_name)

    def crumbs(self) -> Crumbs:
        return [*super().crumbs(), (PAGES[self.page_name], self.back())]


class CoachKindForm(KindForm, CoachForm):
    """A form about one kind of record."""

    @property
    def page_name(self) -> str:  # type: ignore[override]
        return self.kind.page

    def remove_address(self) -> str:
        return self.own_address(f"{self.kind.key}_remove", **{self.kind.key: self.record.uuid})


class CoachAdd(KindAdd, CoachKindForm):
    """A new record of one kind."""


class CoachChange(KindChange, CoachKindForm):
    """A change of a record of one kind."""


class CoachRemove(KindRemove, CoachKindForm, ConfirmFlow):
    """Removing a record of one kind."""


class InterventionAdd(CoachAdd):
    """An intervention: chosen from the toolkit (``?uit=…``), or in own words (``?uit=eigen``)."""

    kind = INTERVENTION
    template_name = INTERVENTION.template

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the form, or first the toolkit to choose from."""
        _ = self.assignment
        return super().get(request, *args, **kwargs) if "uit" in request.GET else self.choose()

    def choose(self) -> HttpResponse:
        """Show the toolkit with how often each thing helped."""
        items = with_outcomes(ToolkitItem.objects.visible_to(self.user).offered()).order_by("name", "pk")
        self.template_name = "coaching/toolkit.html"
        return self.show(
            title=self.title(),
            breadcrumbs=[*self.crumbs(), (self.title(), None)],
            lead=self.about(),
            items=[(item, outcome_text(item)) for item in items],
            own_words=OWN_WORDS,
            cancel_url=self.back(),
        )

    @cached_property
    def item(self) -> ToolkitItem | None:
        """What was chosen from the toolkit; None for own words."""
        chosen = self.request.GET.get("uit", OWN_WORDS)
        if chosen == OWN_WORDS:
            return None
        try:
            uuid = UUID(chosen)
        except ValueError as error:
            raise Http404 from error
        return get_object_or_404(ToolkitItem.objects.visible_to(self.user).offered(), uuid=uuid)

    def form(self, data: Any) -> forms.Form:
        return self.kind.form(data, today=self.today, item=self.item)

    def more(self, form: forms.Form) -> dict[str, Any]:
        return {"intro": f"Uit de toolkit: {self.item}. Pas de tekst aan waar dat nodig is."} if self.item else {}


class InterventionResult(CoachKindForm):
    """What came of an intervention: one tap on the page, or with a note and another day here."""

    kind = INTERVENTION
    submit_label = "Resultaat opslaan"

    def title(self) -> str:
        return "Wat leverde het op?"

    def form(self, data: Any) -> ResultForm:
        return ResultForm(data, record=self.record, today=self.today)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save the form; a tap sends the result alone, and is about today."""
        if request.POST.get("tik") in Result.values:
            return self._tap(self.record, request.POST["tik"])
        return super().post(request, *args, **kwargs)

    def _tap(self, record: Intervention, result: str) -> HttpResponse:
        try:
            services.record_result(intervention=record, result=result, day=self.today, by=self.user, today=self.today)
        except ValidationError as error:
            messages.error(self.request, error.messages[0])
        else:
            messages.success(self.request, f"Vastgelegd: {Result(result).label.lower()}.")
        return redirect(self.back())

    def save(self, form: Any) -> tuple[str, str]:
        changed = services.record_result(
            intervention=self.record,
            result=form.given,
            day=form.cleaned_data["result_on"],
            note=form.cleaned_data["result_note"],
            by=self.user,
            today=self.today,
            expected_revision=form.expected_revision,
        )
        return "Resultaat vastgelegd." if changed else "Er was niets veranderd.", self.back()


class GoalEnd(CoachKindForm):
    """A goal is reached or dropped, or worked on again."""

    kind = GOAL

    def title(self) -> str:
        return "Doel afronden"

    def about(self) -> str:
        return str(self.record)

    def form(self, data: Any) -> EndGoalForm:
        return EndGoalForm(data, record=self.record, today=self.today)

    def save(self, form: Any) -> tuple[str, str]:
        changed = services.end_goal(
            goal=self.record,
            **form.days,
            by=self.user,
            today=self.today,
            expected_revision=form.expected_revision,
        )
        return "Vastgelegd." if changed else "Er was niets veranderd.", self.back()


class StepSettle(CoachKindForm):
    """Ticks off a step of a goal, or opens it again; one tap."""

    kind = GOAL

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        goal: Goal = self.record
        try:
            step = goal.steps.get(pk=int(request.POST.get("stap", "")))
            done_on = None if step.done_on else self.today
            services.settle_step(goal=goal, key=step.pk, done_on=done_on, by=self.user, today=self.today)
        except (ValueError, goal.steps.model.DoesNotExist):
            messages.error(request, "Deze stap is er niet meer.")
        else:
            messages.success(request, f"{'Gedaan' if done_on else 'Weer open'}: {step.text}")
        return redirect(self.back())

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Go to the page of goals: ticking off has no page of its own."""
        _ = self.record
        return redirect(self.back())
