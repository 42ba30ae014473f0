"""Reads of candidates and their register periods."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.records import active_on
from accounts.scope import scope_of
from candidates.fields import Unreadable

if TYPE_CHECKING:
    from accounts.models import User
    from candidates.models import Candidate

#: Numbers that are tried, of the oldest and of the newest: old ones were sealed with old keys.
TRIED = 500


def registered(day: date, person: str) -> Exists:
    """Return whether the person the path ``person`` leads to is in the register on ``day``, at any owner."""
    from candidates.models import RegisterPeriod

    return Exists(RegisterPeriod.objects.filter(active_on(day), candidate__person=OuterRef(person)))


class CandidateQuerySet(models.QuerySet):
    """Candidates."""

    def visible_to(self, user: "User", on: date | None = None) -> "CandidateQuerySet":
        """Return the candidates the user has access to on ``on`` (default today): :class:`Access` says so.

        Administrators read all, a coach the own caseload; an adviser sees nobody.
        """
        scope = scope_of(user)
        if scope.is_administrator:
            return self
        if scope.is_coach:
            return self.coached_by(scope.user_id, on)
        if not scope.is_coordinator or scope.employer_id is None:
            return self.none()
        return self.seen_by(scope.employer_id, on)

    def seen_by(self, employer_id: int, on: date | None = None) -> "CandidateQuerySet":
        """Return the candidates an employer has access to on ``on`` (default today)."""
        from candidates.models import Access

        day = on or timezone.localdate()
        access = Access.objects.filter(active_on(day), candidate=OuterRef("pk"), employer_id=employer_id)
        return self.filter(Exists(access))

    def coached_by(self, user_id: int | None, on: date | None = None) -> "CandidateQuerySet":
        """Return the candidates a user has access to as a coach on ``on`` (default today)."""
        from candidates.models import Access

        day = on or timezone.localdate()
        access = Access.objects.filter(active_on(day), candidate=OuterRef("pk"), coach__user=user_id)
        return self.filter(Exists(access))

    def misses_keys(self) -> bool:
        """Tell whether there are numbers that no key of the ring reads; tries only the oldest and the newest."""
        numbers = self.exclude(bsn_hash="").order_by("pk").values_list("bsn", flat=True)
        return any(isinstance(bsn, Unreadable) for some in (numbers, numbers.reverse()) for bsn in some[:TRIED])

    def same_person_as(self, candidate: "Candidate") -> "CandidateQuerySet":
        """Return the records of the same human being at other owners (or codes)."""
        return self.filter(person=candidate.person_id).exclude(pk=candidate.pk)

    def for_list(self) -> "CandidateQuerySet":
        return self.select_related("owner").prefetch_related("register_periods")


class RegisterPeriodQuerySet(models.QuerySet):
    """Register periods."""

    def visible_to(self, user: "User") -> "RegisterPeriodQuerySet":
        """Those of the candidates the user may see."""
        from candidates.models import Candidate

        return self.filter(candidate__in=Candidate.objects.visible_to(user))
