"""Short ways to write facts for the tests of the counting core."""

from datetime import date

from placements.counting.facts import (
    FOREVER,
    CountLine,
    PeriodFact,
    PlacementFacts,
    RegimeVersion,
    RegistrationTest,
    Route,
    Stretch,
)
from placements.counting.lines import count_lines

START = date(2013, 1, 1)
HOST, RECORD, TEAM, UNIT = "host", "record", "team", "unit"


def day(text: str) -> date:
    """Return a day from ISO text; an empty text is the day that never comes."""
    return date.fromisoformat(text) if text else FOREVER


def stretch(first: str, last: str = "") -> Stretch:
    """Return a stretch from ISO texts, running on without a second."""
    return Stretch(day(first), day(last))


def period(first: str, last: str = "", *, key: str = "p1", hours: int = 3200, unit: str | None = UNIT) -> PeriodFact:
    """Return a placement period of 32 hours in the host's unit."""
    return PeriodFact(key, day(first), day(last), hours, unit)


def placement(route: str, *periods: PeriodFact, record: str | None = RECORD) -> PlacementFacts:
    """Return a placement of all time at a host that is not the employer of record, unless said otherwise."""
    periods = periods or (period("2019-01-01"),)
    return PlacementFacts(route, HOST, record, tuple(periods), TEAM if route == Route.TEAMINKOOP else None)


def version(
    *,
    first: date = START,
    last: date = FOREVER,
    procurement: bool = False,
    test: str = RegistrationTest.RETURN_PERIOD,
) -> RegimeVersion:
    """Return a version of a regime, by default the statutory one of all time."""
    return RegimeVersion(first, last, procurement, test)


def lines_of(
    facts: PlacementFacts,
    *,
    registrations: tuple[Stretch, ...] = (Stretch(START),),
    return_kinds: tuple = (),
    purchased: tuple[Stretch, ...] = (),
    versions: tuple[RegimeVersion, ...] = (version(),),
) -> list[CountLine]:
    """Return the count lines of a placement of someone who is registered for ever, unless said otherwise."""
    return count_lines(
        facts, registrations=registrations, return_kinds=return_kinds, purchased=purchased, versions=versions
    )
