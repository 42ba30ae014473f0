"""Units of an employer, a tree, and the table of who lies below whom."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.folding import fold, without_folded
from accounts.models import User
from accounts.records import amend, store, take
from employers import rules
from employers.models import Employer, OrgUnit, UnitAncestry

CIRCULAR = "Een afdeling kan niet onder zichzelf vallen. Kies een afdeling die er niet onder ligt."
OTHER_EMPLOYER = "Deze afdeling hoort bij een andere werkgever."
IN_USE = (
    "Deze afdeling is in gebruik bij plaatsingen, streefcijfers of afdelingen eronder. "
    "Verplaats of verwijder die eerst; een afdeling met een verleden blijft staan."
)
_ROWS = 2000


@transaction.atomic
def add_unit(
    *,
    by: User | None,
    employer: Employer,
    code: str,
    name: str,
    parent: OrgUnit | None = None,
    uuid: UUID | None = None,
) -> OrgUnit:
    """Add a unit (as ``uuid``), on top or below ``parent``.

    Raises ``ValidationError`` for a code this employer has already.
    """
    _lock(employer.pk)
    name = name.strip()
    values = {"code": code.strip(), "name": name, "name_folded": fold(name), "parent": parent}
    unit = OrgUnit(uuid=uuid or uuid4(), employer=employer, **values)
    _refuse_foreign(unit, parent)
    store(unit)
    rebuild_ancestry([employer.pk])
    _record("afdeling.toegevoegd", by, unit, ("code", "name", "parent"))
    return unit


@transaction.atomic
def change_unit(*, by: User | None, unit: OrgUnit, expected_revision: int | None = None, **values: Any) -> OrgUnit:
    """Change code, name or parent (``None`` puts it on top).

    Raises ``StaleRecordError``, and ``ValidationError`` for a code that exists, a parent at another employer, or one
    that lies below the unit.
    """
    _lock(unit.employer_id)
    fresh = take(unit, expected_revision=expected_revision)
    parent = values.get("parent")
    _refuse_foreign(fresh, parent)
    parents = dict(OrgUnit.objects.filter(employer=fresh.employer_id).values_list("pk", "parent_id"))
    if parent is not None and rules.would_be_circular(parents, fresh.pk, parent.pk):
        raise ValidationError({"parent": CIRCULAR})
    if "name" in values:
        values["name_folded"] = fold(values["name"])
    changed = without_folded(amend(fresh, **values))
    if "parent" in changed:
        rebuild_ancestry([fresh.employer_id])
    if changed:
        _record("afdeling.gewijzigd", by, fresh, changed)
    return fresh


@transaction.atomic
def remove_unit(*, by: User | None, unit: OrgUnit, expected_revision: int | None = None) -> None:
    """Remove a unit that nothing refers to. Raises ``ValidationError`` when something does, ``StaleRecordError``."""
    _lock(unit.employer_id)
    fresh = take(unit, expected_revision=expected_revision)
    if OrgUnit.objects.with_use().get(pk=fresh.pk).in_use:
        raise ValidationError(IN_USE, code="in_use")
    _record("afdeling.verwijderd", by, fresh, ("code", "name"))
    fresh.delete()


def rebuild_ancestry(employers: Iterable[int]) -> None:
    """Write anew who lies below whom at these employers (keys). Constant queries; part of the caller's transaction.

    Raises ``ValueError`` when a unit lies below itself.
    """
    employers = list(employers)
    parents: dict[int, dict[int, int | None]] = defaultdict(dict)
    units = OrgUnit.objects.filter(employer__in=employers).values_list("employer_id", "pk", "parent_id")
    for employer, unit, parent in units:
        parents[employer][unit] = parent
    UnitAncestry.objects.filter(unit__employer__in=employers).delete()
    UnitAncestry.objects.bulk_create(
        (
            UnitAncestry(ancestor_id=ancestor, unit_id=unit, depth=depth)
            for tree in parents.values()
            for unit in tree
            for depth, ancestor in enumerate(rules.line_above(tree, unit))
        ),
        batch_size=_ROWS,
    )


def _lock(employer_id: int) -> None:
    """Let changes to the tree of one employer wait for each other: two moves could make a circle together."""
    Employer.objects.select_for_update().get(pk=employer_id)


def _refuse_foreign(unit: OrgUnit, parent: OrgUnit | None) -> None:
    if parent is not None and parent.employer_id != unit.employer_id:
        raise ValidationError({"parent": OTHER_EMPLOYER})


def _record(action: str, by: User | None, unit: OrgUnit, fields: Iterable[str]) -> None:
    changes = audit.values_of(unit, fields)
    audit.record(action=action, by=by, obj=unit, employer_id=unit.employer_id, changes=changes)
