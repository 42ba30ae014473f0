"""How the periods that a file brings fit with those that stand in the database."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, Protocol, TypeVar

from placements.counting.calendar import FOREVER, ONE_DAY


class Period(Protocol):
    """A stretch of days; ``line`` is its row in the file, 0 when the file has none.

    One whose last day has a bad cell ends on its first day: it then shares no day that it may not have.
    """

    first_day: date
    last_day: date | None
    line: int


P = TypeVar("P", bound=Period)


@dataclass(slots=True)
class Settlement(Generic[P]):
    """What becomes of periods: which stay, go, end earlier (with their last day), and which pairs can't be together.

    Of a clash the first one is the row to blame.
    """

    kept: list[P] = field(default_factory=list)
    removed: list[P] = field(default_factory=list)
    closed: list[tuple[P, date]] = field(default_factory=list)
    clashes: list[tuple[P, P]] = field(default_factory=list)


def settle(periods: Sequence[P], *, replace: bool = False, may_close: bool = True) -> Settlement[P]:
    """Decide about all periods of one placement or candidate, or all purchases of one team by one buyer.

    Periods the file leaves out stay, or go with ``replace``. One of these that runs on is closed on the day before a
    later period of the file, if ``may_close``; any other shared day is a clash.
    """
    result: Settlement[P] = Settlement()
    for period in periods:
        (result.removed if replace and not period.line else result.kept).append(period)
    longest: P | None = None
    for period in sorted(result.kept, key=_first_day):
        if longest is None or _last_day(longest) < period.first_day:
            longest = period
        elif may_close and period.line and not longest.line and longest.last_day is None:
            result.closed.append((longest, period.first_day - ONE_DAY))
            longest = period
        else:
            twice_in_file = period.line and longest.line and period.first_day == longest.first_day
            if not twice_in_file:  # a double key, which is reported as such
                result.clashes.append((period, longest) if period.line else (longest, period))
            if _last_day(period) > _last_day(longest):
                longest = period
    return result


def _first_day(period: Period) -> date:
    return period.first_day


def _last_day(period: Period) -> date:
    return period.last_day or FOREVER


def clash_message(other: Period) -> str:
    """Say which period is in the way and how to mend it."""
    if other.line:
        return f"overlapt met regel {other.line}"
    end = f" tot en met {other.last_day:%d-%m-%Y}" if other.last_day else ""
    return f"overlapt met wat al vastligt vanaf {other.first_day:%d-%m-%Y}{end}, en dat staat niet in het bestand"
