"""The sheet ``werkgevers``: employers with their dated facts (sector and wage-return period)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from accounts.folding import fold
from accounts.records import ALWAYS, FOREVER
from employers.importers.intake import Agreement, Intake, RowResult, Status, grouped
from employers.importers.organisations import EmployerDraft, FactDraft, Organisations
from employers.models import ReturnPeriod
from files import cells
from files.schema import Column, SheetData, SheetSchema
from placements.counting.calendar import ONE_DAY

SHEET = "werkgevers"

#: Column and field of what belongs to the employer as a whole, and may be empty.
_OWN = (
    ("aantal_medewerkers", "headcount"),
    ("uren_per_week", "hours_per_week"),
    ("nulmeting_banen", "baseline_jobs"),
    ("laatste_dag", "last_day"),
)


def schema(sectors: Sequence[str]) -> SheetSchema:
    """Return the columns; ``sectors`` are the known codes."""
    return SheetSchema(
        SHEET,
        (
            Column("werkgevercode", cells.code(max_length=40), required=True, key=True),
            Column("naam", cells.text(max_length=160), required=True),
            Column("sector", cells.choice(sectors), required=True),
            Column("aantal_medewerkers", cells.whole(at_least=0)),
            Column("uren_per_week", cells.decimal(places=2, digits=10, at_least=0)),
            Column("nulmeting_banen", cells.decimal(places=2, digits=8, at_least=0)),
            Column("aangiftetijdvak", cells.choice(ReturnPeriod.values)),
            Column("vanaf", cells.day(), key=True),
            Column("laatste_dag", cells.day(open_ended=True)),
            Column("opvolger", cells.code(max_length=40)),
        ),
    )


def plan_employers(data: SheetData, intake: Intake, organisations: Organisations) -> None:
    """Add and amend employers with their facts."""
    tally = intake.take(data, noun="werkgevers")
    agreement = Agreement(intake, data)
    groups = grouped(data.legible, lambda row: row.werkgevercode)
    for code, rows in groups.items():
        employer = organisations.employers.get(code)
        if employer is None:
            employer = organisations.employers[code] = EmployerDraft(code=code)
        _amend(employer, rows, data, agreement)
        _set_facts(employer, rows, data, organisations)
    if data.has("opvolger"):
        for code, rows in groups.items():
            _set_successor(organisations.employers[code], rows, agreement, intake, organisations)
    for code, rows in groups.items():
        employer = organisations.employers[code]
        if all(data.has_read(row, "laatste_dag", "opvolger") for row in rows):
            _check(employer, rows[0], intake)
        tally.records[_status(employer)] += 1
        tally.rows += [RowResult(row.line, code, _row_status(employer, row)) for row in rows]


def _amend(employer: EmployerDraft, rows: list[Any], data: SheetData, agreement: Agreement) -> None:
    name = agreement.on(rows, "naam", noun="een werkgever")
    if name is not None:
        employer.amend(name=name, name_folded=fold(name))
    for column, field in _OWN:
        if data.has(column) and all(data.has_read(row, column) for row in rows):
            employer.amend(**{field: agreement.on(rows, column, noun="een werkgever")})


def _set_facts(employer: EmployerDraft, rows: list[Any], data: SheetData, organisations: Organisations) -> None:
    """Lay the dated rows over the facts. The first row of a new employer holds from the start, whatever its date."""
    facts = {fact.first_day: fact for fact in employer.facts}
    good = [row for row in rows if data.has_read(row, "sector", "aangiftetijdvak", "vanaf")]
    for row in sorted(good, key=lambda row: row.vanaf or ALWAYS):
        start = (row.vanaf or ALWAYS) if facts else ALWAYS
        before = _holding(facts, start)
        kind = row.aangiftetijdvak or ReturnPeriod.MONTH.value
        if not data.has("aangiftetijdvak") and before is not None:
            kind = before.return_period
        sector = organisations.sectors[row.sector]
        fact = facts.get(start)
        if fact is not None:
            fact.amend(sector=sector, return_period=kind)
        elif employer.is_new or before is None or (before.sector, before.return_period) != (sector, kind):
            facts[start] = FactDraft(
                employer=employer, first_day=start, last_day=FOREVER, sector=sector, return_period=kind
            )
    employer.facts = [facts[start] for start in sorted(facts)]
    end = FOREVER
    for fact in reversed(employer.facts):
        fact.amend(last_day=end)
        end = fact.first_day - ONE_DAY if fact.first_day > ALWAYS else end


def _holding(facts: dict[date, FactDraft], day: date) -> FactDraft | None:
    """Return the fact that holds on a day."""
    starts = [start for start in facts if start <= day]
    return facts[max(starts)] if starts else None


def _set_successor(
    employer: EmployerDraft, rows: list[Any], agreement: Agreement, intake: Intake, organisations: Organisations
) -> None:
    code = agreement.on(rows, "opvolger", noun="een werkgever")
    successor = organisations.employers.get(code) if code else None
    if code and successor is None:
        if code not in organisations.unread_employers:
            line = next(row.line for row in rows if row.opvolger)
            intake.unknown((SHEET, line, "opvolger"), "werkgever", code, organisations.employers)
        return
    employer.amend(successor=successor)


def _check(employer: EmployerDraft, row: Any, intake: Intake) -> None:
    if employer.successor is None:
        return
    if employer.last_day is None:
        intake.fault(SHEET, row.line, "laatste_dag", "is leeg; een werkgever met een opvolger heeft een laatste dag")
    seen: set[EmployerDraft] = set()
    later: EmployerDraft | None = employer.successor
    while later is not None and later not in seen and later is not employer:
        seen.add(later)
        later = later.successor
    if later is employer:
        intake.fault(SHEET, row.line, "opvolger", "zo volgt de werkgever zichzelf op")


def _status(employer: EmployerDraft) -> Status:
    if employer.is_new:
        return Status.NEW
    if employer.changed or any(fact.touched for fact in employer.facts):
        return Status.CHANGED
    return Status.UNCHANGED


def _row_status(employer: EmployerDraft, row: Any) -> Status:
    fact = _holding({fact.first_day: fact for fact in employer.facts}, row.vanaf or ALWAYS)
    if employer.is_new or fact is None or fact.is_new:
        return Status.NEW
    return Status.CHANGED if employer.changed or fact.changed else Status.UNCHANGED
