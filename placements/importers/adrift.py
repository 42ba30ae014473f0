"""Rows of which can't be told whose they are: a period that "the file leaves out" may be one of these."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from files.schema import SheetData
from placements.importers.periods import P


class Adrift:
    """Remembers such rows of one sheet; ``column`` holds the first day of a period."""

    def __init__(self, data: SheetData, column: str) -> None:
        self._data = data
        self._column = column
        self._days: set[date | None] = set()
        self._may_be_any = not data.is_whole

    def add(self, row: Any) -> None:
        """Remember a row whose code or owner could not be read."""
        if self._data.has_read(row, self._column):
            self._days.add(getattr(row, self._column))
        else:
            self._may_be_any = True

    def told(self, rows: Sequence[Any], periods: list[P]) -> list[P]:
        """Return those of one record's periods of which is known whether the file has them; ``rows`` are its rows."""
        if not (self._may_be_any or self._data.unread):
            return periods
        unsure = self._may_be_any or not all(self._data.has_read(row, self._column) for row in rows)
        return [period for period in periods if period.line or not (unsure or period.first_day in self._days)]
