"""Reads of rounds and of what is frozen in them."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery

from accounts.scope import scope_of
from employers.models import EmployerFact

if TYPE_CHECKING:
    from accounts.models import User


def _of_adviser(user: "User", path: str) -> Q | None:
    """Return the condition on the sector behind ``path``; None for who sees no sectors."""
    scope = scope_of(user)
    if scope.is_administrator or (scope.is_adviser and scope.all_sectors):
        return Q()
    return Q(**{path: scope.sector_id}) if scope.is_adviser else None


class RoundQuerySet(models.QuerySet):
    """Rounds."""

    def visible_to(self, user: "User") -> "RoundQuerySet":
        """An adviser sees those of the own sector, a coordinator those the own employer is asked in, administrators
        all.
        """
        condition = _of_adviser(user, "sector_id")
        if condition is not None:
            return self.filter(condition)
        scope = scope_of(user)
        return self.of_employer(scope.employer_id) if scope.is_coordinator else self.none()

    def of_employer(self, employer_id: int | None) -> "RoundQuerySet":
        """Return the rounds of the sector the employer is in on the reference day, and those it handed in for.

        An employer that ended before that day is not asked any more.
        """
        from progress.models import Submission

        fact = EmployerFact.objects.filter(
            Q(employer__last_day__isnull=True) | Q(employer__last_day__gte=OuterRef("day")),
            employer=employer_id,
            sector=OuterRef("sector"),
            first_day__lte=OuterRef("day"),
            last_day__gte=OuterRef("day"),
        )
        handed_in = Submission.objects.filter(round=OuterRef("pk"), employer=employer_id)
        return self.filter(Q(Exists(fact)) | Q(Exists(handed_in)))

    def due_for(self, employer_id: int | None, today: date) -> "RoundQuerySet":
        """Return the open rounds in which it is the employer's turn: nothing came in yet, or it was returned."""
        from progress.models import State, Submission

        handed_in = Submission.objects.filter(round=OuterRef("pk"), employer=employer_id)
        done = handed_in.exclude(state=State.RETURNED)
        return self.of_employer(employer_id).filter(~Exists(done), closed_at__isnull=True, day__lte=today)


class SubmissionQuerySet(models.QuerySet):
    """What employers hand in."""

    def visible_to(self, user: "User") -> "SubmissionQuerySet":
        condition = _of_adviser(user, "round__sector_id")
        if condition is not None:
            return self.filter(condition)
        scope = scope_of(user)
        return self.filter(employer_id=scope.employer_id) if scope.is_coordinator else self.none()


class SnapshotQuerySet(models.QuerySet):
    """Versions."""

    def visible_to(self, user: "User") -> "SnapshotQuerySet":
        """A coordinator sees those of the own employer, an adviser those of rounds of the own sector."""
        condition = _of_adviser(user, "submission__round__sector_id")
        if condition is not None:
            return self.filter(condition)
        scope = scope_of(user)
        return self.filter(submission__employer_id=scope.employer_id) if scope.is_coordinator else self.none()

    def approved(self) -> "SnapshotQuerySet":
        return self.filter(approved_at__isnull=False)

    def last_of_each(self) -> "SnapshotQuerySet":
        """Return, of these, the last version of every submission."""
        later = self.filter(submission=OuterRef("submission")).order_by("-version").values("pk")[:1]
        return self.filter(pk=Subquery(later))

    def for_list(self) -> "SnapshotQuerySet":
        return self.select_related("submission__round__sector", "submission__employer", "made_by", "approved_by")


class SnapshotLineQuerySet(models.QuerySet):
    """Frozen lines."""

    def visible_to(self, user: "User") -> "SnapshotLineQuerySet":
        """An adviser sees sums, never lines; the members of a team nobody: a buyer sees the share."""
        scope = scope_of(user)
        rows = self.filter(team__isnull=True)
        if scope.is_administrator:
            return rows
        return rows.filter(snapshot__submission__employer_id=scope.employer_id) if scope.is_coordinator else self.none()

    def direct(self) -> "SnapshotLineQuerySet":
        """Return the lines of placements: all but those of members of bought teams."""
        return self.filter(team__isnull=True)

    def in_order(self) -> "SnapshotLineQuerySet":
        return self.order_by(F("team").asc(nulls_first=True), "placement")


class SectorSnapshotQuerySet(models.QuerySet):
    """Sums of sectors."""

    def visible_to(self, user: "User") -> "SectorSnapshotQuerySet":
        condition = _of_adviser(user, "round__sector_id")
        return self.none() if condition is None else self.filter(condition)
