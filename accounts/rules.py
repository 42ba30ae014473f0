"""Decisions about memberships: who may give them, when two clash, who must stay. No database, no clock."""

from collections.abc import Iterable
from datetime import date

from accounts.models import Role
from accounts.records import FOREVER
from accounts.scope import Scope

#: How many coordinators an employer should have: with one, holidays and illness stop the work.
ADVISED_COORDINATORS = 2

#: A stretch of days; both belong to it, without a last day it runs on.
Days = tuple[date, date | None]


def may_grant(scope: Scope, role: str, employer_id: int | None) -> bool:
    """Whether someone may give (change, end) this role: administrators any, coordinators at the own employer."""
    if scope.read_only:
        return False
    own_colleague = role == Role.COORDINATOR and employer_id is not None and employer_id == scope.employer_id
    return scope.is_administrator or (scope.is_coordinator and own_colleague)


def overlap(one: Days, other: Days) -> bool:
    """Whether two stretches share a day."""
    return one[0] <= (other[1] or FOREVER) and other[0] <= (one[1] or FOREVER)


def holds_on(stretch: Days, day: date) -> bool:
    """Whether ``day`` belongs to the stretch."""
    return overlap(stretch, (day, day))


def gone_from(last_day: date | None, *, read_only: bool, today: date) -> date | None:
    """Return the first day on which such a membership changes nothing any more; ``None`` for never."""
    if read_only:
        return today
    return None if last_day in (None, FOREVER) else date.fromordinal(last_day.toordinal() + 1)


def leaves_sooner(before: date | None, after: date | None) -> bool:
    """Whether a change lets someone go (``gone_from``) earlier than was agreed."""
    return after is not None and (before is None or after < before)


def nobody_left(gone: date, others: Iterable[Days]) -> bool:
    """Whether nobody else is there on the day someone is gone; who starts later does not help that day."""
    return not any(holds_on(other, gone) for other in others)
