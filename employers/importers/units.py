"""The sheet ``afdelingen``."""

from typing import Any

from accounts.folding import fold
from employers.importers.changes import changes_in
from employers.importers.intake import Intake, RowResult, Status, Tally
from employers.importers.organisations import Organisations, UnitDraft
from files import cells
from files.schema import Column, SheetData, SheetSchema

SCHEMA = SheetSchema(
    "afdelingen",
    (
        Column("werkgevercode", cells.code(max_length=40), required=True, key=True),
        Column("afdelingcode", cells.code(max_length=40), required=True, key=True),
        Column("naam", cells.text(max_length=120), required=True),
        Column("bovenliggend", cells.code(max_length=40)),
    ),
)


_COLUMN_OF = {"name": "naam", "parent": "bovenliggend"}


def plan_units(data: SheetData, intake: Intake, organisations: Organisations) -> None:
    """Add and amend units; a unit may stand above another one that comes later in the file."""
    tally = intake.take(data, noun="afdelingen")
    read = [(row, unit) for row in data.legible if (unit := _unit(row, intake, organisations)) is not None]
    if data.has("bovenliggend"):
        for row, unit in read:
            if data.has_read(row, "bovenliggend"):
                _put_below(row, unit, intake, organisations)
        _refuse_circles(read, intake)
    _count(read, tally)


def _unit(row: Any, intake: Intake, organisations: Organisations) -> UnitDraft | None:
    if row.werkgevercode is None or row.afdelingcode is None:
        return None
    employer = organisations.employers.get(row.werkgevercode)
    if employer is None:
        if row.werkgevercode not in organisations.unread_employers:
            place = (SCHEMA.name, row.line, "werkgevercode")
            intake.unknown(place, "werkgever", row.werkgevercode, organisations.employers)
        return None
    units = organisations.units[employer]
    unit = units.get(row.afdelingcode)
    if unit is None:
        unit = units[row.afdelingcode] = UnitDraft(employer=employer, code=row.afdelingcode)
    if row.naam is not None:
        unit.amend(name=row.naam, name_folded=fold(row.naam))
    return unit


def _put_below(row: Any, unit: UnitDraft, intake: Intake, organisations: Organisations) -> None:
    units = organisations.units[unit.employer]
    parent = units.get(row.bovenliggend)
    if row.bovenliggend is not None and parent is None:
        if row.bovenliggend not in organisations.unread_units:
            intake.unknown((SCHEMA.name, row.line, "bovenliggend"), "afdeling", row.bovenliggend, units)
        return
    unit.amend(parent=parent)


def _refuse_circles(read: list[tuple[Any, UnitDraft]], intake: Intake) -> None:
    for row, unit in read:
        seen = set()
        above = unit.parent
        while above is not None and above not in seen and above is not unit:
            seen.add(above)
            above = above.parent
        if above is unit:
            intake.fault(SCHEMA.name, row.line, "bovenliggend", "zo valt de afdeling onder zichzelf")


def _count(read: list[tuple[Any, UnitDraft]], tally: Tally) -> None:
    for row, unit in read:
        status = Status.of(unit)
        tally.records[status] += 1
        label = f"{row.werkgevercode}/{row.afdelingcode}"
        tally.rows.append(RowResult(row.line, label, status, *changes_in(unit, columns=_COLUMN_OF)))
