"""The column ``vervolg_van``: which placement each one continues.

A code is looked up at the row's own owner. A hand-over can leave a chain with two owners, and an export writes the
bare code: so a link that stands is known by it, and in an administrator's file also a placement of the same person at
the installation or at one other owner. Another person's placement is the last guess, with a warning.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from typing import Any

from employers.importers.intake import INSTALLATION, Agreement, Intake
from placements.importers.lookup import Lookup, Place
from placements.importers.register import OwnedKey, PersonDraft, PlacementDraft, Register
from placements.rules import makes_circle

SHEET = "plaatsingen"
COLUMN = "vervolg_van"

#: The rows of each placement in the file.
Read = Mapping[PlacementDraft, Sequence[Any]]


def read_chains(read: Read, *, agreement: Agreement, intake: Intake, register: Register) -> None:
    """Let every placement that was read continue the one its rows name: maybe one that comes later in the file."""
    chains = Chains(intake, register)
    named = {placement: agreement.on(rows, COLUMN, noun="een plaatsing") for placement, rows in read.items()}
    chains.load({code for placement, code in named.items() if code and chains.nearby(placement, code) is None})
    for placement, code in named.items():
        rows = read[placement]
        place = (SHEET, next((row.line for row in rows if getattr(row, COLUMN)), rows[0].line), COLUMN)
        before = chains.of(placement, code, place) if code else None
        if before is not None or not code:
            placement.amend(continues=before)
        if before is not None and not (_one_person(before, placement) or _may_be_one(placement, register)):
            intake.warn(*place, f"{code} is een plaatsing van een andere kandidaat")
    after = {placement: placement.continues for placement in (*register.placements.values(), *register.linked)}
    for placement, rows in read.items():
        if placement.continues is not None and makes_circle(placement.continues, after, mine=placement):
            intake.fault(SHEET, rows[0].line, COLUMN, "zo volgt de plaatsing op zichzelf")


class Chains:
    """Finds the placement that a code stands for, as seen from the one that continues it."""

    def __init__(self, intake: Intake, register: Register) -> None:
        self._intake = intake
        self._register = register
        self._find = Lookup(intake, register)
        self._by_code: dict[str, list[PlacementDraft]] | None = None

    def load(self, codes: Set[str]) -> None:
        """Load what these codes may mean at owners that no file names; only an administrator's file may mean that."""
        if codes and self._intake.own is None:
            self._register.find_by_code(codes)
            self._by_code = None

    def of(self, placement: PlacementDraft, code: str, place: Place) -> PlacementDraft | None:
        """Return what a placement continues by the code in its row; reports a code that nothing has."""
        key = _key(placement, code)
        found = self.nearby(placement, code) or self._elsewhere(key, placement)
        if found is None and _may_be_one(placement, self._register) and self._strange(key):
            return None
        return found or self._find.placement(*key, place)

    def check(self, key: OwnedKey, code: str, place: Place) -> None:
        """Report a code that nothing has, in a row of the placement ``key`` that could not be read."""
        standing = self._register.placements.get(key)
        if standing is not None:
            self.of(standing, code, place)
        elif self._intake.own is not None or not self._coded(code):
            self._find.placement(key[0], code, place)

    def nearby(self, placement: PlacementDraft, code: str) -> PlacementDraft | None:
        """Return the placement that it continues already, or the owner's own one of the same person."""
        standing = placement.continues
        if standing is not None and standing.code == code:
            return standing
        own = self._register.placements.get(_key(placement, code))
        if own is None or own is placement:  # a code of its own may be another owner's as well
            return None
        return own if _one_person(own, placement) else None

    def _elsewhere(self, key: OwnedKey, placement: PlacementDraft) -> PlacementDraft | None:
        """Return the administrator's guess at another owner: of the same person, or else the installation's."""
        if self._intake.own is not None:
            return None
        found, person = self._strange(key), _person(placement)
        ours = next((p for p in found if p.owner is None), None)
        theirs = [p for p in found if person is not None and _person(p) is person]
        if ours in theirs:
            return ours
        if len(theirs) == 1:
            return theirs[0]
        return ours if self._register.placements.get(key) in (None, placement) else None

    def _strange(self, key: OwnedKey) -> list[PlacementDraft]:
        """Return the placements with this code at other owners."""
        if self._intake.own is not None:
            return []
        return [p for p in self._coded(key[1]) if (p.owner.code if p.owner else INSTALLATION) != key[0]]

    def _coded(self, code: str) -> list[PlacementDraft]:
        if self._by_code is None:
            self._by_code = defaultdict(list)
            for placement in (*self._register.placements.values(), *self._register.linked):
                self._by_code[placement.code].append(placement)
        return self._by_code.get(code, [])


def _key(placement: PlacementDraft, code: str) -> OwnedKey:
    return (placement.owner.code if placement.owner else "", code)


def _person(placement: PlacementDraft) -> PersonDraft | None:
    """Return whose placement it is; None for one whose candidate could not be read."""
    candidate: Any = placement.candidate
    return candidate.person if candidate is not None else None


def _may_be_one(placement: PlacementDraft, register: Register) -> bool:
    """Tell whether a bad cell hides whose placement it is, so that any other may be of the same person."""
    return register.persons_undecided or _person(placement) is None


def _one_person(one: PlacementDraft, other: PlacementDraft) -> bool:
    return _person(one) is _person(other)
