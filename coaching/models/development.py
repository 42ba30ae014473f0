"""What is done about a problem and what someone works toward: interventions, goals and their steps."""

from django.db import models
from django.db.models import Q

from accounts.records import PlainText, Record
from coaching.models.assignments import one_subject
from coaching.querysets import PersonalQuerySet, ToolkitQuerySet
from placements.models import Placement, Trial


class ToolkitItem(Record):
    """An intervention anyone may choose from: a problem and what helps. Shared by all employers, kept in the admin."""

    name = models.CharField("naam", max_length=120, unique=True)
    problem = models.CharField("bij welk probleem", max_length=300)
    action = models.TextField("wat te doen", max_length=2_000, blank=True)
    is_offered = models.BooleanField("wordt aangeboden", default=True)

    objects = ToolkitQuerySet.as_manager()

    class Meta:
        verbose_name = "interventie in de toolkit"
        verbose_name_plural = "toolkit"
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class Result(models.TextChoices):
    """What came of an intervention; empty while it runs."""

    HELPED = "geholpen", "Geholpen"
    PARTLY = "deels", "Deels geholpen"
    DID_NOT = "niet", "Niet geholpen"


class Subject(Record):
    """A record about a placement or a trial, seen by whoever coaches there."""

    placement = models.ForeignKey(
        Placement, models.CASCADE, null=True, blank=True, related_name="%(class)ss", verbose_name="plaatsing"
    )
    trial = models.ForeignKey(
        Trial, models.CASCADE, null=True, blank=True, related_name="%(class)ss", verbose_name="proefplaatsing"
    )

    objects = PersonalQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def subject(self) -> Placement | Trial:
        """The placement or trial it is about."""
        return self.placement or self.trial  # type: ignore[return-value]


class Intervention(Subject):
    """A problem, what was done about it, and what came of it."""

    item = models.ForeignKey(
        ToolkitItem, models.PROTECT, null=True, blank=True, related_name="uses", verbose_name="uit de toolkit"
    )
    day = models.DateField("begonnen op")
    problem = models.CharField("wat was er aan de hand", max_length=300)
    action = models.TextField("wat is er gedaan", max_length=2_000)
    result = models.CharField("wat leverde het op", max_length=10, choices=Result.choices, blank=True, default="")
    result_note = models.TextField("toelichting", max_length=2_000, blank=True)
    result_on = models.DateField("bekeken op", null=True, blank=True)

    class Meta:
        verbose_name = "interventie"
        verbose_name_plural = "interventies"
        ordering = ["-day", "-pk"]
        constraints = [
            one_subject("intervention_subject"),
            models.CheckConstraint(
                name="intervention_result_day",
                condition=Q(result="", result_on__isnull=True)
                | (~Q(result="") & Q(result_on__isnull=False, result_on__gte=models.F("day"))),
                violation_error_message="Een resultaat heeft een dag, niet vóór het begin.",
            ),
        ]

    def __str__(self) -> str:
        return self.problem


class Goal(Subject):
    """A goal of the development plan (POP), with steps."""

    title = models.CharField("doel", max_length=200)
    day = models.DateField("afgesproken op")
    due = models.DateField("uiterlijk", null=True, blank=True)
    reached_on = models.DateField("bereikt op", null=True, blank=True)
    dropped_on = models.DateField("losgelaten op", null=True, blank=True)

    class Meta:
        verbose_name = "ontwikkeldoel"
        verbose_name_plural = "ontwikkeldoelen"
        ordering = ["-day", "-pk"]
        constraints = [
            one_subject("goal_subject"),
            models.CheckConstraint(
                name="goal_one_end",
                condition=Q(reached_on__isnull=True) | Q(dropped_on__isnull=True),
                violation_error_message="Een doel is bereikt of losgelaten, niet allebei.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class GoalStep(PlainText):
    """A step toward a goal."""

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="steps", verbose_name="doel")
    text = models.CharField("stap", max_length=300)
    due = models.DateField("uiterlijk", null=True, blank=True)
    done_on = models.DateField("gedaan op", null=True, blank=True)

    class Meta:
        verbose_name = "stap"
        verbose_name_plural = "stappen"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text
