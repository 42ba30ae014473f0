"""The sector's half-year report: the round as a few sheets of A4, and the same as a file."""

from typing import Any

from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponseBase

from accounts import audit
from placements.views.pages import ContextView
from progress import wording
from progress.models import SectorSnapshot
from progress.report import HalfYearReport
from progress.report_export import report_tables
from progress.rounds import members_of
from progress.sector_changes import changes_since
from progress.sector_sums import sum_of
from progress.views.rounds.adviser import RoundPage
from ui import dutch
from ui.downloads import download


class RoundReport(RoundPage, ContextView):
    """What the sector handed in, for its administrators: figures only, of approved versions."""

    template_name = "progress/rounds/report.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        members = members_of(self.round)
        total = sum_of(self.round, members)
        report = HalfYearReport(self.round, members, total, changes_since(self.round, members, total), today=self.today)
        employers = report.employers()
        if file_type := request.GET.get("export"):
            return self._file(report, employers, file_type)
        day = dutch.day_long(self.round.day)
        return self.show(
            title=f"Halfjaarrapportage {self.sector.name}",
            lead=f"Stand op {day}",
            breadcrumbs=[*self.crumbs(), ("Halfjaarrapportage", None)],
            round=self.round,
            report=report,
            employers=employers,
            meter=wording.meter(total.total),
            headline=[
                (wording.amount(value, unit), wording.number_of(value, unit))
                for unit, value in wording.headline(total.total).items()
            ],
            figures=total.total,
            charts=report.charts(self._sums()),
            today=self.today,
        )

    def _sums(self) -> Any:
        """Return the last frozen sum of every round of the sector."""
        last = SectorSnapshot.objects.filter(round=OuterRef("round")).order_by("-version").values("pk")[:1]
        found = SectorSnapshot.objects.visible_to(self.user).filter(round__sector=self.sector, pk=Subquery(last))
        return found.select_related("round").order_by("round__day")

    def _file(self, report: HalfYearReport, employers: Any, file_type: str) -> HttpResponseBase:
        name = f"halfjaarrapportage-{self.sector.code}-{self.round.day.isoformat()}"
        response = download(report_tables(report, employers), name=name, file_type=file_type)
        changes = {"bestand": file_type, "regels": len(employers)}
        audit.record(action="rapportage.geëxporteerd", by=self.user, obj=self.round, changes=changes)
        return response
