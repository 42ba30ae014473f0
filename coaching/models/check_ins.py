"""What coaches record of a contact, and apart from it what was told in confidence."""

from typing import ClassVar

from cryptography.fernet import InvalidToken
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from accounts.records import PlainText, Record, TimestampedModel
from coaching.fields import Sealed, SealedTextField
from coaching.models.assignments import Assignment
from coaching.querysets import AgreementQuerySet, CheckInQuerySet, ConfidentialNoteQuerySet

#: Longest text of a note, in characters.
MAX_NOTE = 20_000
#: Most minutes of one contact, and of the travel for it: half a day's work is 240, a long day 720.
MAX_MINUTES = 720


class Kind(models.TextChoices):
    """How the contact went. ``NO_SHOW`` is no contact: it never resets the interval."""

    VISIT = "bezoek", "Bezoek"
    CALL = "bellen", "Bellen"
    VIDEO = "video", "Video"
    MESSAGE = "bericht", "Bericht"
    NO_SHOW = "niet_verschenen", "Niet verschenen"


class Participant(models.TextChoices):
    """Who took part beside the coach."""

    EMPLOYEE = "medewerker", "Medewerker"
    LEAD = "leidinggevende", "Leidinggevende"
    BUDDY = "buddy", "Buddy"
    HR = "p&o", "P&O"
    OTHER = "ander", "Iemand anders"


class CheckIn(Record):
    """One contact: when, how, how long, and the shared note that P&O may read.

    ``key`` comes with the form, so that a double tap makes one check-in. Editable by the author for seven days, then
    corrected by an :class:`Addendum`.
    """

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="check_ins", verbose_name="begeleiding")
    author = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="vastgelegd door"
    )
    key = models.UUIDField(unique=True, editable=False)
    day = models.DateField("datum")
    kind = models.CharField("hoe", max_length=16, choices=Kind.choices)
    minutes = models.PositiveSmallIntegerField("minuten")
    travel_minutes = models.PositiveSmallIntegerField("reistijd in minuten", default=0)
    note = models.TextField("verslag", blank=True, max_length=MAX_NOTE)
    participants = models.JSONField("wie deed mee", default=list, blank=True)
    next_contact = models.DateField("volgend contact", null=True, blank=True)

    objects = CheckInQuerySet.as_manager()

    class Meta:
        verbose_name = "gesprek"
        verbose_name_plural = "gesprekken"
        ordering = ["-day", "-pk"]
        indexes = [
            models.Index(fields=["assignment", "-day", "-id"], name="check_in_assignment_day"),
            models.Index(fields=["day"], name="check_in_day"),
        ]
        constraints = [
            models.CheckConstraint(
                name="check_in_minutes",
                condition=Q(minutes__lte=MAX_MINUTES, travel_minutes__lte=MAX_MINUTES)
                & (Q(minutes__gte=1) | Q(kind=Kind.NO_SHOW)),
                violation_error_message=f"Minuten liggen tussen 1 en {MAX_MINUTES}.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} op {self.day}"


class Scores(models.Model):
    """How it goes in the coach's eyes, 1 (badly) to 5 (well); each may be left out. Never the employer's to see."""

    NAMES: ClassVar[tuple[str, ...]] = ("click", "fit", "safety", "support")

    check_in = models.OneToOneField(CheckIn, models.CASCADE, related_name="scores", verbose_name="gesprek")
    click = models.PositiveSmallIntegerField("klik", null=True, blank=True)
    fit = models.PositiveSmallIntegerField("passend werk", null=True, blank=True)
    safety = models.PositiveSmallIntegerField("veiligheid", null=True, blank=True)
    support = models.PositiveSmallIntegerField("begeleiding", null=True, blank=True)

    class Meta:
        verbose_name = "scores"
        verbose_name_plural = "scores"
        constraints = [
            models.CheckConstraint(
                name=f"score_{name}",
                condition=Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__gte": 1, f"{name}__lte": 5}),
                violation_error_message="Een score ligt tussen 1 en 5.",
            )
            for name in ("click", "fit", "safety", "support")
        ]

    def __str__(self) -> str:
        return "scores"

    @property
    def given(self) -> dict[str, int]:
        """The scores that were given, by name."""
        return {name: value for name in self.NAMES if (value := getattr(self, name)) is not None}


class ConfidentialNote(TimestampedModel):
    """What was told in confidence at a check-in; read only through ``ConfidentialNote.objects.readable_by(user)``."""

    check_in = models.OneToOneField(CheckIn, models.CASCADE, related_name="confidential_note", verbose_name="gesprek")
    author = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", verbose_name="geschreven door")
    text = SealedTextField("vertrouwelijke notitie")

    objects = ConfidentialNoteQuerySet.as_manager()

    class Meta:
        verbose_name = "vertrouwelijke notitie"
        verbose_name_plural = "vertrouwelijke notities"

    def __str__(self) -> str:
        return "vertrouwelijke notitie"

    def reveal(self) -> str | None:
        """Return the text; for who found this note through :meth:`~ConfidentialNoteQuerySet.readable_by`.

        None when the keys of today can't read it.
        """
        text = self.text
        try:
            return text.open() if isinstance(text, Sealed) else text
        except InvalidToken:
            return None


class Addendum(PlainText):
    """A later correction of, or addition to, a check-in; the check-in itself stays as it was."""

    check_in = models.ForeignKey(CheckIn, models.CASCADE, related_name="addenda", verbose_name="gesprek")
    author = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", verbose_name="geschreven door")
    moment = models.DateTimeField("moment", default=timezone.now, editable=False)
    text = models.TextField("aanvulling", max_length=MAX_NOTE)

    class Meta:
        verbose_name = "aanvulling"
        verbose_name_plural = "aanvullingen"
        ordering = ["moment", "pk"]

    def __str__(self) -> str:
        return f"aanvulling bij {self.check_in_id}"


class Agreement(Record):
    """Something agreed at a check-in, with a day by which it is done."""

    check_in = models.ForeignKey(CheckIn, models.CASCADE, related_name="agreements", verbose_name="gesprek")
    text = models.CharField("afspraak", max_length=300)
    due = models.DateField("uiterlijk", null=True, blank=True)
    done_on = models.DateField("gedaan op", null=True, blank=True)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = "afspraak"
        verbose_name_plural = "afspraken"
        ordering = ["due", "pk"]
        indexes = [models.Index(fields=["due"], condition=Q(done_on__isnull=True), name="agreement_open_due")]

    def __str__(self) -> str:
        return self.text


class CheckInDraft(models.Model):
    """What a coach was typing about an assignment: kept sealed until it is saved or thrown away."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="+")
    content = models.BinaryField()
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "concept"
        verbose_name_plural = "concepten"
        constraints = [models.UniqueConstraint(fields=["user", "assignment"], name="draft_once")]

    def __str__(self) -> str:
        return f"concept van {self.user_id}"
