"""Uploads in the browser: the files, how far they are, and what came of them."""

import uuid

from django.conf import settings
from django.db import models

from accounts.models import Membership
from accounts.records import TimestampedModel
from employers.models import Employer
from exchange.querysets import ImportRunQuerySet


class ImportRun(TimestampedModel):
    """One upload, from choosing files to the result.

    Without an employer it is an administrator's. ``payload`` holds the files until they are read, cancelled or
    expired; ``outcome`` what was found. Both are sealed (:mod:`exchange.sealing`).
    """

    class State(models.TextChoices):
        CHECKING = "controleren", "wordt gecontroleerd"
        CHECKED = "gecontroleerd", "wacht op bevestiging"
        FAULTY = "fouten", "bevat fouten"
        IMPORTING = "inlezen", "wordt ingelezen"
        DONE = "klaar", "ingelezen"
        FAILED = "mislukt", "mislukt"
        CANCELLED = "geannuleerd", "geannuleerd"
        EXPIRED = "verlopen", "verlopen"

    #: States in which a job is at work.
    BUSY = frozenset({State.CHECKING, State.IMPORTING})
    #: States in which the user decides what happens.
    WAITING = frozenset({State.CHECKED, State.FAULTY})

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    membership = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    employer = models.ForeignKey(Employer, models.CASCADE, null=True, related_name="import_runs")
    state = models.CharField("stand", max_length=20, choices=State.choices, default=State.CHECKING)
    replace = models.BooleanField("ontbrekende periodes verwijderen", default=False)
    percent = models.PositiveSmallIntegerField("voortgang", default=0)
    phase = models.CharField("bezig met", max_length=120, blank=True)
    in_background = models.BooleanField("op de achtergrond", default=False)
    file_names = models.CharField("bestanden", max_length=500)
    payload = models.BinaryField(null=True)
    outcome = models.BinaryField(null=True)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        verbose_name = "import"
        verbose_name_plural = "imports"
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["employer", "-created_at"], name="import_run_employer")]

    def __str__(self) -> str:
        return f"{self.file_names} ({self.get_state_display()})"

    @property
    def is_busy(self) -> bool:
        return self.state in self.BUSY

    @property
    def is_waiting(self) -> bool:
        return self.state in self.WAITING
