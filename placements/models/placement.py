"""A placement and its periods."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from accounts.records import Record, TimestampedModel, last_not_before_first
from candidates.models import Candidate
from employers.models import Employer, OrgUnit, Partner
from placements.models.team import Team
from placements.querysets import PlacementPeriodQuerySet, PlacementQuerySet

#: Most paid hours a week in one period (exchange format).
MAX_HOURS = Decimal(60)


class Route(models.TextChoices):
    """How someone came to work here; decides whether and for whom the placement counts (``counting/``)."""

    EMPLOYMENT = "dienstverband", "Dienstverband"
    SECONDMENT = "detachering", "Detachering"
    AGENCY = "uitzend", "Uitzendwerk"
    WSW_SECONDMENT = "wsw_detachering", "Wsw-detachering"
    WSW_EMPLOYMENT = "wsw_dienstverband", "Wsw-dienstverband"
    SHELTERED = "beschut", "Beschut werk"
    PROCUREMENT = "inkoop", "Ingekochte dienst"
    TEAM_PURCHASE = "teaminkoop", "Ingekocht team"
    TRAINEESHIP = "traineeship", "Traineeship"


class ContractKind(models.TextChoices):
    """Kind of contract."""

    TEMPORARY = "tijdelijk", "Tijdelijk"
    PERMANENT = "vast", "Vast"


class EndReason(models.TextChoices):
    """Why a period ended."""

    DROPPED_OUT = "uitval", "Uitgevallen"
    NOT_SUITED = "niet_passend", "Werk paste niet"
    CONTRACT_ENDED = "contract_afgelopen", "Contract afgelopen"
    MAXIMUM_TERM = "maximale_termijn", "Maximale termijn bereikt"
    WORK_ENDED = "werk_beeindigd", "Werk beëindigd"
    BETTER_FIT = "beter_passend", "Beter passend werk gevonden"
    NEARER_HOME = "dichter_bij_huis", "Werk dichter bij huis gevonden"
    REGULAR_JOB = "regulier_werk", "Naar regulier werk"
    RETIRED = "pensioen", "Pensioen"
    ILLNESS = "ziekte", "Ziekte"
    OTHER = "anders", "Anders"


class Placement(Record):
    """One person at one host along one route; what changes over time stands in its periods.

    Candidate, host, employer of record, route, team and owner belong to the placement. The employer of record is
    the host when neither ``employer_of_record`` nor ``partner`` is named; for a team it is the team's employer.
    """

    owner = models.ForeignKey(
        Employer,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="owned_placements",
        verbose_name="eigenaar",
    )
    code = models.CharField("plaatsingcode", max_length=40)
    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="placements", verbose_name="kandidaat")
    host = models.ForeignKey(Employer, models.PROTECT, related_name="hosted_placements", verbose_name="werkgever")
    employer_of_record = models.ForeignKey(
        Employer,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="formal_placements",
        verbose_name="formele werkgever",
    )
    partner = models.ForeignKey(
        Partner,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="placements",
        verbose_name="partner als formele werkgever",
    )
    route = models.CharField("route", max_length=20, choices=Route.choices)
    team = models.ForeignKey(
        Team, models.PROTECT, null=True, blank=True, related_name="placements", verbose_name="team"
    )
    continues = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="continued_by",
        verbose_name="vervolg van",
    )

    objects = PlacementQuerySet.as_manager()

    class Meta:
        verbose_name = "plaatsing"
        verbose_name_plural = "plaatsingen"
        ordering = ["code", "pk"]
        indexes = [
            models.Index(fields=["code"], name="placement_code"),
            models.Index(fields=["host", "route"], name="placement_host_route"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "code"],
                name="placement_code_per_owner",
                violation_error_message="Er is al een plaatsing met deze code.",
            ),
            models.UniqueConstraint(
                fields=["code"],
                condition=Q(owner__isnull=True),
                name="placement_code_of_installation",
                violation_error_message="Er is al een plaatsing met deze code.",
            ),
            models.CheckConstraint(
                name="placement_one_formal_employer",
                condition=Q(employer_of_record__isnull=True) | Q(partner__isnull=True),
                violation_error_message="Een plaatsing heeft één formele werkgever.",
            ),
            models.CheckConstraint(
                name="placement_team_with_route",
                condition=(
                    Q(
                        route=Route.TEAM_PURCHASE,
                        team__isnull=False,
                        employer_of_record__isnull=True,
                        partner__isnull=True,
                    )
                    | (~Q(route=Route.TEAM_PURCHASE) & Q(team__isnull=True))
                ),
                violation_error_message=(
                    "Een ingekocht team hoort bij de route Ingekocht team, en de formele werkgever volgt uit het team."
                ),
            ),
            models.CheckConstraint(
                name="placement_own_contract_no_partner",
                condition=~Q(route__in=[Route.EMPLOYMENT, Route.TRAINEESHIP]) | Q(partner__isnull=True),
                violation_error_message="Een dienstverband of traineeship heeft een werkgever uit dit systeem.",
            ),
            models.CheckConstraint(
                name="placement_continues_another",
                condition=Q(continues__isnull=True) | ~Q(continues=models.F("pk")),
                violation_error_message="Een plaatsing is geen vervolg van zichzelf.",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def formal_employer_name(self) -> str:
        """Who holds the contract, in words."""
        if self.team is not None:
            return str(self.team.employer)
        return str(self.employer_of_record or self.partner or self.host)


class PlacementPeriod(TimestampedModel):
    """A stretch of one placement with one contract kind, one number of paid hours a week and one unit.

    Both days belong to it; without a last day it runs on. Periods of one placement never overlap.
    """

    placement = models.ForeignKey(Placement, models.CASCADE, related_name="periods", verbose_name="plaatsing")
    unit = models.ForeignKey(
        OrgUnit, models.PROTECT, null=True, blank=True, related_name="periods", verbose_name="afdeling"
    )
    job_title = models.CharField("functie", max_length=120)
    contract_kind = models.CharField("contractsoort", max_length=10, choices=ContractKind.choices)
    hours = models.DecimalField(
        "betaalde uren per week",
        max_digits=4,
        decimal_places=2,
        validators=[MinValueValidator(Decimal("0.01")), MaxValueValidator(MAX_HOURS)],
    )
    first_day = models.DateField("begindatum")
    last_day = models.DateField("einddatum", null=True, blank=True)
    end_reason = models.CharField("reden einde", max_length=20, choices=EndReason.choices, blank=True)

    objects = PlacementPeriodQuerySet.as_manager()

    class Meta:
        verbose_name = "periode"
        verbose_name_plural = "periodes"
        ordering = ["placement", "first_day", "pk"]
        indexes = [models.Index(fields=["first_day", "last_day"], name="period_days")]
        constraints = [
            last_not_before_first("period_days_ordered"),
            models.UniqueConstraint(
                fields=["placement", "first_day"],
                name="period_first_day_once",
                violation_error_message="Er is al een periode vanaf deze dag.",
            ),
            models.CheckConstraint(
                name="period_hours",
                condition=Q(hours__gt=0, hours__lte=MAX_HOURS),
                violation_error_message="Vul meer dan 0 en hoogstens 60 uur in.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_day} – {self.last_day or ''}"
