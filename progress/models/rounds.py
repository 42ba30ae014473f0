"""A round: an adviser asks the employers of a sector for their figures of a half-year, and each hands them in."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.records import Record
from employers.models import Employer, Sector
from progress.querysets import RoundQuerySet, SubmissionQuerySet


class State(models.TextChoices):
    """How what an employer hands in stands. ``OPEN`` is an employer of which nothing has come in: it has no row."""

    OPEN = "open", "Nog niet ingediend"
    SUBMITTED = "ingediend", "Ingediend"
    RETURNED = "teruggestuurd", "Teruggestuurd"
    APPROVED = "goedgekeurd", "Goedgekeurd"


class Round(Record):
    """A half-year round of a sector. ``day`` is the reference day: 30 June or 31 December.

    A round without ``closed_at`` is open: employers hand in, the adviser returns and approves.
    """

    sector = models.ForeignKey(Sector, models.PROTECT, related_name="rounds", verbose_name="sector")
    day = models.DateField("peildatum")
    deadline = models.DateField("indienen uiterlijk")
    text = models.TextField("toelichting", max_length=2000, blank=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="geopend door"
    )
    closed_at = models.DateTimeField("gesloten op", null=True, blank=True, editable=False)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = "halfjaarronde"
        verbose_name_plural = "halfjaarrondes"
        ordering = ["-day", "sector__name_folded", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sector", "day"],
                name="round_once",
                violation_error_message="Voor deze sector is er al een ronde met deze peildatum.",
            ),
            models.CheckConstraint(
                name="round_half_year",
                condition=Q(day__month=6, day__day=30) | Q(day__month=12, day__day=31),
                violation_error_message="Een halfjaarronde heeft als peildatum 30 juni of 31 december.",
            ),
            models.CheckConstraint(
                name="round_deadline",
                condition=Q(deadline__gte=F("day")),
                violation_error_message="Indienen kan pas vanaf de peildatum. Kies een latere dag.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sector}, {self.day:%d-%m-%Y}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class Submission(Record):
    """What one employer hands in for a round; its versions are :class:`~progress.models.Snapshot` rows.

    The state is that of the last version; an earlier one that was approved stays approved beside it.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="submissions", verbose_name="ronde")
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="submissions", verbose_name="werkgever")
    state = models.CharField("stand", max_length=14, choices=State.choices[1:])
    remark = models.TextField("opmerking bij terugsturen", max_length=2000, blank=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = "inzending"
        verbose_name_plural = "inzendingen"
        ordering = ["round", "employer__name_folded", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "employer"],
                name="submission_once",
                violation_error_message="Deze werkgever heeft in deze ronde al een inzending.",
            ),
            models.CheckConstraint(
                name="submission_state",
                condition=Q(state__in=[State.SUBMITTED, State.RETURNED, State.APPROVED]),
                violation_error_message="Deze stand bestaat niet.",
            ),
            models.CheckConstraint(
                name="submission_returned_with_remark",
                condition=~Q(state=State.RETURNED) | ~Q(remark=""),
                violation_error_message="Schrijf erbij wat er moet veranderen.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employer}, {self.round.day:%d-%m-%Y}"
