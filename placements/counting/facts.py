"""The facts a count is made from and the lines it results in.

Keys (employer, team, unit, period, buyer) are whatever the caller identifies a record by: the core only
compares and hands them back. Hours are integer hundredths of paid hours a week (verloonde uren), so that
they add exactly on every database.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

from placements.counting.calendar import FOREVER, ReturnKind, Stretch

__all__ = [
    "COUNTING_RULES",
    "EXCLUDING_RULES",
    "FOREVER",
    "CountLine",
    "Key",
    "PeriodFact",
    "PlacementFacts",
    "Purchase",
    "RegimeVersion",
    "RegistrationTest",
    "ReturnKind",
    "ReturnKindFact",
    "Route",
    "Rule",
    "Stretch",
    "TeamShare",
]

Key = Any


class Route(StrEnum):
    """How someone came to work where the work is; the values are the codes of the exchange format."""

    DIENSTVERBAND = "dienstverband"
    DETACHERING = "detachering"
    UITZEND = "uitzend"
    WSW_DETACHERING = "wsw_detachering"
    WSW_DIENSTVERBAND = "wsw_dienstverband"
    BESCHUT = "beschut"
    INKOOP = "inkoop"
    TEAMINKOOP = "teaminkoop"
    TRAINEESHIP = "traineeship"


class Rule(StrEnum):
    """The lines of the counting table, in order: of those that apply on a day, the first decides.

    The value of an excluding rule is the reason that figures and exports show. The legal sources stand
    beside each rule in `placements.counting.reasons`.
    """

    SHELTERED_WORK = "sheltered_work"
    WSW_NOT_SECONDED = "wsw_not_seconded"
    PROCUREMENT_NOT_COUNTED = "procurement_not_counted"
    NOT_REGISTERED = "not_registered"
    NOT_PURCHASED = "not_purchased"
    TEAM_SHARE = "team_share"
    AT_HOST = "at_host"
    AT_RECORD = "at_record"

    @property
    def counts(self) -> bool:
        """Tell whether a placement under this rule counts."""
        return self in COUNTING_RULES

    @property
    def line(self) -> int:
        """Return the number of the rule's line in the table, from 1."""
        return list(Rule).index(self) + 1


COUNTING_RULES = frozenset({Rule.TEAM_SHARE, Rule.AT_HOST, Rule.AT_RECORD})
EXCLUDING_RULES = frozenset(Rule) - COUNTING_RULES


class RegistrationTest(StrEnum):
    """Which days a register period covers: its own only, or every wage-return period it touches."""

    RETURN_PERIOD = "return_period"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class PeriodFact:
    """One placement period: one contract, one number of paid hours (hundredths a week), one unit."""

    key: Key
    first: date
    last: date
    hours: int
    unit: Key | None = None


@dataclass(frozen=True, slots=True)
class PlacementFacts:
    """One placement as far as counting goes.

    `record` is the employer of record: the host when none is named, for a purchased team the team's
    employer, and None when an outside partner holds the contract. Periods never overlap.
    """

    route: str
    host: Key
    record: Key | None
    periods: tuple[PeriodFact, ...]
    team: Key | None = None


@dataclass(frozen=True, slots=True)
class ReturnKindFact:
    """From when to when an employer files its wage return in this way."""

    first: date
    last: date
    kind: str


@dataclass(frozen=True, slots=True)
class RegimeVersion:
    """What one regime says from one day to another."""

    first: date
    last: date
    procurement_counts: bool
    registration_test: str = RegistrationTest.RETURN_PERIOD
    hours_per_job: Decimal = Decimal("25.5")


@dataclass(frozen=True, slots=True)
class Purchase:
    """A number of places (1 or more) of a team, bought from one day to another."""

    team: Key
    buyer: Key
    first: date
    last: date
    places: int


class TeamShare(NamedTuple):
    """Days on which a buyer holds `places` of the `all_places` that are bought of a team."""

    team: Key
    buyer: Key
    first: date
    last: date
    places: int
    all_places: int


class CountLine(NamedTuple):
    """Days of one placement period on which one rule decides.

    `employer` is credited or, when the placement does not count, shows it with its reason. A counting team
    member has no employer but a `team`, whose buyers divide it. `unit` is filled only at its own employer.
    """

    first: date
    last: date
    period: Key
    hours: int
    rule: Rule
    employer: Key | None
    team: Key | None
    unit: Key | None

    @property
    def counts(self) -> bool:
        """Tell whether the placement counts on these days."""
        return self.rule.counts

    @property
    def reason(self) -> str:
        """Return the code of the reason why not, or an empty text when the placement counts."""
        return "" if self.counts else self.rule.value
