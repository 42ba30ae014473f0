"""What belongs to a placement as a whole: candidate, host, employer of record, route and team of its rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from employers.importers.intake import Intake
from employers.importers.organisations import EmployerDraft, PartnerDraft
from files.schema import SheetData
from placements.importers.formal import FormalEmployers
from placements.importers.lookup import Lookup
from placements.importers.register import CandidateDraft, PlacementDraft, Register, TeamDraft
from placements.models import Route
from placements.rules import Parties, parties_faults

#: Column to blame for a field of the rules.
_COLUMNS = {
    "team": "teamcode",
    "host": "werkgevercode",
    "employer_of_record": "formele_werkgever",
    "partner": "formele_werkgever",
}

#: Columns in which all rows of one placement are the same.
_SHARED = ("kandidaatcode", "werkgevercode", "formele_werkgever", "route", "teamcode")


@dataclass(slots=True)
class Parts:
    """The parts as drafts. Of incomplete ones some cell was bad or some code not found; that has been reported."""

    candidate: CandidateDraft | None
    host: EmployerDraft | None
    route: str
    employer_of_record: EmployerDraft | None = None
    partner: PartnerDraft | None = None
    team: TeamDraft | None = None
    knows_parties: bool = True

    @property
    def complete(self) -> bool:
        return self.knows_parties and self.candidate is not None

    @property
    def parties(self) -> Parties:
        return Parties(
            route=self.route,
            host=self.host,
            named=self.employer_of_record,
            partner=self.partner,
            team=self.team,
            team_employer=self.team.employer if self.team else None,
        )


class PartsReader:
    """Reads the parts from rows and holds them to the rules."""

    def __init__(self, data: SheetData, intake: Intake, register: Register) -> None:
        self._data = data
        self._sheet = data.schema.name
        self._intake = intake
        self._find = Lookup(intake, register)
        self._formal = FormalEmployers(intake, register.organisations)
        self._teams_may_move = register.unread["teams"].everything
        self._own = register.organisations.employers.get(intake.own) if intake.own else None
        self._has_formal = data.has("formele_werkgever")
        self._has_team = data.has("teamcode")

    def of(self, owner: str | None, rows: Sequence[Any], standing: PlacementDraft | None) -> Parts:
        """Return the parts; what the file has no column for stays as it stands. Only an owner's candidate is known."""
        candidate, host = self._first(rows, "kandidaatcode"), self._first(rows, "werkgevercode")
        route = self._first(rows, "route")
        parts = Parts(candidate=None, host=None, route=route.route if route else "")
        if candidate and owner is not None:
            place = self._place(candidate, "kandidaatcode")
            parts.candidate = self._find.candidate(owner, candidate.kandidaatcode, place)
        if host:
            parts.host = self._find.employer(host.werkgevercode, self._place(host, "werkgevercode"))
        parts.knows_parties = parts.host is not None and route is not None
        self._read_formal(parts, self._first(rows, "formele_werkgever"), standing)
        self._read_team(parts, self._first(rows, "teamcode"), standing)
        if len(rows) > 1:
            self._compare(rows)
        if parts.knows_parties:
            self._check(parts, rows, standing)
        return parts

    def check_alone(self, row: Any) -> None:
        """Report what is wrong with the parties of a row of which is unknown to what placement it belongs."""
        if self._has_formal and self._has_team:
            self.of(None, [row], None)

    def _first(self, rows: Sequence[Any], column: str) -> Any:
        """Return the first row with a good cell in a column; None when there is none."""
        if not self._data.unread:
            return rows[0]
        return next((row for row in rows if self._data.has_read(row, column)), None)

    def _read_formal(self, parts: Parts, row: Any, standing: PlacementDraft | None) -> None:
        if not self._has_formal:
            if standing is not None:
                parts.employer_of_record, parts.partner = standing.employer_of_record, standing.partner
        elif row is None:
            parts.knows_parties = False
        elif row.formele_werkgever is not None:
            found = self._formal.of(row.formele_werkgever, self._place(row, "formele_werkgever"))
            if isinstance(found, PartnerDraft):
                parts.partner = found
            elif found is not parts.host or parts.route == Route.TEAM_PURCHASE:
                parts.employer_of_record = found
            parts.knows_parties = parts.knows_parties and found is not None

    def _read_team(self, parts: Parts, row: Any, standing: PlacementDraft | None) -> None:
        if not self._has_team:
            parts.team = standing.team if standing is not None else None
        elif row is None:
            parts.knows_parties = False
        elif row.teamcode is not None:
            parts.team = self._find.team(row.teamcode, self._place(row, "teamcode"))
            parts.knows_parties = parts.knows_parties and parts.team is not None

    def _compare(self, rows: Sequence[Any]) -> None:
        for column in _SHARED:
            cells = (column, "werkgevercode") if column == "formele_werkgever" else (column,)
            first, *others = [row for row in rows if self._data.has_read(row, *cells)] or [None]
            for other in others:
                one, two = getattr(first, column), getattr(other, column)
                if one == two or (column == "formele_werkgever" and self._same_formal(first, other)):
                    continue
                message = f"verschilt van regel {first.line}; een echte wijziging krijgt een nieuwe plaatsingcode"
                self._intake.fault(self._sheet, other.line, column, f"{message} met vervolg_van")

    def _same_formal(self, first: Any, other: Any) -> bool:
        """Tell whether two rows mean the same employer of record: the host may be named or left out."""
        meant = [self._meant(row) for row in (first, other)]
        return meant[0] is meant[1]

    def _meant(self, row: Any) -> object:
        value = row.formele_werkgever
        if value is None or value == row.werkgevercode:
            return None
        return self._formal.of(value, self._place(row, "formele_werkgever"))

    def _check(self, parts: Parts, rows: Sequence[Any], standing: PlacementDraft | None) -> None:
        faults = parties_faults(parts.parties)
        if self._teams_may_move:
            faults.pop("host", None)
        for field, message in faults.items():
            text = message[0].lower() + message[1:].rstrip(".")
            self._blame(rows, _COLUMNS[field], text)
        if self._own is not None and not faults and not _stands(parts, standing):
            self._check_own(parts, rows)

    def _check_own(self, parts: Parts, rows: Sequence[Any]) -> None:
        """Refuse a placement that another employer records: hers is the contract, or she hosts a partner's.

        One of her own that stands with these parties is not asked: a merger with a hand-over leaves such records.
        """
        record = parts.parties.record
        if record is self._own or (record is None and parts.host is self._own):
            return
        assert self._own is not None
        if isinstance(record, EmployerDraft):
            column = "formele_werkgever" if parts.employer_of_record else "werkgevercode"
            message = f"de formele werkgever is {record.code}; die levert deze plaatsing aan, niet {self._own.code}"
        else:
            column = "werkgevercode"
            message = f"is niet {self._own.code}; een plaatsing via een partner levert de inlenende werkgever aan"
        self._blame(rows, column, message)

    def _blame(self, rows: Sequence[Any], column: str, message: str) -> None:
        self._intake.fault(self._sheet, (self._first(rows, column) or rows[0]).line, column, message)

    def _place(self, row: Any, column: str) -> tuple[str, int, str]:
        return (self._sheet, row.line, column)


def _stands(parts: Parts, standing: PlacementDraft | None) -> bool:
    """Tell whether the placement stands already between the same parties."""
    if standing is None or parts.host is not standing.host:
        return False
    same = parts.parties.record is standing.record and parts.partner is standing.partner
    return same and parts.team is standing.team
