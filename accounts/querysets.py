"""Reads of users, memberships and the trail."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import models

from accounts.records import active_on
from accounts.scope import scope_of

if TYPE_CHECKING:
    from accounts.models import User


class MembershipQuerySet(models.QuerySet):
    """Memberships."""

    def active_on(self, day: date) -> "MembershipQuerySet":
        """Return those that hold on ``day``; both the first and the last day belong to it."""
        return self.filter(active_on(day))

    def visible_to(self, user: "User") -> "MembershipQuerySet":
        """Administrators see all; a coordinator those of the own employer; everyone the own ones."""
        scope = scope_of(user)
        if scope.is_administrator:
            return self
        condition = models.Q(user_id=scope.user_id)
        if scope.is_coordinator:
            condition |= models.Q(employer_id=scope.employer_id)
        return self.filter(condition)

    def for_list(self) -> "MembershipQuerySet":
        return self.select_related("user", "employer", "sector", "stands_in_for")


class KeptFormQuerySet(models.QuerySet):
    """Forms that wait until their user has logged in."""

    #: How long what was typed is kept.
    KEPT = timedelta(hours=1)

    def waiting_for(self, user: "User", now: datetime) -> "KeptFormQuerySet":
        """Return those of this user that are not too old. Nobody else sees them, whatever the role."""
        return self.filter(user=user, created_at__gt=now - self.KEPT)

    def expired(self, now: datetime) -> "KeptFormQuerySet":
        return self.filter(created_at__lte=now - self.KEPT)


class AuditEventQuerySet(models.QuerySet):
    """The trail."""

    def visible_to(self, user: "User") -> "AuditEventQuerySet":
        """Only administrators read the trail."""
        return self if scope_of(user).is_administrator else self.none()
