"""The colleagues of a coordinator: who works for this employer, inviting, changing and ending."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.generic import TemplateView, View

from accounts.models import Membership, Role
from accounts.querysets import MembershipQuerySet
from accounts.rules import ADVISED_COORDINATORS
from accounts.services.invitations import MailNotSentError, invite, resend_invitation
from accounts.services.memberships import LAST_COORDINATOR, change_membership, end_membership, leaves_nobody
from employers.access import EmployerMixin
from employers.forms import AcknowledgeMixin, ColleagueForm, EndForm, InviteForm
from employers.models import Employer
from employers.tables import Colleague, ColleagueTable, status_of
from employers.views.base import EmployerAddView, EmployerFormView
from ui import dutch


def colleagues_of(employer: Employer) -> MembershipQuerySet:
    """Return every coordinator's membership of this employer, those that run on or end last first."""
    return (
        employer.memberships.filter(role=Role.COORDINATOR).for_list().order_by("user__name_folded", "first_day", "pk")
    )


def active_writers(employer: Employer, today: date) -> int:
    """Return how many coordinators can change something today."""
    rows = colleagues_of(employer).active_on(today).filter(read_only=False, user__is_active=True)
    return rows.values("user").distinct().count()


class ColleagueList(EmployerMixin, TemplateView):
    """Who works for this employer; those whose role has ended on request."""

    template_name = "employers/colleague_list.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        today = timezone.localdate()
        rows = colleagues_of(self.employer)
        ended = rows.filter(last_day__lt=today)
        shown = rows if "afgelopen" in self.request.GET else rows.exclude(pk__in=ended.values("pk"))
        colleagues = [Colleague(row, status_of(row, today)) for row in shown]
        return super().get_context_data(
            title="Collega's",
            lead=f"Wie met Banenafspraak werkt voor {self.employer}.",
            table=ColleagueTable(colleagues, may_change=self.may_change),
            too_few=active_writers(self.employer, today) < ADVISED_COORDINATORS,
            ended_count=ended.count(),
            ended_shown="afgelopen" in self.request.GET,
            **context,
        )


class ColleagueFormView(EmployerFormView):
    """Base of the pages that write a colleague's role."""

    back_to = "colleague_list"
    back_label = "Collega's"

    def membership(self) -> Membership:
        """Return the membership of the address. Raises ``Http404`` for one of another employer."""
        return get_object_or_404(colleagues_of(self.employer), uuid=self.kwargs["membership"])

    def finish_knowingly(self, form: AcknowledgeMixin, save: Callable[[], Any], message: str) -> HttpResponse:
        """Save; when nobody would be left, ask to tick the box first."""
        answer = self.finish(form, save, message)
        if form.has_error("__all__", code=LAST_COORDINATOR):
            form.ask_acknowledgement()
        return answer


class ColleagueInvite(EmployerAddView, ColleagueFormView):
    """Invites a colleague by e-mail."""

    title = "Collega uitnodigen"
    submit_label = "Uitnodiging versturen"
    form_class = InviteForm

    def get_initial(self) -> dict[str, Any]:
        return {"first_day": timezone.localdate()}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "employer": self.employer}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        intro = "De collega krijgt een e-mail met een link om een wachtwoord te kiezen, en werkt als P&O-coördinator."
        return super().get_context_data(intro=intro, **context)

    def is_made(self) -> bool:
        return Membership.objects.filter(employer=self.employer, uuid=self.once).exists()

    def form_valid(self, form: InviteForm) -> HttpResponse:
        try:
            return self.finish(form, lambda: self._invite(form), f"{form.cleaned_data['name']} is uitgenodigd.")
        except MailNotSentError as failure:
            messages.warning(self.request, str(failure))
            return redirect(self.get_back_url())

    def _invite(self, form: InviteForm) -> Membership:
        return invite(
            by=self.request.user,  # type: ignore[arg-type]
            role=Role.COORDINATOR,
            employer=self.employer,
            base_url=self.request.build_absolute_uri("/"),
            uuid=self.once,
            **form.cleaned_data,
        )


class ColleagueChange(ColleagueFormView):
    """Changes what a colleague may and until when."""

    form_class = ColleagueForm
    template_name = "employers/colleague_form.html"

    def get_title(self) -> str:
        return self.membership().user.name

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "instance": self.membership()}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        membership = self.membership()
        status = status_of(membership, timezone.localdate())
        return super().get_context_data(membership=membership, status=status, **context)

    def form_valid(self, form: ColleagueForm) -> HttpResponse:
        membership = self.membership()
        return self.finish_knowingly(
            form,
            lambda: change_membership(
                by=self.request.user,  # type: ignore[arg-type]
                membership=membership,
                today=timezone.localdate(),
                expected_revision=form.expected_revision,
                acknowledged=form.cleaned_data["acknowledged"],
                **form.values(),
            ),
            f"De rol van {membership.user} is opgeslagen.",
        )


class ColleagueEnd(ColleagueFormView):
    """Asks before someone's role ends, and on which day."""

    form_class = EndForm
    template_name = "ui/confirm.html"
    submit_label = "Toegang beëindigen"

    def get_title(self) -> str:
        return f"Toegang van {self.membership().user} beëindigen?"

    def get_initial(self) -> dict[str, Any]:
        return {"last_day": timezone.localdate(), "revision": self.membership().revision}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        membership = self.membership()
        consequences = [
            f"Na de laatste dag ziet {membership.user} niets meer van {self.employer}.",
            "Wat is vastgelegd blijft staan. Later opnieuw uitnodigen kan.",
        ]
        if leaves_nobody(membership, timezone.localdate()):
            consequences.append("Er is daarna geen P&O-coördinator meer die gegevens van deze werkgever kan wijzigen.")
        return super().get_context_data(danger=True, consequences=consequences, **context)

    def form_valid(self, form: EndForm) -> HttpResponse:
        membership, last_day = self.membership(), form.cleaned_data["last_day"]
        return self.finish_knowingly(
            form,
            lambda: end_membership(
                by=self.request.user,  # type: ignore[arg-type]
                membership=membership,
                last_day=last_day,
                today=timezone.localdate(),
                expected_revision=form.expected_revision,
                acknowledged=form.cleaned_data["acknowledged"],
            ),
            f"De toegang van {membership.user} eindigt op {dutch.day_long(last_day)}.",
        )

    def get_success_url(self) -> str:
        """Go to the list, or to the start for who has just ended the own role."""
        return self.get_back_url() if self.membership().user_id != self.request.user.pk else "/"


class ColleagueResend(EmployerMixin, View):
    """Sends the invitation once more (POST); who comes here by an address goes to the page with the button."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect("colleague_change", employer=self.employer.uuid, membership=self._membership().uuid)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        membership = self._membership()
        try:
            resend_invitation(
                by=request.user,  # type: ignore[arg-type]
                user=membership.user,
                base_url=request.build_absolute_uri("/"),
                today=timezone.localdate(),
            )
        except MailNotSentError as failure:
            messages.warning(request, str(failure))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, f"De uitnodiging aan {membership.user} is opnieuw verstuurd.")
        return redirect("colleague_list", employer=self.employer.uuid)

    def _membership(self) -> Membership:
        return get_object_or_404(colleagues_of(self.employer), uuid=self.kwargs["membership"])
