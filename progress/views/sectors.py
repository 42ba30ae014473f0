"""The sector adviser's pages: figures of employers and sectors, never of persons.

An employer's headline (jobs, persons, target) is the public account and always shown. Breakdowns are shown on the ends
of half-years, and never so that they tell of one or two persons (:mod:`progress.shielding`).
"""

from typing import Any, ClassVar

from django.urls import reverse
from django.utils.functional import cached_property

from accounts.access import RoleMixin
from accounts.models import Role
from employers.access import SectorMixin
from employers.models import Sector
from files.sheets import Table
from progress import sector_board
from progress.definitions import explain
from progress.delivered import Deliveries, delivered_per_sector, deliveries_of
from progress.figures import Figures, country_on, employers_on, sectors_on
from progress.sector_board import Breakdowns
from progress.sector_course import SectorCourse, course_of
from progress.sector_days import COUNTRY
from progress.sector_export import adviser_table, course_table
from progress.sector_tables import (
    Beside,
    ChangesTable,
    EmployerChangesTable,
    SectorChangesTable,
    SectorEmployerTable,
    SectorRow,
    SectorTable,
)
from progress.sectors import SectorStanding, standing_of, without_ended
from progress.statements import Statements
from progress.summary import Sectors, SectorSummary, about_breakdowns
from progress.tables import FigureRow, FiguresTable, cells
from progress.views.page import FiguresPage

#: The columns that stay away on a day without breakdowns.
BREAKDOWNS = ("permanent", "stayed")

_DEFINITIONS = explain("sector", "baan", "personen", "streefcijfer", "aangeleverd", "deelname", "teams", "peildatum")
_MORE_DEFINITIONS = explain("sinds", "verwacht", "vast_per_sector", "na_een_jaar", "verborgen")


class AdviserPage(FiguresPage):
    """What the page of a sector and the page of all sectors do alike."""

    changes_class: ClassVar[type[ChangesTable]]

    def get_beside(self, figures: Figures | None) -> Beside:
        """Return what stands beside figures; None for all lines together."""
        raise NotImplementedError

    def has_round(self) -> bool:
        """Tell whether anyone was asked to hand in the last half-year."""
        raise NotImplementedError

    def get_table(self, rows: list[FigureRow], total: Figures | None) -> FiguresTable:
        totals = (cells(total) if total else {}) | self.get_beside(None).cells()
        return self.table_class(rows, totals=totals, exclude=() if self.has_round() else ("delivery",))

    @cached_property
    def lines(self) -> list[FigureRow]:
        """Return the lines of both tables."""
        raise NotImplementedError

    def get_rows(self) -> list[FigureRow]:
        return self.lines

    def get_changes(self) -> ChangesTable:
        """Return the table of how the same lines came here, with an order and pages of its own.

        A sector without employers has no course.
        """
        days = sector_board.days_of(self.question)
        table = self.changes_class(
            [line for line in self.lines if line.members],
            totals=self.get_beside(None).cells(),
            days=[moment.day for moment in days.before],
            looks_ahead=days.end is not None,
            exclude=() if sector_board.shows_breakdowns(self.question.at) else BREAKDOWNS,
            prefix="ontwikkeling-",
        )
        table.configure(self.request)
        return table

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(
            **context,
            changes=self.get_changes(),
            about_breakdowns=about_breakdowns(self.question.at),
            definitions=_DEFINITIONS,
            more_definitions=_MORE_DEFINITIONS,
        )

    def get_sheets(self, rows: list[FigureRow], total: Figures | None) -> list[Table]:
        lines = [(self.level, row.figures, self.get_beside(row.figures)) for row in rows]
        closing = [(self.total_level, total, self.get_beside(None))] if total else []
        return [adviser_table("voortgang", self.question.at, [*lines, *closing, *self.more_lines()])]

    def more_lines(self) -> list[tuple[str, Figures, Beside]]:
        """Return lines of the file that stand in no table of counted figures."""
        return []


class SectorProgress(SectorMixin, AdviserPage):
    """Where a sector and each of its employers stand on a day."""

    template_name = "progress/sector.html"
    table_class = SectorEmployerTable
    changes_class = EmployerChangesTable
    level, total_level = "werkgever", "sector"

    @cached_property
    def standing(self) -> SectorStanding:
        return standing_of(self.sector, self.question.at)

    @cached_property
    def deliveries(self) -> Deliveries:
        return deliveries_of(self.sector, self.question.day)

    @cached_property
    def statements(self) -> Statements:
        return Statements.of(self.sector, self.standing.employers, self.deliveries)

    @cached_property
    def course(self) -> SectorCourse:
        unit = self.standing.figures.unit
        return course_of(self.sector, self.question.at, self.question.regimes, unit=unit)

    @cached_property
    def breakdowns(self) -> Breakdowns:
        keys = [sector_board.key_of(each) for each in self.standing.employers]
        return Breakdowns.read(self.question.at, {self.sector.code: keys})

    @cached_property
    def _beside(self) -> dict[int, Beside]:
        return sector_board.beside_employers(self.standing.employers, self.question, self.breakdowns, self.deliveries)

    def get_beside(self, figures: Figures | None) -> Beside:
        if figures is not None:
            return self._beside[sector_board.key_of(figures)]
        delivery = None
        if self.deliveries.round:
            keys = [sector_board.key_of(each) for each in self.standing.employers]
            delivery = sector_board.deliveries_in_words(len(keys), self.deliveries.number_in(keys))
        return sector_board.beside_sector(self.standing.figures, self.question, self.course, self.breakdowns, delivery)

    def has_round(self) -> bool:
        return self.deliveries.round is not None

    @cached_property
    def lines(self) -> list[FigureRow]:
        return [
            SectorRow(str(figures.subject), figures, members=1, beside=self.get_beside(figures))
            for figures in self.statements.counted
        ]

    def get_total(self) -> Figures:
        return self.standing.figures

    def more_lines(self) -> list[tuple[str, Figures, Beside]]:
        return self.statements.lines()

    def get_sheets(self, rows: list[FigureRow], total: Figures | None) -> list[Table]:
        return [*super().get_sheets(rows, total), course_table(self.course)]

    def get_file_name(self) -> str:
        return f"voortgang-{self.sector.code}"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(
            **context,
            title=f"{self.sector.name}: voortgang {self.question.day.year}",
            breadcrumbs=[("Sectoren", f"{reverse('sector_list')}?{self.question.query()}"), (self.sector.name, None)],
            summary=SectorSummary(
                self.standing,
                self.question,
                deliveries=self.deliveries,
                own_target=self.course.has_own_target(self.question.day.year),
            ),
            chart=self.course.chart(today=self.question.reference.today),
            statements=self.statements.table(),
            together=self.statements.together(self.standing.figures, self.question.day),
        )


class SectorList(RoleMixin, AdviserPage):
    """The fourteen sectors side by side; each leads to its own page for who may open it."""

    roles = (Role.ADVISER, Role.ADMINISTRATOR)
    template_name = "progress/sectors.html"
    table_class = SectorTable
    changes_class = SectorChangesTable
    level, total_level = "sector", "land"

    @cached_property
    def employers(self) -> list[Figures]:
        return employers_on(self.question.at)

    @cached_property
    def sectors(self) -> list[Figures]:
        return sectors_on(self.question.at, self.employers, empty_too=True)

    @cached_property
    def members(self) -> dict[str, list[int]]:
        """Return the employers that are here on the day, by the code of their sector."""
        found: dict[str, list[int]] = {figures.sector_code: [] for figures in self.sectors}
        for figures in without_ended(self.employers, self.question.at):
            found[figures.sector_code].append(sector_board.key_of(figures))
        return found

    @cached_property
    def total(self) -> Figures:
        return country_on(self.question.at, self.employers)

    @cached_property
    def _beside(self) -> dict[int, Beside]:
        breakdowns = Breakdowns.read(self.question.at, self.members)
        return sector_board.beside_sectors(self.sectors, self.total, self.question, breakdowns, self._asked)

    @cached_property
    def _asked(self) -> dict[int, Any]:
        return delivered_per_sector(self.question.day)

    def get_beside(self, figures: Figures | None) -> Beside:
        return self._beside[COUNTRY if figures is None else sector_board.key_of(figures)]

    def has_round(self) -> bool:
        return bool(self._asked)

    @cached_property
    def lines(self) -> list[FigureRow]:
        mine = set(Sector.objects.visible_to(self.request.user).values_list("pk", flat=True))
        return [
            SectorRow(
                str(figures.subject),
                figures,
                url=self._url(figures.subject) if sector_board.key_of(figures) in mine else "",  # type: ignore[arg-type]
                members=len(self.members[figures.sector_code]),
                beside=self.get_beside(figures),
            )
            for figures in self.sectors
        ]

    def get_table(self, rows: list[FigureRow], total: Figures | None) -> FiguresTable:
        table = super().get_table(rows, total)
        table.totals["members"] = sum(row.members for row in rows)
        return table

    def get_total(self) -> Figures:
        return self.total

    def get_file_name(self) -> str:
        return "voortgang-sectoren"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(
            **context,
            title=f"Sectoren: voortgang {self.question.day.year}",
            breadcrumbs=[],
            sectors=Sectors(self.sectors, self.total),
        )

    def _url(self, sector: Sector) -> str:
        return f"{reverse('sector_progress', kwargs={'sector': sector.uuid})}?{self.question.query()}"
