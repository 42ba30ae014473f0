"""Who coaches whom: assignments with their phases, and the hours a funder grants for it."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q

from accounts.records import Record, TimestampedModel, last_not_before_first
from candidates.models import Access, Candidate
from coaching.models.coaches import JobCoach
from coaching.querysets import RUNNING_OUT_PERCENT, AssignmentQuerySet, GrantQuerySet
from placements.models import Placement, Trial


class Phase(models.TextChoices):
    """How intensive the coaching is; it may step up again. ``CLOSED`` asks for no contact any more."""

    INTENSIVE = "intensief", "Intensief"
    TAPERING = "afbouw", "Afbouw"
    AFTERCARE = "nazorg", "Nazorg"
    CLOSED = "gesloten", "Gesloten"


class ScoreSignal(models.TextChoices):
    """Why the scores of an assignment ask for attention."""

    LOWEST = "score_1", "Een score van 1"
    FALLING = "dalend", "Twee keer op rij lager"


def one_subject(name: str) -> models.CheckConstraint:
    """Return the constraint that a record is about a placement or about a trial."""
    return models.CheckConstraint(
        name=name,
        condition=Q(placement__isnull=False, trial__isnull=True) | Q(placement__isnull=True, trial__isnull=False),
        violation_error_message="Dit hoort bij één plaatsing of bij één proefplaatsing.",
    )


class Assignment(Record):
    """A coach who coaches someone in a placement or trial; both days belong to it.

    The last six fields follow from phases and check-ins and are kept by :mod:`coaching.services.standing` in the
    transaction that changes those, so that overdue contacts and signals are listed, counted and sorted by index.
    ``contact_due`` is the last day on which the next contact is in time, ``silent_from`` the first day on which twice
    the interval has passed without any; both are empty in a closed phase.
    """

    coach = models.ForeignKey(JobCoach, models.PROTECT, related_name="assignments", verbose_name="jobcoach")
    placement = models.ForeignKey(
        Placement, models.PROTECT, null=True, blank=True, related_name="assignments", verbose_name="plaatsing"
    )
    trial = models.ForeignKey(
        Trial, models.PROTECT, null=True, blank=True, related_name="assignments", verbose_name="proefplaatsing"
    )
    access = models.OneToOneField(Access, models.PROTECT, related_name="assignment", editable=False)
    first_day = models.DateField("eerste dag")
    last_day = models.DateField("laatste dag", null=True, blank=True)
    consent_on = models.DateField(
        "schriftelijke toestemming op",
        null=True,
        blank=True,
        help_text="Begeleiding vraagt toestemming van de medewerker (Reïntegratiebesluit, artikel 12).",
    )
    phase = models.CharField("fase", max_length=12, choices=Phase.choices, default=Phase.INTENSIVE, editable=False)
    last_contact = models.DateField("laatste contact", null=True, editable=False)
    next_contact = models.DateField("volgend contact", null=True, editable=False)
    contact_due = models.DateField("contact uiterlijk", null=True, editable=False)
    silent_from = models.DateField("te lang stil vanaf", null=True, editable=False)
    score_signal = models.CharField(
        "signaal", max_length=10, choices=ScoreSignal.choices, blank=True, default="", editable=False
    )

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = "begeleiding"
        verbose_name_plural = "begeleidingen"
        ordering = ["first_day", "pk"]
        indexes = [
            models.Index(fields=["coach", "contact_due"], name="assignment_coach_due"),
            models.Index(fields=["placement", "first_day"], name="assignment_placement"),
            models.Index(fields=["trial", "first_day"], name="assignment_trial"),
        ]
        constraints = [
            last_not_before_first("assignment_days"),
            one_subject("assignment_subject"),
            *(
                models.UniqueConstraint(
                    fields=["coach", subject],
                    condition=Q(**{f"{subject}__isnull": False, "last_day__isnull": True}),
                    name=f"assignment_{subject}_open_once",
                    violation_error_message="Deze coach begeleidt hier al.",
                )
                for subject in ("placement", "trial")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.coach_id} > {self.placement_id or self.trial_id}"

    @property
    def subject(self) -> Placement | Trial:
        """The placement or trial it is about."""
        return self.placement or self.trial  # type: ignore[return-value]

    @property
    def candidate(self) -> Candidate:
        """Who is coached."""
        return self.subject.candidate


class AssignmentPhase(TimestampedModel):
    """From ``first_day`` on the coaching is in this phase, with a contact at least every ``interval`` days."""

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="phases", verbose_name="begeleiding")
    phase = models.CharField("fase", max_length=12, choices=Phase.choices)
    first_day = models.DateField("vanaf")
    interval = models.PositiveSmallIntegerField("contact om de zoveel dagen")

    class Meta:
        verbose_name = "fase van begeleiding"
        verbose_name_plural = "fases van begeleiding"
        ordering = ["assignment", "first_day"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "first_day"],
                name="phase_once_a_day",
                violation_error_message="Vanaf deze dag is er al een fase.",
            ),
            models.CheckConstraint(
                name="phase_interval",
                condition=Q(interval__gte=1, interval__lte=366),
                violation_error_message="Kies een termijn van 1 tot en met 366 dagen.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.phase} vanaf {self.first_day}"


class Funder(models.TextChoices):
    """Who pays for coaching."""

    UWV = "uwv", "UWV"
    MUNICIPALITY = "gemeente", "Gemeente"
    EMPLOYER = "werkgever", "Werkgever"
    OTHER = "anders", "Anders"


class Grant(Record):
    """Coaching hours a funder grants for a placement or trial; both days belong to it.

    ``hours`` is the whole grant. With ``percentage`` it was worked out from the paid hours: UWV grants 15 % of the
    working hours in the first year, 7.5 % in the second and 6 % after that (Reïntegratiebesluit, article 12).
    ``used_minutes`` is kept by :mod:`coaching.services.standing`: minutes of check-ins in these days, without travel.
    """

    placement = models.ForeignKey(
        Placement, models.CASCADE, null=True, blank=True, related_name="grants", verbose_name="plaatsing"
    )
    trial = models.ForeignKey(
        Trial, models.CASCADE, null=True, blank=True, related_name="grants", verbose_name="proefplaatsing"
    )
    funder = models.CharField("betaald door", max_length=12, choices=Funder.choices)
    funder_name = models.CharField("naam", max_length=120, blank=True)
    first_day = models.DateField("eerste dag")
    last_day = models.DateField("laatste dag")
    percentage = models.DecimalField("percentage", max_digits=4, decimal_places=1, null=True, blank=True)
    hours = models.DecimalField("toegekende uren", max_digits=7, decimal_places=2)
    used_minutes = models.PositiveIntegerField(default=0, editable=False)

    objects = GrantQuerySet.as_manager()

    class Meta:
        verbose_name = "toegekende uren"
        verbose_name_plural = "toegekende uren"
        ordering = ["first_day", "pk"]
        constraints = [
            one_subject("grant_subject"),
            models.CheckConstraint(
                name="grant_days",
                condition=Q(last_day__gte=F("first_day")),
                violation_error_message="De laatste dag ligt vóór de eerste dag.",
            ),
            models.CheckConstraint(
                name="grant_hours",
                condition=Q(hours__gt=0) & (Q(percentage__isnull=True) | Q(percentage__gt=0, percentage__lte=100)),
                violation_error_message="Toegekende uren liggen boven 0, een percentage tussen 0 en 100.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hours} uur, {self.get_funder_display()}"

    @property
    def used_hours(self) -> Decimal:
        """Hours used so far, exactly."""
        return Decimal(self.used_minutes) / 60

    @property
    def is_running_out(self) -> bool:
        """Whether four fifths or more has been used; :meth:`GrantQuerySet.running_out` asks it of the database."""
        return self.used_minutes * 100 >= self.hours * 60 * RUNNING_OUT_PERCENT


class HandOver(TimestampedModel):
    """One coach took over from another; ``shares_notes`` says the first let the second read confidential notes.

    Only the coach who wrote them may decide that; a hand-over by anyone else never shares them. Several may take over
    one after the other: a stand-in for some weeks, then who was to come anyway.
    """

    before = models.ForeignKey(Assignment, models.CASCADE, related_name="handed_over", verbose_name="van")
    after = models.ForeignKey(Assignment, models.CASCADE, related_name="taken_over", verbose_name="naar")
    shares_notes = models.BooleanField("vertrouwelijke notities mogen gelezen worden", default=False)
    reason = models.CharField("reden", max_length=200, blank=True)

    class Meta:
        verbose_name = "overdracht"
        verbose_name_plural = "overdrachten"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["before", "after"],
                name="hand_over_once",
                violation_error_message="Deze overdracht staat er al.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.before_id} > {self.after_id}"
