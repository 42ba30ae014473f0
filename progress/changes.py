"""What is known to change between the reference date and the end of its year: placements that start or stop counting.

Two days are compared, so that the figures add up: what counts on the first, plus what starts, minus what stops, is
what counts on the last. A placement that comes and goes in between stands on neither day and is no change.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import (
    Case,
    Count,
    DateField,
    Exists,
    Expression,
    ExpressionWrapper,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.enums import TextChoices
from django.db.models.functions import Coalesce

from employers.models import Employer, OrgUnit
from placements.counting.calendar import ONE_DAY
from placements.models import CountLine, Placement
from placements.moments import Moment


class ChangeKind(TextChoices):
    """How a placement changes; the values stand in addresses."""

    STARTS = "begint", "telt mee vanaf"
    STOPS = "stopt", "telt mee tot en met"
    HOURS = "uren", "andere uren vanaf"


@dataclass(frozen=True, slots=True)
class Changes:
    """How many placements start, stop or change their hours, and by how many hundredths of hours all together."""

    starts: int
    stops: int
    others: int
    hours: int

    @property
    def total(self) -> int:
        return self.starts + self.stops + self.others


def changed_between(employer: Employer, at: Moment, last: date, unit: OrgUnit | None = None) -> "QuerySet[Placement]":
    """Return the placements whose hours counted for the employer (or unit) on the two days differ.

    Each has ``before`` and ``after`` (hundredths of hours) and ``kind``. Members of purchased teams are not among them:
    a buyer sees shares only.
    """
    here = Q(lines__regime=at.regime, lines__employer=employer, lines__counts=True)
    if unit:
        here &= Q(lines__unit__above__ancestor=unit)
    stretch = Q(lines__first_day__lte=last, lines__last_day__gte=at.day)
    rows = Placement.objects.filter(here & stretch).annotate(before=_hours_on(at.day), after=_hours_on(last))
    starts, stops, hours = (Value(kind.value) for kind in (ChangeKind.STARTS, ChangeKind.STOPS, ChangeKind.HOURS))
    return rows.exclude(before=F("after")).annotate(kind=_by_kind(starts, stops, hours))


def changes_between(employer: Employer, at: Moment, last: date, unit: OrgUnit | None = None) -> "QuerySet[Placement]":
    """Return the same placements with the ``day`` that goes with the kind, which takes longer than to count them.

    That is the last day that counts, or the first of the days that count as the last day does, without a day between
    that counts otherwise.
    """
    since = _since(employer, at, last, unit)
    rows = changed_between(employer, at, last, unit)
    return rows.annotate(day=_by_kind(since, Max("lines__last_day"), since))


def in_figures(rows: "QuerySet[Placement]") -> Changes:
    """Add up changes; one query."""
    numbers = {
        name: Count("pk", filter=Q(kind=kind.value))
        for name, kind in (("starts", ChangeKind.STARTS), ("stops", ChangeKind.STOPS), ("others", ChangeKind.HOURS))
    }
    return Changes(**rows.aggregate(**numbers, hours=Coalesce(Sum(F("after") - F("before")), 0)))


def with_reason(rows: "QuerySet[Placement]", at: Moment, last: date) -> "QuerySet[Placement]":
    """Add ``rule``, the rule that decides on the last day; None for a placement that has ended by then."""
    line = CountLine.objects.on(last, at.regime.pk).filter(placement=OuterRef("pk"))
    return rows.annotate(rule=Subquery(line.values("rule")[:1]))


def _since(employer: Employer, at: Moment, last: date, unit: OrgUnit | None) -> Subquery:
    """Return since which day, without a break, a placement counts for the hours of the last day.

    That is where a line with those hours begins and none with the same hours ends the day before.
    """
    # Of one placement there are few lines, of an employer many: not to be found by the index of the employer.
    lines = CountLine.objects.annotate(credited=Coalesce("employer_id", 0))
    lines = lines.filter(regime=at.regime, credited=employer.pk, counts=True).order_by()
    if unit:
        lines = lines.filter(unit__above__ancestor=unit)
    siblings = lines.filter(placement=OuterRef("placement"))
    on_last = siblings.filter(first_day__lte=last, last_day__gte=last).values("hours")[:1]
    day_before = ExpressionWrapper(OuterRef("first_day") - ONE_DAY, output_field=DateField())
    same = lines.filter(placement=OuterRef("pk"), first_day__lte=last, hours=Subquery(on_last))
    starts = same.exclude(Exists(siblings.filter(hours=OuterRef("hours"), last_day=day_before)))
    return Subquery(starts.order_by("-first_day").values("first_day")[:1])


def _hours_on(day: date) -> Coalesce:
    on = Q(lines__first_day__lte=day, lines__last_day__gte=day)
    return Coalesce(Sum("lines__hours", filter=on), 0)


def _by_kind(starts: "Expression | Subquery", stops: Expression, hours: "Expression | Subquery") -> Case:
    """Choose by what happens: nothing counted before, nothing counts after, or something else does."""
    return Case(When(before=0, then=starts), When(after=0, then=stops), default=hours)
