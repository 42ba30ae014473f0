"""The declared columns of a sheet, and reading a file against them."""

from collections import namedtuple
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from files.cells import CellFault, Parser, is_blank
from files.faults import Fault, FileFault, shown, suggest
from files.limits import MAX_FAULTS
from files.sheets import Raw, RawSheet

MAX_REMEMBERED = 20_000
"""Parsed values kept per column: most cells repeat one, and shared values cost no memory."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `required`: it must be in the file and no cell may be empty. `key`: part of the key."""

    name: str
    parse: Parser
    required: bool = field(default=False, kw_only=True)
    key: bool = field(default=False, kw_only=True)


@dataclass(frozen=True)
class SheetSchema:
    """The columns of one sheet, in the order in which they are written."""

    name: str
    columns: tuple[Column, ...]

    @property
    def header(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns if column.key)

    @cached_property
    def row_type(self) -> Any:
        """A named tuple: `line`, then a field per column."""
        return namedtuple("Row", ("line", *self.header))


@dataclass(slots=True)
class SheetData:
    """What was read. `rows` are faultless; `broken` rows have None in their bad cells, so that checks on the others
    can still see them. `stopped`: the file could not be read, or not to its end."""

    schema: SheetSchema
    columns: frozenset[str] = frozenset()
    rows: list[Any] = field(default_factory=list)
    broken: list[Any] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)
    stopped: bool = False
    unread: frozenset[tuple[int | None, str | None]] = frozenset()
    """Line and column of the bad cells; without a column the cells of the row may stand in the wrong ones."""

    @property
    def legible(self) -> list[Any]:
        """All rows in the order of the file, but for those whose cells may stand in the wrong columns."""
        if not self.broken:
            return self.rows
        return sorted((*self.rows, *(row for row in self.broken if self.has_read(row))), key=_line)

    @property
    def is_whole(self) -> bool:
        """Whether :attr:`legible` has every row of the file."""
        return not self.stopped and all(column is not None for _, column in self.unread)

    def has_read(self, row: Any, *columns: str) -> bool:
        """Whether these cells of a row could be read; an empty one was, unless it has to be filled."""
        if not self.unread:
            return True
        return not any((row.line, column) in self.unread for column in (None, *columns))

    def has(self, column: str) -> bool:
        """Whether the file has this column: an absent one leaves a value as it is, an empty cell clears it."""
        return column in self.columns

    def add_fault(self, message: str, *, line: int | None = None, column: str | None = None) -> None:
        self.faults.append(Fault(self.schema.name, line, column, message))


def read_sheet(schema: SheetSchema, raw: RawSheet) -> SheetData:
    """Parse every row and gather every fault; raises nothing for what stands in the file."""
    data = SheetData(schema)
    header = [None if is_blank(cell) else str(cell).strip() for cell in raw.header]
    while header and header[-1] is None:
        header.pop()
    places = _places(schema, header, data)
    if data.faults:
        data.stopped = True
        return data
    data.columns = frozenset(places)
    try:
        _read_rows(raw, len(header), places, data)
    except FileFault as fault:
        data.faults.extend(fault.faults)
        data.stopped = True
    data.unread = frozenset((fault.line, fault.column) for fault in data.faults if fault.line is not None)
    return data


def _line(row: Any) -> int:
    return int(row.line)


def duplicate_keys(data: SheetData, columns: Sequence[str] | None = None) -> list[Fault]:
    """A fault for each row whose `columns` (the schema's keys by default) repeat those of an earlier row."""
    names = data.schema.keys if columns is None else tuple(columns)
    first_lines: dict[tuple[object, ...], int] = {}
    faults = []
    for row in data.rows:
        first = first_lines.setdefault(tuple(getattr(row, name) for name in names), row.line)
        if first != row.line:
            message = f"dubbele sleutel, staat ook op regel {first}"
            faults.append(Fault(data.schema.name, row.line, " + ".join(names), message))
    return faults


class _Remembered(dict[str, object]):
    """Parses a text the first time it is seen, and remembers the value."""

    def __init__(self, parse: Parser) -> None:
        super().__init__()
        self.parse = parse

    def __missing__(self, cell: str) -> object:
        value = self.parse(cell)
        if len(self) < MAX_REMEMBERED:
            self[cell] = value
        return value


def _places(schema: SheetSchema, header: list[str | None], data: SheetData) -> dict[str, int]:
    """Where each column stands in the file. Faults: a column twice, required columns missing."""
    places: dict[str, int] = {}
    unknown = []
    for place, cell in enumerate(header):
        name = _column_name(cell)
        if name not in schema.header:
            unknown.append((place, cell))
        elif name in places:
            data.add_fault("de kolom staat twee keer in de kopregel", column=name)
        else:
            places[name] = place
    absent = [name for name in schema.header if name not in places]
    data.warnings += [Fault(schema.name, None, None, _skipped(place, cell, absent)) for place, cell in unknown]
    missing = [column.name for column in schema.columns if column.required and column.name in absent]
    if missing:
        verb = "verplichte kolom ontbreekt" if len(missing) == 1 else "verplichte kolommen ontbreken"
        found = ", ".join(cell for cell in header if cell)
        data.add_fault(f"{verb}: {', '.join(missing)}; gevonden: {shown(found)}")
    return places


def _column_name(cell: str | None) -> str:
    """A header cell as a column's name, whatever its case, with spaces for underscores or not."""
    return "_".join((cell or "").casefold().split())


def _skipped(place: int, cell: str | None, absent: list[str]) -> str:
    if cell is None:
        return f"kolom {place + 1} heeft geen naam en wordt overgeslagen"
    near = suggest(_column_name(cell), absent)
    hint = f" (misschien bedoeld: {near})" if near else ""
    return f"kolom {shown(cell)} is onbekend en wordt overgeslagen{hint}"


def _read_rows(raw: RawSheet, width: int, places: dict[str, int], data: SheetData) -> None:
    readers = [
        (column.name, places.get(column.name, -1), _Remembered(column.parse), column.required)
        for column in data.schema.columns
    ]
    make_row = data.schema.row_type._make
    for line, cells in raw.rows:
        before = len(data.faults)
        if len(cells) != width:
            cells = _fitted(cells, width, line, data)
        row = make_row(_values(line, cells, readers, data))
        (data.rows if len(data.faults) == before else data.broken).append(row)
        if len(data.faults) >= MAX_FAULTS:
            data.add_fault(f"er zijn meer dan {MAX_FAULTS} fouten; na regel {line} is niet verder gelezen")
            data.stopped = True
            return


def _values(
    line: int, cells: list[Raw], readers: list[tuple[str, int, _Remembered, bool]], data: SheetData
) -> list[object]:
    values: list[object] = [line]
    for name, place, remembered, required in readers:
        value = None
        if place >= 0:
            cell = cells[place]
            try:
                value = remembered[cell] if type(cell) is str else remembered.parse(cell)
                if value is None and required:
                    data.add_fault("is leeg, maar moet ingevuld zijn", line=line, column=name)
            except CellFault as fault:
                data.add_fault(str(fault), line=line, column=name)
        values.append(value)
    return values


def _fitted(cells: list[Raw], width: int, line: int, data: SheetData) -> list[Raw]:
    """The row as wide as the header: a short row is filled up, a long one may only have blanks to spare."""
    if not all(map(is_blank, cells[width:])):
        data.add_fault("de regel heeft meer cellen dan de kopregel; staat er een scheidingsteken te veel?", line=line)
    return cells[:width] + [None] * (width - len(cells))
