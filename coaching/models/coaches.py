"""Job coaches, for whom they work, and the partners an employer may choose coaches from."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from accounts.models import User
from accounts.records import Record, TimestampedModel, last_not_before_first
from coaching.querysets import JobCoachQuerySet
from employers.models import Employer, Partner


class JobCoach(Record):
    """Someone who coaches: internal, of an employer, or external, of a partner.

    ``user`` is who logs in as this coach; without one the coach is known by name only. An internal coach has had a
    training and gets released hours (UWV: internal coaching needs a Harrie-type training and free hours); an external
    one works by a protocol and is recognised for a time.
    """

    user = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="coaches", verbose_name="gebruiker"
    )
    employer = models.ForeignKey(
        Employer, models.PROTECT, null=True, blank=True, related_name="coaches", verbose_name="werkgever"
    )
    partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="coaches", verbose_name="organisatie"
    )
    code = models.CharField("coachcode", max_length=40)
    name = models.CharField("naam", max_length=120)
    name_folded = models.CharField(max_length=130, editable=False)
    capacity = models.PositiveSmallIntegerField(
        "ruimte voor", null=True, blank=True, help_text="Hoeveel mensen deze coach tegelijk kan begeleiden."
    )
    training = models.CharField("opleiding", max_length=120, blank=True)
    trained_on = models.DateField("opgeleid op", null=True, blank=True)
    released_hours = models.DecimalField(
        "vrijgemaakte uren per week",
        max_digits=4,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(60))],
    )
    protocol_on = models.DateField("begeleidingsprotocol van", null=True, blank=True)
    recognised_until = models.DateField("erkend tot en met", null=True, blank=True)
    first_day = models.DateField("eerste dag")
    last_day = models.DateField("laatste dag", null=True, blank=True)

    objects = JobCoachQuerySet.as_manager()

    class Meta:
        verbose_name = "jobcoach"
        verbose_name_plural = "jobcoaches"
        ordering = ["name_folded", "pk"]
        indexes = [models.Index(fields=["name_folded", "id"], name="coach_name")]
        constraints = [
            last_not_before_first("coach_days"),
            models.CheckConstraint(
                name="coach_internal_or_external",
                condition=Q(employer__isnull=False, partner__isnull=True)
                | Q(employer__isnull=True, partner__isnull=False),
                violation_error_message="Een jobcoach is van een werkgever of van een andere organisatie.",
            ),
            models.CheckConstraint(
                name="coach_hours",
                condition=Q(released_hours__isnull=True) | Q(released_hours__gte=0, released_hours__lte=60),
                violation_error_message="Vrijgemaakte uren liggen tussen 0 en 60 per week.",
            ),
            *(
                models.UniqueConstraint(
                    fields=[place, "code"],
                    condition=Q(**{f"{place}__isnull": False}),
                    name=f"coach_code_per_{place}",
                    violation_error_message="Er is al een jobcoach met deze code.",
                )
                for place in ("employer", "partner")
            ),
            *(
                models.UniqueConstraint(
                    fields=[place, "user"],
                    condition=Q(**{f"{place}__isnull": False, "user__isnull": False}),
                    name=f"coach_user_per_{place}",
                    violation_error_message="Deze gebruiker is hier al jobcoach.",
                )
                for place in ("employer", "partner")
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_internal(self) -> bool:
        """Whether the employer's own people coach; otherwise a partner does."""
        return self.employer_id is not None

    @property
    def place(self) -> str:
        """For whom the coach works, in words."""
        return str(self.employer or self.partner)


class PartnerLink(TimestampedModel):
    """A partner whose coaches an employer may choose; both days belong to it."""

    employer = models.ForeignKey(Employer, models.CASCADE, related_name="partner_links", verbose_name="werkgever")
    partner = models.ForeignKey(Partner, models.CASCADE, related_name="employer_links", verbose_name="organisatie")
    first_day = models.DateField("eerste dag")
    last_day = models.DateField("laatste dag", null=True, blank=True)

    class Meta:
        verbose_name = "koppeling met een organisatie"
        verbose_name_plural = "koppelingen met organisaties"
        ordering = ["employer", "partner", "first_day", "pk"]
        constraints = [
            last_not_before_first("link_days"),
            models.UniqueConstraint(
                fields=["employer", "partner"],
                condition=Q(last_day__isnull=True),
                name="link_open_once",
                violation_error_message="Deze organisatie is al gekoppeld.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partner} – {self.employer}"
