"""Sectors, employers and their dated facts, units, targets, and partners outside the house."""

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from accounts.folding import fitting
from accounts.records import ALWAYS, FOREVER, Record, Revised, TimestampedModel
from employers.querysets import (
    EmployerFactQuerySet,
    EmployerQuerySet,
    OrgUnitQuerySet,
    SectorQuerySet,
    TargetQuerySet,
)
from ui import dutch


class ReturnPeriod(models.TextChoices):
    """Wage-return period (aangiftetijdvak) of an employer."""

    MONTH = "maand", "Kalendermaand"
    FOUR_WEEKS = "vier_weken", "Vier weken"


class TargetKind(models.TextChoices):
    """What a target is a number of."""

    JOBS = "banen", "banen"
    PERSONS = "personen", "personen"
    EXTRA_JOBS = "extra_banen", "extra banen"
    SHELTERED = "beschutte_plekken", "beschutte plekken"


class PlacementWord(models.TextChoices):
    """The word an employer uses for a placement."""

    PLACEMENT = "plaatsing", "plaatsing"
    AGREEMENT_JOB = "afspraakbaan", "afspraakbaan"
    PARTICIPATION_JOB = "participatiebaan", "participatiebaan"


class Sector(Record):
    """One of the fourteen sectors of government and education."""

    code = models.SlugField("code", max_length=40, unique=True)
    name = models.CharField("naam", max_length=80)
    name_folded = models.CharField(max_length=120, editable=False, blank=True, db_index=True)
    umbrella = models.CharField("koepelorganisatie", max_length=80, blank=True)
    organisation_count = models.PositiveIntegerField(
        "aantal organisaties", null=True, blank=True, help_text="Leeg als het aantal niet bekend is."
    )

    objects = SectorQuerySet.as_manager()

    class Meta:
        verbose_name = "sector"
        verbose_name_plural = "sectoren"
        ordering = ["name_folded", "pk"]

    def __str__(self) -> str:
        return self.name


class Employer(Record):
    """A public employer. Its sector and wage-return period are dated facts (:class:`EmployerFact`)."""

    code = models.CharField("werkgevercode", max_length=40, unique=True)
    name = models.CharField("naam", max_length=160)
    name_folded = models.CharField(max_length=160, editable=False, db_index=True)
    headcount = models.PositiveIntegerField("aantal medewerkers", null=True, blank=True)
    hours_per_week = models.DecimalField(
        "betaalde uren per week",
        max_digits=10,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
        help_text="Van alle medewerkers samen.",
    )
    baseline_jobs = models.DecimalField(
        "nulmeting in banen",
        max_digits=8,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
        help_text="Banen op 1 januari 2013.",
    )
    last_day = models.DateField(
        "laatste dag",
        null=True,
        blank=True,
        help_text="Bij een fusie of opheffing: de laatste dag van deze werkgever.",
    )
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors", verbose_name="opvolger"
    )
    placement_word = models.CharField(
        "woord voor een plaatsing",
        max_length=20,
        choices=PlacementWord.choices,
        default=PlacementWord.PLACEMENT,
    )
    show_target = models.BooleanField(
        "streefcijfer tonen", default=True, help_text="Uit: de meter verdwijnt, de telling blijft."
    )

    objects = EmployerQuerySet.as_manager()

    class Meta:
        verbose_name = "werkgever"
        verbose_name_plural = "werkgevers"
        ordering = ["name_folded", "pk"]
        constraints = [
            models.CheckConstraint(
                name="employer_successor_needs_last_day",
                condition=Q(successor__isnull=True) | Q(last_day__isnull=False),
                violation_error_message="Een werkgever met een opvolger heeft een laatste dag.",
            ),
            models.CheckConstraint(
                name="employer_numbers",
                condition=(Q(hours_per_week__isnull=True) | Q(hours_per_week__gte=0))
                & (Q(baseline_jobs__isnull=True) | Q(baseline_jobs__gte=0)),
                violation_error_message="Uren en nulmeting zijn niet negatief.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class EmployerFact(TimestampedModel, Revised):
    """Sector and wage-return period of an employer over a stretch of days.

    The facts of one employer abut and cover all days: the first starts at ``ALWAYS``, the last ends at
    ``FOREVER``. Only ``placements.services.employers`` writes them, because they change the ledger.
    """

    employer = models.ForeignKey(Employer, models.CASCADE, related_name="facts", verbose_name="werkgever")
    first_day = models.DateField("vanaf", default=ALWAYS)
    last_day = models.DateField("tot en met", default=FOREVER, editable=False)
    sector = models.ForeignKey(Sector, models.PROTECT, related_name="facts", verbose_name="sector")
    return_period = models.CharField(
        "aangiftetijdvak", max_length=12, choices=ReturnPeriod.choices, default=ReturnPeriod.MONTH
    )

    objects = EmployerFactQuerySet.as_manager()

    class Meta:
        verbose_name = "gedateerd gegeven"
        verbose_name_plural = "gedateerde gegevens"
        ordering = ["employer", "first_day"]
        constraints = [
            models.UniqueConstraint(
                fields=["employer", "first_day"],
                name="fact_once_a_day",
                violation_error_message="Er is al een gegeven vanaf deze dag.",
            ),
            models.CheckConstraint(
                name="fact_days",
                condition=Q(last_day__gte=models.F("first_day")),
                violation_error_message="De laatste dag ligt vóór de eerste dag.",
            ),
        ]
        indexes = [models.Index(fields=["sector", "first_day", "last_day"], name="fact_sector_days")]

    def __str__(self) -> str:
        return f"{self.employer_id}: {self.sector_id}, {self.return_period}"


class OrgUnit(Record):
    """A department, faculty, school or location of an employer, in a tree."""

    employer = models.ForeignKey(Employer, models.CASCADE, related_name="units", verbose_name="werkgever")
    code = models.CharField("afdelingcode", max_length=40)
    name = models.CharField("naam", max_length=120)
    name_folded = models.CharField(max_length=160, editable=False, blank=True, db_index=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="valt onder"
    )

    objects = OrgUnitQuerySet.as_manager()

    class Meta:
        verbose_name = "afdeling"
        verbose_name_plural = "afdelingen"
        ordering = ["employer", "name_folded", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["employer", "code"],
                name="unit_code_once",
                violation_error_message="Deze werkgever heeft al een afdeling met deze code.",
            ),
            models.CheckConstraint(
                name="unit_not_below_itself",
                condition=~Q(parent=models.F("pk")),
                violation_error_message="Een afdeling valt niet onder zichzelf.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class UnitAncestry(models.Model):
    """Every unit under every unit above it, itself included: sums over a branch are one join.

    Kept by ``employers.services.units`` whenever the tree changes.
    """

    ancestor = models.ForeignKey(OrgUnit, models.CASCADE, related_name="below")
    unit = models.ForeignKey(OrgUnit, models.CASCADE, related_name="above")
    depth = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ancestor", "unit"], name="ancestry_once")]

    def __str__(self) -> str:
        return f"{self.ancestor_id} > {self.unit_id}"


class Target(Record):
    """A target (streefcijfer) of a sector, an employer or a unit for a calendar year."""

    sector = models.ForeignKey(
        Sector, models.CASCADE, null=True, blank=True, related_name="targets", verbose_name="sector"
    )
    employer = models.ForeignKey(
        Employer, models.CASCADE, null=True, blank=True, related_name="targets", verbose_name="werkgever"
    )
    unit = models.ForeignKey(
        OrgUnit, models.CASCADE, null=True, blank=True, related_name="targets", verbose_name="afdeling"
    )
    year = models.PositiveSmallIntegerField("jaar")
    number = models.DecimalField("aantal", max_digits=9, decimal_places=2)
    kind = models.CharField("eenheid", max_length=20, choices=TargetKind.choices)

    objects = TargetQuerySet.as_manager()

    class Meta:
        verbose_name = "streefcijfer"
        verbose_name_plural = "streefcijfers"
        ordering = ["-year", "pk"]
        constraints = [
            models.CheckConstraint(
                name="target_one_scope",
                condition=(
                    Q(sector__isnull=False, employer__isnull=True, unit__isnull=True)
                    | Q(sector__isnull=True, employer__isnull=False, unit__isnull=True)
                    | Q(sector__isnull=True, employer__isnull=True, unit__isnull=False)
                ),
                violation_error_message="Een streefcijfer hoort bij één sector, één werkgever of één afdeling.",
            ),
            models.CheckConstraint(
                name="target_number",
                condition=Q(number__gte=0),
                violation_error_message="Een streefcijfer is niet negatief.",
            ),
            models.CheckConstraint(
                name="target_year",
                condition=Q(year__gte=2013, year__lte=2199),
                violation_error_message="Kies een jaar vanaf 2013.",
            ),
            models.CheckConstraint(
                name="target_unit_kind",
                condition=Q(unit__isnull=True) | ~Q(kind=TargetKind.EXTRA_JOBS),
                violation_error_message="Een afdeling heeft geen nulmeting en dus geen streefcijfer in extra banen.",
            ),
            *(
                models.UniqueConstraint(
                    fields=[scope, "year"],
                    condition=Q(**{f"{scope}__isnull": False}),
                    name=f"target_{scope}_year_once",
                    violation_error_message="Voor dit jaar is er al een streefcijfer.",
                )
                for scope in ("sector", "employer", "unit")
            ),
        ]

    def __str__(self) -> str:
        kind = self.get_kind_display()
        return f"Streefcijfer {self.year} van {self.holder}: {dutch.plain_decimal(self.number)} {kind}"

    @property
    def holder(self) -> "Sector | Employer | OrgUnit | None":
        """Whose target it is; None for one that is not filled in yet."""
        return self.unit or self.employer or self.sector


class Partner(Record):
    """An organisation outside the house: agency, WSP, sw-bedrijf, UWV. It is nobody's employer here."""

    name = models.CharField("naam", max_length=160)
    name_key = models.CharField(max_length=160, unique=True, editable=False)

    class Meta:
        verbose_name = "partner"
        verbose_name_plural = "partners"
        ordering = ["name_key", "pk"]

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def key_of(name: str) -> str:
        """Return the name by which a partner is found: whatever the case and the spaces, no longer than its column."""
        spaced = " ".join(name.split())
        return fitting(spaced.casefold(), spaced)


class PartnerAlias(TimestampedModel):
    """Another spelling by which a partner is found: its name before a correction, or that of one merged into it.

    Files keep bringing the old spelling. What is an alias is no partner's own name: ``employers.services.partners``
    sees to that, and is all that writes here.
    """

    partner = models.ForeignKey(Partner, models.CASCADE, related_name="aliases", verbose_name="partner")
    name = models.CharField("naam", max_length=160)
    name_key = models.CharField(max_length=160, unique=True, editable=False)

    class Meta:
        verbose_name = "andere schrijfwijze"
        verbose_name_plural = "andere schrijfwijzen"
        ordering = ["name_key", "pk"]

    def __str__(self) -> str:
        return self.name
