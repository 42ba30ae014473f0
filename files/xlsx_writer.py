"""Writing an XLSX workbook, sheet after sheet and row after row, without keeping the rows in memory."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from files.csv_codec import as_csv
from files.faults import Fault, FileFault
from files.limits import MAX_CELL_CHARACTERS
from files.sheets import Table, Value
from files.xlsx_text import escape

FIRST_EXCEL_DAY = date(1900, 3, 1)
"""Before this day Excel's calendar has a 29 February 1900, and before 1900 it has nothing."""

NOT_IN_TITLE = re.compile(r"[\[\]:*?/\\]")
MAX_TITLE = 31
SAMPLE_ROWS = 100
MIN_WIDTH, MAX_WIDTH = 10, 50


def write_xlsx(target: Path | BinaryIO, tables: Iterable[Table]) -> None:
    """One sheet per table: bold header that stays in view, real dates and numbers, and text that is always
    text, never a formula. Raises FileFault for a text longer than MAX_CELL_CHARACTERS."""
    workbook = Workbook(write_only=True)
    for table in tables:
        _write_sheet(workbook, table)
    workbook.save(target)


def _write_sheet(workbook: Workbook, table: Table) -> None:
    sheet = workbook.create_sheet(" ".join(NOT_IN_TITLE.sub(" ", table.name).split())[:MAX_TITLE])
    rows = iter(table.rows)
    sample = [list(row) for row in islice(rows, SAMPLE_ROWS)]
    for place, width in enumerate(_widths([list(table.header), *sample]), start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.freeze_panes = "A2"
    pen = _Pen(sheet, table.name)
    sheet.append(pen.header(table.header))
    for row in chain(sample, rows):
        sheet.append(pen.cells(row))


def _widths(rows: list[list[Value]]) -> Iterator[int]:
    for place in range(max(map(len, rows))):
        longest = max(len(as_csv(row[place])) for row in rows if place < len(row))
        yield min(max(longest + 2, MIN_WIDTH), MAX_WIDTH)


class _Pen:
    """Fills cells. One cell object serves all cells of a kind: openpyxl writes it before asking for the next."""

    def __init__(self, sheet: object, name: str) -> None:
        self.name = name
        self.text, self.title, self.day, self.moment = (WriteOnlyCell(sheet) for _ in range(4))
        self.title.font = Font(bold=True)
        self.text.number_format = "@"
        self.day.number_format = "dd-mm-yyyy"
        self.moment.number_format = "dd-mm-yyyy hh:mm"

    def header(self, names: Iterable[str]) -> Iterator[object]:
        return (self._as_text(self.title, name) for name in names)

    def cells(self, row: Iterable[Value]) -> Iterator[object]:
        return (self._cell(value) for value in row)

    def _cell(self, value: Value) -> object:
        if value is None or value == "":
            return None
        if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
            return value
        if isinstance(value, datetime):
            self.moment.value = value.replace(tzinfo=None)
            return self.moment
        if isinstance(value, date) and value >= FIRST_EXCEL_DAY:
            self.day.value = value
            return self.day
        return self._as_text(self.text, as_csv(value) if isinstance(value, bool | date) else str(value))

    def _as_text(self, cell: WriteOnlyCell, text: str) -> WriteOnlyCell:
        text = escape(text)
        if len(text) > MAX_CELL_CHARACTERS:
            fault = f"een tekst is langer dan de {MAX_CELL_CHARACTERS} tekens van een XLSX-cel; kies CSV"
            raise FileFault(Fault(self.name, None, None, fault))
        cell.value = text
        cell.data_type = "s"
        return cell
