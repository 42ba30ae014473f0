"""Work that a file would let count twice, because it goes on as another placement.

* Into the days of the placement that continues it, as after a merger: a personnel system that knows of no merger
  delivers the old placement without its end. Where a file brings a link anew, that is only a warning: an export holds
  what stood.
* In two placements that continue the same one, on the same days. One after the other is fine.

What stood already and the file leaves alone is no fault of the file; neither is what a bad cell leaves undecided.
"""

from collections import defaultdict
from itertools import combinations

from accounts.drafts import Draft
from accounts.records import FOREVER
from employers.importers.intake import Intake
from placements.importers.placements import SHEET
from placements.importers.register import PeriodDraft, PlacementDraft, Register


class Followers:
    """Knows what continues each placement, once all files are planned."""

    def __init__(self, intake: Intake, register: Register) -> None:
        self._intake = intake
        self._after: dict[PlacementDraft, list[PlacementDraft]] = defaultdict(list)
        for placement in (*register.placements.values(), *register.linked):
            if placement.continues is not None:
                self._after[placement.continues].append(placement)

    def share_days(self, placement: PlacementDraft, period: PeriodDraft) -> bool:
        """Report a period that shares days with what continues it, due to the file; tell whether that is a fault."""
        for after in self._after.get(placement, ()):
            if placement.undecided or after.undecided:
                continue
            for other in after.periods:
                line = period.line if days_touched(period) else other.line
                if line and _made(after, period, other) and _share_days(period, other):
                    self._blame(placement, period, after, line)
                    return not _is_new_link(after)
        return False

    def check_each_other(self) -> None:
        """Report placements that continue the same one and, because of the file, share days with each other."""
        for before, followers in self._after.items():
            for one, other in combinations(followers, 2):
                if one.candidate is not None and other.candidate is not None and not (one.undecided or other.undecided):
                    self._compare(before, one, other)

    def _blame(self, placement: PlacementDraft, period: PeriodDraft, after: PlacementDraft, line: int) -> None:
        start = min(part.first_day for part in after.periods)
        text = f"{placement.code} gaat vanaf {start:%d-%m-%Y} verder als {after.code}"
        if _is_new_link(after):
            self._intake.warn(SHEET, line, "einddatum", f"{text}, maar loopt dan nog door; zo telt het dubbel")
        elif days_touched(period):
            self._intake.fault(SHEET, line, "einddatum", f"{text}; laat de einddatum staan")
        else:
            self._intake.fault(SHEET, line, "begindatum", f"{text}, en loopt op deze dagen zelf nog door")

    def _compare(self, before: PlacementDraft, one: PlacementDraft, other: PlacementDraft) -> None:
        """Report one pair, in the last of the rows that made it so."""
        if one.candidate.person is not other.candidate.person:
            return
        for mine in one.periods:
            for theirs in other.periods:
                if not _share_days(mine, theirs):
                    continue
                blamed = [
                    (_line(placement, period), placement)
                    for placement, period in ((one, mine), (other, theirs))
                    if _is_new_link(placement) or days_touched(period)
                ]
                line, late = max(blamed, key=lambda pair: pair[0], default=(0, one))
                if line:
                    early = other if late is one else one
                    day = max(mine.first_day, theirs.first_day)
                    message = f"{early.code} en {late.code} zijn allebei een vervolg van {before.code} en lopen vanaf"
                    column = "vervolg_van" if _is_new_link(late) else "begindatum"
                    self._intake.fault(SHEET, line, column, f"{message} {day:%d-%m-%Y} tegelijk; zo telt het dubbel")
                    return


def days_touched(draft: Draft) -> bool:
    """Tell whether a period is new or lies otherwise than it did."""
    return draft.is_new or not {"first_day", "last_day"}.isdisjoint(draft.changed)


def _made(after: PlacementDraft, period: PeriodDraft, other: PeriodDraft) -> bool:
    return _is_new_link(after) or days_touched(period) or days_touched(other)


def _is_new_link(after: PlacementDraft) -> bool:
    return after.is_new or "continues" in after.changed


def _line(placement: PlacementDraft, period: PeriodDraft) -> int:
    """Return the row of a period, or else a row of its placement; 0 when the file has neither."""
    return period.line or max((part.line for part in placement.periods), default=0)


def _share_days(one: PeriodDraft, other: PeriodDraft) -> bool:
    return one.first_day <= (other.last_day or FOREVER) and other.first_day <= (one.last_day or FOREVER)
