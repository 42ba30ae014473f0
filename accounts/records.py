"""What every record of a business fact has in common."""

import uuid
from collections.abc import Collection
from datetime import date
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.utils.text import capfirst

from files.cells import has_control_character

#: Stands for "runs on" where a last day is stored without gaps, so that ``first <= D <= last`` always works.
FOREVER = date.max
#: Stands for "from the start" where a first day is stored without gaps.
ALWAYS = date.min


class PlainText(models.Model):
    """Refuses characters that nobody sees and no file takes: an export with one could not be read back.

    Tabs and line ends are fine in a text; a code stands on one line.
    """

    class Meta:
        abstract = True

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        """Raise ``ValidationError`` with what Django and what we find wrong with single fields."""
        faults: dict[str, list[ValidationError]] = {}
        try:
            super().clean_fields(exclude=exclude)
        except ValidationError as error:
            faults = error.error_dict
        for field in self._meta.concrete_fields:
            text = getattr(self, field.attname)
            skipped = not field.editable or field.name in (exclude or ()) or field.name in faults
            if not skipped and isinstance(text, str) and has_control_character(text, one_line=field.name == "code"):
                label = capfirst(field.verbose_name)
                message = f"{label} bevat een onzichtbaar stuurteken. Typ de tekst opnieuw."
                faults[field.name] = [ValidationError(message, code="control_character")]
        if faults:
            raise ValidationError(faults)


class TimestampedModel(PlainText):
    """Moment of creation and of the last change."""

    created_at = models.DateTimeField("aangemaakt", auto_now_add=True, editable=False)
    changed_at = models.DateTimeField("gewijzigd", auto_now=True, editable=False)

    class Meta:
        abstract = True


class Revised(PlainText):
    """Carries a revision against silent overwriting.

    The revision is raised by the services at every change; a form sends back the one it was filled
    in from, so that two people who edit at the same time notice each other.
    """

    revision = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


class Record(TimestampedModel, Revised):
    """A record people open by address: a UUID for the URL and a revision."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        abstract = True


GONE = "Dit is intussen verwijderd door iemand anders."
USED = "Hier hangt al begeleiding of ander werk aan. Beëindig het in plaats van het te verwijderen."

R = TypeVar("R", bound=Revised)
M = TypeVar("M", bound=models.Model)


class StaleRecordError(ValidationError):
    """Someone else changed the record after the form was filled in; ``record`` is how it stands now."""

    def __init__(self, record: Revised) -> None:
        super().__init__("Intussen is dit gewijzigd door iemand anders. Controleer de gegevens en sla opnieuw op.")
        self.record = record


def take(record: R, *, expected_revision: int | None = None) -> R:
    """Return ``record`` as it stands in the database, locked until the surrounding transaction ends.

    Raises :class:`StaleRecordError` when ``expected_revision`` (that of the form) is no longer the revision,
    ``ValidationError`` when somebody removed the record meanwhile. The caller raises the revision by one when it
    changes something.
    """
    fresh = still_there(type(record)._default_manager.select_for_update().filter(pk=record.pk).first())
    if expected_revision is not None and fresh.revision != expected_revision:
        raise StaleRecordError(fresh)
    return fresh


def still_there(fresh: M | None) -> M:
    """Return what was looked up again under a lock. Raises ``ValidationError`` when somebody removed it meanwhile."""
    if fresh is None:
        raise ValidationError(GONE, code="gone")
    return fresh


def store(record: models.Model) -> None:
    """Validate a record and save it; part of the caller's transaction.

    Who loses a race for something that is there once gets the ``ValidationError`` that would have come a moment later.
    """
    record.full_clean()
    try:
        with transaction.atomic():
            record.save()
    except IntegrityError:
        record.full_clean()
        raise


def delete_unless_used(record: models.Model) -> None:
    """Delete a record. Raises ``ValidationError`` when records of a room above hang on it.

    It does not say which: there may be some among them that the user must not know of.
    """
    try:
        with transaction.atomic():
            record.delete()
    except models.ProtectedError as error:
        raise ValidationError(USED, code="used") from error


def amend(record: models.Model, **values: object) -> list[str]:
    """Give ``record`` these values, raise its revision and store it; return the names of what really changed.

    Nothing is stored when nothing changed. Raises ``ValidationError``, keyed by field, with the model's messages.
    """
    changed = [name for name, value in values.items() if getattr(record, name) != value]
    if not changed:
        return []
    for name in changed:
        setattr(record, name, values[name])
    if isinstance(record, Revised):
        record.revision += 1
    store(record)
    return changed


def last_not_before_first(name: str) -> models.CheckConstraint:
    """Return the constraint that a stretch of days does not end before it starts (an empty last day runs on)."""
    return models.CheckConstraint(
        name=name,
        condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day")),
        violation_error_message="De laatste dag ligt vóór de eerste dag.",
    )


def active_on(day: date, prefix: str = "") -> Q:
    """Return the condition that a stretch with an optional last day holds on ``day``; both ends belong to it."""
    return Q(**{f"{prefix}first_day__lte": day}) & (
        Q(**{f"{prefix}last_day__isnull": True}) | Q(**{f"{prefix}last_day__gte": day})
    )
