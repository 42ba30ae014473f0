"""Trial placements and internships: no wage is paid, so they never count."""

from django.db import models

from accounts.records import Record, last_not_before_first
from candidates.models import Candidate
from employers.models import Employer
from placements.querysets import TrialQuerySet


class TrialKind(models.TextChoices):
    """Trial placement with benefit, or internship."""

    TRIAL = "proefplaatsing", "Proefplaatsing"
    INTERNSHIP = "stage", "Stage"


class TrialOutcome(models.TextChoices):
    """How a trial ended."""

    SUCCEEDED = "geslaagd", "Geslaagd"
    STOPPED = "gestopt", "Gestopt"
    EXTENDED = "verlengd", "Verlengd"


class Trial(Record):
    """A trial placement or internship of a candidate at an employer; both days belong to it."""

    owner = models.ForeignKey(
        Employer, models.PROTECT, null=True, blank=True, related_name="owned_trials", verbose_name="eigenaar"
    )
    code = models.CharField("proefplaatsingcode", max_length=40)
    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="trials", verbose_name="kandidaat")
    host = models.ForeignKey(Employer, models.PROTECT, related_name="trials", verbose_name="werkgever")
    kind = models.CharField("soort", max_length=20, choices=TrialKind.choices, default=TrialKind.TRIAL)
    first_day = models.DateField("begindatum")
    last_day = models.DateField("einddatum")
    outcome = models.CharField("uitkomst", max_length=10, choices=TrialOutcome.choices, blank=True)

    objects = TrialQuerySet.as_manager()

    class Meta:
        verbose_name = "proefplaatsing"
        verbose_name_plural = "proefplaatsingen"
        ordering = ["-first_day", "pk"]
        indexes = [models.Index(fields=["host", "first_day"], name="trial_host_day")]
        constraints = [
            last_not_before_first("trial_days"),
            models.UniqueConstraint(
                fields=["owner", "code"],
                name="trial_code_per_owner",
                violation_error_message="Er is al een proefplaatsing met deze code.",
            ),
            models.UniqueConstraint(
                fields=["code"],
                condition=models.Q(owner__isnull=True),
                name="trial_code_of_installation",
                violation_error_message="Er is al een proefplaatsing met deze code.",
            ),
        ]

    def __str__(self) -> str:
        return self.code
