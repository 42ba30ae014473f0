"""Reads of contacts. What is told in confidence has one door of its own."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils import timezone

from accounts.scope import scope_of
from coaching.querysets.conditions import concerns_employer, not_over, of_caseload, of_chain

if TYPE_CHECKING:
    from accounts.models import User


class CheckInQuerySet(models.QuerySet):
    """Check-ins without scores and confidences: what P&O may read."""

    def visible_to(self, user: "User") -> "CheckInQuerySet":
        """A coordinator sees those at the own employer, a coach those about whom the coach coaches now.

        An administrator sees none: what is said between coach and person is no reference data.
        """
        scope = scope_of(user)
        if scope.is_coordinator:
            return self.filter(concerns_employer(scope.employer_id, "assignment__"))
        return self.filter(of_caseload(user, "assignment__")) if scope.is_coach else self.none()

    def written_by(self, user: "User") -> "CheckInQuerySet":
        """Return the user's own, also of coaching that has ended: for the account to a funder."""
        return self.filter(author=user) if scope_of(user).is_coach else self.none()

    def of_subject(self, assignment: models.Model) -> "CheckInQuerySet":
        """Return all about the same placement or trial, or what it goes on from, whoever the coach was."""
        return self.filter(of_chain(assignment, "assignment__"))

    def contacts(self) -> "CheckInQuerySet":
        """Leave out the ones at which nobody appeared."""
        from coaching.models import Kind

        return self.exclude(kind=Kind.NO_SHOW)

    def for_employer(self) -> "CheckInQuerySet":
        """Fetch what P&O may read: when, how, how long, by whom, the shared note and its addenda; never scores."""
        from coaching.models import Addendum

        fields = ("uuid", "day", "kind", "minutes", "note", "assignment__coach__name", "author__name")
        addenda = Prefetch("addenda", Addendum.objects.select_related("author"))
        return self.select_related("assignment__coach", "author").only(*fields).prefetch_related(addenda)

    def for_story(self) -> "CheckInQuerySet":
        """Fetch what a coach's page of a person shows: scores, agreements and addenda."""
        from coaching.models import Addendum

        addenda = Prefetch("addenda", Addendum.objects.select_related("author"))
        related = ("author", "scores", "assignment__coach")
        return self.select_related(*related).prefetch_related("agreements", addenda)


class AgreementQuerySet(models.QuerySet):
    """What was agreed at contacts."""

    def visible_to(self, user: "User") -> "AgreementQuerySet":
        """A coach sees those about whom the coach coaches now; nobody else does."""
        mine = of_caseload(user, "check_in__assignment__")
        return self.filter(mine) if scope_of(user).is_coach else self.none()

    def of_subject(self, assignment: models.Model) -> "AgreementQuerySet":
        """Return those about the same placement or trial as the assignment, or what it goes on from."""
        return self.filter(of_chain(assignment, "check_in__assignment__"))

    def due(self, day: date) -> "AgreementQuerySet":
        """Return the open ones that should have been done by ``day``."""
        return self.filter(done_on__isnull=True, due__lte=day)

    def for_list(self) -> "AgreementQuerySet":
        about = "check_in__assignment"
        return self.select_related(f"{about}__placement__candidate", f"{about}__trial__candidate").order_by("due", "pk")


class ConfidentialNoteQuerySet(models.QuerySet):
    """Confidences. ``readable_by`` is the only door: no page, list, export or admin reads this table otherwise."""

    def readable_by(self, user: "User", on: date | None = None) -> "ConfidentialNoteQuerySet":
        """Return those the user wrote, while working as a coach, and those the writer let this successor read."""
        from coaching.models import HandOver

        scope = scope_of(user)
        if not scope.is_coach:
            return self.none()
        shared = HandOver.objects.filter(
            not_over(on or timezone.localdate(), "after__"),
            before=OuterRef("check_in__assignment"),
            shares_notes=True,
            after__coach__user=scope.user_id,
        )
        return self.filter(Q(author=scope.user_id) | Exists(shared))
