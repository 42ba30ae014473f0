"""The sheet ``proefplaatsingen``: trial placements and internships of an owner."""

from typing import Any

from candidates.models import Access
from employers.importers.intake import Intake, RowResult, Status
from files import cells
from files.schema import Column, SheetData, SheetSchema
from placements.importers.lookup import Lookup
from placements.importers.register import OwnedKey, Register, TrialDraft
from placements.models import TrialKind, TrialOutcome

SHEET = "proefplaatsingen"

SCHEMA = SheetSchema(
    SHEET,
    (
        Column("proefplaatsingcode", cells.code(max_length=40), required=True, key=True),
        Column("kandidaatcode", cells.code(max_length=40), required=True),
        Column("werkgevercode", cells.code(max_length=40), required=True),
        Column("soort", cells.choice(TrialKind.values), required=True),
        Column("begindatum", cells.day(), required=True),
        Column("einddatum", cells.day(), required=True),
        Column("uitkomst", cells.choice(TrialOutcome.values)),
        Column("eigenaar", cells.code(max_length=40), key=True),
    ),
)

_COLUMN_OF = {
    "candidate": "kandidaatcode",
    "host": "werkgevercode",
    "kind": "soort",
    "first_day": "begindatum",
    "last_day": "einddatum",
    "outcome": "uitkomst",
}


def plan_trials(data: SheetData, intake: Intake, register: Register) -> None:
    """Add and amend trials."""
    tally = intake.take(data, noun="proefplaatsingen", keys=("proefplaatsingcode",) if intake.own else None)
    find = Lookup(intake, register)
    for row in data.rows:
        owner = intake.owner_code(row, SHEET)
        trial = None if owner is None else _trial(row, (owner, row.proefplaatsingcode), intake, find, register)
        if trial is None:
            register.unread[SHEET].add(row.proefplaatsingcode)
            continue
        if data.has("uitkomst"):
            trial.amend(outcome=row.uitkomst or "")
        status = Status.of(trial)
        tally.records[status] += 1
        columns = "" if trial.is_new else ", ".join(_COLUMN_OF[name] for name in trial.changed)
        tally.rows.append(RowResult(row.line, trial.code, status, columns))


def _trial(row: Any, key: OwnedKey, intake: Intake, find: Lookup, register: Register) -> TrialDraft | None:
    known, owner = find.owner(key, (SHEET, row.line, "eigenaar"))
    if not known:
        return None
    candidate = find.candidate(key[0], row.kandidaatcode, (SHEET, row.line, "kandidaatcode"))
    host = find.employer(row.werkgevercode, (SHEET, row.line, "werkgevercode"))
    if host is not None and intake.own is not None and host.code != intake.own:
        message = f"is {host.code}; in dit bestand horen alleen gegevens van {intake.own}"
        intake.fault(SHEET, row.line, "werkgevercode", message)
    if candidate is None or host is None:
        return None
    trial = register.trials.get(key)
    days = {"first_day": row.begindatum, "last_day": row.einddatum}
    if trial is None:
        trial = TrialDraft(owner=owner, code=key[1], candidate=candidate, host=host, kind=row.soort, **days)
        register.trials[key] = trial
    else:
        trial.amend(candidate=candidate, host=host, kind=row.soort, **days)
    if trial.is_new or {"candidate", "host"} & {*trial.changed}:
        register.let_see(candidate, host, Access.Because.TRIAL)
    return trial
