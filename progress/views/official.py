"""Why official figures differ from ours, and by how much, year by year."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.generic import TemplateView

from accounts import audit
from employers.access import EmployerMixin
from employers.models import Employer, OfficialFigure
from employers.tables import ActionColumn, ChangeableTable, action
from files.sheets import Table as FileTable
from placements.moments import Moment, Regimes
from progress.links import COUNTS
from progress.yearly import first_year, jobs_at, year_ends
from ui import dutch, tables
from ui.downloads import download
from ui.reference import PARAMETER

#: Years that are always shown, also without figures.
_ALWAYS = 3


@dataclass(frozen=True, slots=True)
class YearRow:
    """A year: our jobs on its last day, and the official figure when it is known."""

    employer: Employer
    year: int
    ours: Fraction | None
    official: OfficialFigure | None

    @property
    def difference(self) -> Fraction | None:
        """Official minus ours, exactly; None when either is not known."""
        if self.official is None or self.ours is None:
            return None
        return Fraction(self.official.jobs) - self.ours


class YearTable(ChangeableTable):
    """The years, latest first (rows: :class:`YearRow`)."""

    noun = ("jaar", "jaren")
    caption = "Onze telling naast het officiële cijfer"

    year = tables.HeaderColumn(verbose_name="31 december")
    ours = tables.NumberColumn(verbose_name="Onze telling, banen", decimals=1)
    official = tables.NumberColumn(accessor="official__jobs", verbose_name="Officieel, banen", decimals=1)
    difference = tables.NumberColumn(verbose_name="Verschil", decimals=1)
    source = tables.Column(accessor="official__source", verbose_name="Bron")
    change = ActionColumn()

    def render_ours(self, record: YearRow, value: Fraction) -> SafeString:
        address = reverse("placement_list", kwargs={"employer": record.employer.uuid})
        query = f"{PARAMETER}={record.year}-12-31&{COUNTS}=ja"
        return format_html('<a href="{}?{}">{}</a>', address, query, dutch.number(value, 1))

    def render_difference(self, value: Fraction) -> str:
        return dutch.signed(value, 1)

    def render_source(self, record: YearRow, value: str) -> SafeString:
        return format_html("<span>{}<small> {}</small></span>", value, dutch.day(record.official.day))  # type: ignore[union-attr]

    def render_change(self, record: YearRow) -> str:
        employer, about = record.employer.uuid, f"officieel cijfer {record.year}"
        if record.official:
            return action("Wijzigen", about, reverse("official_change", args=[employer, record.official.uuid]))
        return action("Toevoegen", about, f"{reverse('official_add', args=[employer])}?jaar={record.year}")


class OfficialList(EmployerMixin, TemplateView):
    """The explanation, and the table of years; also as a file."""

    template_name = "progress/official.html"

    @cached_property
    def rows(self) -> list[YearRow]:
        found = OfficialFigure.objects.visible_to(self.request.user)  # type: ignore[arg-type]
        known = {figure.year: figure for figure in found.filter(employer=self.employer)}
        last = timezone.localdate().year - 1
        first = min(filter(None, (first_year(self.employer), *known, last - _ALWAYS + 1)))
        years = range(first, max(last, *known, first) + 1)
        ours = jobs_at(self.employer, self._moments(years))
        return [YearRow(self.employer, year, ours.get(year), known.get(year)) for year in reversed(years)]

    def _moments(self, years: range) -> dict[int, Moment]:
        return year_ends(years, Regimes.load())

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        file_type = request.GET.get("export", "")
        return self._file(file_type) if file_type else super().get(request, *args, **kwargs)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(
            **context,
            title="Officiële cijfers",
            breadcrumbs=[
                (self.employer.name, reverse("progress", kwargs={"employer": self.employer.uuid})),
                ("Officiële cijfers", None),
            ],
            table=YearTable(self.rows, may_change=self.may_change),
        )

    def _file(self, file_type: str) -> HttpResponseBase:
        header = ("jaar", "onze_telling_banen", "officieel_banen", "verschil_banen", "bron", "datum_van_de_bron")
        rows = [
            (
                row.year,
                None if row.ours is None else dutch.rounded(row.ours, 1),
                row.official and row.official.jobs,
                None if row.difference is None else dutch.rounded(row.difference, 1),
                row.official and row.official.source,
                row.official and row.official.day,
            )
            for row in self.rows
        ]
        name = f"officiele-cijfers-{self.employer.code.lower()}"
        response = download([FileTable("officiele_cijfers", header, rows)], name=name, file_type=file_type)
        audit.record(
            action="officiele_cijfers.geëxporteerd",
            by=self.request.user,  # type: ignore[arg-type]
            obj=self.employer,
            employer_id=self.employer.pk,
            changes={"bestand": file_type, "regels": len(rows)},
        )
        return response
