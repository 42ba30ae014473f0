"""Reads of what is done, agreed, adjusted and granted about a placement or trial, and of who helps there."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from accounts.scope import scope_of
from coaching.querysets.chains import with_earlier
from coaching.querysets.conditions import RUNNING_OUT_PERCENT, concerns_employer, not_over, of_caseload, of_chain
from placements.models import Placement

if TYPE_CHECKING:
    from accounts.models import User


class SubjectQuerySet(models.QuerySet):
    """What is arranged for a placement or trial: who helps there, and which hours are granted."""

    def visible_to(self, user: "User") -> "SubjectQuerySet":
        """A coordinator sees those at the own employer, a coach those of the own caseload, administrators all."""
        scope = scope_of(user)
        if scope.is_administrator:
            return self
        if scope.is_coordinator:
            return self.filter(concerns_employer(scope.employer_id))
        return self.filter(of_caseload(user)) if scope.is_coach else self.none()

    def of_employer(self, employer_id: int) -> "SubjectQuerySet":
        """Return those about placements and trials that concern the employer."""
        return self.filter(concerns_employer(employer_id))

    def of_subject(self, assignment: models.Model) -> "SubjectQuerySet":
        """Return those about the same placement or trial as the assignment."""
        return self.filter(**{name: getattr(assignment, f"{name}_id") for name in ("placement", "trial")})


class PersonalQuerySet(models.QuerySet):
    """What a coach does about problems and what somebody works toward: of coach and person, and of nobody else."""

    def visible_to(self, user: "User") -> "PersonalQuerySet":
        """A coach sees those of the own caseload; neither coordinators nor administrators see any."""
        return self.filter(of_caseload(user)) if scope_of(user).is_coach else self.none()

    def of_subject(self, assignment: models.Model) -> "PersonalQuerySet":
        """Return those about the same placement or trial as the assignment, or what it goes on from."""
        return self.filter(of_chain(assignment))


class WorkplaceQuerySet(PersonalQuerySet):
    """What changes at the place of work: adjustments, obstacles, growth. Coach and employer keep these together."""

    def visible_to(self, user: "User") -> "WorkplaceQuerySet":
        """A coordinator sees those at the own employer, also of before a merger; a coach those of the own caseload."""
        scope = scope_of(user)
        if scope.is_administrator:
            return self
        if not scope.is_coordinator:
            return self.filter(of_caseload(user)) if scope.is_coach else self.none()
        here = Placement.objects.filter(host=scope.employer_id).values("pk")
        before = Q(placement__in=with_earlier("workplace", here))
        return self.filter(concerns_employer(scope.employer_id) | before)

    def at_workplace_of(self, placement: Placement) -> "WorkplaceQuerySet":
        """Return those about a placement, or about what it goes on from at the same place of work."""
        return self.filter(placement__in=with_earlier("workplace", placement.pk))


class ToolkitQuerySet(models.QuerySet):
    """Interventions to choose from."""

    def visible_to(self, user: "User") -> "ToolkitQuerySet":
        """Coaches and administrators see the whole toolkit, nobody else does."""
        scope = scope_of(user)
        return self if scope.is_coach or scope.is_administrator else self.none()

    def offered(self) -> "ToolkitQuerySet":
        return self.filter(is_offered=True)


class BuddyQuerySet(models.QuerySet):
    """Buddies and team leads."""

    def visible_to(self, user: "User") -> "BuddyQuerySet":
        """A coordinator sees those of the own employer, a coach those of the own caseload, administrators all."""
        from coaching.models import BuddyLink

        scope = scope_of(user)
        if scope.is_administrator:
            return self
        if scope.is_coordinator:
            return self.filter(employer=scope.employer_id)
        if not scope.is_coach:
            return self.none()
        return self.filter(Exists(BuddyLink.objects.filter(of_caseload(user), buddy=OuterRef("pk"))))

    def to_choose(self, employer_id: int, day: date) -> "BuddyQuerySet":
        """Return those who may help someone at an employer from ``day`` on."""
        return self.filter(not_over(day), employer=employer_id)

    def expiring(self, day: date, until: date) -> "BuddyQuerySet":
        """Return those whose training is no longer valid after a day up to ``until``; who has stopped is left out."""
        return self.filter(not_over(day), is_buddy=True, valid_until__lte=until)

    def for_list(self) -> "BuddyQuerySet":
        return self.select_related("unit", "candidate")


class GrantQuerySet(SubjectQuerySet):
    """Granted hours."""

    def running_out(self, day: date) -> "GrantQuerySet":
        """Return the ones in force of which four fifths or more has been used."""
        used = F("used_minutes") * 100
        granted = F("hours") * 60 * RUNNING_OUT_PERCENT
        return self.filter(first_day__lte=day, last_day__gte=day).filter(
            models.lookups.GreaterThanOrEqual(used, granted)
        )
