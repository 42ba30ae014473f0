"""The trail of a bulk action: every record it touches, with the names of the fields, never a value."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from accounts.bulk import Inserts
from accounts.drafts import Draft, in_parts
from accounts.models import AuditDetail

#: Names of what a record owns and the action changes, where that is no field of its own.
Owned = Callable[[Draft], tuple[str, ...]]


def detail_rows(event: int, drafts: Sequence[Sequence[Draft]], owned: Owned = lambda draft: ()) -> Inserts:
    """Return the details of an event (its key), ready to be stored; ``drafts`` is a list per model, all with keys."""
    return Inserts(AuditDetail, ("event", "object_type", "object_id", "fields"), _rows(event, drafts, owned))


def _rows(event: int, drafts: Sequence[Sequence[Draft]], owned: Owned) -> Iterator[tuple[Any, ...]]:
    for some in drafts:
        for draft, uuid, fields in _named(some, owned):
            yield event, draft.model._meta.label_lower, str(uuid), fields[:255]


def _named(drafts: Sequence[Draft], owned: Owned) -> Iterator[tuple[Draft, object, str]]:
    """Yield the records of one model that are new or change, with what identifies them and the fields."""
    changed = {}
    for draft in drafts:
        if draft.is_new:
            if draft.uuid:
                yield draft, draft.uuid, "nieuw"
        elif fields := (*draft.changed, *owned(draft)):
            changed[draft.pk] = (draft, ",".join(fields))
    if changed and any(field.name == "uuid" for field in drafts[0].model._meta.concrete_fields):
        for some in in_parts(key for key in changed if key):
            for pk, uuid in drafts[0].model._default_manager.filter(pk__in=some).values_list("pk", "uuid"):
                yield changed[pk][0], uuid, changed[pk][1]
