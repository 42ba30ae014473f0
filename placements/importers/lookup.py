"""Finding what a code in a row stands for. Each function reports a code that nothing has, and then returns None.

A code that stands in a row with a fault of its own is not unknown, only unread: None without a report.
"""

from employers.importers.intake import INSTALLATION, Intake
from employers.importers.organisations import EmployerDraft, UnitDraft
from placements.importers.register import CandidateDraft, OwnedKey, PlacementDraft, Register, TeamDraft, TrialDraft

#: Sheet, row and column of the cell that holds the code.
Place = tuple[str, int, str]


class Lookup:
    """Looks codes up among what stands in the database and what the files bring."""

    def __init__(self, intake: Intake, register: Register) -> None:
        self._intake = intake
        self._register = register
        self._organisations = register.organisations

    def employer(self, code: str, place: Place) -> EmployerDraft | None:
        found = self._organisations.employers.get(code)
        if found is None and code not in self._organisations.unread_employers:
            self._intake.unknown(place, "werkgever", code, self._organisations.employers)
        return found

    def unit(self, host: EmployerDraft, code: str, place: Place) -> UnitDraft | None:
        units = self._organisations.units[host]
        found = units.get(code)
        if found is None and code not in self._organisations.unread_units:
            self._intake.unknown(place, f"afdeling van {host.code}", code, units)
        return found

    def team(self, code: str, place: Place) -> TeamDraft | None:
        found = self._register.teams.get(code)
        if found is None and code not in self._register.unread["teams"]:
            self._intake.unknown(place, "team", code, self._register.teams)
        return found

    def candidate(self, owner: str, code: str, place: Place) -> CandidateDraft | None:
        """Find a candidate of this owner only; the installation's code is empty."""
        found = self._register.candidates.get((owner, code))
        if found is None and code not in self._register.unread["kandidaten"]:
            known = (theirs for whose, theirs in self._register.candidates if whose == owner)
            self._intake.unknown(place, f"kandidaat{_of(owner)}", code, known)
        return found

    def placement(self, owner: str, code: str, place: Place) -> PlacementDraft | None:
        """Find a placement of this owner only."""
        found = self._register.placements.get((owner, code))
        if found is None and code not in self._register.unread["plaatsingen"]:
            known = (theirs for whose, theirs in self._register.placements if whose == owner)
            self._intake.unknown(place, f"plaatsing{_of(owner)}", code, known)
        return found

    def trial(self, owner: str, code: str, place: Place) -> TrialDraft | None:
        """Find a trial of this owner only."""
        found = self._register.trials.get((owner, code))
        if found is None and code not in self._register.unread["proefplaatsingen"]:
            known = (theirs for whose, theirs in self._register.trials if whose == owner)
            self._intake.unknown(place, f"proefplaatsing{_of(owner)}", code, known)
        return found

    def owner(self, key: OwnedKey, place: Place) -> tuple[bool, EmployerDraft | None]:
        """Tell whether the owner of a record is known, and who it is: None for the installation itself."""
        if key[0] == INSTALLATION:
            return True, None
        found = self.employer(key[0], place)
        return found is not None, found


def _of(owner: str) -> str:
    return f" van {owner}" if owner != INSTALLATION else ""
