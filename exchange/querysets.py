"""Reads of uploads."""

from typing import TYPE_CHECKING

from django.db import models

from accounts.scope import scope_of

if TYPE_CHECKING:
    from accounts.models import User


class ImportRunQuerySet(models.QuerySet):
    """Uploads."""

    def visible_to(self, user: "User") -> "ImportRunQuerySet":
        """A coordinator sees those of the own employer, administrators all."""
        scope = scope_of(user)
        if scope.is_administrator:
            return self
        return self.filter(employer_id=scope.employer_id) if scope.is_coordinator else self.none()

    def for_list(self) -> "ImportRunQuerySet":
        """Newest first, with who uploaded; leaves out the packets, which are large."""
        return self.select_related("user").defer("payload", "outcome").order_by("-created_at", "-pk")
