"""The drafts that importers of this room work on: candidates, persons, teams, placements, trials."""

from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import ClassVar

from django.db import models

from accounts.drafts import Draft
from candidates.models import Access, Candidate, Person, RegisterPeriod
from employers.importers.intake import Unread
from employers.importers.organisations import EmployerDraft, Organisations, PartnerDraft, UnitDraft
from placements.models import Placement, PlacementPeriod, Team, TeamPurchase, Trial


@dataclass(slots=True, eq=False, kw_only=True)
class PersonDraft(Draft):
    """One human being and all candidate records of it, of any owner."""

    model: ClassVar[type[models.Model]] = Person
    stored: ClassVar[tuple[str, ...]] = ()

    candidates: "list[CandidateDraft]" = field(default_factory=list)
    regrouped: bool = False
    """Whether a candidate record came or went."""


@dataclass(slots=True, eq=False, kw_only=True)
class RegisterPeriodDraft(Draft):
    """A register period; ``line`` is its row in the file, 0 when the file has none."""

    model: ClassVar[type[models.Model]] = RegisterPeriod
    stored: ClassVar[tuple[str, ...]] = ("candidate", "first_day", "last_day")

    candidate: "CandidateDraft"
    first_day: date
    last_day: date | None = None
    line: int = 0


@dataclass(slots=True, eq=False, kw_only=True)
class CandidateDraft(Draft):
    """A candidate. ``bsn`` is known only when the file gives it; then ``bsn_hashes`` has it under every key."""

    model: ClassVar[type[models.Model]] = Candidate
    stored: ClassVar[tuple[str, ...]] = (
        "owner",
        "code",
        "last_name",
        "first_name",
        "name_folded",
        "date_of_birth",
        "bsn",
        "bsn_hash",
        "person",
    )

    owner: EmployerDraft | None
    code: str
    last_name: str = ""
    first_name: str = ""
    name_folded: str = ""
    date_of_birth: date | None = None
    bsn: str = ""
    bsn_hash: str = ""
    bsn_hashes: tuple[str, ...] = ()
    illegible: bool = False
    """Whether its number was looked at and no key of today reads it: it may be any number."""
    person: PersonDraft
    periods: list[RegisterPeriodDraft] = field(default_factory=list)
    removed: list[RegisterPeriodDraft] = field(default_factory=list)

    @property
    def register_changed(self) -> bool:
        return bool(self.removed) or any(period.touched for period in self.periods)


@dataclass(slots=True, eq=False, kw_only=True)
class TeamDraft(Draft):
    """A team with what is bought of it."""

    model: ClassVar[type[models.Model]] = Team
    stored: ClassVar[tuple[str, ...]] = ("code", "name", "name_folded", "employer")

    code: str
    name: str = ""
    name_folded: str = ""
    employer: EmployerDraft
    purchases: "list[PurchaseDraft]" = field(default_factory=list)


@dataclass(slots=True, eq=False, kw_only=True)
class PurchaseDraft(Draft):
    """Places of a team bought by one employer; ``line`` is its row in the file, 0 when the file has none."""

    model: ClassVar[type[models.Model]] = TeamPurchase
    stored: ClassVar[tuple[str, ...]] = ("team", "buyer", "places", "first_day", "last_day")

    team: TeamDraft
    buyer: EmployerDraft
    places: int = 0
    first_day: date
    last_day: date | None = None
    line: int = 0


@dataclass(slots=True, eq=False, kw_only=True)
class PeriodDraft(Draft):
    """A placement period; ``line`` is its row in the file, 0 when the file has none."""

    model: ClassVar[type[models.Model]] = PlacementPeriod
    stored: ClassVar[tuple[str, ...]] = (
        "placement",
        "unit",
        "job_title",
        "contract_kind",
        "hours",
        "first_day",
        "last_day",
        "end_reason",
    )

    placement: "PlacementDraft"
    unit: UnitDraft | None = None
    job_title: str = ""
    contract_kind: str = ""
    hours: Decimal = Decimal(0)
    first_day: date
    last_day: date | None = None
    end_reason: str = ""
    line: int = 0


@dataclass(slots=True, eq=False, kw_only=True)
class PlacementDraft(Draft):
    """A placement with its periods."""

    model: ClassVar[type[models.Model]] = Placement
    stored: ClassVar[tuple[str, ...]] = (
        "owner",
        "code",
        "candidate",
        "host",
        "employer_of_record",
        "partner",
        "route",
        "team",
        "continues",
    )

    owner: EmployerDraft | None
    code: str
    candidate: CandidateDraft
    host: EmployerDraft
    employer_of_record: EmployerDraft | None = None
    partner: PartnerDraft | None = None
    route: str = ""
    team: TeamDraft | None = None
    continues: "PlacementDraft | None" = None
    periods: list[PeriodDraft] = field(default_factory=list)
    removed: list[PeriodDraft] = field(default_factory=list)
    undecided: bool = False
    """Whether a bad cell leaves open which of its periods that stand are in the file."""

    @property
    def record(self) -> EmployerDraft | None:
        """The employer of record: the team's, the one named, the host; None for an outside partner."""
        if self.team is not None:
            return self.team.employer
        return self.employer_of_record or (None if self.partner else self.host)


@dataclass(slots=True, eq=False, kw_only=True)
class TrialDraft(Draft):
    """A trial placement or internship."""

    model: ClassVar[type[models.Model]] = Trial
    stored: ClassVar[tuple[str, ...]] = (
        "owner",
        "code",
        "candidate",
        "host",
        "kind",
        "first_day",
        "last_day",
        "outcome",
    )

    owner: EmployerDraft | None
    code: str
    candidate: CandidateDraft
    host: EmployerDraft
    kind: str = ""
    first_day: date
    last_day: date
    outcome: str = ""


#: Owner's code (empty: the installation) and the record's own code.
OwnedKey = tuple[str, str]


@dataclass(slots=True)
class Register:
    """All that the files of one reading may refer to or change, by the codes they use.

    Candidates, placements and trials are those of the owners that the files name, and of no one else.
    """

    organisations: Organisations
    today: date
    teams: dict[str, TeamDraft] = field(default_factory=dict)
    candidates: dict[OwnedKey, CandidateDraft] = field(default_factory=dict)
    placements: dict[OwnedKey, PlacementDraft] = field(default_factory=dict)
    linked: list[PlacementDraft] = field(default_factory=list)
    """Placements of other owners, never written: what one of these continues or is continued by, or might be."""
    trials: dict[OwnedKey, TrialDraft] = field(default_factory=dict)
    persons: dict[int, PersonDraft] = field(default_factory=dict)
    new_persons: list[PersonDraft] = field(default_factory=list)
    grants: dict[tuple[CandidateDraft, EmployerDraft], Access.Because] = field(default_factory=dict)
    """Which employer is to see which candidate, and why."""
    find_by_bsn: Callable[[Collection[str]], None] = lambda hashes: None
    """Loads the persons who have one of these BSNs (keyed hashes) at owners that are not loaded."""
    find_illegible: Callable[["Collection[CandidateDraft]"], None] = lambda candidates: None
    """Marks those of these candidates whose stored number no key of today reads."""
    misses_keys: Callable[[], bool] = lambda: False
    """Tells whether numbers are stored that no key of today reads."""
    find_by_code: Callable[[Collection[str]], None] = lambda codes: None
    """Adds the placements with one of these codes of owners that are not loaded to ``linked``."""
    unread: dict[str, Unread] = field(default_factory=lambda: defaultdict(Unread))
    """Per sheet the codes of rows with a fault."""
    persons_undecided: bool = False
    """Whether a bad cell leaves open which candidate records are one person."""

    def add_person(self) -> PersonDraft:
        """Return a person nobody belongs to yet."""
        person = PersonDraft()
        self.new_persons.append(person)
        return person

    def peopled(self) -> list[PersonDraft]:
        """Return the persons that some candidate record belongs to."""
        return [person for person in (*self.persons.values(), *self.new_persons) if person.candidates]

    def let_see(self, candidate: CandidateDraft, employer: EmployerDraft, because: Access.Because) -> None:
        """Let an employer see a candidate; placed is stronger than on trial, and that than introduced."""
        known = self.grants.get((candidate, employer))
        if known is None or STRENGTH[because] > STRENGTH[known]:
            self.grants[candidate, employer] = because


#: The stronger reason to see a candidate wins.
STRENGTH = {Access.Because.INTRODUCED: 0, Access.Because.TRIAL: 1, Access.Because.PLACED: 2}
