"""Recording a contact, changing it for a week, adding to it later."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from accounts.kept import kept_data
from accounts.records import StaleRecordError
from coaching.fields import UNREADABLE
from coaching.forms.check_ins import (
    AGREEMENTS,
    AddendumForm,
    ChangeCheckInForm,
    CheckInForm,
    empty_values,
    values_of,
)
from coaching.models import Agreement, Assignment, CheckIn, ConfidentialNote, Kind
from coaching.rules import is_editable
from coaching.services import check_ins as services
from coaching.services.agreements import settle_agreement
from coaching.services.drafts import draft_of
from coaching.services.repeats import recorded_as, tells
from coaching.views.base import AssignmentPage, CoachPage
from coaching.views.drafts import as_initial, device_key
from ui import dutch

RECORDED_BEFORE = (
    "Dit gesprek is al opgeslagen, maar met iets anders erin. Klopt wat hieronder staat? Sla het dan nog een keer op: "
    "dat wijzigt het gesprek."
)


class CheckInPage(AssignmentPage):
    """A page with the form of a contact."""

    writes = True
    template_name = "coaching/check_in_form.html"
    title = ""
    submit_label = "Gesprek opslaan"

    def page(self, form: forms.Form, **context: Any) -> HttpResponse:
        return self.show(
            title=self.title,
            breadcrumbs=[*self.crumbs(), (self.title, None)],
            assignment=self.assignment,
            lead=self.lead(),
            form=form,
            submit_label=self.submit_label,
            cancel_url=self.own_address(),
            **context,
        )

    def lead(self) -> str:
        row = self.assignment
        last = f"vorige keer {dutch.day_short(row.last_contact)}" if row.last_contact else "nog geen contact"
        return f"{row.candidate.full_name} · {last}"


class CheckInAdd(CheckInPage):
    """A new contact: the usual case is four boxes, filled in as far as can be."""

    title = "Gesprek vastleggen"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the form: with what was sent after the session ended, with the draft, or filled in as usual."""
        if kept := kept_data(request):
            return self.page(CheckInForm(kept, lines=_lines_in(kept)), **self._for_script())
        draft = draft_of(user=self.user, assignment=self.assignment)
        form = CheckInForm(initial={**self._initial(), **as_initial(draft)}, lines=_lines_in(draft))
        return self.page(form, draft=bool(draft), **self._for_script())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = CheckInForm(request.POST, lines=_lines_in(request.POST))
        if form.is_valid():
            known = recorded_as(key=form.cleaned_data["key"], by=self.user)
            if known is not None and not tells(known, form.check_in_data(), by=self.user):
                return self._change_instead(known)
            try:
                check_in = services.record_check_in(
                    assignment=self.assignment,
                    data=form.check_in_data(),
                    key=form.cleaned_data["key"],
                    by=self.user,
                    today=self.today,
                )
            except ValidationError as error:
                form.explain(error)
            else:
                messages.success(request, _said(check_in))
                return redirect(f"{self.own_address()}?vastgelegd={check_in.key}")
        return self.page(form, **self._for_script())

    def _change_instead(self, known: CheckIn) -> HttpResponse:
        """Show what was sent as a change of what arrived before, when the answer to that got lost on the way."""
        data = self.request.POST.copy()
        data["revision"] = str(known.revision)
        form = ChangeCheckInForm(data, lines=_lines_in(data))
        form.add_error(None, RECORDED_BEFORE)
        return self.page(form, action=self.own_address("check_in_change", check_in=known.uuid))

    def _initial(self) -> dict[str, Any]:
        row = self.assignment
        before = CheckIn.objects.of_subject(row).contacts().order_by("-day", "-pk").first()
        phase = row.phases.order_by("-first_day").first()
        closed = row.contact_due is None or phase is None
        next_contact = None if closed else self.today + timedelta(days=phase.interval)  # type: ignore[union-attr]
        return empty_values(today=self.today, kind=before.kind if before else Kind.VISIT, next_contact=next_contact)

    def _for_script(self) -> dict[str, Any]:
        """Return what the script that keeps drafts needs."""
        return {
            "draft_url": self.own_address("check_in_draft"),
            "device_key": device_key(self.user.pk),
        }


class OwnCheckInPage(CheckInPage):
    """A page about one contact that the coach wrote, within the own caseload."""

    @cached_property
    def check_in(self) -> CheckIn:
        rows = CheckIn.objects.visible_to(self.user).filter(author=self.user).of_subject(self.assignment).for_story()
        return get_object_or_404(rows, uuid=self.kwargs["check_in"])

    @cached_property
    def editable(self) -> bool:
        return is_editable(written_on=timezone.localdate(self.check_in.created_at), today=self.today)

    def lead(self) -> str:
        check_in = self.check_in
        how = f"{check_in.get_kind_display().lower()} op {dutch.day_long(check_in.day)}"
        return f"{self.assignment.candidate.full_name} · {how}"


class CheckInChange(OwnCheckInPage):
    """A contact as its author changes it; when the week is over the page goes to the addendum."""

    title = "Gesprek wijzigen"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.editable:
            return redirect(self.own_address("check_in_addendum", check_in=self.check_in.uuid))
        return self.page(self._form(), remove_url=self.own_address("check_in_remove", check_in=self.check_in.uuid))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = ChangeCheckInForm(request.POST, lines=_lines_in(request.POST))
        if form.is_valid():
            try:
                changed = services.change_check_in(
                    check_in=self.check_in,
                    data=form.check_in_data(),
                    by=self.user,
                    now=timezone.now(),
                    expected_revision=form.expected_revision,
                )
            except StaleRecordError as error:
                form.data = form.data.copy()
                form.data["revision"] = str(error.record.revision)
                form.add_error(None, error.messages[0])
            except ValidationError as error:
                form.explain(error)
            else:
                messages.success(request, "Gesprek gewijzigd." if changed else "Er was niets veranderd.")
                return redirect(self.own_address())
        return self.page(form)

    def _form(self) -> ChangeCheckInForm:
        note = ConfidentialNote.objects.readable_by(self.user, self.today).filter(check_in=self.check_in).first()
        told = note.reveal() if note else ""
        values = values_of(self.check_in, told or "")
        form = ChangeCheckInForm(initial=values, lines=self.check_in.agreements.count() + 1)
        if told is None:
            form.fields["confidential"].help_text = UNREADABLE
        return form


class AddendumAdd(OwnCheckInPage):
    """What is corrected or added after the week."""

    template_name = "ui/form_page.html"
    title = "Gesprek aanvullen"
    submit_label = "Aanvulling opslaan"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.page(AddendumForm(), check_in=self.check_in)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = AddendumForm(request.POST)
        if form.is_valid():
            try:
                services.add_addendum(
                    check_in=self.check_in, text=form.cleaned_data["text"], by=self.user, now=timezone.now()
                )
            except ValidationError as error:
                form.add_error("text", error.messages[0])
            else:
                messages.success(request, "Aanvulling opgeslagen.")
                return redirect(self.own_address())
        return self.page(form, check_in=self.check_in)


class CheckInRemove(OwnCheckInPage):
    """A contact that was recorded by mistake."""

    template_name = "ui/confirm.html"
    title = "Gesprek verwijderen?"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.page(
            forms.Form(),
            text="Alleen als dit gesprek er niet is geweest, of bij iemand anders hoort.",
            consequences=["Verslag, scores, afspraken en vertrouwelijke notitie verdwijnen.", "Terughalen kan niet."],
            confirm_label="Verwijderen",
            danger=True,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            services.remove_check_in(check_in=self.check_in, by=self.user, now=timezone.now())
        except ValidationError as error:
            messages.error(request, error.messages[0])
        else:
            messages.success(request, "Gesprek verwijderd.")
        return redirect(self.own_address())


class AgreementSettle(CoachPage):
    """Ticks off what was agreed, or opens it again; one tap."""

    writes = True

    def post(self, request: HttpRequest, agreement: UUID) -> HttpResponse:
        row = self._find(agreement)
        done_on = None if row.done_on else self.today
        settle_agreement(agreement=row, done_on=done_on, by=self.user, today=self.today)
        messages.success(request, f"Afgerond: {row.text}" if done_on else f"Weer open: {row.text}")
        return self._to_the_person(row)

    def get(self, request: HttpRequest, agreement: UUID) -> HttpResponse:
        """Go to the person: ticking off has no page of its own."""
        return self._to_the_person(self._find(agreement))

    def _find(self, uuid: UUID) -> Agreement:
        return get_object_or_404(Agreement.objects.visible_to(self.user).for_list(), uuid=uuid)

    def _to_the_person(self, agreement: Agreement) -> HttpResponse:
        rows = Assignment.objects.visible_to(self.user, self.today)
        mine = rows.of_subject(agreement.check_in.assignment).order_by("-first_day").first()
        return redirect(reverse("coached_person", kwargs={"assignment": mine.uuid}) if mine else reverse("caseload"))


def _said(check_in: CheckIn) -> str:
    following = f" Volgend contact {dutch.day_long(check_in.next_contact)}." if check_in.next_contact else ""
    return f"Gesprek van {dutch.day_long(check_in.day)} opgeslagen.{following}"


def _lines_in(data: Any) -> int:
    """Return how many lines for agreements a form that was sent has."""
    lines = AGREEMENTS
    while f"agreed_{lines + 1}" in data and lines < 20:
        lines += 1
    return lines
