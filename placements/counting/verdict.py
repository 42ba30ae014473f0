"""The verdict on one placement for a day, as the ledger holds it, in words people understand."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format

from candidates.models import RegisterPeriod
from employers.models import EmployerFact, ReturnPeriod
from placements.counting.calendar import FOREVER, Stretch, return_period
from placements.counting.facts import RegistrationTest, Rule
from placements.counting.loading import record_of
from placements.counting.reasons import Explanation, explanation
from placements.counting.registration import registration_told, return_period_in_words
from placements.models import CountLine, Placement, PlacementPeriod, RegimeVersion


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a placement counts on ``day``, why, and for whom.

    ``line`` and ``explanation`` are None when no period is active on the day. ``hours`` are paid hours a week.
    ``registration`` says in which period the person is in the register; empty for what does not count.
    """

    day: date
    line: CountLine | None
    explanation: Explanation | None
    next_period: PlacementPeriod | None = None
    registration: str = ""

    @property
    def counts(self) -> bool:
        return self.line is not None and self.line.counts


def verdict_on(
    placement: Placement, day: date, regime_code: str, *, person: str | None = None, own_record_only: bool = False
) -> Verdict:
    """Return the verdict on a placement; ``person`` is how the reader knows the person, by default by name.

    With ``own_record_only`` only the register periods of the placement's own candidate record are told, not those of
    other owners' records of the same person.
    """
    line = (
        CountLine.objects.filter(placement=placement, regime__code=regime_code, first_day__lte=day, last_day__gte=day)
        .select_related("period", "employer", "team", "unit", "regime")
        .first()
    )
    if line is None:
        coming = placement.periods.filter(first_day__gt=day).order_by("first_day").first()
        return Verdict(day, None, None, coming)
    looked_at = _looked_at(placement, line, day)
    why = explanation(Rule(line.rule), placement.route).filled(
        person=person or placement.candidate.full_name,
        host=str(placement.host),
        record=placement.formal_employer_name,
        team=str(placement.team or ""),
        day=date_format(day, "j F Y"),
        moment=_moment(looked_at),
    )
    registration = ""
    if line.counts:
        registration = registration_told(
            person=person or placement.candidate.full_name,
            day=day,
            looked_at=looked_at,
            registrations=_registrations(placement, own_record_only=own_record_only),
        )
    return Verdict(day, line, why, registration=registration)


def _registrations(placement: Placement, *, own_record_only: bool) -> list[Stretch]:
    whose = {"candidate": placement.candidate_id}
    if not own_record_only:
        whose = {"candidate__person": placement.candidate.person_id}
    rows = RegisterPeriod.objects.filter(**whose).values_list("first_day", "last_day")
    return [Stretch(first, last or FOREVER) for first, last in rows]


def _moment(looked_at: Stretch) -> str:
    """Return what the register test looks at, with its preposition."""
    if looked_at.first == looked_at.last:
        return f"op {date_format(looked_at.first, 'j F Y')}"
    return f"in het aangiftetijdvak {return_period_in_words(looked_at)}"


def _looked_at(placement: Placement, line: CountLine, day: date) -> Stretch:
    """Return the days that the register test looks at: the day itself or the wage-return period around it."""
    version = RegimeVersion.objects.filter(
        regime_id=line.regime_id, pending=False, first_day__lte=day, last_day__gte=day
    ).get()
    if version.registration_test == RegistrationTest.DAY:
        return Stretch(day, day)
    record = record_of(
        route=placement.route,
        host=placement.host_id,
        named=placement.employer_of_record_id,
        partner=placement.partner_id,
        team_employer=placement.team.employer_id if placement.team else None,
    )
    fact = EmployerFact.objects.on(day).filter(employer=record).first() if record else None
    return return_period(fact.return_period if fact else ReturnPeriod.MONTH, day)
