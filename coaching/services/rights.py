"""Who may write what about coaching: asked by the services, and by pages that only offer what will be accepted.

The host arranges support (an outside partner never writes here); a coach records what happens in the own caseload.
Administrators arrange what coordinators arrange; what coaches record is theirs alone.
"""

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import F, Q

from accounts.scope import scope_of
from coaching.models import Assignment, CheckIn, HandOver, JobCoach
from coaching.querysets import concerns_employer
from employers.models import Employer
from placements.models import Placement, Trial
from placements.services.rights import may_write_unit

if TYPE_CHECKING:
    from accounts.models import User


def may_arrange(user: "User | None", subject: Placement | Trial) -> bool:
    """Whether the user says who coaches a placement or trial, and which hours are granted: the host's coordinators."""
    if isinstance(subject, Placement):
        return may_write_unit(user, subject)
    return user is None or scope_of(user).may_change(subject.host_id)


def may_write_coach(user: "User | None", coach: JobCoach) -> bool:
    """Whether the user keeps a coach's data: the employer's coordinators; a partner's are kept by linked employers'."""
    if user is None:
        return True
    scope = scope_of(user)
    if scope.is_administrator or coach.employer_id is not None:
        successor = coach.employer.successor_id if coach.employer else None
        return scope.may_change(coach.employer_id) or (successor is not None and scope.may_change(successor))
    writes = scope.is_coordinator and not scope.read_only
    return writes and JobCoach.objects.visible_to(user).filter(pk=coach.pk).exists()


def may_link_user(user: "User | None", coach: JobCoach) -> bool:
    """Whether the user may say for the first time who logs in as this coach: who keeps the coach's data, with care.

    Who logs in as a coach sees everybody that coach coaches, and what a predecessor shared in confidence. When some
    of those people work elsewhere, or a confidence was shared, an administrator says it.
    """
    if user is None or scope_of(user).is_administrator:
        return may_write_coach(user, coach)
    scope = scope_of(user)
    elsewhere = coach.assignments.exclude(concerns_employer(scope.employer_id))
    confided = HandOver.objects.filter(after__coach=coach, shares_notes=True)
    return may_write_coach(user, coach) and not elsewhere.exists() and not confided.exists()


def may_add_coach(user: "User | None", employer: Employer) -> bool:
    """Whether the user adds coaches of, or for, this employer."""
    return user is None or scope_of(user).may_change(employer.pk)


def coaches(user: "User | None", assignment: Assignment, on: date) -> bool:
    """Whether the user is the coach of this assignment on a day, and may record."""
    if user is None:
        return True
    scope = scope_of(user)
    mine = Assignment.objects.visible_to(user, on).filter(pk=assignment.pk)
    return scope.is_coach and not scope.read_only and mine.exists()


def wrote(user: "User | None", check_in: CheckIn) -> bool:
    """Whether the user wrote this check-in and still works as a coach."""
    if user is None:
        return True
    scope = scope_of(user)
    return scope.is_coach and not scope.read_only and check_in.author_id == scope.user_id


def coaches_at(user: "User | None", subject: Placement | Trial, on: date) -> bool:
    """Whether the user coaches this placement or trial on a day, or what goes on from it, and may record."""
    if user is None:
        return True
    scope = scope_of(user)
    if not scope.is_coach or scope.read_only:
        return False
    return Assignment.objects.visible_to(user, on).reach(subject)


def may_support(user: "User | None", subject: Placement | Trial, on: date) -> bool:
    """Whether the user keeps what is arranged on the work floor: buddies, adjustments, obstacles, growth.

    That is who coaches there and the host's coordinators; after a merger those of the successor as well.
    """
    return coaches_at(user, subject, on) or may_arrange(user, subject) or may_arrange(user, _now(subject))


def may_keep_buddies(user: "User | None", employer_id: int) -> bool:
    """Whether the user keeps the buddies and team leads of this employer: its coordinators."""
    return user is None or scope_of(user).may_change(employer_id)


def _now(subject: Placement | Trial) -> Placement | Trial:
    """Return the placement that goes on from this one at the same place of work; itself when none does."""
    while isinstance(subject, Placement):
        same_place = Q(host=F("continues__host")) | Q(host=F("continues__host__successor"))
        later = subject.continued_by.filter(same_place).order_by("pk").first()
        if later is None:
            break
        subject = later
    return subject
