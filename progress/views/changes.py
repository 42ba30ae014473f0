"""What is known to change between the reference date and the end of its year, placement by placement."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property

from accounts import audit
from employers.words import word_of
from placements.models import Placement
from progress.changes import ChangeKind, changed_between, changes_between, in_figures, with_reason
from progress.tables import ChangeTable, cause
from progress.views.coordinator import QuestionMixin
from ui import dutch
from ui.filters import FilterSet
from ui.lists import ExportColumn, ListPage
from ui.pages import Tab

_TABS = {
    None: ("Alles", "total"),
    ChangeKind.STARTS: ("Begint te tellen", "starts"),
    ChangeKind.STOPS: ("Telt niet meer", "stops"),
    ChangeKind.HOURS: ("Andere uren", "others"),
}


class ProgressChanges(QuestionMixin, ListPage):
    """The placements that start or stop counting, or count for other hours; ``?soort=`` chooses one kind."""

    template_name = "progress/changes.html"
    table_class = ChangeTable
    export_name = "wijzigingen"
    export_columns = (
        ExportColumn("plaatsingcode", "code"),
        ExportColumn("naam", "candidate__full_name"),
        ExportColumn("wat_verandert", lambda row: ChangeKind(row.kind).label),
        ExportColumn("dag", "day"),
        ExportColumn("uren_eerst", lambda row: Decimal(row.before) / 100),
        ExportColumn("uren_daarna", lambda row: Decimal(row.after) / 100),
        ExportColumn("waardoor", lambda row: cause(row.kind, row.rule)),
    )

    @cached_property
    def changes(self) -> "QuerySet[Placement]":
        return with_reason(self._visible(changes_between), self.question.at, self._last)

    @property
    def _last(self) -> date:
        return (self.question.end or self.question.at).day

    def _visible(self, between: "Callable[..., QuerySet[Placement]]") -> "QuerySet[Placement]":
        found = between(self.employer, self.question.at, self._last, self.question.unit)
        return found.filter(pk__in=Placement.objects.visible_to(self.request.user))

    @cached_property
    def kind(self) -> ChangeKind | None:
        """The kind asked for; one that does not exist asks for all."""
        asked = self.request.GET.get("soort", "")
        return ChangeKind(asked) if asked in ChangeKind.values else None

    def get_queryset(self) -> "QuerySet[Placement]":
        rows = self.changes.select_related("candidate")
        return rows.filter(kind=self.kind.value) if self.kind else rows

    def get_title(self) -> str:
        return f"Wijzigingen tot en met {dutch.day_long(self.question.year_end)}"

    def get_table_kwargs(self) -> dict[str, Any]:
        days = (self.question.day, self.question.year_end)
        return {"word": word_of(self.employer), "url_of": self._placement_url, "days": days}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        numbers = in_figures(self._visible(changed_between))
        return super().get_context_data(
            **context,
            breadcrumbs=[*self.place_breadcrumbs(), ("Wijzigingen", None)],
            question=self.question,
            back=self.links.unit(self.question.unit),
            tabs=[
                Tab(label, self.links.changes(kind), kind == self.kind, getattr(numbers, name))
                for kind, (label, name) in _TABS.items()
            ],
        )

    def is_faulty(self, filterset: FilterSet | None) -> bool:
        unknown = self.kind is None and bool(self.request.GET.get("soort"))
        return unknown or self.question.is_faulty or super().is_faulty(filterset)

    def record_export(self, *, file_type: str, rows: int) -> HttpResponse | None:
        audit.record(
            action="wijzigingen.geëxporteerd",
            by=self.request.user,  # type: ignore[arg-type]
            obj=self.employer,
            employer_id=self.employer.pk,
            changes={"peildatum": self.question.day.isoformat(), "bestand": file_type, "regels": rows},
        )
        return None

    def _placement_url(self, placement: Placement) -> str:
        address = reverse("placement_detail", kwargs={"employer": self.employer.uuid, "placement": placement.uuid})
        return f"{address}?{self.question.query(afdeling=None)}"
