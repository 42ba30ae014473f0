"""Official figures of employers, one per calendar year, as another source established them."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.models import User
from accounts.records import amend, store, take
from employers.models import Employer, OfficialFigure

_SHOWN = ("year", "jobs", "source", "day")
TOO_EARLY = "Een officieel cijfer van een jaar is er pas als dat jaar voorbij is."


@transaction.atomic
def add_official_figure(
    *, by: User | None, employer: Employer, year: int, jobs: Decimal, source: str, day: date, uuid: UUID | None = None
) -> OfficialFigure:
    """Record the official figure of a year (as ``uuid``), in jobs of 25.5 hours a week.

    Raises ``ValidationError`` for a number below zero, a year before 2013, a source from before the end of the year,
    and a year that has a figure already.
    """
    _check_days(year, day)
    figure = OfficialFigure(uuid=uuid or uuid4(), employer=employer, year=year, jobs=jobs, source=source, day=day)
    store(figure)
    _record("officieel_cijfer.toegevoegd", by, figure, _SHOWN)
    return figure


@transaction.atomic
def change_official_figure(
    *, by: User | None, figure: OfficialFigure, expected_revision: int | None = None, **values: Any
) -> OfficialFigure:
    """Change year, jobs, source or day. Raises ``StaleRecordError``, and ``ValidationError`` as adding does."""
    fresh = take(figure, expected_revision=expected_revision)
    _check_days(values.get("year", fresh.year), values.get("day", fresh.day))
    changed = amend(fresh, **values)
    if changed:
        _record("officieel_cijfer.gewijzigd", by, fresh, changed)
    return fresh


@transaction.atomic
def remove_official_figure(*, by: User | None, figure: OfficialFigure, expected_revision: int | None = None) -> None:
    """Remove a figure. Raises ``StaleRecordError``."""
    fresh = take(figure, expected_revision=expected_revision)
    _record("officieel_cijfer.verwijderd", by, fresh, _SHOWN)
    fresh.delete()


def _check_days(year: int, day: date) -> None:
    if day.year <= year:
        raise ValidationError({"day": TOO_EARLY})


def _record(action: str, by: User | None, figure: OfficialFigure, fields: Any) -> None:
    changes = audit.values_of(figure, fields)
    audit.record(action=action, by=by, obj=figure, employer_id=figure.employer_id, changes=changes)
