"""The sector adviser's pages: figures of employers and sectors, never of persons.

An employer's headline (jobs, persons, target) is the public account and always shown; breakdowns are not given here.
"""

from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property

from accounts.access import RoleMixin
from accounts.models import Role
from employers.access import SectorMixin
from employers.models import Sector
from progress.definitions import explain
from progress.figures import Figures, country_on, employers_on, sectors_on
from progress.sectors import SectorStanding, standing_of, without_ended
from progress.summary import SectorSummary
from progress.tables import EmployerTable, FigureRow, SectorTable
from progress.views.page import FiguresPage

_DEFINITIONS = explain("sector", "baan", "personen", "streefcijfer", "deelname", "teams", "peildatum")


class SectorProgress(SectorMixin, FiguresPage):
    """Where a sector and each of its employers stand on a day."""

    template_name = "progress/sector.html"
    table_class = EmployerTable
    level, total_level = "werkgever", "sector"

    @cached_property
    def standing(self) -> SectorStanding:
        return standing_of(self.sector, self.question.at)

    def get_rows(self) -> list[FigureRow]:
        return [FigureRow(figures.subject.name, figures) for figures in self.standing.employers]  # type: ignore[union-attr]

    def get_total(self) -> Figures:
        return self.standing.figures

    def get_file_name(self) -> str:
        return f"voortgang-{self.sector.code}"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(
            **context,
            title=f"{self.sector.name}: voortgang {self.question.day.year}",
            breadcrumbs=[("Sectoren", f"{reverse('sector_list')}?{self.question.query()}"), (self.sector.name, None)],
            summary=SectorSummary(self.standing, self.question),
            definitions=_DEFINITIONS,
        )


class SectorList(RoleMixin, FiguresPage):
    """The fourteen sectors side by side; each leads to its own page for who may open it."""

    roles = (Role.ADVISER, Role.ADMINISTRATOR)
    template_name = "progress/sectors.html"
    table_class = SectorTable
    level, total_level = "sector", "land"

    @cached_property
    def employers(self) -> list[Figures]:
        return employers_on(self.question.at)

    def get_rows(self) -> list[FigureRow]:
        here = without_ended(self.employers, self.question.at)
        mine = set(Sector.objects.visible_to(self.request.user).values_list("pk", flat=True))
        members = [figures.sector_code for figures in here]
        return [
            FigureRow(
                figures.subject.name,  # type: ignore[union-attr]
                figures,
                url=self._url(figures.subject) if figures.subject.pk in mine else "",  # type: ignore[union-attr, arg-type]
                members=members.count(figures.sector_code),
            )
            for figures in sectors_on(self.question.at, self.employers, empty_too=True)
        ]

    def get_total(self) -> Figures:
        return country_on(self.question.at, self.employers)

    def get_file_name(self) -> str:
        return "voortgang-sectoren"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        title = f"Sectoren: voortgang {self.question.day.year}"
        return super().get_context_data(**context, title=title, breadcrumbs=[], definitions=_DEFINITIONS)

    def _url(self, sector: Sector) -> str:
        return f"{reverse('sector_progress', kwargs={'sector': sector.uuid})}?{self.question.query()}"
