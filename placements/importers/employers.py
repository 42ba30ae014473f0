"""The sheet ``werkgevers``: employers with their dated facts (sector and wage-return period)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Q

from accounts.folding import fold
from accounts.records import ALWAYS, FOREVER
from employers.importers.changes import changes_in
from employers.importers.intake import Agreement, Intake, RowResult, Status, grouped
from employers.importers.organisations import EmployerDraft, FactDraft, Organisations
from employers.models import ReturnPeriod
from employers.rules import near_code
from files import cells
from files.schema import Column, SheetData, SheetSchema
from placements.counting.calendar import ONE_DAY
from placements.models import Placement

SHEET = "werkgevers"

#: Column and field of what belongs to the employer as a whole, and may be empty.
_OWN = (
    ("aantal_medewerkers", "headcount"),
    ("uren_per_week", "hours_per_week"),
    ("nulmeting_banen", "baseline_jobs"),
    ("laatste_dag", "last_day"),
)

_COLUMN_OF = {
    **{field: column for column, field in _OWN},
    "name": "naam",
    "successor": "opvolger",
}
_FACT_COLUMNS = {"sector": "sector", "return_period": "aangiftetijdvak"}


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
            _refuse_partner(code, rows[0].line, intake, organisations)
        _amend(employer, rows, data, agreement)
        _set_facts(employer, rows, data, organisations)
    if data.has("opvolger"):
        for code, rows in groups.items():
            _set_successor(organisations.employers[code], rows, agreement, intake, organisations)
    sectors = {key: code for code, key in organisations.sectors.items()}
    for code, rows in groups.items():
        employer = organisations.employers[code]
        if all(data.has_read(row, "laatste_dag", "opvolger") for row in rows):
            _check(employer, rows[0], intake)
        tally.records[_status(employer)] += 1
        for row in rows:
            fact = _holding({fact.first_day: fact for fact in employer.facts}, row.vanaf or ALWAYS)
            dated = changes_in(fact, columns=_FACT_COLUMNS, texts={"sector": sectors.__getitem__})
            changes = changes_in(employer, columns=_COLUMN_OF).joined(dated)
            tally.rows.append(RowResult(row.line, code, _row_status(employer, fact), *changes))
    _check_reopened([organisations.employers[code] for code in groups], groups, intake)


def _refuse_partner(code: str, line: int, intake: Intake, organisations: Organisations) -> None:
    """Report a new code that a partner's name would be taken for a misspelling of."""
    near = next((name for name in organisations.partner_names if near_code(name, [code])), None)
    if near is not None:
        message = f"“{code}” lijkt op partner “{near}”; kies een andere code, of geef de partner een andere naam"
        intake.fault(SHEET, line, "werkgevercode", message)


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


def _check_reopened(employers: list[EmployerDraft], groups: dict[str, list[Any]], intake: Intake) -> None:
    """Tell of employers whose end or successor an empty cell clears; refuse it where the work went on elsewhere.

    A file from before a merger would undo it by half: what went on at the successor stays there.
    """
    cleared = [employer for employer in employers if _is_cleared(employer)]
    merged = _went_on(cleared) if cleared else set()
    for employer in cleared:
        last_day, successor = employer.before("last_day"), employer.before("successor")
        end = f"{last_day:%d-%m-%Y}" if last_day else ""
        if employer in merged:
            column = "opvolger" if employer.last_day else "laatste_dag"
            message = (
                f"is leeg, maar {employer.code} is na {end} verdergegaan als {successor.code} en het werk staat daar; "
                f"vul laatste_dag {end} en opvolger {successor.code} in, of laat deze twee kolommen weg"
            )
            intake.fault(SHEET, groups[employer.code][0].line, column, message)
        else:
            was = [f"laatste dag {end}"] if end else []
            was += [f"opvolger {successor.code}"] if successor else []
            intake.reopened.append(f"{employer.code} (was {', '.join(was)})")


def _is_cleared(employer: EmployerDraft) -> bool:
    if employer.successor is not None and employer.last_day is None:
        return False  # a fault of its own
    return any(employer.before(name) and not getattr(employer, name) for name in ("last_day", "successor"))


def _went_on(employers: list[EmployerDraft]) -> set[EmployerDraft]:
    """Return the employers whose work their successor continues, as after a merger."""
    keys = {employer.pk for employer in employers}
    links = Placement.objects.filter(Q(continues__host__in=keys) | Q(continues__employer_of_record__in=keys)).order_by()
    fields = ("continues__host", "host", "continues__employer_of_record", "employer_of_record")
    pairs: set[tuple[int | None, int | None]] = set()
    for host, new_host, record, new_record in links.values_list(*fields).distinct():
        pairs |= {(host, new_host), (record, new_record)}
    return {e for e in employers if (successor := e.before("successor")) and (e.pk, successor.pk) in pairs}


def _status(employer: EmployerDraft) -> Status:
    if employer.is_new:
        return Status.NEW
    if employer.changed or any(fact.touched for fact in employer.facts):
        return Status.CHANGED
    return Status.UNCHANGED


def _row_status(employer: EmployerDraft, fact: FactDraft | None) -> Status:
    if employer.is_new or fact is None or fact.is_new:
        return Status.NEW
    return Status.CHANGED if employer.changed or fact.changed else Status.UNCHANGED
