"""What a coach arranges about the own caseload: another phase, handing over to a colleague."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from accounts.concurrency import add_reasons
from coaching.forms.arranging import PhaseForm
from coaching.forms.handing import OwnCaseloadForm, colleagues_of
from coaching.models import Assignment, JobCoach
from coaching.services.assignments import set_phase
from coaching.services.handing import hand_over
from coaching.views.base import AssignmentPage, CoachPage
from ui import dutch


class PhaseChange(AssignmentPage):
    """Another phase, less intensive or more again."""

    writes = True
    template_name = "ui/form_page.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._page(PhaseForm(initial={"phase": self.assignment.phase, "day": self.today}))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = PhaseForm(request.POST)
        if form.is_valid():
            try:
                set_phase(assignment=self.assignment, by=self.user, today=self.today, **form.cleaned_data)
            except ValidationError as error:
                add_reasons(form, error)
            else:
                messages.success(request, "Fase vastgelegd.")
                return redirect(self.own_address())
        return self._page(form)

    def _page(self, form: forms.Form) -> HttpResponse:
        return self.show(
            title="Fase wijzigen",
            breadcrumbs=[*self.crumbs(), ("Fase wijzigen", None)],
            lead=self.assignment.candidate.full_name,
            form=form,
            cancel_url=self.own_address(),
        )


class CaseloadHandOver(CoachPage):
    """The caseload, or a part of it, goes to a colleague in one action."""

    writes = True
    template_name = "ui/form_page.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._page(self._form())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self._form(request.POST)
        if form.is_valid():
            data = form.cleaned_data
            try:
                done = hand_over(
                    assignments=list(data["people"]),
                    to=data["to"],
                    day=data["day"],
                    by=self.user,
                    today=self.today,
                    reason=data["reason"],
                    shares_notes=data["shares_notes"],
                )
            except ValidationError as error:
                add_reasons(form, error)
            else:
                number = dutch.plural(len(done.assignments), "persoon gaat", "mensen gaan")
                messages.success(request, f"{number} op {dutch.day_long(data['day'])} over naar {data['to']}.")
                if done.warning:
                    messages.warning(request, done.warning)
                return redirect("caseload")
        return self._page(form)

    def _form(self, data: Any = None) -> OwnCaseloadForm:
        mine = JobCoach.objects.visible_to(self.user)
        rows = Assignment.objects.visible_to(self.user, self.today).with_successor().for_list().order_by("pk")
        return OwnCaseloadForm(data, rows=rows, coaches=colleagues_of(mine, self.today), today=self.today)

    def _page(self, form: forms.Form) -> HttpResponse:
        title = "Caseload overdragen"
        return self.show(
            title=title,
            breadcrumbs=[("Mijn caseload", reverse("caseload")), (title, None)],
            form=form,
            submit_label="Overdragen",
            cancel_url=reverse("caseload"),
        )
