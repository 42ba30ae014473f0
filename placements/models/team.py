"""Teams whose work is bought, and who buys it."""

from django.db import models
from django.db.models import Q

from accounts.records import Record, Revised, TimestampedModel, last_not_before_first
from employers.models import Employer
from placements.querysets import TeamQuerySet


class Team(Record):
    """A team whose members are employed by one employer and whose places are bought by several."""

    code = models.CharField("teamcode", max_length=40, unique=True)
    name = models.CharField("naam", max_length=120)
    name_folded = models.CharField(max_length=160, editable=False, blank=True, db_index=True)
    employer = models.ForeignKey(
        Employer, models.PROTECT, related_name="teams", verbose_name="formele werkgever van de leden"
    )

    objects = TeamQuerySet.as_manager()

    class Meta:
        verbose_name = "team"
        verbose_name_plural = "teams"
        ordering = ["name_folded", "pk"]

    def __str__(self) -> str:
        return self.name


class TeamPurchase(TimestampedModel, Revised):
    """Places of a team bought by one employer over a stretch of days; purchases of one buyer never overlap.

    Only ``placements.services.teams`` writes them, because they change the ledger.
    """

    team = models.ForeignKey(Team, models.CASCADE, related_name="purchases", verbose_name="team")
    buyer = models.ForeignKey(Employer, models.PROTECT, related_name="team_purchases", verbose_name="koper")
    places = models.PositiveIntegerField("plaatsen")
    first_day = models.DateField("vanaf")
    last_day = models.DateField("tot en met", null=True, blank=True)

    class Meta:
        verbose_name = "teaminkoop"
        verbose_name_plural = "teaminkoop"
        ordering = ["team", "buyer", "first_day", "pk"]
        constraints = [
            last_not_before_first("purchase_days"),
            models.CheckConstraint(
                name="purchase_places",
                condition=Q(places__gt=0),
                violation_error_message="Het aantal plaatsen is 1 of meer.",
            ),
            models.UniqueConstraint(
                fields=["team", "buyer", "first_day"],
                name="purchase_first_day_once",
                violation_error_message="Er is al een inkoop van dit team door deze werkgever vanaf deze dag.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.places} van {self.team_id} voor {self.buyer_id}"
