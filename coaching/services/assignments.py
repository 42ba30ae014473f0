"""Who coaches whom: assigning, phases and ending."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from accounts import audit
from accounts.records import take
from candidates.services.access import let_coach_see
from coaching.models import Assignment, AssignmentPhase, JobCoach, Phase
from coaching.querysets import not_over
from coaching.rules import USUAL_INTERVAL, load_warning
from coaching.services.rights import coaches, may_arrange
from coaching.services.standing import refresh
from placements.models import Placement, Trial
from placements.rules import day_faults
from placements.services.rights import require
from ui.dutch import day_long

if TYPE_CHECKING:
    from accounts.models import User

EXCLUDE_EACH_OTHER = (
    "Interne en externe begeleiding gaan niet samen: {name} ({place}) begeleidt hier al. "
    "Beëindig die begeleiding eerst, of kies een coach van dezelfde soort."
)


class Assigned(NamedTuple):
    """The assignment that was made, and what to warn about (empty: nothing)."""

    assignment: Assignment
    warning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentData:
    """What is recorded about an assignment; both days belong to it."""

    first_day: date
    last_day: date | None = None
    consent_on: date | None = None


@transaction.atomic
def assign(
    *,
    coach: JobCoach,
    subject: Placement | Trial,
    data: AssignmentData,
    by: "User | None",
    today: date,
    phase: str = Phase.INTENSIVE,
    interval: int | None = None,
) -> Assigned:
    """Let a coach coach someone in a placement or trial; the coach may see the person until the last day.

    More people than a coach has room for gives a warning and goes through. Raises ``ValidationError`` for wrong days,
    a coach who is out of service or may not be chosen here, and internal beside external coaching of one placement.
    """
    require(may_arrange(by, subject))
    locked = lock(subject)
    check_days(coach, data)
    check_choice(coach, locked, data)
    assignment = add(coach, locked, data, today=today)
    _begin(assignment, phase=phase, first_day=data.first_day, interval=interval)
    refresh([assignment])
    assignment.refresh_from_db()
    _record("begeleiding.toegewezen", assignment, by, _trail(assignment))
    return Assigned(assignment, warning_about(coach, today))


@transaction.atomic
def change_assignment(
    *, assignment: Assignment, data: AssignmentData, by: "User | None", expected_revision: int | None = None
) -> list[str]:
    """Correct days or consent; return the names of what changed. A last day ends the coach's access with it."""
    require(may_arrange(by, assignment.subject))
    fresh = take(assignment, expected_revision=expected_revision)
    lock(fresh.subject)
    check_days(fresh.coach, data)
    check_choice(fresh.coach, fresh.subject, data, mine=fresh)
    _check_check_ins(fresh, data)
    values = {"first_day": data.first_day, "last_day": data.last_day, "consent_on": data.consent_on}
    changed = [name for name, value in values.items() if getattr(fresh, name) != value]
    if not changed:
        return []
    give(fresh, **values)
    _record("begeleiding.gewijzigd", fresh, by, {name: _shown(values[name]) for name in changed})
    return changed


@transaction.atomic
def set_phase(
    *, assignment: Assignment, phase: str, day: date, by: "User | None", today: date, interval: int | None = None
) -> None:
    """Start another phase of coaching on ``day``: less intensive, or more again. The coach or the host's coordinator.

    Raises ``ValidationError`` for a day that is still to come, before the coaching began or before the last phase did.
    """
    require(coaches(by, assignment, today) or may_arrange(by, assignment.subject))
    fresh = take(assignment)
    latest = fresh.phases.order_by("-first_day").first()
    if day > today:
        raise ValidationError({"day": "Een fase begint vandaag of eerder."})
    if latest is not None and day < latest.first_day:
        raise ValidationError({"day": f"De fase van nu begon op {day_long(latest.first_day)}. Kies een dag vanaf dan."})
    fresh.phases.filter(first_day=day).delete()
    _begin(fresh, phase=phase, first_day=day, interval=interval)
    fresh.revision += 1
    fresh.save(update_fields=["revision", "changed_at"])
    refresh([fresh])
    _record("begeleiding.fase", fresh, by, {"phase": phase, "day": day.isoformat(), "interval": interval or ""})


def warning_about(coach: JobCoach, day: date) -> str:
    """Return the warning that this coach has more people than room; empty when not, or when the room is unknown."""
    load = JobCoach.objects.with_load(day).get(pk=coach.pk).load
    return load_warning(coach.name, load, coach.capacity)


# --- steps --------------------------------------------------------------------------------------------


def add(coach: JobCoach, subject: Placement | Trial, data: AssignmentData, *, today: date) -> Assignment:
    """Store a new assignment, and let the coach see the person; its phases are still to come."""
    access = let_coach_see(
        candidate=subject.candidate,
        coach_id=coach.pk,
        first_day=min(today, data.first_day),
        last_day=data.last_day,
    )
    assignment = Assignment(
        coach=coach,
        access=access,
        first_day=data.first_day,
        last_day=data.last_day,
        consent_on=data.consent_on,
        **_subject_fields(subject),
    )
    assignment.full_clean(exclude=["access"])
    assignment.save()
    return assignment


def _begin(assignment: Assignment, *, phase: str, first_day: date, interval: int | None) -> None:
    if phase not in Phase.values:
        raise ValidationError({"phase": "Kies een fase."})
    row = AssignmentPhase(
        assignment=assignment,
        phase=phase,
        first_day=first_day,
        interval=interval or USUAL_INTERVAL[Phase(phase)],
    )
    row.full_clean()
    row.save()


def give(assignment: Assignment, **values: object) -> None:
    """Give the assignment these values; the coach's access follows its last day."""
    for name, value in values.items():
        setattr(assignment, name, value)
    assignment.revision += 1
    assignment.full_clean(exclude=["access"])
    assignment.save()
    access = assignment.access
    access.last_day = assignment.last_day
    access.first_day = min(access.first_day, assignment.first_day)
    access.save()
    refresh([assignment])


# --- checks -------------------------------------------------------------------------------------------


def lock(subject: Placement | Trial) -> Placement | Trial:
    """Let those who assign to one placement or trial wait for each other."""
    return type(subject)._default_manager.select_for_update().get(pk=subject.pk)


def check_days(coach: JobCoach, data: AssignmentData) -> None:
    """Raise ``ValidationError`` for days that can't be, or on which the coach does not work."""
    if faults := day_faults(data.first_day, data.last_day):
        raise ValidationError(faults)
    if data.first_day < coach.first_day:
        raise ValidationError({"first_day": f"{coach} is jobcoach vanaf {day_long(coach.first_day)}."})
    if coach.last_day is not None and (data.last_day is None or data.last_day > coach.last_day):
        where = "first_day" if data.first_day > coach.last_day else "last_day"
        raise ValidationError({where: f"{coach} is jobcoach tot en met {day_long(coach.last_day)}."})


def check_choice(
    coach: JobCoach, subject: Placement | Trial, data: AssignmentData, *, mine: Assignment | None = None
) -> None:
    """Raise ``ValidationError`` for a coach of another employer, one who coaches here already, or of the other kind.

    ``mine`` is the assignment it is about: it stands in nobody's way, and its own coach was chosen before.
    """
    chosen = mine is not None and mine.coach_id == coach.pk
    if not chosen and not JobCoach.objects.to_choose(subject.host_id, data.first_day).filter(pk=coach.pk).exists():
        raise ValidationError({"coach": f"{coach} is geen coach van {subject.host} of van een gekoppelde organisatie."})
    others = Assignment.objects.filter(**_subject_fields(subject))
    if mine is not None:
        others = others.exclude(pk=mine.pk)
    until = Q(first_day__lte=data.last_day) if data.last_day else Q()
    for other in others.filter(until, not_over(data.first_day)).select_related("coach__employer", "coach__partner"):
        if other.coach_id == coach.pk:
            raise ValidationError({"coach": f"{coach} begeleidt hier al vanaf {day_long(other.first_day)}."})
        if other.coach.is_internal != coach.is_internal:
            text = EXCLUDE_EACH_OTHER.format(name=other.coach, place=other.coach.place)
            raise ValidationError({"coach": text})


def _check_check_ins(assignment: Assignment, data: AssignmentData) -> None:
    """Raise ``ValidationError`` when a recorded contact would fall outside the new days."""
    outside = Q(day__lt=data.first_day)
    if data.last_day is not None:
        outside |= Q(day__gt=data.last_day)
    found = assignment.check_ins.filter(outside).order_by("day").first()
    if found is not None:
        where = "first_day" if found.day < data.first_day else "last_day"
        raise ValidationError({where: f"Er is een gesprek vastgelegd op {day_long(found.day)}. Kies dagen daaromheen."})


def _subject_fields(subject: Placement | Trial) -> dict[str, Placement | Trial | None]:
    is_placement = isinstance(subject, Placement)
    return {"placement": subject if is_placement else None, "trial": None if is_placement else subject}


# --- the trail ----------------------------------------------------------------------------------------


def _trail(assignment: Assignment) -> dict[str, object]:
    return {
        "coach": str(assignment.coach.uuid),
        "subject": audit.object_id(assignment.subject),
        **{name: _shown(getattr(assignment, name)) for name in ("first_day", "last_day", "consent_on")},
    }


def _shown(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value or "")


def _record(action: str, assignment: Assignment, by: "User | None", changes: dict[str, object]) -> None:
    audit.record(action=action, by=by, obj=assignment, employer_id=assignment.subject.host_id, changes=changes)
