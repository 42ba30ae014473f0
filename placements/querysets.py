"""Reads of placements, periods, trials, teams and the ledger."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Exists, F, FilteredRelation, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce

from accounts.records import active_on
from accounts.scope import scope_of

if TYPE_CHECKING:
    from accounts.models import User


def placement_of_employer(employer_id: int | None, prefix: str = "") -> Q:
    """Return the condition that a placement concerns an employer: as host, employer of record or owner."""
    return (
        Q(**{f"{prefix}host_id": employer_id})
        | Q(**{f"{prefix}employer_of_record_id": employer_id})
        | Q(**{f"{prefix}owner_id": employer_id})
    )


def held_by(employer_id: int, prefix: str = "") -> Q:
    """Return the condition that an employer is the employer of record: it holds the contract."""
    nobody_else = Q((f"{prefix}employer_of_record", None), (f"{prefix}partner", None), (f"{prefix}team", None))
    return (
        Q((f"{prefix}host_id", employer_id)) & nobody_else
        | Q((f"{prefix}employer_of_record_id", employer_id))
        | Q((f"{prefix}team__employer_id", employer_id))
    )


class PlacementQuerySet(models.QuerySet):
    """Placements."""

    def visible_to(self, user: "User") -> "PlacementQuerySet":
        """A coordinator sees placements of the own employer (host, employer of record or owner), administrators all.

        A buyer of a team sees the calculation of its share, never the members.
        """
        scope = scope_of(user)
        if scope.is_administrator:
            return self
        return self.filter(placement_of_employer(scope.employer_id)) if scope.is_coordinator else self.none()

    def of_employer(self, employer_id: int) -> "PlacementQuerySet":
        """Return those that concern the employer."""
        return self.filter(placement_of_employer(employer_id))

    def active_on(self, day: date) -> "PlacementQuerySet":
        """Return those with a period that is active on ``day``."""
        from placements.models import PlacementPeriod

        return self.filter(Exists(PlacementPeriod.objects.filter(active_on(day), placement=OuterRef("pk"))))

    def for_list(self) -> "PlacementQuerySet":
        from placements.models import PlacementPeriod

        periods = Prefetch("periods", PlacementPeriod.objects.select_related("unit"))
        related = ("candidate", "host", "employer_of_record", "partner", "team", "team__employer")
        return self.select_related(*related).prefetch_related(periods)


class PlacementPeriodQuerySet(models.QuerySet):
    """Periods."""

    def active_on(self, day: date) -> "PlacementPeriodQuerySet":
        return self.filter(active_on(day))

    def visible_to(self, user: "User") -> "PlacementPeriodQuerySet":
        """Those of the placements the user may see."""
        scope = scope_of(user)
        if scope.is_administrator:
            return self
        if not scope.is_coordinator:
            return self.none()
        return self.filter(placement_of_employer(scope.employer_id, "placement__"))

    def of_employer(self, employer_id: int) -> "PlacementPeriodQuerySet":
        """Return those of placements that concern the employer."""
        return self.filter(placement_of_employer(employer_id, "placement__"))

    def standing_for(self, day: date) -> "PlacementPeriodQuerySet":
        """Return one period for each placement: the last one begun by ``day``, else the first one to come."""
        siblings = self.model._default_manager.filter(placement=OuterRef("placement"))
        begun = siblings.filter(first_day__lte=day).order_by("-first_day").values("first_day")[:1]
        first = siblings.order_by("first_day").values("first_day")[:1]
        return self.filter(first_day=Coalesce(Subquery(begun), Subquery(first)))

    def with_line(self, day: date, regime_id: int) -> "PlacementPeriodQuerySet":
        """Annotate the ledger line of the placement that holds on ``day``: ``line_…``, all None when there is none.

        For periods that stand for their placement on that day it is the line of the period itself; the way through
        the placement has the better index.
        ``line_employer`` and ``line_team`` are keys, ``line_hours`` hundredths of paid hours a week.
        """
        path = "placement__lines"
        holds = Q((f"{path}__regime_id", regime_id), (f"{path}__first_day__lte", day), (f"{path}__last_day__gte", day))
        return self.annotate(
            line=FilteredRelation(path, condition=holds),
            line_counts=F("line__counts"),
            line_rule=F("line__rule"),
            line_employer=F("line__employer_id"),
            line_employer_name=F("line__employer__name"),
            line_team=F("line__team_id"),
            line_person=F("line__person_id"),
            line_hours=F("line__hours"),
        )

    def for_list(self) -> "PlacementPeriodQuerySet":
        return self.select_related(
            "unit",
            "placement__candidate",
            "placement__host",
            "placement__employer_of_record",
            "placement__partner",
            "placement__team__employer",
        )


class TrialQuerySet(models.QuerySet):
    """Trial placements and internships."""

    def visible_to(self, user: "User") -> "TrialQuerySet":
        """A coordinator sees those at or owned by the own employer, administrators all."""
        scope = scope_of(user)
        if scope.is_administrator:
            return self
        return self.of_employer(scope.employer_id) if scope.is_coordinator else self.none()

    def of_employer(self, employer_id: int | None) -> "TrialQuerySet":
        return self.filter(Q(host_id=employer_id) | Q(owner_id=employer_id))

    def at_employer(self, employer_id: int | None) -> "TrialQuerySet":
        """Return those that are done at the employer, which are its own in every figure."""
        return self.filter(host_id=employer_id)

    def running_on(self, day: date) -> "TrialQuerySet":
        return self.filter(first_day__lte=day, last_day__gte=day)

    def for_list(self) -> "TrialQuerySet":
        return self.select_related("candidate", "host")


class TeamQuerySet(models.QuerySet):
    """Teams."""

    def visible_to(self, user: "User") -> "TeamQuerySet":
        """A coordinator sees teams the own employer employs or ever bought from, administrators all."""
        from placements.models import TeamPurchase

        scope = scope_of(user)
        if scope.is_administrator:
            return self
        if not scope.is_coordinator:
            return self.none()
        bought = TeamPurchase.objects.filter(team=OuterRef("pk"), buyer_id=scope.employer_id)
        return self.filter(Q(employer_id=scope.employer_id) | Exists(bought))


class CountLineQuerySet(models.QuerySet):
    """Ledger lines."""

    def on(self, day: date, regime_id: int) -> "CountLineQuerySet":
        """Return the lines that hold on ``day`` under the regime."""
        return self.filter(regime_id=regime_id, first_day__lte=day, last_day__gte=day)

    def of_teams(self, teams: Any) -> "CountLineQuerySet":
        """Return the lines of members of these teams, which all count and stand at no employer.

        The latter is said in so many words, so that a database looks among these lines and not among all.
        """
        return self.filter(team__in=teams, team__isnull=False, employer__isnull=True)


class TeamShareQuerySet(models.QuerySet):
    """Shares of buyers in teams."""

    def on(self, day: date) -> "TeamShareQuerySet":
        """Return the shares that hold on ``day``."""
        return self.filter(first_day__lte=day, last_day__gte=day)
