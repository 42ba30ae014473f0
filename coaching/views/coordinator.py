"""What the coordinator's pages of this room share: tabs, the trail of lists, and the records in the address."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from accounts import audit
from placements.views.pages import EmployerPage
from ui.lists import ListPage
from ui.pages import Tab

_TABS = (
    ("coaching_list", "Overzicht"),
    ("coach_list", "Coaches"),
    ("coaching_hours", "Uren"),
    ("buddy_list", "Buddy's"),
)


class CoachingPage(EmployerPage):
    """A page about coaching at one employer."""

    def tabs(self, current: str) -> list[Tab]:
        """Return the tabs of the pages that belong together."""
        return [Tab(label, self.address(name), current=name == current) for name, label in _TABS]


class CoachingList(CoachingPage, ListPage):
    """A list of today. Searches and files are put on the audit trail, without what was searched for."""

    subject = ""

    @property
    def export_name(self) -> str:  # type: ignore[override]
        return f"{self.subject}-{self.employer.code.lower()}"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = super().get(request, *args, **kwargs)
        if request.GET.get("zoek", "").strip() and not request.GET.get("export"):
            self._record("gezocht", {})
        return response

    def record_export(self, *, file_type: str, rows: int) -> HttpResponse | None:
        self._record("geëxporteerd", {"bestand": file_type, "regels": rows})
        return None

    def _record(self, what: str, changes: dict[str, Any]) -> None:
        used = sorted(name for name, value in self.request.GET.items() if value and name not in ("page", "export"))
        audit.record(
            action=f"{self.subject}.{what}",
            by=self.user,
            obj=self.employer,
            employer_id=self.employer.pk,
            changes=changes | {"filters": used},
        )

    def get_table_kwargs(self) -> dict[str, Any]:
        return {"employer": self.employer, "day": self.today}
