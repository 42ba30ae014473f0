"""Records as they will be once an import is written: drafts that refer to each other before they have a key.

An importer loads what exists as drafts, adds new ones and amends others; :class:`Writing` turns whatever came of
that into rows, ready to be stored in one short transaction.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, ClassVar, TypeVar
from uuid import UUID, uuid4

from django.db import models

from accounts.bulk import Inserts, Updates, take_keys

Key = TypeVar("Key", int, str)

#: Keys in one ``IN (…)``: well below SQLite's limit on variables.
KEYS = 4000


@dataclass(slots=True, eq=False, kw_only=True)
class Draft:
    """A record of ``model``; ``stored`` names the fields it keeps. A relation holds another draft, or a key.

    ``changed`` names what differs from the database; of a record without a key that is everything. ``was`` has, in the
    same order, what stands there; nothing for a new record.
    """

    model: ClassVar[type[models.Model]]
    stored: ClassVar[tuple[str, ...]]

    pk: int | None = None
    uuid: UUID | None = None
    is_new: bool = field(init=False)
    changed: tuple[str, ...] = ()
    was: tuple[Any, ...] = ()

    def __post_init__(self) -> None:
        self.is_new = self.pk is None

    def amend(self, **values: Any) -> None:
        """Give the record these values and remember which of them differ."""
        for name, value in values.items():
            before = getattr(self, name)
            if before != value:
                setattr(self, name, value)
                if name not in self.changed:
                    self.changed = (*self.changed, name)
                    if not self.is_new:
                        self.was = (*self.was, before)

    def before(self, name: str) -> Any:
        """Return the value that stands in the database; of a new record the one it gets."""
        if self.is_new or name not in self.changed:
            return getattr(self, name)
        return self.was[self.changed.index(name)]

    @property
    def touched(self) -> bool:
        """Whether anything of the record itself has to be stored."""
        return self.is_new or bool(self.changed)


class Writing:
    """Rows to insert and to update, prepared before the transaction and stored in the order in which they came."""

    def __init__(self) -> None:
        self._steps: list[Inserts | Updates] = []

    def add(self, drafts: Iterable[Draft], *, stirred: Iterable[Draft] = ()) -> None:
        """Prepare the drafts of one model that are new or changed; all they refer to must have keys by now.

        ``stirred`` are records of which only something they own has changed: their revision is raised.
        """
        new: list[Draft] = []
        changes: dict[Draft, dict[str, Any]] = {draft: {} for draft in stirred if not draft.is_new}
        for draft in drafts:
            if draft.is_new:
                new.append(draft)
            elif draft.changed:
                changes[draft] = {name: _key(getattr(draft, name)) for name in draft.changed}
        if new:
            names = ("pk", "uuid", *new[0].stored) if new[0].uuid else ("pk", *new[0].stored)
            rows = ([_key(getattr(draft, name)) for name in names] for draft in new)
            self._steps.append(Inserts(new[0].model, ("id", *names[1:]), rows))
        if changes:
            model = next(iter(changes)).model
            self._steps.append(Updates(model, ((draft.pk, values) for draft, values in changes.items() if draft.pk)))

    def add_rows(self, rows: Inserts | Updates) -> None:
        """Add prepared rows that are not drafts."""
        self._steps.append(rows)

    def store(self) -> None:
        """Store everything; part of the caller's transaction."""
        for step in self._steps:
            step.store()


def give_keys(drafts: Iterable[Draft]) -> None:
    """Give the new ones among drafts of one model a primary key, and a UUID where the model has one."""
    new = [draft for draft in drafts if draft.pk is None]
    if not new:
        return
    model = new[0].model
    identified = any(column.name == "uuid" for column in model._meta.concrete_fields)
    for draft, key in zip(new, take_keys(model, len(new)), strict=True):
        draft.pk = key
        if identified:
            draft.uuid = uuid4()


def _key(value: Any) -> Any:
    return value.pk if isinstance(value, Draft) else value


def in_parts(keys: Iterable[Key]) -> Iterator[list[Key]]:
    """Cut keys in lists that fit in one query."""
    ordered = sorted(keys)
    for start in range(0, len(ordered), KEYS):
        yield ordered[start : start + KEYS]
