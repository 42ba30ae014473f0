"""Targets of sectors, employers and units, one per calendar year."""

from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from accounts import audit
from accounts.models import User
from accounts.records import amend, store, take
from employers.models import Employer, OrgUnit, Sector, Target

_SHOWN = ("sector", "employer", "unit", "year", "number", "kind")


@transaction.atomic
def set_target(
    *,
    by: User | None,
    year: int,
    number: Decimal,
    kind: str,
    sector: Sector | None = None,
    employer: Employer | None = None,
    unit: OrgUnit | None = None,
    uuid: UUID | None = None,
) -> Target:
    """Give one sector, employer or unit its target for a year (a new one as ``uuid``), in place of the one it had.

    Raises ``ValidationError`` when not exactly one of the three is named, for a number below zero, a year before
    2013, and extra jobs for a unit (which has no baseline).
    """
    scope = {"sector": sector, "employer": employer, "unit": unit}
    existing = Target.objects.filter(year=year, **scope).first() if any(scope.values()) else None
    if existing:
        return change_target(by=by, target=existing, number=number, kind=kind)
    target = Target(uuid=uuid or uuid4(), year=year, number=number, kind=kind, **scope)
    store(target)
    _record("streefcijfer.toegevoegd", by, target, _SHOWN)
    return target


@transaction.atomic
def change_target(*, by: User | None, target: Target, expected_revision: int | None = None, **values: Any) -> Target:
    """Change year, number or kind. Raises ``StaleRecordError``, and ``ValidationError`` as :func:`set_target` does."""
    fresh = take(target, expected_revision=expected_revision)
    changed = amend(fresh, **values)
    if changed:
        _record("streefcijfer.gewijzigd", by, fresh, changed)
    return fresh


@transaction.atomic
def remove_target(*, by: User | None, target: Target, expected_revision: int | None = None) -> None:
    """Remove a target; that year then has none. Raises ``StaleRecordError``."""
    fresh = take(target, expected_revision=expected_revision)
    _record("streefcijfer.verwijderd", by, fresh, _SHOWN)
    fresh.delete()


def employer_id_of(target: Target) -> int | None:
    """Return the employer a target belongs to, by itself or through its unit; none for a sector's."""
    return target.unit.employer_id if target.unit else target.employer_id


def _record(action: str, by: User | None, target: Target, fields: Any) -> None:
    changes = audit.values_of(target, fields)
    audit.record(action=action, by=by, obj=target, employer_id=employer_id_of(target), changes=changes)
