"""How records about a placement or trial are stored, changed and removed, and what the trail keeps of it.

The trail names every field; it keeps the values of days and of codes that say nothing about a person. What was written
about somebody stays out of it.
"""

from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID, uuid4

from accounts import audit
from accounts.records import amend, store, take
from coaching.models.development import Subject
from placements.models import Placement, Trial
from ui.dutch import day_long

if TYPE_CHECKING:
    from accounts.models import User

S = TypeVar("S", bound=Subject)

#: Fields of which the trail keeps the value.
_PLAIN = frozenset(
    {"day", "due", "result_on", "reached_on", "dropped_on", "asked_on", "ready_on", "found_on", "removed_on", "funder"}
)
NOT_YET = "Kies vandaag of eerder."


def new_about(model: type[S], subject: Placement | Trial, uuid: UUID | None) -> S:
    """Return a new record, not stored yet, about a placement or trial; ``uuid`` is what its form is known by."""
    return model(uuid=uuid or uuid4(), **{subject._meta.model_name or "": subject})


def add(record: Subject, values: dict[str, Any], *, action: str, by: "User | None") -> None:
    """Store a new record with these values. Raises ``ValidationError``."""
    for name, value in values.items():
        setattr(record, name, value)
    store(record)
    write_down(action, record, by, list(values))


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


def remove(record: Subject, *, action: str, by: "User | None", expected_revision: int | None = None) -> None:
    """Remove a record that was made by mistake. Raises ``StaleRecordError``."""
    fresh = take(record, expected_revision=expected_revision)
    write_down(action, fresh, by, [])
    fresh.delete()


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
