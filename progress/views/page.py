"""What every page of figures about several employers or sectors does alike."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from accounts import audit
from employers.models import Sector
from files.sheets import Table
from progress.export import figure_table
from progress.figures import Figures
from progress.question import Question
from progress.tables import FigureRow, FiguresTable, cells
from ui.downloads import download
from ui.tables import PER_PAGE


class FiguresPage(TemplateView):
    """A sortable table of figures on a reference date, and the same rows, in the same order, as a file."""

    request: HttpRequest
    table_class: ClassVar[type[FiguresTable]]
    level: ClassVar[str]
    total_level: ClassVar[str]

    @cached_property
    def question(self) -> Question:
        return Question.from_request(self.request, today=timezone.localdate())

    def get_rows(self) -> list[FigureRow]:
        """Return the lines of the table."""
        raise NotImplementedError

    def get_total(self) -> Figures | None:
        """Return the figures of all lines together, which need not be their sum."""
        raise NotImplementedError

    def is_faulty(self) -> bool:
        """Tell whether the figures are not those that were asked for: the page says so, a file could not."""
        return self.question.is_faulty

    def get_file_name(self) -> str:
        raise NotImplementedError

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        total = self.get_total()
        table = self.get_table(self.get_rows(), total)
        file_type = "" if self.is_faulty() else request.GET.get("export")
        table.configure(request, per_page=None if file_type else PER_PAGE)
        if file_type:
            return self._file(table, total, file_type)
        return self.render_to_response(self.get_context_data(table=table, question=self.question, exports=True))

    def get_table(self, rows: list[FigureRow], total: Figures | None) -> FiguresTable:
        """Return the rows as a table, with what they come to."""
        return self.table_class(rows, totals=cells(total) if total else {})

    def get_sheets(self, rows: list[FigureRow], total: Figures | None) -> list[Table]:
        """Return the rows of the table, in its order, as sheets of a file; the first one is all there is in a CSV."""
        lines = [(self.level, row.figures) for row in rows]
        closing = [(self.total_level, total)] if total else []
        return [figure_table("voortgang", self.question.at, [*lines, *closing])]

    def _file(self, table: FiguresTable, total: Figures | None, file_type: str) -> HttpResponseBase:
        rows = [row.record for row in table.rows]
        day = self.question.day.isoformat()
        response = download(self.get_sheets(rows, total), name=f"{self.get_file_name()}-{day}", file_type=file_type)
        subject = total.subject if total else None
        audit.record(
            action="voortgang.geëxporteerd",
            by=self.request.user,  # type: ignore[arg-type]
            obj=subject if isinstance(subject, Sector) else None,
            changes={"peildatum": day, "bestand": file_type, "regels": len(rows)},
        )
        return response
