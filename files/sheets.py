"""A sheet on its way in (RawSheet) or out (Table)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

Raw = str | int | float | Decimal | date | datetime | bool | None
"""What a codec finds in a cell."""

Value = object
"""What a codec can write: text, int, Decimal, float, date, datetime, bool or None; else its `str()`."""


@dataclass(frozen=True, slots=True)
class RawSheet:
    """A sheet as it stands in the file. `rows` gives (line, cells), leaves out blank rows and can be read
    once; `line` is the row number a spreadsheet shows. Reading it may raise FileFault midway."""

    name: str
    header: list[Raw]
    rows: Iterator[tuple[int, list[Raw]]]


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet to be written; `rows` may be a generator and is read once."""

    name: str
    header: Sequence[str]
    rows: Iterable[Sequence[Value]]
