"""The sheet ``plaatsingen``: placements of an owner, one row per period."""

from typing import Any, cast

from candidates.models import Access
from employers.importers.changes import changes_in
from employers.importers.intake import Absent, Agreement, Closing, Intake, RowResult, Status, Tally, grouped
from employers.importers.organisations import EmployerDraft, UnitDraft
from files import cells
from files.schema import Column, SheetData, SheetSchema
from placements.importers.adrift import Adrift
from placements.importers.chains import read_chains
from placements.importers.lookup import Lookup
from placements.importers.parts import Parts, PartsReader
from placements.importers.periods import clash_message, settle
from placements.importers.register import CandidateDraft, OwnedKey, PeriodDraft, PlacementDraft, Register
from placements.models import ContractKind, EndReason, Route
from placements.models.placement import MAX_HOURS

SHEET = "plaatsingen"

SCHEMA = SheetSchema(
    SHEET,
    (
        Column("plaatsingcode", cells.code(max_length=40), required=True, key=True),
        Column("kandidaatcode", cells.code(max_length=40), required=True),
        Column("werkgevercode", cells.code(max_length=40), required=True),
        Column("afdelingcode", cells.code(max_length=40)),
        Column("formele_werkgever", cells.code(max_length=160)),
        Column("route", cells.choice(Route.values), required=True),
        Column("teamcode", cells.code(max_length=40)),
        Column("functie", cells.text(max_length=120), required=True),
        Column("contractsoort", cells.choice(ContractKind.values), required=True),
        Column("uren_per_week", cells.decimal(places=2, above=0, at_most=int(MAX_HOURS)), required=True),
        Column("begindatum", cells.day(), required=True, key=True),
        Column("einddatum", cells.day(open_ended=True)),
        Column("reden_einde", cells.choice(EndReason.values)),
        Column("vervolg_van", cells.code(max_length=40)),
        Column("eigenaar", cells.code(max_length=40), key=True),
    ),
)

#: Column and field of what belongs to a period, and may be empty.
_OPTIONAL = (("einddatum", "last_day", None), ("reden_einde", "end_reason", ""))

_COLUMN_OF = {
    "candidate": "kandidaatcode",
    "host": "werkgevercode",
    "employer_of_record": "formele_werkgever",
    "partner": "formele_werkgever",
    "route": "route",
    "team": "teamcode",
    "continues": "vervolg_van",
    "unit": "afdelingcode",
    "job_title": "functie",
    "contract_kind": "contractsoort",
    "hours": "uren_per_week",
    "last_day": "einddatum",
    "end_reason": "reden_einde",
}


def plan_placements(data: SheetData, intake: Intake, register: Register) -> None:
    """Add and amend placements with their periods."""
    keys = ("plaatsingcode", "begindatum") if intake.own else SCHEMA.keys
    tally = intake.take(data, noun="plaatsingen", keys=keys)
    for row in data.legible:
        if row.reden_einde is not None and row.einddatum is None and data.has_read(row, "einddatum"):
            intake.warn(SHEET, row.line, "reden_einde", "is ingevuld, maar er is geen einddatum")
    planning = _Planning(data, intake, register)
    groups = grouped(data.legible, planning.key)
    for key, rows in groups.items():
        planning.placement(key, rows)
    if data.has("vervolg_van"):
        read_chains(planning.read, agreement=planning.agreement, intake=intake, register=register)
    for placement, rows in planning.read.items():
        _count(placement, rows, tally)


class _Planning:
    """Amends placements group by group, by the good cells of their rows; ``read`` keeps these."""

    def __init__(self, data: SheetData, intake: Intake, register: Register) -> None:
        self._data = data
        self._intake = intake
        self._register = register
        self._find = Lookup(intake, register)
        self._parts = PartsReader(data, intake, register)
        self.agreement = Agreement(intake, data)
        self._adrift = Adrift(data, "begindatum")
        self._has_unit = data.has("afdelingcode")
        self._optional = [(column, name, empty) for column, name, empty in _OPTIONAL if data.has(column)]
        self.read: dict[PlacementDraft, list[Any]] = {}

    def key(self, row: Any) -> OwnedKey | None:
        """Return to what placement a row belongs; None when that can't be told or is nobody's business here."""
        owner = self._intake.owner_code(row, SHEET)
        if owner is None:
            self._register.unread[SHEET].add(row.plaatsingcode)
        elif self._data.has_read(row, *(("plaatsingcode",) if self._intake.own else ("plaatsingcode", "eigenaar"))):
            return (owner, row.plaatsingcode)
        else:
            self._adrift.add(row)
            self._parts.check_alone(row)
        return None

    def placement(self, key: OwnedKey, rows: list[Any]) -> None:
        known, owner = self._find.owner(key, (SHEET, rows[0].line, "eigenaar"))
        if not known:
            self._register.unread[SHEET].add(key[1])
            for row in rows:
                self._parts.check_alone(row)
            return
        placement = self._register.placements.get(key)
        parts = self._parts.of(key[0], rows, placement)
        if placement is None:
            placement = self._register.placements[key] = _new(owner, key[1], parts)
        else:
            _correct(placement, parts)
        self.read[placement] = rows
        self._periods(placement, rows)
        if parts.complete and (placement.is_new or {"candidate", "host", "employer_of_record"} & {*placement.changed}):
            self._let_see(placement)

    def _periods(self, placement: PlacementDraft, rows: list[Any]) -> None:
        standing = {period.first_day: period for period in placement.periods}
        for row in rows:
            if row.begindatum is None:
                continue
            period = standing.get(row.begindatum)
            if period is None:
                period = standing[row.begindatum] = PeriodDraft(placement=placement, first_day=row.begindatum)
                placement.periods.append(period)
            period.line = row.line
            period.amend(job_title=row.functie, contract_kind=row.contractsoort, hours=row.uren_per_week)
            for column, name, empty in self._optional:
                value = getattr(row, column)
                period.amend(**{name: empty if value is None else value})
            if not self._data.has_read(row, "einddatum"):
                period.amend(last_day=period.first_day)
            if self._has_unit:
                period.amend(unit=self._unit(placement, row))
        self._take_off_units(placement)
        self._settle(placement, rows)

    def _unit(self, placement: PlacementDraft, row: Any) -> UnitDraft | None:
        if row.afdelingcode is None or placement.host is None:
            return None
        return self._find.unit(placement.host, row.afdelingcode, (SHEET, row.line, "afdelingcode"))

    def _take_off_units(self, placement: PlacementDraft) -> None:
        """After a correction of the host the periods that name no unit of the new one have none."""
        for period in placement.periods:
            if period.unit is not None and placement.host is not None and period.unit.employer is not placement.host:
                period.amend(unit=None)
                self._intake.units_taken_off += 1

    def _settle(self, placement: PlacementDraft, rows: list[Any]) -> None:
        told = self._adrift.told(rows, placement.periods)
        left_out = sorted(period.first_day for period in told if not period.line)
        self._intake.absent += [Absent(SHEET, placement.code, first_day) for first_day in left_out]
        result = settle(told, replace=self._intake.replace)
        placement.undecided = len(told) < len(placement.periods)
        if not placement.undecided:
            placement.periods, placement.removed = result.kept, result.removed
        for period, last_day in result.closed:
            period.amend(last_day=last_day)
            self._intake.closings.append(Closing(SHEET, placement.code, period.first_day, last_day))
        for period, other in result.clashes:
            self._intake.fault(SHEET, period.line, "begindatum", clash_message(other))

    def _let_see(self, placement: PlacementDraft) -> None:
        for employer in (placement.host, placement.employer_of_record):
            if employer is not None:
                self._register.let_see(placement.candidate, employer, Access.Because.PLACED)


def _new(owner: EmployerDraft | None, code: str, parts: Parts) -> PlacementDraft:
    """Return the draft; of incomplete parts only to look for more faults, it is never written."""
    return PlacementDraft(
        owner=owner,
        code=code,
        candidate=cast(CandidateDraft, parts.candidate),
        host=cast(EmployerDraft, parts.host),
        employer_of_record=parts.employer_of_record,
        partner=parts.partner,
        route=parts.route,
        team=parts.team,
    )


def _correct(placement: PlacementDraft, parts: Parts) -> None:
    named = parts.employer_of_record
    if named is None and placement.employer_of_record is placement.host is parts.host and parts.partner is None:
        named = placement.employer_of_record  # the host, named once and left out now: the same employer of record
    placement.amend(
        candidate=parts.candidate,
        host=parts.host,
        employer_of_record=named,
        partner=parts.partner,
        route=parts.route,
        team=parts.team,
    )


def _count(placement: PlacementDraft, rows: list[Any], tally: Tally) -> None:
    periods = (*placement.periods, *placement.removed)
    status = Status.of(placement)
    if status is Status.UNCHANGED and (placement.removed or any(period.touched for period in periods)):
        status = Status.CHANGED
    tally.records[status] += 1
    lines = {period.line: period for period in placement.periods}
    for row in rows:
        period = lines.get(row.line)
        drafts = () if period is None or period.is_new else (placement, period)
        changes = changes_in(*drafts, columns=_COLUMN_OF)
        row_status = Status.of(period) if period is not None else status
        if row_status is Status.UNCHANGED and changes.columns:
            row_status = Status.CHANGED
        tally.rows.append(RowResult(row.line, placement.code, row_status, *changes))
