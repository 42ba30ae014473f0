"""Figures of the country and its sectors as others published them: kept by administrators."""

from typing import Any

from django.db import transaction

from accounts import audit
from accounts.models import User
from accounts.records import amend, store, take
from employers.models import PublishedFigure

_SHOWN = ("sector", "part", "kind", "day", "value", "doubt", "note", "source")


@transaction.atomic
def add_published_figure(*, by: User | None, **values: Any) -> PublishedFigure:
    """Add a figure. Raises ``ValidationError`` when it names both or neither of sector and country, or says nothing."""
    figure = PublishedFigure(**values)
    store(figure)
    _record("gepubliceerd_cijfer.toegevoegd", by, figure, _SHOWN)
    return figure


@transaction.atomic
def change_published_figure(
    *, by: User | None, figure: PublishedFigure, expected_revision: int | None = None, **values: Any
) -> PublishedFigure:
    """Change what is given. Raises ``StaleRecordError``, and ``ValidationError`` as adding does."""
    fresh = take(figure, expected_revision=expected_revision)
    changed = amend(fresh, **values)
    if changed:
        _record("gepubliceerd_cijfer.gewijzigd", by, fresh, changed)
    return fresh


@transaction.atomic
def remove_published_figure(*, by: User | None, figure: PublishedFigure, expected_revision: int | None = None) -> None:
    """Remove a figure. Raises ``StaleRecordError``."""
    fresh = take(figure, expected_revision=expected_revision)
    _record("gepubliceerd_cijfer.verwijderd", by, fresh, _SHOWN)
    fresh.delete()


def _record(action: str, by: User | None, figure: PublishedFigure, fields: Any) -> None:
    audit.record(action=action, by=by, obj=figure, changes=audit.values_of(figure, fields))
