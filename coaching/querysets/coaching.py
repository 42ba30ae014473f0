"""Reads of coaches and of whom they coach."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce, Least
from django.utils import timezone

from accounts.records import active_on
from accounts.scope import scope_of
from coaching.querysets.chains import with_earlier
from coaching.querysets.conditions import concerns_employer, not_over, number_of

if TYPE_CHECKING:
    from accounts.models import User


def _works_for(employer_id: int) -> Q:
    """Return the condition that a coach is an employer's own, or was of one that merged into it."""
    return Q(employer_id=employer_id) | Q(employer__successor_id=employer_id)


class JobCoachQuerySet(models.QuerySet):
    """Coaches."""

    def visible_to(self, user: "User") -> "JobCoachQuerySet":
        """A coordinator sees the own coaches and those of partners linked to the employer; a coach itself."""
        scope = scope_of(user)
        if scope.is_administrator:
            return self
        if scope.is_coordinator and scope.employer_id is not None:
            return self.of_employer(scope.employer_id)
        return self.filter(user=scope.user_id) if scope.is_coach else self.none()

    def of_employer(self, employer_id: int) -> "JobCoachQuerySet":
        """Return the coaches of the employer itself and of partners that are, or ever were, linked to it."""
        from coaching.models import PartnerLink

        linked = PartnerLink.objects.filter(partner=OuterRef("partner"), employer_id=employer_id)
        return self.filter(_works_for(employer_id) | Exists(linked))

    def to_choose(self, employer_id: int, day: date) -> "JobCoachQuerySet":
        """Return those an employer may choose for an assignment that begins on ``day``."""
        from coaching.models import PartnerLink

        linked = PartnerLink.objects.filter(active_on(day), partner=OuterRef("partner"), employer_id=employer_id)
        return self.filter(not_over(day)).filter(_works_for(employer_id) | Exists(linked))

    def with_load(self, day: date) -> "JobCoachQuerySet":
        """Annotate ``load``: how many people's coaching runs on ``day`` and is not closed."""
        from coaching.models import Assignment

        return self.annotate(load=number_of(Assignment.objects.in_work_on(day).filter(coach=OuterRef("pk"))))

    def for_list(self) -> "JobCoachQuerySet":
        return self.select_related("employer", "partner", "user")


class AssignmentQuerySet(models.QuerySet):
    """Assignments."""

    def visible_to(self, user: "User", on: date | None = None) -> "AssignmentQuerySet":
        """A coach sees the own ones until the last day, a coordinator the own employer's, administrators all."""
        scope = scope_of(user)
        if scope.is_administrator:
            return self
        if scope.is_coordinator:
            return self.filter(concerns_employer(scope.employer_id))
        if not scope.is_coach:
            return self.none()
        return self.filter(not_over(on or timezone.localdate()), coach__user=scope.user_id)

    def over_for(self, user: "User", on: date) -> "AssignmentQuerySet":
        """Return a coach's own ones that are over: the coach sees nothing of them any more, but is told so."""
        scope = scope_of(user)
        return self.filter(last_day__lt=on, coach__user=scope.user_id) if scope.is_coach else self.none()

    def of_employer(self, employer_id: int) -> "AssignmentQuerySet":
        """Return those that concern the employer."""
        return self.filter(concerns_employer(employer_id))

    def active_on(self, day: date) -> "AssignmentQuerySet":
        return self.filter(active_on(day))

    def named(self, word: str) -> "AssignmentQuerySet":
        """Return those of people whose folded name holds ``word``."""
        at_placement = Q(placement__candidate__name_folded__contains=word)
        return self.filter(at_placement | Q(trial__candidate__name_folded__contains=word))

    def in_work_on(self, day: date) -> "AssignmentQuerySet":
        """Return those that run and are not closed: what a coach's load is made of."""
        from coaching.models import Phase

        return self.filter(active_on(day)).exclude(phase=Phase.CLOSED)

    def reach(self, subject: models.Model) -> bool:
        """Tell whether one of these is about a placement or trial, or about what goes on from it."""
        name = subject._meta.model_name or ""
        keys = with_earlier(name, self.filter(**{f"{name}__isnull": False}).values(name))
        return type(subject)._default_manager.filter(pk=subject.pk, pk__in=keys).exists()

    def of_subject(self, assignment: models.Model) -> "AssignmentQuerySet":
        """Return all assignments about the same placement or trial, whoever the coach is."""
        subject = {name: getattr(assignment, f"{name}_id") for name in ("placement", "trial")}
        return self.filter(**subject)

    def overdue(self, day: date) -> "AssignmentQuerySet":
        """Return the running ones whose next contact should have been before ``day``."""
        return self.filter(active_on(day), contact_due__lt=day)

    def with_due_on(self) -> "AssignmentQuerySet":
        """Annotate ``due_on``: the appointment, or the last day for a contact if sooner; None when neither is set."""
        return self.annotate(
            due_on=Least(Coalesce("next_contact", "contact_due"), Coalesce("contact_due", "next_contact"))
        )

    def with_successor(self) -> "AssignmentQuerySet":
        """Annotate ``has_successor``: whether another coach takes over from a day that was chosen already."""
        from coaching.models import HandOver

        another = HandOver.objects.filter(before=OuterRef("pk")).exclude(after__coach=OuterRef("coach"))
        return self.annotate(has_successor=Exists(another))

    def asking_attention(self, day: date) -> "AssignmentQuerySet":
        """Return the running ones with a signal: falling or lowest scores, or twice the interval of silence."""
        return self.filter(active_on(day)).filter(~Q(score_signal="") | Q(silent_from__lte=day))

    def for_list(self) -> "AssignmentQuerySet":
        return self.select_related(
            "coach__employer",
            "coach__partner",
            "placement__candidate",
            "placement__host",
            "trial__candidate",
            "trial__host",
        )
