"""Colleagues who help on the work floor (*Harrie*): their training, whom they help, and team leads' training days."""

from django.db import models
from django.db.models import F, Q

from accounts.records import Record, TimestampedModel, last_not_before_first
from candidates.models import Candidate
from coaching.models.assignments import one_subject
from coaching.querysets import BuddyQuerySet, SubjectQuerySet
from employers.models import Employer, OrgUnit
from placements.models import Placement, Trial


class Buddy(Record):
    """A colleague who is a buddy, a team lead, or both. ``candidate`` when this person was placed here as well."""

    employer = models.ForeignKey(Employer, models.PROTECT, related_name="buddies", verbose_name="werkgever")
    name = models.CharField("naam", max_length=120)
    name_folded = models.CharField(max_length=130, editable=False)
    unit = models.ForeignKey(
        OrgUnit, models.SET_NULL, null=True, blank=True, related_name="buddies", verbose_name="afdeling"
    )
    candidate = models.ForeignKey(
        Candidate, models.SET_NULL, null=True, blank=True, related_name="as_buddy", verbose_name="ook medewerker"
    )
    is_buddy = models.BooleanField("buddy", default=True)
    is_lead = models.BooleanField("teamleider", default=False)
    trained_on = models.DateField("training gevolgd op", null=True, blank=True)
    valid_until = models.DateField("training geldig tot en met", null=True, blank=True)
    days_required = models.PositiveSmallIntegerField("trainingsdagen per jaar", null=True, blank=True)
    last_day = models.DateField("gestopt op", null=True, blank=True)

    objects = BuddyQuerySet.as_manager()

    class Meta:
        verbose_name = "buddy of teamleider"
        verbose_name_plural = "buddy's en teamleiders"
        ordering = ["name_folded", "pk"]
        indexes = [models.Index(fields=["employer", "name_folded", "id"], name="buddy_employer_name")]
        constraints = [
            models.CheckConstraint(
                name="buddy_or_lead",
                condition=Q(is_buddy=True) | Q(is_lead=True),
                violation_error_message="Kies buddy, teamleider of allebei.",
            ),
            models.CheckConstraint(
                name="buddy_training_days",
                condition=Q(valid_until__isnull=True) | Q(trained_on__isnull=False, valid_until__gte=F("trained_on")),
                violation_error_message="Een training geldt vanaf de dag waarop die is gevolgd.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class BuddyLink(TimestampedModel):
    """A buddy helps someone in a placement or trial; both days belong to it."""

    buddy = models.ForeignKey(Buddy, models.CASCADE, related_name="links", verbose_name="buddy")
    placement = models.ForeignKey(
        Placement, models.CASCADE, null=True, blank=True, related_name="buddy_links", verbose_name="plaatsing"
    )
    trial = models.ForeignKey(
        Trial, models.CASCADE, null=True, blank=True, related_name="buddy_links", verbose_name="proefplaatsing"
    )
    first_day = models.DateField("vanaf")
    last_day = models.DateField("tot en met", null=True, blank=True)

    objects = SubjectQuerySet.as_manager()

    class Meta:
        verbose_name = "koppeling met een buddy"
        verbose_name_plural = "koppelingen met buddy's"
        ordering = ["first_day", "pk"]
        constraints = [
            last_not_before_first("buddy_link_days"),
            one_subject("buddy_link_subject"),
            *(
                models.UniqueConstraint(
                    fields=["buddy", subject],
                    condition=Q(**{f"{subject}__isnull": False, "last_day__isnull": True}),
                    name=f"buddy_{subject}_open_once",
                    violation_error_message="Deze buddy is hier al gekoppeld.",
                )
                for subject in ("placement", "trial")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.buddy_id} > {self.placement_id or self.trial_id}"

    @property
    def subject(self) -> Placement | Trial:
        """The placement or trial it is about."""
        return self.placement or self.trial  # type: ignore[return-value]

    @property
    def person(self) -> Candidate:
        """Who is helped."""
        return self.subject.candidate


class TrainingDay(TimestampedModel):
    """A day of training a team lead or buddy followed."""

    buddy = models.ForeignKey(Buddy, models.CASCADE, related_name="training_days", verbose_name="teamleider")
    day = models.DateField("datum")
    subject = models.CharField("onderwerp", max_length=200, blank=True)

    class Meta:
        verbose_name = "trainingsdag"
        verbose_name_plural = "trainingsdagen"
        ordering = ["-day", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["buddy", "day"],
                name="training_day_once",
                violation_error_message="Deze dag staat er al.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.day}"
