"""Decisions about placements, register periods, purchases and trials that need no database and no clock."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple, TypeVar

from candidates.rules import FIRST_DAY, LAST_DAY
from placements.counting.calendar import FOREVER, ONE_DAY, Stretch
from placements.models import Route
from placements.models.placement import MAX_HOURS

#: What codes made by the application start with.
PLACEMENT_PREFIX = "P"
TRIAL_PREFIX = "PP"

#: Routes that are a contract with an employer of this system: an outside partner can't hold it.
OWN_CONTRACT = frozenset({Route.EMPLOYMENT, Route.TRAINEESHIP})

Key = TypeVar("Key", bound=Hashable)


def stretch(first: date, last: date | None) -> Stretch:
    """Return a stretch of days whose empty last day means that it runs on."""
    return Stretch(first, last or FOREVER)


# --- days -----------------------------------------------------------------------------------------


def day_faults(first: date, last: date | None) -> dict[str, str]:
    """Return what is wrong with a first and a last day, by field; both belong to the stretch."""
    faults = {}
    if not FIRST_DAY <= first <= LAST_DAY:
        faults["first_day"] = "Kies een dag van 1900 tot en met 2199."
    if last is not None and not FIRST_DAY <= last <= LAST_DAY:
        faults["last_day"] = "Kies een dag van 1900 tot en met 2199. Loopt het door, laat dit dan leeg."
    elif last is not None and last < first:
        faults["last_day"] = f"Ligt vóór de eerste dag ({first:%d-%m-%Y})."
    return faults


def overlapping(new: Stretch, others: "Iterable[tuple[Key, Stretch]]") -> Key | None:
    """Return the key of the earliest of ``others`` that shares a day with ``new``; None when none does."""
    found = [(days.first, key) for key, days in others if days.first <= new.last and new.first <= days.last]
    return min(found, key=lambda pair: pair[0])[1] if found else None


def gaps(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Return the days between stretches that belong to none of them, in order of time."""
    found: list[Stretch] = []
    end: date | None = None
    for days in sorted(stretches):
        if end is not None and end < FOREVER and days.first > end + ONE_DAY:
            found.append(Stretch(end + ONE_DAY, days.first - ONE_DAY))
        end = max(end, days.last) if end is not None else days.last
    return found


class Closing(NamedTuple):
    """What a new period means for the periods that stand: which one ends the day before, or which one is in the way."""

    closes: Hashable = None
    blocks: Hashable = None


def closing(new: Stretch, others: "Sequence[tuple[Key, Stretch]]") -> Closing:
    """Decide how a period that starts a change of hours, unit or contract fits between the others.

    The period that runs on the first day of the change ends the day before. That is refused (``blocks``) when the
    two start on the same day, when the new one ends before the running one would have (days would get lost),
    and for a later period that shares a day with the new one.
    """
    running = next((key for key, days in others if days.first < new.first <= days.last), None)
    for key, days in others:
        if key == running and days.last > new.last:
            return Closing(blocks=key)
    blocks = overlapping(new, [(key, days) for key, days in others if key != running])
    return Closing(blocks=blocks) if blocks is not None else Closing(closes=running)


# --- what a placement may look like -----------------------------------------------------------------


HOURS_LIMITS = "Vul meer dan 0 en hoogstens 60 uur in."


def hours_faults(hours: Decimal) -> dict[str, str]:
    """Return what is wrong with paid hours a week: above 0, at most 60, at most two decimals."""
    if not Decimal(0) < hours <= MAX_HOURS:
        return {"hours": HOURS_LIMITS}
    if hours != round(hours, 2):
        return {"hours": "Gebruik hoogstens twee decimalen."}
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Parties:
    """Who is involved in a placement, as keys: ``named`` employer of record, outside ``partner``, team."""

    route: str
    host: Hashable
    named: Hashable = None
    partner: Hashable = None
    team: Hashable = None
    team_employer: Hashable = None

    @property
    def record(self) -> Hashable:
        """The employer of record: the team's, the one named, the host; None for an outside partner."""
        if self.route == Route.TEAM_PURCHASE:
            return self.team_employer
        return self.named or (None if self.partner else self.host)

    @property
    def contract_writer(self) -> Hashable:
        """Who writes contract and hours: the employer of record, and the host when that is an outside partner."""
        return self.record if self.record is not None else self.host


def parties_faults(parties: Parties) -> dict[str, str]:
    """Return what is wrong with the parties to a placement along this route, by field."""
    if parties.route == Route.TEAM_PURCHASE:
        return _team_faults(parties)
    faults = {}
    if parties.team is not None:
        faults["team"] = "Een team hoort alleen bij de route Ingekocht team."
    if parties.named is not None and parties.partner is not None:
        faults["partner"] = "Er is één formele werkgever: kies een werkgever óf een partner."
    elif parties.partner is not None and parties.route in OWN_CONTRACT:
        faults["partner"] = (
            f"Bij de route {Route(parties.route).label} ligt het contract bij een werkgever uit dit systeem. "
            "Kies Detachering of Uitzendwerk als een partner het contract heeft."
        )
    return faults


def _team_faults(parties: Parties) -> dict[str, str]:
    faults = {}
    if parties.team is None:
        faults["team"] = "Kies het team."
    elif parties.host != parties.team_employer:
        faults["host"] = "De werkgever van een teamlid is de werkgever van het team."
    if parties.named is not None:
        faults["employer_of_record"] = "Laat dit leeg: de formele werkgever volgt uit het team."
    if parties.partner is not None:
        faults["partner"] = "Laat dit leeg: de formele werkgever volgt uit het team."
    return faults


def unbroken(periods: Sequence[Stretch], start: int) -> int:
    """Return the place of the last period that follows ``periods[start]`` without a day between.

    ``periods`` stand in order of time. A contract that is renewed the day after it ends goes on.
    """
    while start + 1 < len(periods) and periods[start].last == periods[start + 1].first - ONE_DAY:
        start += 1
    return start


def makes_circle(start: Key, after: Mapping[Key, Key | None], *, mine: Key) -> bool:
    """Tell whether following ``after`` (placement → the one it continues) from ``start`` leads back to ``mine``."""
    seen: set[Key] = set()
    step: Key | None = start
    while step is not None and step not in seen:
        if step == mine:
            return True
        seen.add(step)
        step = after.get(step)
    return False


def shared_days(some: Iterable[Stretch], others: Iterable[Stretch]) -> int:
    """Return the number of days that stretches have in common with others; none of them overlap among themselves."""
    others = list(others)
    ends = ((max(a.first, b.first), min(a.last, b.last)) for a in some for b in others)
    return sum((last - first).days + 1 for first, last in ends if first <= last)


# --- what to do -----------------------------------------------------------------------------------------

#: How long before a contract ends someone has to decide what comes after it.
DECISION_LEAD = timedelta(weeks=8)


class Step(StrEnum):
    """The one thing to do about a placement, most urgent first."""

    REGISTER = "registreren"
    REASON = "reden"
    DECIDE = "besluiten"
    UNIT = "afdeling"


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What a placement looks like to whoever has to act.

    ``starts`` is of the standing period, ``ends`` of the last one that follows it without a day between. ``lapses`` is
    the first day to come on which it does not count because the registration does not run.
    """

    today: date
    starts: date
    ends: date | None
    has_reason: bool
    goes_on: bool
    registered: bool
    unit_missing: bool
    lapses: date | None = None

    @property
    def lapses_soon(self) -> bool:
        """Whether that day is so near that someone has to ask about the registration now."""
        return self.lapses is not None and self.lapses - self.today <= DECISION_LEAD


def next_step(now: Situation) -> Step | None:
    """Return the one thing to do; None when nothing needs doing.

    ``goes_on`` is a later period or a placement that continues this one; with it an end needs no decision.
    """
    running = now.starts <= now.today and (now.ends is None or now.today <= now.ends)
    if (running and not now.registered) or now.lapses_soon:
        return Step.REGISTER
    if now.ends is not None and not now.goes_on and not now.has_reason:
        if now.ends < now.today:
            return Step.REASON
        if now.ends - now.today <= DECISION_LEAD:
            return Step.DECIDE
    return Step.UNIT if running and now.unit_missing else None


# --- endings ------------------------------------------------------------------------------------------


class Ending(NamedTuple):
    """What ending on a day means: the period that gets the last day, and the planned ones after it."""

    period: Hashable = None
    planned: tuple[Hashable, ...] = ()


def ending(last_day: date, periods: "Sequence[tuple[Key, Stretch]]") -> Ending:
    """Decide which period ends on ``last_day`` and which ones have not begun by then; no period: nothing runs then."""
    running = next((key for key, days in periods if days.contains(last_day)), None)
    return Ending(running, tuple(key for key, days in periods if days.first > last_day))
