"""Figures that others establish: the official one of an employer, and the published ones of sectors and the country.

They are held beside our own and never counted with.
"""

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from accounts.records import Record
from employers.models.structure import Employer, Sector
from employers.querysets import OfficialFigureQuerySet, PublishedFigureQuerySet


class OfficialFigure(Record):
    """The jobs an employer had in a year by the official count, which rests on wages that were paid.

    ``jobs`` are jobs of 25.5 hours a week. ``day`` is the day of the letter or report it comes from.
    """

    employer = models.ForeignKey(Employer, models.CASCADE, related_name="official_figures", verbose_name="werkgever")
    year = models.PositiveSmallIntegerField("jaar")
    jobs = models.DecimalField(
        "banen volgens de bron", max_digits=9, decimal_places=2, validators=[MinValueValidator(Decimal(0))]
    )
    source = models.CharField(
        "bron", max_length=200, help_text="Bijvoorbeeld: brief van UWV, of monitor van het A&O-fonds."
    )
    day = models.DateField("datum van de bron")

    objects = OfficialFigureQuerySet.as_manager()

    class Meta:
        verbose_name = "officieel cijfer"
        verbose_name_plural = "officiële cijfers"
        ordering = ["-year", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["employer", "year"],
                name="official_year_once",
                violation_error_message="Voor dit jaar staat er al een officieel cijfer. Wijzig dat cijfer.",
            ),
            models.CheckConstraint(
                name="official_jobs",
                condition=Q(jobs__gte=0),
                violation_error_message="Een aantal banen is niet negatief.",
            ),
            models.CheckConstraint(
                name="official_year",
                condition=Q(year__gte=2013, year__lte=2199),
                violation_error_message="Kies een jaar vanaf 2013.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}: {self.jobs} banen"


class PublishedPart(models.TextChoices):
    """What a published figure is about: under the law of 2015 market and government have targets of their own."""

    MARKET = "markt", "Markt"
    GOVERNMENT = "overheid", "Overheid"
    TOTAL = "totaal", "Totaal"
    SECTOR = "sector", "Sector"


class PublishedKind(models.TextChoices):
    """What a published figure is a number of. Those of the country are extra jobs since 1-1-2013."""

    TARGET = "doel", "Afgesproken"
    RESULT = "resultaat", "Gerealiseerd"
    PERCENT = "percentage", "Percentage van het doel"


class Doubt(models.TextChoices):
    """How sure a published figure is. Empty: it stands so in the source."""

    UNSEEN = "niet_gezien", "niet in een bron teruggezien"
    COMPUTED = "berekend", "zelf uitgerekend uit gepubliceerde cijfers"
    INDICATIVE = "voorlopig", "voorlopig"
    CONTRADICTED = "tegenspraak", "spreekt de bron zelf tegen"


class PublishedFigure(Record):
    """A figure of the country or a sector as somebody published it.

    ``value`` is a number of jobs, or a percentage; empty where the source gives words only, which stand in ``note``.
    """

    sector = models.ForeignKey(
        Sector, models.CASCADE, null=True, blank=True, related_name="published_figures", verbose_name="sector"
    )
    part = models.CharField("onderdeel", max_length=10, choices=PublishedPart.choices)
    kind = models.CharField("soort", max_length=10, choices=PublishedKind.choices)
    day = models.DateField("peildatum")
    value = models.DecimalField(
        "waarde",
        max_digits=10,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
    )
    doubt = models.CharField("twijfel", max_length=12, choices=Doubt.choices, blank=True)
    note = models.CharField("toelichting", max_length=300, blank=True)
    source = models.CharField("bron", max_length=200)

    objects = PublishedFigureQuerySet.as_manager()

    class Meta:
        verbose_name = "gepubliceerd cijfer"
        verbose_name_plural = "gepubliceerde cijfers"
        ordering = ["day", "part", "kind", "pk"]
        constraints = [
            models.CheckConstraint(
                name="published_of_sector_or_country",
                condition=Q(part=PublishedPart.SECTOR, sector__isnull=False)
                | (~Q(part=PublishedPart.SECTOR) & Q(sector__isnull=True)),
                violation_error_message="Een cijfer van een sector noemt de sector, een landelijk cijfer niet.",
            ),
            models.CheckConstraint(
                name="published_says_something",
                condition=Q(value__gte=0) | (Q(value__isnull=True) & ~Q(note="")),
                violation_error_message="Vul een waarde in, of in de toelichting wat de bron zegt.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_part_display()} {self.day}: {self.value}"
