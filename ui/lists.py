"""A list page whose file holds exactly the rows the page counts: one queryset serves both.

``?sort=`` and ``?page=`` belong to the table, ``?export=xlsx`` or ``csv`` to the file, the rest to the filters. A file
can't say that a filter was ignored: a faulty question gets the page, with its explanation.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.generic import View
from django_tables2.utils import Accessor

from files.sheets import Table as FileTable
from ui.downloads import FILE_TYPES, download
from ui.filters import FilterSet
from ui.tables import PER_PAGE, Table

CHUNK = 2000


@dataclass(frozen=True, slots=True)
class ExportColumn:
    """One column of the file: its heading, and where its value comes from (a dotted name or a function)."""

    heading: str
    source: str | Callable[[Any], Any]

    def value(self, record: Any) -> Any:
        if callable(self.source):
            return self.source(record)
        return Accessor(self.source).resolve(record, quiet=True)


class ListPage(View):
    """Shows a filtered, sorted, paged table and hands out the same rows as a file.

    Combine with the access mixin of ``accounts``; ``get_queryset`` must go through ``visible_to``.
    """

    title: str = ""
    lead: str = ""
    table_class: type[Table]
    filterset_class: type[FilterSet] | None = None
    template_name: str = "ui/list_page.html"
    per_page: int = PER_PAGE
    export_name: str | None = None
    export_columns: Sequence[ExportColumn] = ()
    file_type: str = ""
    """The kind of file that is sent; empty while the page is shown."""

    def get_queryset(self) -> QuerySet:
        """Return every row this user may see, with all a row needs (``visible_to(user).for_list()``)."""
        raise NotImplementedError

    def get_title(self) -> str:
        return self.title

    def get_table_kwargs(self) -> dict[str, Any]:
        return {}

    def get_filterset_kwargs(self) -> dict[str, Any]:
        return {}

    def get_totals(self, rows: QuerySet) -> dict[str, Any]:
        """Return a total per column name, summed in the database over all filtered rows."""
        return {}

    def get_export_columns(self) -> Sequence[ExportColumn]:
        return self.export_columns

    def is_faulty(self, filterset: FilterSet | None) -> bool:
        """Tell whether the rows are not those that were asked for."""
        return filterset is not None and bool(filterset.errors)

    def record_export(self, *, file_type: str, rows: int) -> HttpResponse | None:
        """Called before a file is sent. Write the audit event here; a response returned is sent instead."""
        return None

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return context

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        rows = self.get_queryset()
        filterset = None
        if self.filterset_class:
            options = self.get_filterset_kwargs()
            filterset = self.filterset_class(request.GET, queryset=rows, request=request, **options)
            rows = filterset.qs
        self.file_type = file_type = "" if self.is_faulty(filterset) else request.GET.get("export", "")
        totals = {} if file_type else self.get_totals(rows)
        table = self.table_class(rows, totals=totals, **self.get_table_kwargs())
        table.configure(request, per_page=None if file_type else self.per_page)
        if file_type:
            return self._file(table, file_type)
        context = self.get_context_data(
            title=self.get_title(), lead=self.lead, table=table, filterset=filterset, exports=bool(self.export_name)
        )
        return render(request, self.template_name, context)

    def _file(self, table: Table, file_type: str) -> HttpResponseBase:
        if not self.export_name or file_type not in FILE_TYPES:
            raise Http404
        rows = table.data.data
        refusal = self.record_export(file_type=file_type, rows=rows.count())
        if refusal is not None:
            return refusal
        header, values = self._export_rows(table, rows)
        name = f"{self.export_name}-{timezone.localdate().isoformat()}"
        return download([FileTable(self.export_name, header, values)], name=name, file_type=file_type)

    def _export_rows(self, table: Table, rows: QuerySet) -> tuple[list[str], Iterator[list[Any]]]:
        """Return heading and rows, read in chunks; without export columns they are the table's own."""
        records = rows.iterator(chunk_size=CHUNK)
        columns = self.get_export_columns()
        if columns:
            return [column.heading for column in columns], (
                [column.value(record) for column in columns] for record in records
            )
        visible = [column for column in table.columns if not column.column.exclude_from_export]
        return [str(column.header) for column in visible], (
            [row.get_cell_value(column.name) for column in visible] for row in _bound(table, records)
        )


def _bound(table: Table, records: Iterable[Any]) -> Iterator[Any]:
    """Bind records to the table one at a time, so that a long list never stands in memory."""
    rows = type(table.rows)(data=records, table=table)
    yield from rows
