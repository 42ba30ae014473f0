"""What a user may see now: the one membership the user works in.

Every ``visible_to(user)`` in the rooms above asks :func:`scope_of`; nothing else decides what a user sees.
"""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import timezone

if TYPE_CHECKING:
    from accounts.models import Membership

#: Where the chosen membership stands in the session.
SESSION_KEY = "membership"

_ROLE_ORDER = {"coordinator": 0, "jobcoach": 1, "adviseur": 2, "beheerder": 3}


@dataclass(frozen=True, slots=True)
class Scope:
    """The reach of one membership; the empty scope reaches nothing."""

    user_id: int | None = None
    membership_id: int | None = None
    role: str = ""
    employer_id: int | None = None
    sector_id: int | None = None
    all_sectors: bool = False
    read_only: bool = False

    @property
    def is_coordinator(self) -> bool:
        return self.role == "coordinator"

    @property
    def is_coach(self) -> bool:
        return self.role == "jobcoach"

    @property
    def is_adviser(self) -> bool:
        return self.role == "adviseur"

    @property
    def is_administrator(self) -> bool:
        return self.role == "beheerder"

    def may_change(self, employer_id: int | None) -> bool:
        """Whether records of this employer may be changed: by its coordinators and by administrators."""
        if self.read_only or not self.role:
            return False
        return self.is_administrator or (self.is_coordinator and employer_id == self.employer_id)

    @classmethod
    def of(cls, membership: "Membership") -> "Scope":
        return cls(
            user_id=membership.user_id,
            membership_id=membership.pk,
            role=membership.role,
            employer_id=membership.employer_id,
            sector_id=membership.sector_id,
            all_sectors=membership.all_sectors,
            read_only=membership.read_only,
        )


def active_memberships(user: Any, on: date | None = None) -> "list[Membership]":
    """Return the user's memberships that hold on ``on`` (default today), most used role first; one query."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return []
    rows = user.memberships.active_on(on or timezone.localdate()).select_related("employer", "sector")
    return sorted(rows, key=lambda m: (_ROLE_ORDER.get(m.role, 9), m.place, m.pk))


def choose(user: Any, memberships: "list[Membership]", chosen: str | None = None) -> Scope:
    """Let ``user`` work in the membership with UUID ``chosen``, or in the first one, and return its scope."""
    membership = next((m for m in memberships if str(m.uuid) == chosen), memberships[0] if memberships else None)
    user.scope = Scope.of(membership) if membership else Scope(user_id=user.pk)
    user.membership = membership
    return user.scope


def scope_of(user: Any) -> Scope:
    """Return the scope the user works in: the one chosen in this session, else the first that holds today."""
    if not getattr(user, "is_authenticated", False):
        return Scope()
    scope = getattr(user, "scope", None)
    return scope if scope is not None else choose(user, active_memberships(user))
