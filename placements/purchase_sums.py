"""Adding up purchases of one team by one buyer that came together, day by day. No database, no clock."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from placements.counting.calendar import FOREVER, ONE_DAY


class Bought(NamedTuple):
    """Places bought over a stretch of days; both days belong to it, ``FOREVER`` runs on."""

    first: date
    last: date
    places: int


def add_up(purchases: Iterable[Bought]) -> list[Bought]:
    """Return what the purchases amount to: stretches that do not overlap, each with the places of its days."""
    purchases = list(purchases)
    starts = sorted({day for bought in purchases for day in _changes(bought)})
    ends = [*(day - ONE_DAY for day in starts[1:]), FOREVER]
    summed: list[Bought] = []
    for start, last in zip(starts, ends, strict=False):
        places = sum(bought.places for bought in purchases if bought.first <= start <= bought.last)
        if not places:
            continue
        before = summed[-1] if summed else None
        if before and before.places == places and before.last + ONE_DAY == start:
            summed[-1] = before._replace(last=last)
        else:
            summed.append(Bought(start, last, places))
    return summed


def _changes(bought: Bought) -> list[date]:
    """Return the days on which a purchase begins and is over."""
    return [bought.first] if bought.last == FOREVER else [bought.first, bought.last + ONE_DAY]
