"""The verdict on one placement for a day, as the ledger holds it, in words people understand."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format

from employers.models import EmployerFact, ReturnPeriod
from placements.counting.calendar import return_period
from placements.counting.facts import RegistrationTest, Rule
from placements.counting.loading import record_of
from placements.counting.reasons import Explanation, explanation
from placements.models import CountLine, Placement, PlacementPeriod, RegimeVersion


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a placement counts on ``day``, why, and for whom.

    ``line`` and ``explanation`` are None when no period is active on the day. ``hours`` are paid hours a week.
    """

    day: date
    line: CountLine | None
    explanation: Explanation | None
    next_period: PlacementPeriod | None = None

    @property
    def counts(self) -> bool:
        return self.line is not None and self.line.counts


def verdict_on(placement: Placement, day: date, regime_code: str, *, person: str | None = None) -> Verdict:
    """Return the verdict on a placement; ``person`` is how the reader knows the person, by default by name."""
    line = (
        CountLine.objects.filter(placement=placement, regime__code=regime_code, first_day__lte=day, last_day__gte=day)
        .select_related("period", "employer", "team", "unit", "regime")
        .first()
    )
    if line is None:
        coming = placement.periods.filter(first_day__gt=day).order_by("first_day").first()
        return Verdict(day, None, None, coming)
    why = explanation(Rule(line.rule), placement.route).filled(
        person=person or placement.candidate.full_name,
        host=str(placement.host),
        record=placement.formal_employer_name,
        team=str(placement.team or ""),
        day=date_format(day, "j F Y"),
        moment=_moment(placement, line, day),
    )
    return Verdict(day, line, why)


def _moment(placement: Placement, line: CountLine, day: date) -> str:
    """Return what the register test looks at: the day itself or the wage-return period around it."""
    version = RegimeVersion.objects.filter(
        regime_id=line.regime_id, pending=False, first_day__lte=day, last_day__gte=day
    ).get()
    if version.registration_test == RegistrationTest.DAY:
        return f"op {date_format(day, 'j F Y')}"
    record = record_of(
        route=placement.route,
        host=placement.host_id,
        named=placement.employer_of_record_id,
        partner=placement.partner_id,
        team_employer=placement.team.employer_id if placement.team else None,
    )
    fact = EmployerFact.objects.on(day).filter(employer=record).first() if record else None
    period = return_period(fact.return_period if fact else ReturnPeriod.MONTH, day)
    first = "j" if (period.first.year, period.first.month) == (period.last.year, period.last.month) else "j F"
    return (
        f"in het aangiftetijdvak van {date_format(period.first, first)} tot en met {date_format(period.last, 'j F Y')}"
    )
