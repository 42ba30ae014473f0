"""What is frozen: an employer's figures with the lines they were counted from, and a sector's sum of them.

Nothing here points at a person, a placement or a team: keys and codes are plain values, so that what was frozen stays
as it was, whatever becomes of the records. An approved snapshot, its lines and every sector's sum can't be changed or
removed in the database either (:mod:`progress.immutable`).
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.records import Record
from progress.models.rounds import Round, Submission
from progress.querysets import SectorSnapshotQuerySet, SnapshotLineQuerySet, SnapshotQuerySet


class Kind(models.TextChoices):
    """What a version rests on: the lines of the ledger, or totals an employer worked out elsewhere."""

    COUNTED = "telling", "Telling"
    TOTALS = "eigen_opgave", "Eigen opgave"


class Way(models.TextChoices):
    """How a version came in."""

    SYSTEM = "systeem", "uit dit systeem"
    FORM = "formulier", "met het formulier"
    FILE = "bestand", "met een bestand"
    ADVISER = "adviseur", "door de adviseur ingevuld"


class Snapshot(Record):
    """One version of what an employer handed in.

    ``figures`` is the employer's object in the JSON of ``manage.py progress`` plus ``name`` and ``exact``, fractions as
    text; ``rules`` the regime with the version of its rules that held on the reference day. ``checksum`` is the
    SHA-256 of all of it in one canonical form, lines included (:mod:`progress.checksums`).
    """

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="snapshots", verbose_name="inzending")
    version = models.PositiveSmallIntegerField("versie")
    previous = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="later", verbose_name="vorige versie"
    )
    kind = models.CharField("soort", max_length=14, choices=Kind.choices)
    way = models.CharField("hoe ingediend", max_length=12, choices=Way.choices)
    figures = models.JSONField("cijfers")
    rules = models.JSONField("telregels")
    made_at = models.DateTimeField("ingediend op")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ingediend door"
    )
    checksum = models.CharField("controlegetal", max_length=64)
    approved_at = models.DateTimeField("goedgekeurd op", null=True, blank=True, editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="goedgekeurd door",
    )

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        verbose_name = "vastgelegde stand"
        verbose_name_plural = "vastgelegde standen"
        ordering = ["submission", "version", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "version"], name="snapshot_version_once"),
            models.UniqueConstraint(fields=["previous"], name="snapshot_one_next"),
            models.CheckConstraint(
                name="snapshot_first_has_no_previous",
                condition=Q(version=1, previous__isnull=True) | Q(version__gt=1, previous__isnull=False),
            ),
            models.CheckConstraint(
                name="snapshot_way_fits_kind",
                condition=Q(kind=Kind.COUNTED, way=Way.SYSTEM)
                | Q(kind=Kind.TOTALS, way__in=[Way.FORM, Way.FILE, Way.ADVISER]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.submission}, versie {self.version}"


class SnapshotLine(models.Model):
    """A count line as it was on the reference day: of a placement, or of a member of a team that was bought.

    ``placement``, ``person``, ``continues`` and ``team`` are the keys of the records, kept as numbers. A member of a
    team has no codes here: a buyer sees the share only. ``places`` of ``all_places`` is the employer's share in the
    line, 1 of 1 outside teams. ``hours`` are hundredths of paid hours a week, undivided.
    """

    snapshot = models.ForeignKey(Snapshot, models.CASCADE, related_name="lines", verbose_name="stand")
    placement = models.BigIntegerField()
    person = models.BigIntegerField()
    continues = models.BigIntegerField(null=True)
    team = models.BigIntegerField(null=True)
    placement_code = models.CharField("plaatsingcode", max_length=40, blank=True)
    person_code = models.CharField("kandidaatcode", max_length=40, blank=True)
    team_code = models.CharField("teamcode", max_length=40, blank=True)
    unit_code = models.CharField("afdelingcode", max_length=40, blank=True)
    places = models.PositiveIntegerField("plaatsen", default=1)
    all_places = models.PositiveIntegerField("van", default=1)
    counts = models.BooleanField("telt mee")
    rule = models.CharField("regel", max_length=30)
    hours = models.PositiveIntegerField("uren in honderdsten")
    first_day = models.DateField("vanaf")
    last_day = models.DateField("tot en met")

    objects = SnapshotLineQuerySet.as_manager()

    class Meta:
        verbose_name = "vastgelegde telregel"
        verbose_name_plural = "vastgelegde telregels"
        ordering = ["snapshot", "placement"]
        indexes = [models.Index(fields=["snapshot", "person"], name="frozen_person")]
        constraints = [
            models.UniqueConstraint(fields=["snapshot", "placement"], name="frozen_once"),
            models.CheckConstraint(name="frozen_share", condition=Q(places__gt=0, all_places__gte=models.F("places"))),
            models.CheckConstraint(
                name="frozen_team_without_codes",
                condition=Q(team__isnull=True, places=1, all_places=1)
                | Q(team__isnull=False, counts=True, placement_code="", person_code="", unit_code=""),
            ),
        ]

    def __str__(self) -> str:
        return self.placement_code or self.team_code


class SectorSnapshot(Record):
    """A sector's sum at the closing of a round; closing it again later makes a new version.

    ``parts`` names the snapshots it was made of, by key with checksum; ``figures`` holds counted and own statements
    apart, how many persons the employers have in common, who was asked, and the exact target. What is frozen never
    changes, so what a later version of this program freezes as well may be missing: then what is known today holds.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="sums", verbose_name="ronde")
    version = models.PositiveSmallIntegerField("versie")
    figures = models.JSONField("cijfers")
    parts = models.JSONField("bestaat uit")
    made_at = models.DateTimeField("vastgelegd op")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="vastgelegd door",
    )
    checksum = models.CharField("controlegetal", max_length=64)

    objects = SectorSnapshotQuerySet.as_manager()

    class Meta:
        verbose_name = "vastgelegde sectorstand"
        verbose_name_plural = "vastgelegde sectorstanden"
        ordering = ["round", "version", "pk"]
        constraints = [models.UniqueConstraint(fields=["round", "version"], name="sector_snapshot_version_once")]

    def __str__(self) -> str:
        return f"{self.round}, versie {self.version}"
