"""What employers and sectors have on other days than the one asked about: half-years before, and the year's end.

Every day is counted from the ledger as it is known now, so that a difference says what happened between the days and
nothing about corrections.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from employers.models import Employer, EmployerFact
from placements.chains import merged_into
from placements.counting import figures as exact
from placements.models import CountLine, Regime, TeamShare
from placements.moments import Moment, Regimes
from progress.figures import Figures, figures_of
from progress.rules import half_year_before
from progress.sums import Branch, Groups, Slice, Sums, add_up, slices, with_slices

#: The country as a key, among the keys of sectors.
COUNTRY = 0


@dataclass(frozen=True, slots=True)
class Days:
    """The days a figure is compared with: ``before`` are the two half-years before it, the later one first.

    ``end`` is the last day of the year; None when the reference date is that day. A day on which the regime has no
    rules is left out.
    """

    before: Sequence[Moment]
    end: Moment | None

    @property
    def all(self) -> list[Moment]:
        return [*self.before, *([self.end] if self.end else [])]


def days_around(at: Moment, regimes: Regimes, end: Moment | None) -> Days:
    """Return the days that a figure on a reference date is compared with."""
    first = half_year_before(at.day)
    found = []
    for day in (first, half_year_before(first)):
        try:
            found.append(regimes.at(day, at.regime.code))
        except Regime.DoesNotExist:
            continue
    return Days(found, end)


@dataclass(frozen=True, slots=True)
class Compared:
    """What was realised on the other days, in the unit of the target or else in jobs.

    ``before`` by day; ``forecast`` is None on the last day of the year.
    """

    now: Fraction
    before: Mapping[date, Fraction]
    forecast: Fraction | None

    def since(self, day: date) -> Fraction | None:
        """Return how much there is more than on an earlier day; None for a day that is not known."""
        return None if day not in self.before else self.now - self.before[day]


def compare_employers(found: Sequence[Figures], at: Moment, days: Days) -> dict[int, Compared]:
    """Hold employers against the other days, with those that merged into them by now; four queries at most."""
    rows = [(figures.subject.pk, figures) for figures in found if figures.subject]
    place = {key: key for key, _ in rows}
    place |= _ended_in(place.keys(), at.day)

    def direct(moment: Moment) -> Branch:
        lines = CountLine.objects.on(moment.day, moment.regime.pk)
        return Branch(lines.filter(employer__in=list(place)), "employer_id")

    amounts: dict[date, dict[int, list[Sums]]] = {moment.day: defaultdict(list) for moment in days.all}
    for moment, (groups,), bought in _read(days.all, [direct], TeamShare.objects.filter(buyer__in=list(place))):
        slices_of: dict[int, list[Slice]] = defaultdict(list)
        for piece in bought:
            slices_of[piece.share.buyer_id].append(piece)
        for key, where in place.items():
            amounts[moment.day][where].append(with_slices(groups[key], slices_of[key]))
    return {
        key: _compared(
            figures, days, {each.day: _measured(amounts[each.day][key], each, figures.baseline) for each in days.all}
        )
        for key, figures in rows
    }


def compare_sectors(found: Sequence[Figures], country: Figures, days: Days) -> dict[int, Compared]:
    """Hold sectors, and the country under ``COUNTRY``, against the other days; three queries."""
    rows = [(figures.subject.pk, figures) for figures in found if figures.subject] + [(COUNTRY, country)]
    facts = list(EmployerFact.objects.select_related("employer"))
    amounts: dict[date, dict[int, exact.Measured]] = {}
    for moment, (sectors, whole), bought in _read(days.all, [_by_sector, _together], TeamShare.objects.all()):
        holding = {fact.employer_id: fact for fact in facts if fact.first_day <= moment.day <= fact.last_day}
        slices_of: dict[int, list[Slice]] = defaultdict(list)
        baselines: dict[int, Decimal] = defaultdict(Decimal)
        for piece in bought:
            for key in (holding[piece.share.buyer_id].sector_id, COUNTRY):
                slices_of[key].append(piece)
        for fact in holding.values():
            for key in (fact.sector_id, COUNTRY):
                baselines[key] += fact.employer.baseline_jobs or 0
        groups = {COUNTRY: whole[moment.regime.pk]}
        amounts[moment.day] = {
            key: _measured(
                [with_slices(groups[key] if key in groups else sectors[key], slices_of[key])], moment, baselines[key]
            )
            for key, _ in rows
        }
    return {
        key: _compared(figures, days, {day: measured[key] for day, measured in amounts.items()})
        for key, figures in rows
    }


def _by_sector(moment: Moment) -> Branch:
    lines = CountLine.objects.on(moment.day, moment.regime.pk)
    here = lines.filter(employer__facts__first_day__lte=moment.day, employer__facts__last_day__gte=moment.day)
    return Branch(here, "employer__facts__sector_id")


def _together(moment: Moment) -> Branch:
    lines = CountLine.objects.on(moment.day, moment.regime.pk)
    return Branch(lines.filter(employer__isnull=False), "regime_id")


def _read(
    moments: Sequence[Moment], branches: Sequence[Callable[[Moment], Branch]], shares: "QuerySet[TeamShare]"
) -> Iterator[tuple[Moment, list[Groups], list[Slice]]]:
    """Yield for each moment the groups of each branch and the shares in teams; two queries for all moments together."""
    if not moments:
        return
    held = list(shares.filter(reduce(or_, (Q(first_day__lte=m.day, last_day__gte=m.day) for m in moments))))
    teams = {share.team_id for share in held}
    asked = [branch(moment) for moment in moments for branch in branches]
    asked += [Branch.of_teams(CountLine.objects.on(m.day, m.regime.pk), teams) for m in moments]
    found = add_up(*asked)
    for index, moment in enumerate(moments):
        groups = found[index * len(branches) : (index + 1) * len(branches)]
        here = [share for share in held if share.first_day <= moment.day <= share.last_day]
        yield moment, groups, slices(here, found[len(moments) * len(branches) + index])


def _compared(figures: Figures, days: Days, measured: Mapping[date, exact.Measured]) -> Compared:
    unit = figures.unit
    amounts = {day: exact.realised(unit, each) for day, each in measured.items()}
    return Compared(
        now=exact.realised(unit, figures.measured),
        before={moment.day: amounts[moment.day] for moment in days.before},
        forecast=amounts[days.end.day] if days.end else None,
    )


def _measured(parts: Iterable[Sums], at: Moment, baseline: Decimal | None) -> exact.Measured:
    parts = list(parts)
    together = Sums(
        hours=sum((each.hours for each in parts), Fraction(0)),
        persons=sum((each.persons for each in parts), Fraction(0)),
        sheltered=sum(each.sheltered for each in parts),
    )
    return figures_of(None, together, at, baseline=baseline, aim=None).measured


def _ended_in(keys: Collection[int], day: date) -> dict[int, int]:
    """Return the employers that had merged into these and ended by the day → the one they are part of now."""
    merged = merged_into(keys)
    if not merged:
        return {}
    ended = Employer.objects.filter(pk__in=merged, last_day__lt=day).values_list("pk", flat=True)
    return {key: merged[key] for key in ended if key not in keys and merged[key] in keys}
