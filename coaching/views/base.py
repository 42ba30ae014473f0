"""What the pages of a job coach share: the assignment in the address, out of the own caseload only."""

import re
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import View

from accounts.access import READ_ONLY, RoleMixin, changes_something, refuse
from accounts.kept import OWNER, PARAMETER, handed_back
from accounts.models import Role, User
from accounts.scope import scope_of
from coaching.models import Assignment
from ui.pages import Tab

Crumbs = list[tuple[str, str | None]]

#: What a form sends along that nobody typed.
NOT_TYPED = frozenset({"csrfmiddlewaretoken", OWNER, "key", "revision", "once"})
#: The boxes in which a single word may be all that was written.
WRITTEN = re.compile(r"(note|confidential|text|title|problem|action|result|agreed_\d+|step_\w+)$")
#: The pages about one person, by the name of their address, and what they are called.
PAGES = {"coached_person": "Overzicht", "approach": "Aanpak", "development": "Ontwikkeling"}


class CoachPage(RoleMixin, View):
    """A page of somebody who works as a job coach. ``writes`` says that the whole page is a form.

    A coach who may only read gets 403 for whatever writes; ``reads_by_post`` says that sending it writes nothing.
    """

    roles = (Role.COACH,)
    writes = False
    reads_by_post = False
    template_name: str
    kwargs: dict[str, Any]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        scope = scope_of(request.user)
        changes = self.writes or (changes_something(request) and not self.reads_by_post)
        if scope.is_coach and scope.read_only and changes:
            refuse(request, action="toegang.wijzigen")
            raise PermissionDenied(READ_ONLY)
        return super().dispatch(request, *args, **kwargs)

    @property
    def user(self) -> User:
        return self.request.user  # type: ignore[return-value]

    @cached_property
    def may_change(self) -> bool:
        return not scope_of(self.user).read_only

    @cached_property
    def today(self) -> date:
        return timezone.localdate()

    def show(self, status: int = 200, **context: Any) -> HttpResponse:
        context = {"today": self.today, "may_change": self.may_change, **context}
        return render(self.request, self.template_name, context, status=status)


class AssignmentPage(CoachPage):
    """A page about one assignment of the own caseload; anybody else's is not found.

    A form that comes after the last day is not stored: the coach reads why, and gets back what was typed.
    """

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            if PARAMETER in request.GET and request.user.is_authenticated and scope_of(request.user).is_coach:
                self.assignment  # noqa: B018 not there: before a form takes what waits, and says to send it
            return super().dispatch(request, *args, **kwargs)
        except Http404:
            over = Assignment.objects.over_for(self.user, self.today).filter(uuid=kwargs["assignment"])
            sent = request.method == "POST" or PARAMETER in request.GET
            if not sent or not (row := over.first()) or not (typed := typed_in(request)):
                raise
        refuse(request, action="toegang.gegeven", obj=row)
        context = {"title": "Deze begeleiding is geëindigd", "last_day": row.last_day, "typed": typed}
        return render(request, "coaching/over.html", context, status=403)

    @cached_property
    def assignment(self) -> Assignment:
        rows = Assignment.objects.visible_to(self.user, self.today).for_list()
        return get_object_or_404(rows, uuid=self.kwargs["assignment"])

    def own_address(self, name: str = "coached_person", **more: Any) -> str:
        return reverse(name, kwargs={"assignment": self.assignment.uuid, **more})

    def tabs(self, current: str) -> list[Tab]:
        """Return the tabs of the pages about this person."""
        return [Tab(label, self.own_address(name), current=name == current) for name, label in PAGES.items()]

    def crumbs(self) -> Crumbs:
        return [("Mijn caseload", reverse("caseload")), (self.assignment.candidate.full_name, self.own_address())]


def typed_in(request: HttpRequest) -> list[str]:
    """Return the words somebody typed in a form sent now, or before the log-in; not what was chosen, nor days."""
    fields = [(name, text) for name in request.POST for text in request.POST.getlist(name)] or handed_back(request)
    texts = [(name, text.strip()) for name, text in fields if name not in NOT_TYPED]
    return [text for name, text in texts if text and (WRITTEN.match(name) or " " in text or len(text) > 20)]
