"""Handing over: another coach takes over one person, or a caseload in one action."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.records import take
from accounts.scope import scope_of
from coaching.models import Assignment, AssignmentPhase, HandOver, JobCoach
from coaching.services.assignments import (
    AssignmentData,
    add,
    check_choice,
    check_days,
    give,
    lock,
    warning_about,
)
from coaching.services.rights import coaches, may_arrange
from coaching.services.standing import refresh
from placements.services.rights import require
from ui.dutch import day_long

if TYPE_CHECKING:
    from accounts.models import User

ONE_DAY = timedelta(days=1)


class HandedOver(NamedTuple):
    """What a hand-over made, and what to warn about."""

    assignments: list[Assignment]
    warning: str


@transaction.atomic
def hand_over(
    *,
    assignments: Sequence[Assignment],
    to: JobCoach,
    day: date,
    by: "User | None",
    today: date,
    reason: str = "",
    shares_notes: bool = False,
) -> HandedOver:
    """Let another coach take over from ``day`` on; phases and rhythm go on as they were.

    The successor reads dates, minutes, shared notes and scores of before. Confidential notes only with
    ``shares_notes``, which the coach who wrote them alone may decide. A coach hands over the own caseload, a
    coordinator that of the own employer. Coaching that begins on ``day`` or later, say after a merger that is still to
    come, goes as it is. Raises ``ValidationError`` for a day that is past, for the same coach, and for what
    :func:`~.assignments.assign` refuses.
    """
    if day < today:
        raise ValidationError({"day": "Kies vandaag of later."})
    if not assignments:
        raise ValidationError("Kies wie er overgaat.")
    made = [_hand_over_one(row, to, day, by=by, today=today, reason=reason, shares=shares_notes) for row in assignments]
    refresh(made)
    event = audit.record(
        action="begeleiding.overgedragen",
        by=by,
        obj=to,
        employer_id=to.employer_id,
        changes={"day": day.isoformat(), "number": len(made), "shares_notes": shares_notes},
    )
    label = Assignment._meta.label_lower
    audit.add_details(event, [(label, str(row.uuid), "coach") for row in made])
    return HandedOver(made, warning_about(to, day))


def _hand_over_one(
    row: Assignment, to: JobCoach, day: date, *, by: "User | None", today: date, reason: str, shares: bool
) -> Assignment:
    own = by is not None and scope_of(by).is_coach
    require(coaches(by, row, today) if own else may_arrange(by, row.subject))
    fresh = take(row)
    if fresh.coach_id == to.pk:
        raise ValidationError({"to": f"{to} begeleidt hier al. Kies een andere coach."})
    if fresh.last_day is not None and fresh.last_day < day:
        raise ValidationError({"day": f"Deze begeleiding eindigt op {day_long(fresh.last_day)}. Kies een eerdere dag."})
    lock(fresh.subject)
    if fresh.first_day >= day:
        return _change_coach(fresh, to, shares=shares and own)
    return _take_over(fresh, to, day, today=today, reason=reason, shares=shares and own)


def _take_over(before: Assignment, to: JobCoach, day: date, *, today: date, reason: str, shares: bool) -> Assignment:
    """End coaching that has begun on the day before, and let the successor go on with it."""
    subject = before.subject
    data = AssignmentData(first_day=day, last_day=before.last_day, consent_on=before.consent_on)
    phases = list(before.phases.all())
    give(before, last_day=day - ONE_DAY)
    check_days(to, data)
    check_choice(to, subject, data)
    after = add(to, subject, data, today=today)
    AssignmentPhase.objects.bulk_create(
        AssignmentPhase(assignment=after, phase=p.phase, first_day=p.first_day, interval=p.interval) for p in phases
    )
    hand_over = HandOver(before=before, after=after, shares_notes=shares, reason=reason)
    hand_over.clean_fields(exclude=["before", "after"])
    hand_over.save()
    return after


def _change_coach(planned: Assignment, to: JobCoach, *, shares: bool) -> Assignment:
    """Let the successor begin instead. Of before it reads only the notes that this coach wrote, and may share."""
    if planned.check_ins.exists():
        raise ValidationError({"day": "Er is vandaag al een gesprek vastgelegd. Kies morgen of later."})
    data = AssignmentData(first_day=planned.first_day, last_day=planned.last_day, consent_on=planned.consent_on)
    check_days(to, data)
    check_choice(to, planned.subject, data, mine=planned)
    planned.taken_over.exclude(before__coach=planned.coach_id).update(shares_notes=False)
    planned.taken_over.filter(before__coach=planned.coach_id).update(shares_notes=shares)
    give(planned, coach=to)
    planned.access.coach = to
    planned.access.save()
    return planned
