"""What a coach accounts for over a period: activities for the funder, progress for the person.

Neither holds anything told in confidence; the progress of a person holds no scores either.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce

from candidates.models import Candidate
from coaching.models import (
    Adjustment,
    Agreement,
    Assignment,
    AssignmentPhase,
    CheckIn,
    Goal,
    Grant,
    Growth,
    Kind,
    Obstacle,
    Phase,
    Scores,
)
from files.sheets import Table
from placements.models import PlacementPeriod
from ui import dutch

if TYPE_CHECKING:
    from accounts.models import User

#: Characters of the shared note in an account: the reason, not the story.
REASON_LENGTH = 200

HEADER = ("persoon", "code", "werkgever", "datum", "soort", "fase", "minuten", "reistijd", "reden")
TOTALS_HEADER = ("persoon", "code", "werkgever", "fase", "activiteiten", "minuten", "gemiddelde_beoordeling")


# --- the account to a funder --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Activity:
    """One contact as it is accounted for."""

    check_in: CheckIn
    phase: str

    @property
    def phase_name(self) -> str:
        return Phase(self.phase).label

    @property
    def reason(self) -> str:
        """What it was about: the beginning of the shared note."""
        text = " ".join(self.check_in.note.split())
        return text if len(text) <= REASON_LENGTH else f"{text[: REASON_LENGTH - 1]}…"


@dataclass(slots=True)
class Account:
    """The activities about one placement or trial, with totals per phase and the mean mark."""

    name: str
    code: str
    employer: str
    activities: list[Activity] = field(default_factory=list)
    mark: Fraction | None = None

    @property
    def minutes(self) -> int:
        return sum(activity.check_in.minutes for activity in self.activities)

    @property
    def travel(self) -> int:
        return sum(activity.check_in.travel_minutes for activity in self.activities)

    @property
    def phases(self) -> list[tuple[str, int, int]]:
        """Per phase its name, the number of activities and the minutes, in the order of phases."""
        rows = []
        for phase in Phase:
            of_phase = [activity.check_in.minutes for activity in self.activities if activity.phase == phase]
            if of_phase:
                rows.append((phase.label, len(of_phase), sum(of_phase)))
        return rows


def accounts_of(user: "User", first: date, last: date, today: date, *, funder: str = "") -> list[Account]:
    """Return what the user recorded in a stretch of days, per placement or trial, by name.

    With a ``funder`` only contacts on days for which that one granted hours there. A person whom the user coaches no
    more goes by code: the coach's access has ended.
    """
    rows = CheckIn.objects.written_by(user).filter(day__gte=first, day__lte=last)
    if funder:
        rows = rows.filter(_granted_by(funder))
    seen = set(Candidate.objects.visible_to(user, today).values_list("pk", flat=True))
    found: dict[tuple[int | None, int | None], Account] = {}
    for check_in in _with_phase(rows):
        assignment = check_in.assignment
        candidate, key = assignment.candidate, (assignment.placement_id, assignment.trial_id)
        if key not in found:
            name = candidate.full_name if candidate.pk in seen else candidate.code
            found[key] = Account(name, candidate.code, str(assignment.subject.host))
        found[key].activities.append(Activity(check_in, check_in.phase_then))  # type: ignore[attr-defined]
    for key, mark in _marks(rows).items():
        found[key].mark = mark
    return sorted(found.values(), key=lambda account: (account.name.casefold(), account.code, account.employer))


def _granted_by(funder: str) -> Exists:
    """Return the condition that a funder granted hours for a contact; they may have gone along with the work since."""
    on_the_day = Grant.objects.filter(funder=funder, first_day__lte=OuterRef("day"), last_day__gte=OuterRef("day"))
    placement = OuterRef("assignment__placement")
    placed = Q(placement=placement) | Q(placement__continues=placement)
    return Exists(on_the_day.filter(placed | Q(trial=OuterRef("assignment__trial"))))


def _with_phase(rows: "QuerySet[CheckIn]") -> "QuerySet[CheckIn]":
    """Annotate the phase in which the coaching was on the day of each contact."""
    phases = AssignmentPhase.objects.filter(assignment=OuterRef("assignment"), first_day__lte=OuterRef("day"))
    then = Subquery(phases.order_by("-first_day").values("phase")[:1])
    related = ("assignment__placement", "assignment__trial")
    people = [f"{subject}__{name}" for subject in related for name in ("candidate", "host")]
    return (
        rows.annotate(phase_then=Coalesce(then, Value(Phase.INTENSIVE))).select_related(*people).order_by("day", "pk")
    )


def _marks(rows: "QuerySet[CheckIn]") -> dict[tuple[int | None, int | None], Fraction]:
    """Return the mean of all scores that were given, per placement or trial; added up in the database."""
    scores = Scores.objects.filter(check_in__in=rows.order_by())
    subject = ("check_in__assignment__placement", "check_in__assignment__trial")
    total = sum((Coalesce(F(name), 0) for name in Scores.NAMES), Value(0))
    given = sum((Case(When(Q(**{f"{name}__isnull": False}), then=1), default=0) for name in Scores.NAMES), Value(0))
    sums = scores.order_by().values_list(*subject).annotate(points=Sum(total), marks=Sum(given))
    return {(placement, trial): Fraction(total, given) for placement, trial, total, given in sums if given}


def account_table(accounts: Sequence[Account]) -> Table:
    """Return the activities as a table to save."""
    return Table("verantwoording", HEADER, _rows(accounts))


def totals_table(accounts: Sequence[Account]) -> Table:
    """Return the totals per placement and phase as a table to save; the mean mark (1 to 5) is of the placement."""
    rows = (
        (account.name, account.code, account.employer, phase, number, minutes, _rounded(account.mark))
        for account in accounts
        for phase, number, minutes in account.phases
    )
    return Table("totalen", TOTALS_HEADER, rows)


def _rounded(mark: Fraction | None) -> Decimal | None:
    return None if mark is None else dutch.rounded(mark, 1)


def _rows(accounts: Sequence[Account]) -> Iterator[Sequence[Any]]:
    for account in accounts:
        for activity in account.activities:
            check_in = activity.check_in
            yield (
                account.name,
                account.code,
                account.employer,
                check_in.day,
                Kind(check_in.kind).label,
                activity.phase_name,
                check_in.minutes,
                check_in.travel_minutes,
                activity.reason,
            )


# --- the progress of a person ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PersonProgress:
    """Half a year of one person, to share with that person and the supervisor."""

    contacts: int
    missed: int
    minutes: int
    hours_then: Decimal | None
    hours_now: Decimal | None
    agreements_done: list[Agreement]
    agreements_open: list[Agreement]
    goals: list[Goal]
    growth: list[Growth]
    adjustments: list[Adjustment]
    obstacles: list[Obstacle]

    @property
    def hours_change(self) -> str:
        """What became of the hours, in words."""
        if self.hours_then is None or self.hours_now is None:
            return ""
        then, now = dutch.plain_decimal(self.hours_then), dutch.plain_decimal(self.hours_now)
        return f"{now} uur per week, net als eerst" if then == now else f"van {then} naar {now} uur per week"


def progress_of(assignment: Assignment, first: date, last: date) -> PersonProgress:
    """Return what happened to a person in a stretch of days, both included."""
    within = Q(day__gte=first, day__lte=last)
    check_ins = CheckIn.objects.of_subject(assignment).filter(within)
    counted = check_ins.order_by().aggregate(
        all=Count("pk"), missed=Count("pk", filter=Q(kind=Kind.NO_SHOW)), minutes=Sum("minutes")
    )
    agreed = Agreement.objects.of_subject(assignment).filter(check_in__day__lte=last).order_by("due", "pk")
    return PersonProgress(
        contacts=counted["all"] - counted["missed"],
        missed=counted["missed"],
        minutes=counted["minutes"] or 0,
        hours_then=_hours_on(assignment, first),
        hours_now=_hours_on(assignment, last),
        agreements_done=list(agreed.filter(done_on__gte=first, done_on__lte=last)),
        agreements_open=list(agreed.filter(done_on__isnull=True)),
        goals=list(_of(Goal, assignment).filter(day__lte=last).prefetch_related("steps").order_by("day", "pk")),
        growth=list(_of(Growth, assignment).filter(within).order_by("day", "pk")),
        adjustments=list(_of(Adjustment, assignment).filter(asked_on__lte=last).order_by("asked_on", "pk")),
        obstacles=list(_of(Obstacle, assignment).filter(found_on__lte=last).order_by("found_on", "pk")),
    )


def _of(model: Any, assignment: Assignment) -> "QuerySet[Any]":
    return model.objects.of_subject(assignment)


def _hours_on(assignment: Assignment, day: date) -> Decimal | None:
    """Return the paid hours a week of the placement on a day, or of its first period when that comes later."""
    periods = PlacementPeriod.objects.filter(placement=assignment.placement_id)
    period = periods.standing_for(day).first() if assignment.placement_id else None
    return period.hours if period else None
