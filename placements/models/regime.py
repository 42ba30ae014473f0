"""Counting regimes: named series of versions that abut."""

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from accounts.records import FOREVER, Record, TimestampedModel

#: The regime dashboards show unless asked otherwise.
STATUTORY = "statutory"


class RegistrationTest(models.TextChoices):
    """When a person counts as registered on a day."""

    RETURN_PERIOD = "return_period", "registratie raakt het aangiftetijdvak (Wfsv 38g lid 8)"
    DAY = "day", "registratie op de dag zelf"


class Regime(Record):
    """A way of counting."""

    code = models.SlugField("code", max_length=40, unique=True)
    name = models.CharField("naam", max_length=80)
    description = models.TextField("uitleg", blank=True)

    class Meta:
        verbose_name = "telregime"
        verbose_name_plural = "telregimes"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class RegimeVersion(TimestampedModel):
    """The rules of a regime over a stretch of days. A version in force is succeeded from a date, never edited.

    ``pending`` marks a version whose recount has not been committed: figures use the old rules until then.
    """

    regime = models.ForeignKey(Regime, models.CASCADE, related_name="versions", verbose_name="regime")
    first_day = models.DateField("vanaf")
    last_day = models.DateField("tot en met", default=FOREVER, editable=False)
    hours_per_job = models.DecimalField(
        "uren per baan",
        max_digits=5,
        decimal_places=2,
        default=Decimal("25.50"),
        validators=[MinValueValidator(1)],
    )
    procurement_counts = models.BooleanField("ingekochte diensten tellen mee", default=False)
    registration_test = models.CharField(
        "toets op registratie",
        max_length=20,
        choices=RegistrationTest.choices,
        default=RegistrationTest.RETURN_PERIOD,
    )
    source = models.CharField("bron", max_length=200)
    pending = models.BooleanField("wacht op hertelling", default=False, editable=False)

    class Meta:
        verbose_name = "versie"
        verbose_name_plural = "versies"
        ordering = ["regime", "first_day"]
        constraints = [
            models.UniqueConstraint(
                fields=["regime", "first_day"],
                name="version_first_day_once",
                violation_error_message="Er is al een versie vanaf deze dag.",
            ),
            models.CheckConstraint(
                name="version_days",
                condition=Q(last_day__gte=F("first_day")),
                violation_error_message="De laatste dag ligt vóór de eerste dag.",
            ),
            models.CheckConstraint(
                name="version_hours",
                condition=Q(hours_per_job__gt=0),
                violation_error_message="Uren per baan boven 0.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.regime_id} vanaf {self.first_day:%d-%m-%Y}"
