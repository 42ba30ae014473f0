"""What changes at the workplace and in the work: adjustments, obstacles, growth."""

from django.db import models

from coaching.models.assignments import Funder, one_subject
from coaching.models.development import Subject
from coaching.querysets import WorkplaceQuerySet


class Adjustment(Subject):
    """A workplace adjustment: what, when it was asked for and when it was there. No medical reason has a field."""

    text = models.CharField("aanpassing", max_length=300)
    asked_on = models.DateField("gevraagd op")
    ready_on = models.DateField("geregeld op", null=True, blank=True)
    funder = models.CharField("betaald door", max_length=12, choices=Funder.choices, blank=True, default="")

    objects = WorkplaceQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = "werkplekaanpassing"
        verbose_name_plural = "werkplekaanpassingen"
        ordering = ["-asked_on", "-pk"]
        constraints = [one_subject("adjustment_subject")]

    def __str__(self) -> str:
        return self.text


class Obstacle(Subject):
    """Something that gets in the way at work, and what removed it."""

    text = models.CharField("belemmering", max_length=300)
    found_on = models.DateField("gezien op")
    removed_on = models.DateField("weg sinds", null=True, blank=True)
    removed_by = models.CharField("wat hielp", max_length=300, blank=True)

    objects = WorkplaceQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = "belemmering"
        verbose_name_plural = "belemmeringen"
        ordering = ["-found_on", "-pk"]
        constraints = [one_subject("obstacle_subject")]

    def __str__(self) -> str:
        return self.text


class GrowthKind(models.TextChoices):
    """What grew. Hours follow from the periods of the placement."""

    TASK = "taak", "Taak erbij"
    TRAINING = "opleiding", "Opleiding of training"


class Growth(Subject):
    """A task someone took on, or a training someone finished."""

    kind = models.CharField("soort", max_length=10, choices=GrowthKind.choices)
    text = models.CharField("wat", max_length=300)
    day = models.DateField("sinds")

    objects = WorkplaceQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = "groei"
        verbose_name_plural = "groei"
        ordering = ["-day", "-pk"]
        constraints = [one_subject("growth_subject")]

    def __str__(self) -> str:
        return self.text
