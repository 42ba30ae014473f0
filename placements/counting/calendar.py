"""Stretches of days and the wage-return periods (aangiftetijdvakken) that divide a year.

Everything here is inclusive: the first and the last day both belong to a stretch. What runs on ends on
`FOREVER`, so comparing two last days never meets a None.
"""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

FOREVER = date.max
"""The last day of what has no last day."""

ONE_DAY = timedelta(days=1)

_FOUR_WEEK_STARTS = range(5, 50, 4)
"""The ISO weeks whose Monday starts the second up to and including the thirteenth four-week period."""


class Stretch(NamedTuple):
    """Consecutive days, both ends included. A tuple, because the core unpacks millions of them."""

    first: date
    last: date = FOREVER

    def contains(self, day: date) -> bool:
        """Tell whether the day lies in the stretch."""
        return self.first <= day <= self.last


def months_before(day: date, months: int) -> date:
    """Return the last day of which ``months`` calendar months later is ``day`` or earlier.

    A day that a month does not have is its last one: six months after 28, 29, 30 and 31 August is 28 February.
    """
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    last = monthrange(year, month + 1)[1]
    at_the_end = day.day == monthrange(day.year, day.month)[1]
    return date(year, month + 1, last if at_the_end else min(day.day, last))


class ReturnKind(StrEnum):
    """How often an employer files its wage return; the values are the codes of the exchange format."""

    MONTH = "maand"
    FOUR_WEEKS = "vier_weken"


@lru_cache(maxsize=65_536)
def return_period(kind: str, day: date) -> Stretch:
    """Return the wage-return period of this kind that contains the day.

    Raises ValueError for an unknown kind.
    """
    return next(period for period in return_periods_of_year(kind, day.year) if day <= period.last)


@lru_cache(maxsize=512)
def return_periods_of_year(kind: str, year: int) -> tuple[Stretch, ...]:
    """Return the wage-return periods of a calendar year: twelve months, or thirteen four-week periods.

    No period crosses a year: the first four-week period starts on 1 January and the thirteenth ends on
    31 December, whatever the pay periods, so the first has 25 to 31 days and the last 26 to 33
    (Belastingdienst; Wfsv art. 38g lid 8 attaches the registration to this period).
    """
    if ReturnKind(kind) is ReturnKind.MONTH:
        starts = [date(year, month, 1) for month in range(1, 13)]
    else:
        starts = [date(year, 1, 1), *(date.fromisocalendar(year, week, 1) for week in _FOUR_WEEK_STARTS)]
    ends = [start - ONE_DAY for start in starts[1:]]
    return tuple(map(Stretch, starts, [*ends, date(year, 12, 31)]))


def merge(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Return the same days, in order, in as few stretches as possible."""
    merged: list[Stretch] = []
    for first, last in sorted(stretches):
        if merged and (merged[-1].last == FOREVER or first <= merged[-1].last + ONE_DAY):
            merged[-1] = Stretch(merged[-1].first, max(last, merged[-1].last))
        else:
            merged.append(Stretch(first, last))
    return merged
