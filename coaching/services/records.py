"""How records about a placement or trial are stored, changed and removed, and what the trail keeps of it.

The trail names every field; it keeps the values of days and of codes that say nothing about a person. What was written
about somebody stays out of it.
"""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar
from uuid import UUID, uuid4

from django.db import transaction

from accounts import audit
from accounts.records import amend, store, take
from coaching.models.development import Subject
from placements.models import Placement, Trial
from placements.services.rights import require
from ui.dutch import day_long

if TYPE_CHECKING:
    from accounts.models import User

S = TypeVar("S", bound=Subject)
#: Says whether a user may write about a placement or trial on a day.
Right = Callable[["User | None", Placement | Trial, date], bool]

#: Fields of which the trail keeps the value.
_PLAIN = frozenset(
    {"day", "due", "result_on", "reached_on", "dropped_on", "asked_on", "ready_on", "found_on", "removed_on", "funder"}
)
NOT_YET = "Kies vandaag of eerder."


class Data(Protocol):
    """What is recorded, as somebody filled it in."""

    def values(self, *, today: date) -> dict[str, Any]:
        """Return the fields; raises ``ValidationError``, by field."""
        ...


class Keeper(Generic[S]):
    """Adds, changes and removes one kind of record about a placement or trial, for whom ``may`` allows it.

    ``name`` is what such a record is called on the trail. Every method raises ``PermissionDenied`` for anybody else.
    """

    def __init__(self, model: type[S], name: str, may: Right) -> None:
        self.model = model
        self.name = name
        self.may = may

    def values(self, record: S, data: Any, today: date) -> dict[str, Any]:
        """Return what a record, new or not, gets of ``data``; raises ``ValidationError``, by field."""
        asked: Data = data
        return asked.values(today=today)

    @transaction.atomic
    def add(
        self, *, subject: Placement | Trial, data: Any, by: "User | None", today: date, uuid: UUID | None = None
    ) -> S:
        """Record something new; ``uuid`` is what its form is known by. Raises ``ValidationError``."""
        require(self.may(by, subject, today))
        record = self.model(uuid=uuid or uuid4(), **{subject._meta.model_name or "": subject})
        values = self.values(record, data, today)
        for name, value in values.items():
            setattr(record, name, value)
        store(record)
        write_down(f"{self.name}.toegevoegd", record, by, list(values))
        return record

    @transaction.atomic
    def change(
        self, record: S, *, data: Any, by: "User | None", today: date, expected_revision: int | None = None
    ) -> list[str]:
        """Change a record; return the names of what changed. Raises ``ValidationError`` and ``StaleRecordError``."""
        require(self.may(by, record.subject, today))
        fresh = take(record, expected_revision=expected_revision)
        return change(fresh, self.values(fresh, data, today), action=f"{self.name}.gewijzigd", by=by)

    @transaction.atomic
    def remove(self, record: S, *, by: "User | None", today: date, expected_revision: int | None = None) -> None:
        """Remove a record that was made by mistake, say about somebody else. Raises ``StaleRecordError``."""
        require(self.may(by, record.subject, today))
        fresh = take(record, expected_revision=expected_revision)
        write_down(f"{self.name}.verwijderd", fresh, by, [])
        fresh.delete()


def change(
    record: Subject, values: dict[str, Any], *, action: str, by: "User | None", expected_revision: int | None = None
) -> list[str]:
    """Give a record these values; return the names of what changed.

    Raises ``ValidationError`` and ``StaleRecordError``.
    """
    fresh = take(record, expected_revision=expected_revision)
    changed = amend(fresh, **values)
    if changed:
        write_down(action, fresh, by, changed)
    return changed


def write_down(action: str, record: Subject, by: "User | None", names: list[str]) -> None:
    """Put what was done with a record on the trail."""
    subject = record.subject
    plain = audit.values_of(record, [name for name in names if name in _PLAIN])
    hidden = {name: None for name in names if name not in _PLAIN}
    changes = {"subject": audit.object_id(subject), **hidden, **plain}
    audit.record(action=action, by=by, obj=record, employer_id=subject.host_id, changes=changes)


def order_faults(first: tuple[str, date], *later: tuple[str, date | None], today: date) -> dict[str, str]:
    """Return which of these named days are still to come, or before the first of them."""
    faults = {}
    for name, day in (first, *later):
        if day is not None and day > today:
            faults[name] = NOT_YET
        elif day is not None and day < first[1]:
            faults[name] = f"Kies {day_long(first[1])} of later."
    return faults
