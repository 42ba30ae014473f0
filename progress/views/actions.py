"""The action list: one page for each role, of what the registered rules find due; also as a file."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import View

from accounts.access import RoleMixin
from accounts.models import Role
from accounts.records import FOREVER
from accounts.scope import scope_of
from employers.access import EmployerMixin
from employers.models import Employer
from files.sheets import Table
from progress.actions.reading import RULE, Reading
from progress.actions.registry import Asking, rules_for
from progress.views.files import send

_HEADER = ("actie", "wie", "waarover", "waar", "uiterlijk", "sinds")


class ActionPage(View):
    """What is due for one role. Filtering by rule, and paging, stand in the address."""

    template_name = "progress/actions.html"
    role: str
    employer: Employer | None = None
    title = "Actielijst"

    @cached_property
    def reading(self) -> Reading:
        asking = Asking(self.request.user, timezone.localdate(), self.employer)  # type: ignore[arg-type]
        asked = self.request.GET
        return Reading(
            rules_for(self.role),
            asking,
            steps=not scope_of(self.request.user).read_only,
            chosen=asked.get(RULE, ""),
            page=asked.get("page", 1),
        )

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.GET.get("export") or self.reading.is_unknown:
            return self.show(exports=True)
        return send(
            request,
            [Table("acties", _HEADER, self._rows())],
            name=self.file_name(),
            action="acties.geëxporteerd",
            obj=self.employer,
            employer_id=self.employer.pk if self.employer else None,
            rows=self.reading.number,
        )

    def file_name(self) -> str:
        whose = f"-{self.employer.code.lower()}" if self.employer else ""
        return f"acties{whose}-{timezone.localdate().isoformat()}"

    def _rows(self) -> Iterator[tuple[Any, ...]]:
        """Yield all lines of what was chosen, as the page orders them."""
        reading = self.reading
        rules = {rule.code: rule for rule in reading.actions.rules}
        for row in reading.actions.lines(reading.rule) if reading.number else []:
            rule, day = rules[row["rule_code"]], None if row["deadline"] == FOREVER else row["deadline"]
            days = (None, day) if rule.since else (day, None)
            yield (rule.label, row["who"], row["about"], row["place"], *days)

    def show(self, **context: Any) -> HttpResponse:
        today = timezone.localdate()
        context = {"title": self.title, "reading": self.reading, "today": today, "parameter": RULE, **context}
        return render(self.request, self.template_name, self.get_context_data(**context))

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return context


class EmployerActions(EmployerMixin, ActionPage):
    """What the coordinators of an employer have to see to."""

    role = Role.COORDINATOR


class OwnActions(RoleMixin, ActionPage):
    """What a coach has to see to in the own caseload, or an adviser in the own sector."""

    roles = (Role.COACH, Role.ADVISER)

    @property
    def role(self) -> str:  # type: ignore[override]
        return scope_of(self.request.user).role
