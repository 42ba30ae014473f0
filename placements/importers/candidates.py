"""The sheet ``kandidaten``: candidates of an owner, one row per register period."""

from typing import Any

from django.core.exceptions import ValidationError

from accounts.folding import fold
from candidates.fields import bsn_hashes
from candidates.models import Access
from candidates.rules import clean_bsn
from employers.importers.changes import changes_in
from employers.importers.intake import Absent, Agreement, Closing, Intake, RowResult, Status, Tally, grouped
from files import cells
from files.cells import CellFault
from files.schema import Column, SheetData, SheetSchema
from files.sheets import Raw
from placements.importers.adrift import Adrift
from placements.importers.lookup import Lookup
from placements.importers.periods import clash_message, settle
from placements.importers.persons import settle_persons
from placements.importers.register import CandidateDraft, OwnedKey, Register, RegisterPeriodDraft

SHEET = "kandidaten"


def bsn_cell(raw: Raw) -> str | None:
    """Read a BSN; the message of a wrong one never repeats it. A spreadsheet may have dropped a leading zero."""
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    try:
        return clean_bsn(str(raw)) or None if raw is not None else None
    except ValidationError as error:
        message = error.messages[0].rstrip(".")
        raise CellFault(message[0].lower() + message[1:]) from None


SCHEMA = SheetSchema(
    SHEET,
    (
        Column("kandidaatcode", cells.code(max_length=40), required=True, key=True),
        Column("achternaam", cells.text(max_length=120), required=True),
        Column("roepnaam", cells.text(max_length=80), required=True),
        Column("register_vanaf", cells.day(), key=True),
        Column("register_tot", cells.day(open_ended=True)),
        Column("bsn", bsn_cell),
        Column("geboortedatum", cells.day()),
        Column("eigenaar", cells.code(max_length=40), key=True),
        Column("persoon", cells.code(max_length=40)),
    ),
)

_COLUMN_OF = {
    "last_name": "achternaam",
    "first_name": "roepnaam",
    "date_of_birth": "geboortedatum",
    "bsn": "bsn",
    "person": "persoon",
    "last_day": "register_tot",
}

#: Columns of which the preview tells only that they change.
_SECRET = ("bsn", "persoon")


def plan_candidates(data: SheetData, intake: Intake, register: Register) -> None:
    """Add and amend candidates, their register periods, and who of them are one human being."""
    tally = intake.take(data, noun="kandidaten", keys=_keys(intake))
    planning = _Planning(data, intake, register)
    groups = grouped(data.legible, planning.key)
    for key, rows in groups.items():
        planning.candidate(key, rows)
    register.persons_undecided = data.stopped or bool(data.broken)
    settle_persons(planning.told(), labels=planning.labels, intake=intake, register=register)
    for candidate, rows in planning.read.items():
        _count(candidate, rows, tally)


def _keys(intake: Intake) -> tuple[str, ...]:
    keys = ("kandidaatcode", "register_vanaf")
    return keys if intake.own else (*keys, "eigenaar")


class _Planning:
    """Amends candidates group by group, by the good cells of their rows.

    ``read`` keeps these rows, ``labels`` their values of ``persoon``.
    """

    def __init__(self, data: SheetData, intake: Intake, register: Register) -> None:
        self._data = data
        self._intake = intake
        self._register = register
        self._find = Lookup(intake, register)
        self._agreement = Agreement(intake, data)
        self._adrift = Adrift(data, "register_vanaf")
        self._columns = frozenset(column for column in SCHEMA.header if data.has(column))
        self.read: dict[CandidateDraft, list[Any]] = {}
        self.labels: dict[CandidateDraft, str | None] | None = None
        if intake.own is None and "persoon" in self._columns:
            self.labels = {}
        elif "persoon" in self._columns:
            intake.warn(SHEET, None, None, "kolom “persoon” leest alleen een functioneel beheerder in; overgeslagen")

    def key(self, row: Any) -> OwnedKey | None:
        """Return to what candidate a row belongs; None when that can't be told or is nobody's business here."""
        owner = self._intake.owner_code(row, SHEET)
        if owner is None:
            self._register.unread[SHEET].add(row.kandidaatcode)
        elif self._data.has_read(row, *(("kandidaatcode",) if self._intake.own else ("kandidaatcode", "eigenaar"))):
            return (owner, row.kandidaatcode)
        else:
            self._adrift.add(row)
            self._check_days(row, [])
        return None

    def told(self) -> dict[CandidateDraft, list[Any]]:
        """Return the candidates that were read, without those of whom a bad cell hides what person they are."""
        if not self._data.unread:
            return self.read
        telling = ("bsn", "persoon")
        return {c: rows for c, rows in self.read.items() if all(self._data.has_read(row, *telling) for row in rows)}

    def candidate(self, key: OwnedKey, rows: list[Any]) -> None:
        code = key[1]
        known, owner = self._find.owner(key, (SHEET, rows[0].line, "eigenaar"))
        if not known:
            self._register.unread[SHEET].add(code)
            for row in rows:
                self._check_days(row, [])
            return
        candidate = self._register.candidates.get(key)
        if candidate is None:
            person = self._register.add_person()
            candidate = self._register.candidates[key] = CandidateDraft(owner=owner, code=code, person=person)
            person.candidates.append(candidate)
            if owner is not None:
                self._register.let_see(candidate, owner, Access.Because.INTRODUCED)
        self.read[candidate] = rows
        self._amend(candidate, rows)
        self._register_periods(candidate, rows)

    def _amend(self, candidate: CandidateDraft, rows: list[Any]) -> None:
        last_name = self._agree(rows, "achternaam")
        first_name = self._agree(rows, "roepnaam")
        if last_name and first_name and (last_name, first_name) != (candidate.last_name, candidate.first_name):
            folded = fold(f"{last_name} {first_name}")
            candidate.amend(last_name=last_name, first_name=first_name, name_folded=folded)
        if "geboortedatum" in self._columns:
            candidate.amend(date_of_birth=self._agree(rows, "geboortedatum"))
        bsn = self._agree(rows, "bsn")
        if bsn:
            hashes = bsn_hashes(bsn)
            candidate.bsn_hashes = tuple(hashes)
            if candidate.bsn_hash not in hashes:
                candidate.amend(bsn=bsn, bsn_hash=hashes[0])
        if self.labels is not None and all(self._data.has_read(row, "bsn", "persoon") for row in rows):
            self.labels[candidate] = self._agree(rows, "persoon")

    def _agree(self, rows: list[Any], column: str) -> Any:
        return getattr(rows[0], column) if len(rows) == 1 else self._agreement.on(rows, column, noun="een kandidaat")

    def _register_periods(self, candidate: CandidateDraft, rows: list[Any]) -> None:
        dated = [row for row in rows if row.register_vanaf is not None]
        for row in rows:
            self._check_days(row, dated)
        standing = {period.first_day: period for period in candidate.periods}
        for row in dated:
            period = standing.get(row.register_vanaf)
            if period is None:
                period = RegisterPeriodDraft(candidate=candidate, first_day=row.register_vanaf)
                standing[row.register_vanaf] = period
                candidate.periods.append(period)
            period.line = row.line
            if "register_tot" in self._columns:
                is_read = self._data.has_read(row, "register_tot")
                period.amend(last_day=row.register_tot if is_read else row.register_vanaf)
        if "register_vanaf" in self._columns:
            self._settle(candidate, rows)

    def _check_days(self, row: Any, dated: list[Any]) -> None:
        if row.register_vanaf is None and self._data.has_read(row, "register_vanaf"):
            if row.register_tot is not None:
                self._intake.fault(SHEET, row.line, "register_tot", "is ingevuld, maar register_vanaf niet")
            elif dated:
                message = f"is leeg, maar regel {dated[0].line} van dezelfde kandidaat heeft een datum"
                self._intake.fault(SHEET, row.line, "register_vanaf", message)

    def _settle(self, candidate: CandidateDraft, rows: list[Any]) -> None:
        told = self._adrift.told(rows, candidate.periods)
        left_out = sorted(period.first_day for period in told if not period.line)
        self._intake.absent += [Absent(SHEET, candidate.code, first_day) for first_day in left_out]
        result = settle(told, replace=self._intake.replace)
        if len(told) == len(candidate.periods):
            candidate.periods, candidate.removed = result.kept, result.removed
        for period, last_day in result.closed:
            period.amend(last_day=last_day)
            self._intake.closings.append(Closing(SHEET, candidate.code, period.first_day, last_day))
        for period, other in result.clashes:
            self._intake.fault(SHEET, period.line, "register_vanaf", clash_message(other))


def _count(candidate: CandidateDraft, rows: list[Any], tally: Tally) -> None:
    status = Status.of(candidate)
    if status is Status.UNCHANGED and candidate.register_changed:
        status = Status.CHANGED
    tally.records[status] += 1
    lines = {period.line: period for period in candidate.periods}
    for row in rows:
        period = lines.get(row.line)
        row_status = Status.of(candidate)
        if row_status is Status.UNCHANGED and period is not None:
            row_status = Status.of(period)
        changes = changes_in(candidate, period if not candidate.is_new else None, columns=_COLUMN_OF, secret=_SECRET)
        tally.rows.append(RowResult(row.line, candidate.code, row_status, *changes))
