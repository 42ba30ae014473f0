"""What the end of the year would be with other people and renewals: worked out beside the forecast, never stored."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from django.db.models import Exists, OuterRef, Subquery

from employers.models import Employer
from placements.counting import figures as exact
from placements.models import CountLine, Placement
from placements.moments import Moment
from progress.figures import Figures
from progress.forms.calculators import NewPeople


@dataclass(frozen=True, slots=True)
class Ending:
    """A placement that counts here and is known to stop before the end of the year.

    ``hours`` are the hundredths of paid hours a week of its last days; ``rule`` is why it does not count after that,
    None when the contract ends.
    """

    placement: Placement
    job_title: str
    last_day: date
    hours: int
    person_id: int
    rule: str | None

    @property
    def key(self) -> str:
        return str(self.placement.uuid)


def endings(user: Any, employer: Employer, at: Moment, end: Moment) -> list[Ending]:
    """Return what counts for an employer on ``at`` or later and no longer on ``end``, the first to stop first.

    A placement that another one continues is none: its successor counts. One query.
    """
    lines = CountLine.objects.filter(regime=at.regime, employer=employer, counts=True).order_by()
    later = lines.filter(placement=OuterRef("placement"), first_day__gt=OuterRef("first_day"), first_day__lte=end.day)
    after = CountLine.objects.filter(
        regime=at.regime, placement=OuterRef("placement"), first_day__gt=OuterRef("last_day"), first_day__lte=end.day
    )
    rows = lines.filter(
        ~Exists(later),
        ~Exists(Placement.objects.filter(continues=OuterRef("placement"))),
        first_day__lte=end.day,
        last_day__gte=at.day,
        last_day__lt=end.day,
        placement__in=Placement.objects.visible_to(user).order_by().values("pk"),
    )
    rows = rows.annotate(then=Subquery(after.order_by("first_day").values("rule")[:1]))
    rows = rows.select_related("placement__candidate", "period").order_by("last_day", "pk")
    return [
        Ending(
            placement=row.placement,
            job_title=row.period.job_title,
            last_day=row.last_day,
            hours=row.hours,
            person_id=row.person_id,
            rule=row.then,
        )
        for row in rows
    ]


def scenario(
    base: Figures, end: Moment, *, people: Iterable[NewPeople], renewed: Iterable[Ending], counted: set[int]
) -> Figures:
    """Return the figures of the year's end as they would be; ``counted`` are the persons who count here then anyhow.

    Somebody renewed who counts here then by another placement adds hours and no person.
    """
    groups, kept = list(people), list(renewed)
    hours = base.hours + sum((Fraction(group.hours) * group.number for group in groups), Fraction(0))
    hours += exact.hours_of(sum(ending.hours for ending in kept))
    number = sum(group.number for group in groups)
    persons = {ending.person_id for ending in kept} - counted
    return replace(
        base,
        hours=hours,
        jobs=exact.jobs(hours, end.hours_per_job),
        persons=base.persons + number + len(persons),
        counted=base.counted + number + len(kept),
    )


def counted_persons(employer: Employer, end: Moment, among: Iterable[Ending]) -> set[int]:
    """Return who of these counts here on the day itself by another placement; one query."""
    persons = {ending.person_id for ending in among}
    rows = CountLine.objects.on(end.day, end.regime.pk)
    rows = rows.filter(employer=employer, counts=True, person__in=persons)
    return set(rows.order_by().values_list("person_id", flat=True))
