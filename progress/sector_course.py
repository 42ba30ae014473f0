"""The course of a sector over the years: what its employers had while they belonged to it, and what they aimed at."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.db.models import Q

from employers.models import EmployerFact, Sector
from employers.models import Target as TargetRow
from placements.counting import figures as exact
from placements.moments import Moment, Regimes
from progress.course import Course
from progress.figures import target
from progress.series import MonthEnd, of_sector


@dataclass(frozen=True, slots=True)
class Belonging:
    """An employer that belonged to a sector from one day up to and including another; its baseline in jobs."""

    employer: int
    first_day: date
    last_day: date
    baseline: Decimal | None


class SectorCourse(Course):
    """The months of a sector; its baseline and target follow who belongs to it on the day."""

    def __init__(
        self,
        months: Sequence[MonthEnd],
        at: Moment,
        regimes: Regimes,
        *,
        unit: exact.TargetUnit,
        belonging: Sequence[Belonging],
        own_targets: dict[int, exact.Target],
        targets_of_employers: dict[int, dict[int, exact.Target]],
    ) -> None:
        super().__init__(months, at, regimes, unit=unit, baseline=None, targets=own_targets)
        self._belonging = belonging
        self._of_employers = targets_of_employers

    def realised_on(self, day: date) -> Fraction:
        """Return what was realised on the last day of a month: nothing before anything ran."""
        nothing = MonthEnd(day, Fraction(0), Fraction(0), Fraction(0))
        return self._value(next((month for month in self._months if month.day == day), nothing))

    def amount_of(self, measured: exact.Measured) -> Fraction:
        """Return figures in the unit of the course."""
        return exact.realised(self.unit, measured)

    def has_own_target(self, year: int) -> bool:
        """Tell whether the sector's target is its own, not a sum."""
        return year in self._targets

    def _baseline_on(self, day: date) -> Decimal:
        return sum((each.baseline or Decimal(0) for each in self._on(day)), Decimal(0))

    def _aim(self, day: date) -> exact.Target | None:
        aims = [self._of_employers[each.employer].get(day.year) for each in self._on(day)]
        return exact.sector_target(self._targets.get(day.year), [aim for aim in aims if aim])

    def _on(self, day: date) -> list[Belonging]:
        return [each for each in self._belonging if each.first_day <= day <= each.last_day]


def course_of(sector: Sector, at: Moment, regimes: Regimes, *, unit: exact.TargetUnit) -> SectorCourse:
    """Work out the months up to the end of next year; three queries."""
    facts = EmployerFact.objects.filter(sector=sector).select_related("employer")
    belonging = [
        Belonging(fact.employer_id, fact.first_day, fact.last_day, fact.employer.baseline_jobs) for fact in facts
    ]
    members = {each.employer for each in belonging}
    own: dict[int, exact.Target] = {}
    of_employers: dict[int, dict[int, exact.Target]] = defaultdict(dict)
    keys = facts.order_by().values("employer")
    for row in TargetRow.objects.filter(Q(sector=sector) | Q(employer__in=keys)):
        where = own if row.employer_id is None else of_employers[row.employer_id]
        where[row.year] = target(row)
    return SectorCourse(
        of_sector(sector, at.regime, date(at.day.year + 1, 12, 31)) if members else [],
        at,
        regimes,
        unit=unit,
        belonging=belonging,
        own_targets=own,
        targets_of_employers=of_employers,
    )
