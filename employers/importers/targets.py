"""The sheet ``streefcijfers``."""

from typing import Any

from accounts.drafts import Draft
from employers.importers.changes import changes_in
from employers.importers.intake import Intake, RowResult, Status
from employers.importers.organisations import EmployerDraft, Organisations, TargetDraft, UnitDraft
from employers.models import TargetKind
from files import cells
from files.schema import Column, SheetData, SheetSchema

FIRST_YEAR, LAST_YEAR = 2013, 2199

SCHEMA = SheetSchema(
    "streefcijfers",
    (
        Column("niveau", cells.choice(("sector", "werkgever", "afdeling")), required=True, key=True),
        Column("code", cells.code(max_length=81), required=True, key=True),
        Column("jaar", cells.whole(at_least=FIRST_YEAR, at_most=LAST_YEAR), required=True, key=True),
        Column("aantal", cells.decimal(places=2, digits=9, at_least=0), required=True),
        Column("eenheid", cells.choice(TargetKind.values), required=True),
    ),
)


_COLUMN_OF = {"number": "aantal", "kind": "eenheid"}


def plan_targets(data: SheetData, intake: Intake, organisations: Organisations) -> None:
    """Add and amend targets."""
    tally = intake.take(data, noun="streefcijfers")
    scopes = _Scopes(intake, organisations)
    for row in data.legible:
        scope = scopes.of(row) if row.niveau is not None and row.code is not None else None
        if scope is None:
            continue
        if isinstance(scope, UnitDraft) and row.eenheid == TargetKind.EXTRA_JOBS:
            message = "extra_banen kan niet bij een afdeling: een afdeling heeft geen nulmeting"
            intake.fault(SCHEMA.name, row.line, "eenheid", message)
        if None in (row.jaar, row.aantal, row.eenheid):
            continue
        target = organisations.targets.get((scope, row.jaar))
        if target is None:
            target = organisations.targets[scope, row.jaar] = _new(scope, row.jaar)
        target.amend(number=row.aantal, kind=row.eenheid)
        status = Status.of(target)
        tally.records[status] += 1
        label = f"{row.niveau} {row.code} {row.jaar}"
        tally.rows.append(RowResult(row.line, label, status, *changes_in(target, columns=_COLUMN_OF)))


class _Scopes:
    """Finds what a row's level and code stand for. A unit is written as ``WERKGEVER/AFDELING``."""

    def __init__(self, intake: Intake, organisations: Organisations) -> None:
        self._intake = intake
        self._sectors = organisations.sectors
        self._employers = organisations.employers
        self._units = {
            f"{employer.code}/{code}": unit
            for employer, units in organisations.units.items()
            for code, unit in units.items()
        }
        self._unread_employers = organisations.unread_employers
        self._unread_units = organisations.unread_units

    def of(self, row: Any) -> int | Draft | None:
        known: dict[str, Any] = {"sector": self._sectors, "werkgever": self._employers, "afdeling": self._units}
        found = known[row.niveau].get(row.code)
        if found is None and not self._is_unread(row):
            self._intake.unknown((SCHEMA.name, row.line, "code"), row.niveau, row.code, known[row.niveau])
        return found

    def _is_unread(self, row: Any) -> bool:
        if row.niveau == "werkgever":
            return row.code in self._unread_employers
        employer, _, unit = row.code.partition("/")
        return row.niveau == "afdeling" and (unit in self._unread_units or employer in self._unread_employers)


def _new(scope: int | Draft, year: int) -> TargetDraft:
    if isinstance(scope, UnitDraft):
        return TargetDraft(unit=scope, year=year)
    if isinstance(scope, EmployerDraft):
        return TargetDraft(employer=scope, year=year)
    assert isinstance(scope, int)
    return TargetDraft(sector=scope, year=year)
