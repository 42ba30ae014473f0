"""The sheet ``proefplaatsingen``: trial placements and internships of an owner."""

from typing import Any

from candidates.models import Access
from employers.importers.changes import changes_in
from employers.importers.intake import Intake, RowResult, Status, grouped
from employers.importers.organisations import EmployerDraft
from files import cells
from files.schema import Column, SheetData, SheetSchema
from placements.importers.lookup import Lookup
from placements.importers.register import Register, TrialDraft
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
    """Add and amend trials. A candidate is on trial at a host once at a time, as ``services.trials`` has it."""
    tally = intake.take(data, noun="proefplaatsingen", keys=("proefplaatsingcode",) if intake.own else None)
    planning = _Planning(data, intake, register)
    for row in data.legible:
        trial = planning.trial(row)
        if trial is None:
            register.unread[SHEET].add(row.proefplaatsingcode)
            continue
        status = Status.of(trial)
        tally.records[status] += 1
        tally.rows.append(RowResult(row.line, trial.code, status, *changes_in(trial, columns=_COLUMN_OF)))
    planning.check_together()


class _Planning:
    """Amends trials row by row, by the good cells of each; ``lines`` keeps where they stand."""

    def __init__(self, data: SheetData, intake: Intake, register: Register) -> None:
        self._data = data
        self._intake = intake
        self._register = register
        self._find = Lookup(intake, register)
        self._has_outcome = data.has("uitkomst")
        self.lines: dict[TrialDraft, int] = {}

    def trial(self, row: Any) -> TrialDraft | None:
        """Return the trial of a row; None when a bad cell or an unknown code leaves open what it says."""
        owner = self._intake.owner_code(row, SHEET)
        if owner is None:
            return None
        key = (owner, row.proefplaatsingcode)
        known, whose = False, None
        if self._intake.own or self._data.has_read(row, "eigenaar"):
            known, whose = self._find.owner(key, self._place(row, "eigenaar"))
        candidate = host = None
        if known and row.kandidaatcode is not None:
            candidate = self._find.candidate(owner, row.kandidaatcode, self._place(row, "kandidaatcode"))
        if row.werkgevercode is not None:
            host = self._find.employer(row.werkgevercode, self._place(row, "werkgevercode"))
        trial = self._register.trials.get(key) if known else None
        if host is not None:
            self._check_own(row, host, trial)
        days = {"first_day": row.begindatum, "last_day": row.einddatum}
        if candidate is None or host is None or None in (key[1], *days.values()):
            return None
        if trial is None:
            trial = TrialDraft(owner=whose, code=key[1], candidate=candidate, host=host, kind=row.soort, **days)
            self._register.trials[key] = trial
        self.lines[trial] = row.line
        trial.amend(candidate=candidate, host=host, kind=row.soort, **days)
        if self._has_outcome:
            trial.amend(outcome=row.uitkomst or "")
        if trial.is_new or {"candidate", "host"} & {*trial.changed}:
            self._register.let_see(candidate, host, Access.Because.TRIAL)
        return trial

    def check_together(self) -> None:
        """Report trials that the file lets share a day with another of the same candidate at the same host."""
        unread = self._register.unread[SHEET]
        is_whole = self._data.is_whole and all(row.proefplaatsingcode is not None for row in self._data.broken)
        told = (t for t in self._register.trials.values() if t in self.lines or (is_whole and t.code not in unread))
        for trials in grouped(told, lambda trial: (trial.candidate, trial.host)).values():
            if len(trials) > 1:
                self._check_days(trials)

    def _check_days(self, trials: list[TrialDraft]) -> None:
        longest: TrialDraft | None = None
        for trial in sorted(trials, key=lambda trial: (trial.first_day, trial.last_day)):
            if trial.last_day < trial.first_day:
                continue  # reported for the row by itself
            if longest is not None and trial.first_day <= longest.last_day:
                self._blame(trial, longest)
            if longest is None or trial.last_day > longest.last_day:
                longest = trial

    def _blame(self, one: TrialDraft, other: TrialDraft) -> None:
        """Report two that share a day in the last row of the file that made it so; what stood already is no fault."""
        made = [trial for trial in (one, other) if trial in self.lines and _moved(trial)]
        if not made:
            return
        late = max(made, key=lambda trial: self.lines[trial])
        early = other if late is one else one
        message = f"deze kandidaat is al bij {early.host.code} van {early.first_day:%d-%m-%Y} tot en met"
        text = f"overlapt met {early.code}; {message} {early.last_day:%d-%m-%Y}"
        self._intake.fault(SHEET, self.lines[late], "begindatum", text)

    def _check_own(self, row: Any, host: EmployerDraft, standing: TrialDraft | None) -> None:
        """Refuse a trial elsewhere, but for one that stood there already: a merger with a hand-over leaves such."""
        own = self._intake.own
        if own is not None and host.code != own and (standing is None or standing.host is not host):
            message = f"is {host.code}; in dit bestand horen alleen gegevens van {own}"
            self._intake.fault(SHEET, row.line, "werkgevercode", message)

    def _place(self, row: Any, column: str) -> tuple[str, int, str]:
        return (SHEET, row.line, column)


def _moved(trial: TrialDraft) -> bool:
    return trial.is_new or not {"candidate", "host", "first_day", "last_day"}.isdisjoint(trial.changed)
