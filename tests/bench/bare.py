"""Bare queries: only the sums that a page of figures is about, without access rules, names, links or menus.

They are what each page is held against (``tests.bench.dashboards``). A page that shows a figure on several days asks
the sums of each of those days; one that tells of contracts, of who came and stayed, or of the course over the years
asks those as well.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

#: Lines that hold on a day under a regime, with what they add up to. ``{where}`` narrows them.
_SUMS = """
    SELECT {by}, counts, rule, SUM(hours), COUNT(*), COUNT(DISTINCT person_id)
    FROM placements_countline line {joined}
    WHERE regime_id = %s AND line.first_day <= %s AND line.last_day >= %s AND {where}
    GROUP BY 1, 2, 3
"""
#: The same placements by kind of contract and by route.
_CONTRACTS = """
    SELECT {by}, period.contract_kind, placement.route, COUNT(*)
    FROM placements_countline line
    JOIN placements_placementperiod period ON period.id = line.period_id
    JOIN placements_placement placement ON placement.id = line.placement_id {joined}
    WHERE regime_id = %s AND line.first_day <= %s AND line.last_day >= %s AND counts AND {where}
    GROUP BY 1, 2, 3
"""
#: What ever counted somewhere: the first and last day of each placement, and the hours that come and go per month.
_EVER = """
    SELECT placement_id, MIN(line.first_day), MAX(line.last_day), SUM(hours)
    FROM placements_countline line {joined} WHERE regime_id = %s AND counts AND {where} GROUP BY 1
"""
_COURSE = """
    SELECT month, SUM(hours), SUM(people) FROM (
        SELECT {begins} AS month, SUM(hours) AS hours, COUNT(DISTINCT person_id) AS people
        FROM placements_countline line {joined} WHERE regime_id = %s AND counts AND {where} GROUP BY 1
        UNION ALL
        SELECT {ends}, -SUM(hours), -COUNT(DISTINCT person_id)
        FROM placements_countline line {joined} WHERE regime_id = %s AND counts AND {where} GROUP BY 1
    ) changes GROUP BY 1
"""
_BELOW = "JOIN employers_unitancestry above ON above.unit_id = line.unit_id"
_FACT = """
    JOIN employers_employerfact fact
    ON fact.employer_id = line.employer_id AND fact.first_day <= %s AND fact.last_day >= %s
"""
_ANYWHERE = "line.employer_id IS NOT NULL"


class Asked(NamedTuple):
    """A query with its values."""

    sql: str
    values: tuple[Any, ...] = ()


def board(regime: int, day: date, employer: int, sector: int, unit: int | None = None) -> tuple[Asked, ...]:
    """Return the sums behind a coordinator's dashboard, the first being those of the day itself.

    That is the day and the end of the year, the units, contracts, the sector in one sentence, chains and months.
    """
    own = f"line.employer_id = {employer}"
    where, joined = (f"above.ancestor_id = {unit}", _BELOW) if unit else (own, "")
    on, end = (regime, day, day), (regime, date(day.year, 12, 31), date(day.year, 12, 31))
    sums = _SUMS.format(by="1", joined=joined, where=where)
    return (
        Asked(sums, on),
        Asked(sums, end),
        Asked(_SUMS.format(by="above.ancestor_id", joined=_BELOW, where=own), on),
        Asked(_CONTRACTS.format(by="1", joined=joined, where=where), on),
        Asked(_SUMS.format(by="fact.sector_id", joined=_FACT, where=f"fact.sector_id = {sector}"), (day, day, *on)),
        *_over_time(joined, where, (), regime),
    )


def sector(regime: int, days: Iterable[date], key: int) -> tuple[Asked, ...]:
    """Return the sums behind an adviser's page: employers and sector on each day, contracts, chains and months."""
    where = f"fact.sector_id = {key}"
    first, *others = days
    return (
        *_in_sectors(regime, [first, *others], where, ("line.employer_id", "fact.sector_id")),
        Asked(
            _CONTRACTS.format(by="line.employer_id", joined=_FACT, where=where), (first, first, regime, first, first)
        ),
        *_over_time(_FACT, where, (first, first), regime),
    )


def all_sectors(regime: int, days: Iterable[date]) -> tuple[Asked, ...]:
    """Return the sums behind the page of all sectors, over the whole country; it has no course."""
    first, *others = days
    on = (first, first, regime, first, first)
    return (
        *_in_sectors(regime, [first, *others], _ANYWHERE, ("line.employer_id", "fact.sector_id", "1")),
        Asked(_CONTRACTS.format(by="line.employer_id", joined=_FACT, where=_ANYWHERE), on),
        Asked(_EVER.format(joined="", where=_ANYWHERE), (regime,)),
    )


def _in_sectors(regime: int, days: Iterable[date], where: str, by: Iterable[str]) -> list[Asked]:
    return [
        Asked(_SUMS.format(by=column, joined=_FACT, where=where), (day, day, regime, day, day))
        for day in days
        for column in by
    ]


def _over_time(joined: str, where: str, values: tuple[Any, ...], regime: int) -> tuple[Asked, Asked]:
    from placements.statements import month_of

    begins, ends = month_of("line.first_day"), month_of("line.last_day")
    return (
        Asked(_EVER.format(joined=joined, where=where), (*values, regime)),
        Asked(_COURSE.format(begins=begins, ends=ends, joined=joined, where=where), (*values, regime) * 2),
    )
