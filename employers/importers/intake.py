"""One reading of files: on whose behalf, what was found wrong, and what became of every row."""

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from accounts.drafts import Draft
from files.faults import Fault, suggest
from files.schema import SheetData, duplicate_keys

#: Faults that get a suggestion: looking one up takes some milliseconds.
MAX_SUGGESTIONS = 50

#: The owner of what an administrator's file gives to nobody: the installation itself.
INSTALLATION = ""


class Status(StrEnum):
    """What reading a row or a record comes down to."""

    NEW = "nieuw"
    CHANGED = "gewijzigd"
    UNCHANGED = "ongewijzigd"

    @classmethod
    def of(cls, draft: Draft) -> "Status":
        if draft.is_new:
            return cls.NEW
        return cls.CHANGED if draft.changed else cls.UNCHANGED


class RowResult(NamedTuple):
    """What became of a row: its number in the file, the code it is known by, and what changes in what stands.

    ``columns`` names the columns; ``values``, where it is known, says from what to what.
    """

    line: int
    label: str
    status: Status
    columns: str = ""
    values: str = ""


class Closing(NamedTuple):
    """A period that ran on and now ends because the file brings a later one."""

    sheet: str
    label: str
    first_day: date
    last_day: date


class Absent(NamedTuple):
    """A period in the database that the file leaves out: its sheet, the code of what the file names, its first day."""

    sheet: str
    label: str
    first_day: date


@dataclass(slots=True)
class Tally:
    """Rows and records of one sheet; ``noun`` is the Dutch plural of its records."""

    sheet: str
    noun: str
    number_of_rows: int = 0
    records: Counter[Status] = field(default_factory=Counter)
    rows: list[RowResult] = field(default_factory=list)

    def __str__(self) -> str:
        counts = ", ".join(f"{self.records[status]} {status}" for status in Status)
        return f"{self.sheet}: {self.number_of_rows} regels, {self.records.total()} {self.noun}: {counts}"


@dataclass(slots=True)
class Intake:
    """What importers are told and what they report.

    ``own`` is the code of the employer whose coordinator uploads; None is an administrator, who names owners in the
    column ``eigenaar``. ``replace`` also removes the periods that the file leaves out.
    """

    today: date
    own: str | None = None
    replace: bool = False
    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)
    tallies: dict[str, Tally] = field(default_factory=dict)
    new_partners: dict[str, str] = field(default_factory=dict)
    """Names of partners that the files make, with the sheet that does so first."""
    linked: list[str] = field(default_factory=list)
    """Which partners the files link to which employers, in words."""
    closings: list[Closing] = field(default_factory=list)
    absent: list[Absent] = field(default_factory=list)
    reopened: list[str] = field(default_factory=list)
    """Employers whose end or successor the files clear, with what it was."""
    units_taken_off: int = 0
    _unknown: set[tuple[str, int, str]] = field(default_factory=set)
    _suggestions: int = 0

    def fault(self, sheet: str | None, line: int | None, column: str | None, message: str) -> None:
        self.faults.append(Fault(sheet, line, column, message))

    def warn(self, sheet: str, line: int | None, column: str | None, message: str) -> None:
        self.warnings.append(Fault(sheet, line, column, message))

    def unknown(self, place: tuple[str, int, str], noun: str, code: str, known: Iterable[str]) -> None:
        """Report a code that nothing has, once per cell; the first ones with the nearest that something has."""
        if place in self._unknown:
            return
        self._unknown.add(place)
        hint = ""
        if self._suggestions < MAX_SUGGESTIONS:
            self._suggestions += 1
            near = suggest(code, _collection(known))
            hint = f"; misschien bedoeld: {near}" if near else ""
        self.fault(*place, f"{noun} “{code}” is onbekend{hint}")

    def take(self, data: SheetData, *, noun: str, keys: Sequence[str] | None = None) -> Tally:
        """Take over what reading a sheet found, look for double keys and open its tally."""
        self.faults += data.faults
        self.warnings += data.warnings
        if data.columns:
            names = [name for name in (keys or data.schema.keys) if data.has(name)]
            known = [row for row in data.legible if data.has_read(row, *names)] if data.unread else data.rows
            self.faults += duplicate_keys(SheetData(data.schema, rows=known), names)
        tally = Tally(data.schema.name, noun, len(data.rows) + len(data.broken))
        self.tallies[data.schema.name] = tally
        return tally

    def owner_code(self, row: Any, sheet: str) -> str | None:
        """Return the code of the owner of a row, ``INSTALLATION`` for none; None when the row names a wrong one."""
        if self.own is None:
            return row.eigenaar or INSTALLATION
        if row.eigenaar in (None, self.own):
            return self.own
        self.fault(
            sheet, row.line, "eigenaar", f"is {row.eigenaar}; in dit bestand horen alleen gegevens van {self.own}"
        )
        return None


def _collection(known: Iterable[str]) -> Collection[str]:
    return known if isinstance(known, Collection) else list(known)


class Agreement:
    """Holds the rows of one record to the same values where these belong to the record, not to the row."""

    def __init__(self, intake: Intake, data: SheetData) -> None:
        self._intake = intake
        self._data = data

    def on(self, rows: Sequence[Any], column: str, *, noun: str) -> Any:
        """Return the one value that the rows have in a column; rows that leave it empty, or have a bad cell, follow."""
        filled = [row for row in rows if getattr(row, column) is not None]
        if not filled:
            return None
        first = filled[0]
        value = getattr(first, column)
        for row in filled[1:]:
            if getattr(row, column) != value:
                message = f"verschilt van regel {first.line}; {noun} heeft er één"
                self._intake.fault(self._data.schema.name, row.line, column, message)
        return value


def grouped(rows: Iterable[Any], key: Callable[[Any], Hashable | None]) -> dict[Any, list[Any]]:
    """Return the rows by key, in the order of the file; rows whose key is None are left out."""
    groups: dict[Any, list[Any]] = {}
    for row in rows:
        found = key(row)
        if found is not None:
            groups.setdefault(found, []).append(row)
    return groups


class Unread(set[str]):
    """Codes that stand in a file but could not be read with their row: what refers to them is not unknown.

    Of a sheet that was not read to its end that may be any code.
    """

    def __init__(self, data: SheetData | None = None, column: str = "") -> None:
        broken = data.broken if data is not None else []
        super().__init__(code for row in broken if (code := getattr(row, column)))
        self.everything = data is not None and data.stopped

    def __contains__(self, code: object) -> bool:
        return self.everything or super().__contains__(code)
