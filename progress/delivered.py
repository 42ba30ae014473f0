"""Which employers of a sector handed in their half-year, and the own statements among what is approved.

Own statements rest on no lines of the ledger: their figures stand apart from what is counted, and are compared with
each other only.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Count, F, FilteredRelation, OuterRef, Q, Subquery

from employers.models import EmployerFact, Sector
from progress.figures import Figures
from progress.frozen import figures_of
from progress.models import Kind, Round, Snapshot, State
from progress.rules import half_year_before, is_late, last_half_year_end

#: What came in, whether or not the adviser has judged it.
_IN = (State.SUBMITTED, State.APPROVED)


@dataclass(frozen=True, slots=True)
class Statement:
    """The last own statement of an employer, and what it stated at the two half-years before that one's day."""

    day: date
    figures: Figures
    before: Mapping[date, Figures]

    def since(self, day: date) -> Fraction | None:
        """Return how much more is stated than on an earlier day, in the unit of the target or else in jobs."""
        if day not in self.before or day >= self.day:
            return None
        return self.figures.more_than(self.before[day])


@dataclass(frozen=True, slots=True)
class Deliveries:
    """How the employers of a sector stand in the round of the last half-year up to a day; no round, no states.

    ``statements`` are the last approved own statements by key of the employer.
    """

    day: date
    round: Round | None
    states: Mapping[int, State]
    statements: Mapping[int, Statement]

    @property
    def days_before(self) -> list[date]:
        """The two half-years before the last one: what own statements are compared with."""
        first = half_year_before(self.day)
        return [first, half_year_before(first)]

    def state_of(self, employer: int) -> State | None:
        """Return how an employer stands; None when it is not asked."""
        return self.states.get(employer, State.OPEN) if self.round else None

    def is_late(self, employer: int, today: date) -> bool:
        state = self.state_of(employer)
        return bool(self.round and state and is_late(state=state, deadline=self.round.deadline, today=today))

    def number_in(self, employers: Iterable[int]) -> int:
        """Return of how many of these something came in and was not returned."""
        return sum(self.state_of(each) in _IN for each in employers)


def deliveries_of(sector: Sector, day: date) -> Deliveries:
    """Read them; two queries."""
    last = last_half_year_end(day)
    submissions = FilteredRelation("submissions")
    rows = list(
        Round.objects.filter(sector=sector, day=last)
        .annotate(one=submissions, employer_key=F("one__employer_id"), employer_state=F("one__state"))
        .order_by()
    )
    states = {row.employer_key: State(row.employer_state) for row in rows if row.employer_key}
    return Deliveries(last, rows[0] if rows else None, states, _statements(sector, last))


def _statements(sector: Sector, last: date) -> dict[int, Statement]:
    """Return the last approved own statement of each employer, not older than two half-years before the last one."""
    first = half_year_before(last)
    days = [last, first, half_year_before(first)]
    newest = Snapshot.objects.approved().filter(submission=OuterRef("submission")).order_by("-version")
    rows = Snapshot.objects.filter(
        pk=Subquery(newest.values("pk")[:1]),
        submission__round__sector=sector,
        submission__round__day__in=days,
    )
    stated: dict[int, dict[date, Figures]] = defaultdict(dict)
    counted: dict[int, date] = {}
    for row in rows.select_related("submission__round", "submission__employer"):
        key, day = row.submission.employer_id, row.submission.round.day
        if row.kind == Kind.TOTALS:
            stated[key][day] = figures_of(row)
        else:
            counted[key] = max(day, counted.get(key, day))
    return {
        key: Statement(max(by_day), by_day[max(by_day)], by_day)
        for key, by_day in stated.items()
        if max(by_day) > counted.get(key, date.min)
    }


@dataclass(frozen=True, slots=True)
class Asked:
    """How many employers of a sector are asked in the round of a half-year, and of how many something came in."""

    asked: int
    delivered: int


def delivered_per_sector(day: date) -> dict[int, Asked]:
    """Return it for every sector with a round of the last half-year up to a day, by key; two queries."""
    last = last_half_year_end(day)
    fact = "submissions__employer__facts__"
    belongs = Q((f"{fact}first_day__lte", last), (f"{fact}last_day__gte", last), (f"{fact}sector", F("sector")))
    came_in = Count("submissions", filter=Q(submissions__state__in=_IN) & belongs, distinct=True)
    rounds = dict(Round.objects.filter(day=last).annotate(came_in=came_in).values_list("sector_id", "came_in"))
    there = Q(employer__last_day__isnull=True) | Q(employer__last_day__gte=last)
    facts = EmployerFact.objects.on(last).filter(there, sector__in=rounds)
    asked = dict(facts.order_by().values("sector").annotate(number=Count("pk")).values_list("sector", "number"))
    return {key: Asked(asked.get(key, 0), number) for key, number in rounds.items()}
