"""What was realised at the end of every month: a running sum of changes, in one pass over the ledger.

Hours are added on the first day of a line and taken off the day after its last. Persons do not add: the stretches of
one person are merged first, so that two contracts at once are one person. What a buyer holds of a team is divided
once, per share.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import F, QuerySet, Value
from django.db.models.functions import Greatest, Least

from employers.models import Employer, OrgUnit, Sector
from placements.counting.calendar import FOREVER
from placements.counting.facts import Rule
from placements.models import CountLine
from placements.models.regime import Regime
from placements.statements import Statement, month_of

_COLUMNS = ("share", "places", "all_places", "kind", "person", "hours", "first_day", "last_day")
_COUNTED, _SHELTERED = 1, 0


class MonthEnd(NamedTuple):
    """The figures on the last day of a month: hours in hundredths a week, persons, persons on sheltered places."""

    day: date
    hours: Fraction
    persons: Fraction
    sheltered: Fraction


def of_employer(employer: Employer, regime: Regime, last: date, unit: OrgUnit | None = None) -> list[MonthEnd]:
    """Return every month from the first in which something ran to the one of ``last``, without gaps; one query.

    With a ``unit`` only what counts there or below, which leaves the shares in teams out.
    """
    lines = CountLine.objects.filter(regime=regime, employer=employer)
    if unit:
        return _series(lines.filter(unit__above__ancestor=unit), None, last)
    return _series(lines, _bought(regime, employer), last)


def of_sector(sector: Sector, regime: Regime, last: date) -> list[MonthEnd]:
    """Return the same of a sector: what its employers had for as long as they belonged to it; one query.

    Who is credited directly is one person, at however many of its employers; shares in teams add as they are.
    """
    fact = "employer__facts__"
    lines = CountLine.objects.filter(
        (f"{fact}sector", sector),
        (f"{fact}first_day__lte", F("last_day")),
        (f"{fact}last_day__gte", F("first_day")),
        regime=regime,
    )
    fact = "team__shares__buyer__facts__"
    bought = CountLine.objects.filter(
        (f"{fact}sector", sector),
        (f"{fact}first_day__lte", F("last_day")),
        (f"{fact}last_day__gte", F("first_day")),
        (f"{fact}first_day__lte", F("team__shares__last_day")),
        (f"{fact}last_day__gte", F("team__shares__first_day")),
        regime=regime,
        counts=True,
        team__shares__first_day__lte=F("last_day"),
        team__shares__last_day__gte=F("first_day"),
    )
    return _series(lines, bought, last, within=("employer__facts__",), bought_within=(fact,))


def _bought(regime: Regime, buyer: Employer) -> QuerySet:
    """Return the counting lines of teams for as long as the employer holds a share in them."""
    return CountLine.objects.filter(
        regime=regime,
        counts=True,
        team__shares__buyer=buyer,
        team__shares__first_day__lte=F("last_day"),
        team__shares__last_day__gte=F("first_day"),
    )


def _series(
    lines: QuerySet,
    bought: QuerySet | None,
    last: date,
    *,
    within: tuple[str, ...] = (),
    bought_within: tuple[str, ...] = (),
) -> list[MonthEnd]:
    """Add up lines, and shares in teams; ``within`` names what has a first and last day that limits them."""
    statement = Statement()
    here = _direct(lines.filter(counts=True), _COUNTED, within).union(
        _direct(lines.filter(rule=Rule.SHELTERED_WORK), _SHELTERED, within), all=True
    )
    if bought is not None:
        here = here.union(_shared(bought, bought_within), all=True)
    statement.rows("here", here, _COLUMNS)
    statement.part("marked", _MARKED)
    return _running(statement.fetch(_changes()), last)


def _direct(lines: QuerySet, kind: int, limits: tuple[str, ...] = ()) -> QuerySet:
    return lines.values_list(Value(0), Value(1), Value(1), Value(kind), "person_id", "hours", *_days(limits)).order_by()


def _days(limits: tuple[str, ...]) -> tuple[Any, Any]:
    """Return the first and last day of a line as far as it lies within other stretches of days."""
    if not limits:
        return F("first_day"), F("last_day")
    return (
        Greatest("first_day", *(f"{each}first_day" for each in limits)),
        Least("last_day", *(f"{each}last_day" for each in limits)),
    )


def _shared(lines: QuerySet, limits: tuple[str, ...] = ()) -> QuerySet:
    share = "team__shares__"
    return lines.values_list(
        f"{share}pk",
        f"{share}places",
        f"{share}all_places",
        Value(_COUNTED),
        "person_id",
        "hours",
        *_days((share, *limits)),
    ).order_by()


#: Every line with how far the earlier ones of the same person reach, and the first day of the one that follows.
_MARKED = """
    SELECT here.*, MAX(last_day) OVER earlier AS reached, LEAD(first_day) OVER earlier AS following
    FROM here
    WINDOW earlier AS (
        PARTITION BY share, kind, person ORDER BY first_day, last_day
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    )
"""

#: How far a line and those before it reach. A person is there from a line that begins after that of those before it,
#: up to and including that of a line with which no other one overlaps that follows.
_REACH = "CASE WHEN reached > last_day THEN reached ELSE last_day END"


def _changes() -> str:
    """Return SQL for what changes per month, kind and fraction: hundredths of hours, and persons."""
    forever = connection.ops.adapt_datefield_value(FOREVER)
    arrived = "SUM(CASE WHEN reached >= first_day THEN 0 ELSE 1 END)"
    parts = (
        (month_of("first_day"), "SUM(hours)", arrived, ""),
        (month_of("last_day", days_later=1), "-SUM(hours)", "0", f"WHERE last_day < '{forever}'"),
        (
            month_of(f"({_REACH})", days_later=1),
            "0",
            "-COUNT(*)",
            f"WHERE {_REACH} < '{forever}' AND (following IS NULL OR following > {_REACH})",
        ),
    )
    changes = " UNION ALL ".join(
        f"SELECT places, all_places, kind, {month} AS month, {hours} AS hours, {persons} AS persons "  # noqa: S608  # own names and one fixed date
        f"FROM marked {condition} GROUP BY 1, 2, 3, 4"
        for month, hours, persons, condition in parts
    )
    return (
        "SELECT places, all_places, kind, month, SUM(hours), SUM(persons) "  # noqa: S608  # as above
        f"FROM ({changes}) changes GROUP BY 1, 2, 3, 4 ORDER BY 4"
    )


def _running(rows: Iterable[tuple], last: date) -> list[MonthEnd]:
    """Add the changes up, month by month; nothing in, nothing out."""
    changes: defaultdict[date, list[Fraction]] = defaultdict(lambda: [Fraction(0)] * 3)
    for places, all_places, kind, month, hours, persons in rows:
        part, change = Fraction(places, all_places), changes[_day(month)]
        if kind == _COUNTED:
            change[0] += int(hours) * part
            change[1] += int(persons) * part
        else:
            change[2] += int(persons)
    found: list[MonthEnd] = []
    sums = [Fraction(0)] * 3
    for month in _months(min(changes), last) if changes else ():
        sums = [before + change for before, change in zip(sums, changes[month], strict=True)]
        found.append(MonthEnd(end_of_month(month), *sums))
    return found


def end_of_month(day: date) -> date:
    """Return the last day of the month of a day."""
    return (day.replace(day=1) + timedelta(32)).replace(day=1) - timedelta(1)


def _months(first: date, last: date) -> Iterable[date]:
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = end_of_month(month) + timedelta(1)


def _day(value: date | str) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)
