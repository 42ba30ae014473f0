"""People from the doelgroepregister, when they were registered, and which employer may see them.

There is no field for the ground of registration, a diagnosis or any medical text: employers are not given the one
and may not keep the other.
"""

from django.db import models
from django.db.models import Q

from accounts.records import Record, TimestampedModel, last_not_before_first
from candidates.fields import EncryptedField, Unreadable
from candidates.querysets import CandidateQuerySet, RegisterPeriodQuerySet
from employers.models import Employer


class Person(TimestampedModel):
    """One human being, whatever the number of owners that keep a candidate record of it. Holds no data itself."""

    class Meta:
        verbose_name = "persoon"
        verbose_name_plural = "personen"

    def __str__(self) -> str:
        return f"persoon {self.pk}"


class Candidate(Record):
    """A candidate as one owner knows it. Codes are unique per owner; no owner means the installation itself."""

    owner = models.ForeignKey(
        Employer,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="owned_candidates",
        verbose_name="eigenaar",
    )
    code = models.CharField("kandidaatcode", max_length=40)
    last_name = models.CharField("achternaam", max_length=120)
    first_name = models.CharField("roepnaam", max_length=80)
    name_folded = models.CharField(max_length=210, editable=False)
    date_of_birth = models.DateField("geboortedatum", null=True, blank=True)
    bsn = EncryptedField("burgerservicenummer", blank=True, default="")
    bsn_hash = models.CharField(max_length=64, blank=True, default="", editable=False, db_index=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="candidates", verbose_name="persoon")

    objects = CandidateQuerySet.as_manager()

    class Meta:
        verbose_name = "kandidaat"
        verbose_name_plural = "kandidaten"
        ordering = ["name_folded", "pk"]
        indexes = [
            models.Index(fields=["name_folded", "id"], name="candidate_name"),
            models.Index(fields=["code"], name="candidate_code"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "code"],
                name="candidate_code_per_owner",
                violation_error_message="Er is al een kandidaat met deze code.",
            ),
            models.UniqueConstraint(
                fields=["code"],
                condition=Q(owner__isnull=True),
                name="candidate_code_of_installation",
                violation_error_message="Er is al een kandidaat met deze code.",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """First name and last name as people say it."""
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def bsn_is_unreadable(self) -> bool:
        """Whether there is a number that the keys of today can't read."""
        return isinstance(self.bsn, Unreadable)

    @property
    def known_bsn(self) -> str:
        """The number; empty when there is none or it can't be read."""
        return "" if self.bsn_is_unreadable else self.bsn


class RegisterPeriod(TimestampedModel):
    """A stretch of days in the doelgroepregister; both days belong to it, no last day runs on.

    Only ``placements.services.register`` writes them, because they change the ledger.
    """

    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="register_periods", verbose_name="kandidaat")
    first_day = models.DateField("vanaf")
    last_day = models.DateField("tot en met", null=True, blank=True)

    objects = RegisterPeriodQuerySet.as_manager()

    class Meta:
        verbose_name = "registerperiode"
        verbose_name_plural = "registerperiodes"
        ordering = ["candidate", "first_day", "pk"]
        indexes = [models.Index(fields=["last_day"], name="register_last_day")]
        constraints = [
            last_not_before_first("register_days"),
            models.UniqueConstraint(
                fields=["candidate", "first_day"],
                name="register_first_day_once",
                violation_error_message="Er is al een registerperiode vanaf deze dag.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_day} – {self.last_day or ''}"


class Access(TimestampedModel):
    """Why and when an employer or a coach may see a candidate; written by the services that introduce, try out, place
    or assign someone.

    An employer's ends by retention or withdrawal only, a coach's on the last day of the assignment; past rows stay.
    The coach is named as a string, so that no import runs upward.
    """

    class Because(models.TextChoices):
        INTRODUCED = "voorgesteld", "voorgesteld"
        TRIAL = "proefplaatsing", "op proef geplaatst"
        PLACED = "geplaatst", "geplaatst"
        COACHED = "begeleid", "begeleid"

    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="access", verbose_name="kandidaat")
    employer = models.ForeignKey(
        Employer, models.CASCADE, null=True, blank=True, related_name="access", verbose_name="werkgever"
    )
    coach = models.ForeignKey(
        "coaching.JobCoach", models.CASCADE, null=True, blank=True, related_name="access", verbose_name="jobcoach"
    )
    first_day = models.DateField("vanaf")
    last_day = models.DateField("tot en met", null=True, blank=True)
    because = models.CharField("omdat", max_length=20, choices=Because.choices)

    class Meta:
        verbose_name = "inzage"
        verbose_name_plural = "inzage"
        ordering = ["candidate", "first_day", "pk"]
        indexes = [
            models.Index(fields=["employer", "candidate"], name="access_employer_candidate"),
            models.Index(fields=["coach", "candidate"], name="access_coach_candidate"),
        ]
        constraints = [
            last_not_before_first("access_days"),
            models.CheckConstraint(
                name="access_employer_or_coach",
                condition=Q(employer__isnull=False, coach__isnull=True) | Q(employer__isnull=True, coach__isnull=False),
                violation_error_message="Inzage is van een werkgever of van een jobcoach.",
            ),
            models.UniqueConstraint(
                fields=["candidate", "employer"], condition=Q(last_day__isnull=True), name="access_open_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employer_id or self.coach_id} sees {self.candidate_id}"
