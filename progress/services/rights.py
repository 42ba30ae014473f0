"""Who does what in a round: asked by the services, and by pages that only offer what will be accepted.

The sector's adviser opens, returns, approves and closes; the employer's coordinators hand in. Administrators read.
"""

from typing import TYPE_CHECKING

from accounts.scope import scope_of
from employers.models import Employer, Sector

if TYPE_CHECKING:
    from accounts.models import User


def may_run(user: "User | None", sector: Sector) -> bool:
    """Whether the user runs the rounds of a sector: its advisers, unless they may only read."""
    if user is None:
        return True
    scope = scope_of(user)
    own = scope.all_sectors or scope.sector_id == sector.pk
    return scope.is_adviser and own and not scope.read_only


def may_hand_in(user: "User | None", employer: Employer) -> bool:
    """Whether the user hands in for an employer: its coordinators, unless they may only read."""
    if user is None:
        return True
    scope = scope_of(user)
    return scope.is_coordinator and scope.employer_id == employer.pk and not scope.read_only
