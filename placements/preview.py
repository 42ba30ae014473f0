"""How a placement would count, worked out before it is stored: the pure core on what was filled in."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from accounts.records import FOREVER
from candidates.models import Candidate, RegisterPeriod
from employers.models import Employer
from placements.counting.facts import PeriodFact, PlacementFacts, Stretch
from placements.counting.figures import jobs
from placements.counting.lines import count_lines
from placements.counting.loading import load_context
from placements.counting.reasons import label
from placements.models import Regime, Team
from placements.models.regime import STATUTORY
from placements.moments import Regimes
from placements.rules import Parties
from placements.services.terms import Terms


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A stretch of days with the verdict it would get; ``whom`` is who the hours would be credited to.

    ``jobs`` is how many jobs they make; None when they would not count, or count for the buyers of a team.
    """

    first: date
    last: date | None
    counts: bool
    reason: str
    whom: str
    jobs: Fraction | None


def foresee(candidate: Candidate, parties: Parties, terms: Terms, *, team: Team | None) -> list[Foreseen]:
    """Return how these terms would count by the statutory rules, in order of time. Terms must have been checked."""
    context = load_context()
    facts = PlacementFacts(
        route=parties.route,
        host=parties.host,
        record=parties.record,
        periods=(PeriodFact(0, terms.days.first, terms.days.last, int(terms.hours * 100)),),
        team=parties.team,
    )
    periods = RegisterPeriod.objects.filter(candidate__person=candidate.person_id)
    lines = count_lines(
        facts,
        registrations=[Stretch(row.first_day, row.last_day or FOREVER) for row in periods],
        return_kinds=context.return_kinds.get(parties.record, []),  # type: ignore[call-overload]
        purchased=context.purchased.get(parties.team, []),  # type: ignore[call-overload]
        versions=context.versions[Regime.objects.get(code=STATUTORY).pk],
    )
    credited = {line.employer for line in lines if line.employer is not None}
    names = {row.pk: str(row) for row in Employer.objects.filter(pk__in=credited)}
    regimes = Regimes.load()
    return [
        Foreseen(
            first=line.first,
            last=None if line.last == FOREVER else line.last,
            counts=line.counts,
            reason=label(line.rule),
            whom=f"de inkopers van {team}" if line.employer is None else names[line.employer],
            jobs=jobs(Fraction(terms.hours), regimes.at(line.first, STATUTORY).hours_per_job)
            if line.counts and line.employer is not None
            else None,
        )
        for line in lines
    ]
