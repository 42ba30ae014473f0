"""What can be said of a row by itself, so also of one that has another fault: every fault is reported at once.

Importers read such a row as well, as far as its good cells go. Here are the codes in it that they have no use for.
"""

from collections.abc import Mapping
from typing import Any

from employers.importers.intake import INSTALLATION, Intake
from files.schema import SheetData
from placements.importers.chains import Chains
from placements.importers.formal import FormalEmployers
from placements.importers.lookup import Lookup
from placements.importers.register import Register

#: Per sheet the columns of the first and the last day, and what to call the first.
Days = Mapping[str, tuple[str, str, str]]

_DAYS: Days = {
    "kandidaten": ("register_vanaf", "register_tot", "register_vanaf"),
    "teaminkoop": ("vanaf", "tot", "vanaf"),
    "plaatsingen": ("begindatum", "einddatum", "de begindatum"),
    "proefplaatsingen": ("begindatum", "einddatum", "de begindatum"),
}


def check_days(data: SheetData, intake: Intake, days: Days = _DAYS) -> None:
    """Report every row that ends before it starts; ``days`` names the columns per sheet."""
    if data.schema.name not in days:
        return
    first, last, name = days[data.schema.name]
    for row in data.legible:
        start, end = getattr(row, first), getattr(row, last)
        if start is not None and end is not None and end < start:
            intake.fault(data.schema.name, row.line, last, f"ligt vóór {name} ({start:%d-%m-%Y})")


def check_references(data: SheetData, intake: Intake, register: Register) -> None:
    """Report unknown codes in rows that have another fault."""
    check = _References(data, intake, register)
    for row in data.broken:
        if data.has_read(row):
            check.row(row)


class _References:
    """Looks up whatever codes a row has."""

    def __init__(self, data: SheetData, intake: Intake, register: Register) -> None:
        self._data = data
        self._sheet = data.schema.name
        self._columns = [column for column in data.schema.header if data.has(column)]
        self._intake = intake
        self._find = Lookup(intake, register)
        self._formal = FormalEmployers(intake, register.organisations)
        self._chains = Chains(intake, register)
        if "vervolg_van" in self._columns:
            self._chains.load({row.vervolg_van for row in data.broken} - {None})

    def row(self, row: Any) -> None:
        owner = self._intake.own or getattr(row, "eigenaar", None) or INSTALLATION
        known = bool(self._intake.own) or self._data.has_read(row, "eigenaar")
        known = known and self._find.owner((owner, ""), self._place(row, "eigenaar"))[0]
        for column in self._columns:
            value = getattr(row, column)
            if value is not None:
                self._look_up(row, column, value, owner if known else None)

    def _look_up(self, row: Any, column: str, value: str, owner: str | None) -> None:
        place = self._place(row, column)
        if column == "werkgevercode" and self._sheet != "werkgevers":
            host = self._find.employer(value, place)
            unit = getattr(row, "afdelingcode", None) if self._sheet == "plaatsingen" else None
            if host is not None and unit is not None:
                self._find.unit(host, unit, self._place(row, "afdelingcode"))
        elif column == "opvolger":
            self._find.employer(value, place)
        elif column == "teamcode" and self._sheet != "teams":
            self._find.team(value, place)
        elif column == "kandidaatcode" and self._sheet != "kandidaten" and owner is not None:
            self._find.candidate(owner, value, place)
        elif column == "vervolg_van" and owner is not None:
            self._chains.check((owner, row.plaatsingcode), value, place)
        elif column == "formele_werkgever":
            self._formal.of(value, place)

    def _place(self, row: Any, column: str) -> tuple[str, int, str]:
        return (self._sheet, row.line, column)
