"""Lists as tables: django-tables2 with our template, Dutch cells and an order that never wavers."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import django_tables2
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django_tables2 import Column
from django_tables2.utils import call_with_appropriate

from ui import dutch
from ui.templatetags.ui import tag

__all__ = ["WIDE", "Column", "DayColumn", "HeaderColumn", "NumberColumn", "PercentColumn", "Table", "TagColumn"]

PER_PAGE = 50
#: The attributes of a column that a card on a narrow screen leaves out: the page behind the row has it.
WIDE = {"td": {"class": "wide-only"}}


def _cell(css: str, attrs: dict[str, Any] | None) -> dict[str, Any]:
    """Give heading and cells of a column the same class."""
    return {"th": {"class": css}, "td": {"class": css}, **(attrs or {})}


class HeaderColumn(Column):
    """The column that names the row (``<th scope="row">``); one per table, usually with ``linkify``."""

    row_header = True


class DayColumn(Column):
    """A day as ``05-03-2019``."""

    def __init__(self, attrs: dict[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(attrs=_cell("nowrap", attrs), **kwargs)

    def render(self, value: Any) -> str:
        return dutch.day(value)

    def value(self, value: Any) -> Any:
        return value


class NumberColumn(Column):
    """A number, right-aligned, with Dutch separators."""

    def __init__(self, decimals: int = 0, attrs: dict[str, Any] | None = None, **kwargs: Any) -> None:
        self.decimals = decimals
        super().__init__(attrs=_cell("numeric", attrs), **kwargs)

    def render(self, value: Any) -> str:
        return dutch.number(value, self.decimals)

    def value(self, value: Any) -> Any:
        return value if isinstance(value, int | Decimal) else dutch.rounded(value, self.decimals)


class HeadsColumn(NumberColumn):
    """People or places: whole where they are, else with one decimal; ``signed`` shows a difference."""

    def __init__(self, *, signed: bool = False, **kwargs: Any) -> None:
        super().__init__(decimals=1, **kwargs)
        self.signed = signed

    def render(self, value: Any) -> str:
        return dutch.signed_heads(value) if self.signed else dutch.heads(value)


class PercentColumn(NumberColumn):
    """A fraction of one, shown as a percentage; a file gets the percentage as a number."""

    def __init__(self, decimals: int = 1, **kwargs: Any) -> None:
        super().__init__(decimals=decimals, **kwargs)

    def render(self, value: Any) -> str:
        return dutch.percent(value, self.decimals)

    def value(self, value: Any) -> Decimal:
        return dutch.rounded(dutch.hundredfold(value), self.decimals)


class TagColumn(Column):
    """A status badge; ``tone`` is a tone or says one for a record."""

    def __init__(self, tone: str | Callable[[Any], str] = "neutral", **kwargs: Any) -> None:
        self.tone = tone
        super().__init__(**kwargs)

    def render(self, value: Any, record: Any) -> Any:
        tone = self.tone(record) if callable(self.tone) else self.tone
        return render_to_string("ui/tag.html", tag(str(value), tone))

    def value(self, value: Any) -> Any:
        return value


class Table(django_tables2.Table):
    """Base of every list. Set the texts as class attributes; ``Meta`` may hold ``order_by`` and ``sequence``.

    ``totals`` maps column names to values of a total row over *all* rows, which the caller has summed in
    the database. ``stacked`` turns rows into cards on a narrow screen; else the table scrolls in its own region.
    """

    noun: tuple[str, str] = ("regel", "regels")
    caption: str = ""
    caption_visible: bool = False
    empty_title: str = "Geen resultaten"
    empty_text: str = ""
    empty_url: str = ""
    empty_label: str = ""
    stacked: bool = True
    total_label: str = "Totaal"

    def __init__(self, data: Any, *, totals: dict[str, Any] | None = None, **kwargs: Any) -> None:
        self.totals = totals or {}
        kwargs.setdefault("default", dutch.MISSING)
        kwargs.setdefault("empty_text", self.empty_text)
        super().__init__(data, **kwargs)
        self._end_in_key()

    def configure(self, request: HttpRequest, *, per_page: int | None = PER_PAGE) -> "Table":
        """Take order and page from the address; a page that does not exist gives the nearest one."""
        self.request = request
        if wanted := request.GET.getlist(self.prefixed_order_by_field):
            self.order_by = wanted
        self._end_in_key()
        if per_page:
            self.paginate(per_page=per_page)
            self.page = self.paginator.get_page(request.GET.get(self.prefixed_page_field, 1))
        return self

    def _end_in_key(self) -> None:
        """Make the order complete: rows that are equal in it would otherwise change places between pages."""
        rows = self.data.data
        if isinstance(rows, QuerySet) and not rows.query.is_sliced:
            order = rows.query.order_by or rows.model._meta.ordering
            if not {"pk", "-pk"} & {key for key in order if isinstance(key, str)}:
                self.data.data = rows.order_by(*order, "pk")

    @property
    def title(self) -> str:
        """Return the caption; without one, the rows' name."""
        return self.caption or self.noun[1].capitalize()

    @property
    def row_count(self) -> int:
        return self.paginator.count if hasattr(self, "paginator") else len(self.rows)

    @property
    def count_text(self) -> str:
        """Return ``1–50 van 1.234 plaatsingen``, or ``12 plaatsingen`` when all are shown."""
        total = self.row_count
        shown = dutch.plural(total, *self.noun)
        if not hasattr(self, "page") or not self.page or self.paginator.num_pages < 2:
            return shown
        first, last = dutch.number(self.page.start_index()), dutch.number(self.page.end_index())
        return f"{first}–{last} van {shown}"

    @property
    def total_cells(self) -> list[tuple[Any, str]]:
        """Return every visible column with its total as text."""
        return [(column, self._total(column)) for column in self.columns]

    def _total(self, column: Any) -> str:
        if column.name in self.totals:
            return str(call_with_appropriate(column.render, {"value": self.totals[column.name], "record": None}))
        return self.total_label if getattr(column.column, "row_header", False) else ""

    @property
    def sort_choices(self) -> list[Any]:
        """Return the columns one can sort by, for the menu on a narrow screen."""
        return [column for column in self.columns if column.orderable]
