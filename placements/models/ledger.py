"""The ledger: per placement and regime the stretches of days with their verdict.

Written by ``placements.counting.ledger`` only.
"""

from django.db import models
from django.db.models import F, Q

from candidates.models import Person
from employers.models import Employer, OrgUnit
from placements.models.placement import Placement, PlacementPeriod
from placements.models.regime import Regime
from placements.models.team import Team
from placements.querysets import CountLineQuerySet, TeamShareQuerySet


class CountLine(models.Model):
    """A stretch of days of one placement with one verdict under one regime.

    ``hours`` are paid hours a week in integer hundredths. ``last_day`` is ``FOREVER`` when the stretch runs on.
    A counting line is credited to ``employer`` or, for a team member, to ``team`` (buyers' shares are joined when
    summing). An excluded line stands at the employer it would have been credited to.

    Relations that lead an index of several columns have no index of their own.
    """

    regime = models.ForeignKey(Regime, models.CASCADE, related_name="+", db_index=False)
    placement = models.ForeignKey(Placement, models.CASCADE, related_name="lines", db_index=False)
    period = models.ForeignKey(PlacementPeriod, models.CASCADE, related_name="lines")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    first_day = models.DateField()
    last_day = models.DateField()
    counts = models.BooleanField()
    rule = models.CharField(max_length=30)
    employer = models.ForeignKey(Employer, models.CASCADE, null=True, related_name="lines", db_index=False)
    team = models.ForeignKey(Team, models.CASCADE, null=True, related_name="lines", db_index=False)
    unit = models.ForeignKey(OrgUnit, models.CASCADE, null=True, related_name="lines")
    hours = models.PositiveIntegerField()

    objects = CountLineQuerySet.as_manager()

    class Meta:
        verbose_name = "telregel"
        verbose_name_plural = "telregels"
        ordering = ["placement", "regime", "first_day"]
        indexes = [
            # Everything that is summed stands in it, so that a sum reads the index alone and not the table. Most
            # questions are about a day near today: of the lines by then few are still to end.
            models.Index(
                fields=[
                    "employer",
                    "regime",
                    "last_day",
                    "first_day",
                    "counts",
                    "rule",
                    "hours",
                    "person",
                    "unit",
                    "placement",
                    "period",
                ],
                name="line_employer_sums",
            ),
            # Few lines are a team's, so an index of those alone is small enough to be preferred.
            models.Index(fields=["team", "regime", "first_day"], name="line_of_team", condition=Q(team__isnull=False)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["placement", "regime", "first_day"], name="line_once"),
            models.CheckConstraint(name="line_days", condition=Q(last_day__gte=F("first_day"))),
            models.CheckConstraint(
                name="line_credited_once",
                condition=Q(employer__isnull=False, team__isnull=True)
                | Q(employer__isnull=True, team__isnull=False, counts=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.placement_id} {self.first_day} – {self.last_day}: {self.rule}"


class TeamShare(models.Model):
    """What part of a team a buyer holds over a stretch of days: ``places`` of ``all_places``."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="shares")
    buyer = models.ForeignKey(Employer, models.CASCADE, related_name="team_shares")
    first_day = models.DateField()
    last_day = models.DateField()
    places = models.PositiveIntegerField()
    all_places = models.PositiveIntegerField()

    objects = TeamShareQuerySet.as_manager()

    class Meta:
        verbose_name = "teamaandeel"
        verbose_name_plural = "teamaandelen"
        ordering = ["team", "buyer", "first_day"]
        indexes = [models.Index(fields=["buyer", "first_day"], name="share_buyer_day")]
        constraints = [models.UniqueConstraint(fields=["team", "buyer", "first_day"], name="share_once")]

    def __str__(self) -> str:
        return f"{self.places}/{self.all_places} van {self.team_id} voor {self.buyer_id}"


class LedgerState(models.Model):
    """The one row every writer of countable facts locks and raises, so that the ledger is always in step."""

    version = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = "stand van het telregister"
        verbose_name_plural = "stand van het telregister"
        constraints = [models.CheckConstraint(name="ledger_state_one_row", condition=Q(pk=1))]

    def __str__(self) -> str:
        return f"versie {self.version}"
