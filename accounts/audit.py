"""Writing the trail. Services call :func:`record` inside the transaction of the change."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import models

from accounts.models import AuditDetail, AuditEvent

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a request came from."""

    address: str | None = None
    agent: str = ""


_origin: ContextVar[Origin] = ContextVar("origin")


@contextmanager
def origin(address: str | None, agent: str) -> Iterator[None]:
    """Attach address and user agent to every event that is recorded inside the block."""
    token = _origin.set(Origin(address, agent[:200]))
    try:
        yield
    finally:
        _origin.reset(token)


def record(
    *,
    action: str,
    by: "User | None",
    obj: models.Model | None = None,
    employer_id: int | None = None,
    changes: dict[str, Any] | None = None,
    refused: bool = False,
    key: int | None = None,
) -> AuditEvent:
    """Record one event.

    ``action`` is a short Dutch code like ``plaatsing.beëindigd``. ``changes`` maps field names to values
    for fields that are not personal, and to ``None`` for those that are. ``key`` is a primary key that was taken
    beforehand, for details that were prepared with it.
    """
    where = _origin.get(Origin())
    scope = getattr(by, "scope", None)
    return AuditEvent.objects.create(
        pk=key,
        action=action,
        result=AuditEvent.Result.REFUSED if refused else AuditEvent.Result.DONE,
        actor=by,
        membership_id=scope.membership_id if scope else None,
        employer_id=employer_id,
        object_type=str(obj._meta.label_lower) if obj else "",
        object_id=object_id(obj) if obj else "",
        changes=changes or {},
        address=where.address,
        agent=where.agent,
    )


def values_of(obj: models.Model, fields: Iterable[str]) -> dict[str, Any]:
    """Return the values of fields that are not personal, fit for ``changes``: records by :func:`object_id`.

    What is empty is an empty text, for ``None`` there says that a field is personal.
    """
    values = {field: getattr(obj, field) for field in fields}
    return {field: _plain(value) for field, value in values.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, models.Model):
        return object_id(value)
    if value is None:
        return ""
    return value if isinstance(value, bool | int) else str(value)


def object_id(obj: models.Model) -> str:
    """Return what identifies a record in the trail: its UUID, else its key; never a name or a code of a person."""
    return str(getattr(obj, "uuid", None) or obj.pk)


def add_details(event: AuditEvent, touched: Iterable[tuple[str, str, str]]) -> None:
    """Store the records a bulk action touched: ``(object type, object id, comma-separated field names)``."""
    AuditDetail.objects.bulk_create(
        (AuditDetail(event=event, object_type=t, object_id=i, fields=f[:255]) for t, i, f in touched),
        batch_size=2000,
    )
