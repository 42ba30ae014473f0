"""How the hours of somebody in a placement grew, as its periods tell."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from placements.models import Placement, PlacementPeriod
from ui import dutch


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours a week at the start and now; ``changes`` are the days on which they became others."""

    then: Decimal
    since: date
    now: Decimal
    changes: list[tuple[date, Decimal]]

    @property
    def now_text(self) -> str:
        return dutch.plain_decimal(self.now)

    @property
    def change_texts(self) -> list[str]:
        """Since when the hours are what they became, in words."""
        return [f"vanaf {dutch.day_long(day)} {dutch.plain_decimal(hours)} uur" for day, hours in self.changes]

    @property
    def text(self) -> str:
        """The growth in words."""
        start = dutch.day_long(self.since)
        if not self.changes:
            return f"Net als bij het begin, op {start}."
        return f"Bij het begin, op {start}, {dutch.plain_decimal(self.then)} uur; {'; '.join(self.change_texts)}."

    @property
    def difference(self) -> str:
        """The difference with its sign; empty when there is none."""
        return f"{dutch.signed(self.now - self.then, 2).rstrip('0').rstrip(',')} uur" if self.now != self.then else ""


def hours_of(placement: Placement | None, today: date) -> Hours | None:
    """Return how the hours of a placement stand; None for a trial, and before a placement begins."""
    if placement is None:
        return None
    periods = PlacementPeriod.objects.filter(placement=placement, first_day__lte=today).order_by("first_day")
    rows = list(periods.values_list("first_day", "hours"))
    if not rows:
        return None
    changes = [after for before, after in pairwise(rows) if before[1] != after[1]]
    return Hours(then=rows[0][1], since=rows[0][0], now=rows[-1][1], changes=changes)
