"""The toolkit of interventions, shared by all employers. Written by administrators (and commands) only."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.records import amend, delete_unless_used, store, take
from coaching.models import ToolkitItem
from placements.services.rights import may_administer, require

if TYPE_CHECKING:
    from accounts.models import User

FIELDS = ("name", "problem", "action", "is_offered")


@transaction.atomic
def add_item(*, name: str, problem: str, action: str = "", is_offered: bool = True, by: "User | None") -> ToolkitItem:
    """Add an intervention to choose from. Raises ``ValidationError`` for a name that is there already."""
    require(may_administer(by))
    item = ToolkitItem(**_tidy(name, problem, action), is_offered=is_offered)
    store(item)
    audit.record(action="toolkit.toegevoegd", by=by, obj=item, changes=audit.values_of(item, FIELDS))
    return item


@transaction.atomic
def change_item(
    *,
    item: ToolkitItem,
    name: str,
    problem: str,
    action: str,
    is_offered: bool,
    by: "User | None",
    expected_revision: int | None = None,
) -> list[str]:
    """Change an intervention; return the names of what changed. One no longer offered stays where it was chosen."""
    require(may_administer(by))
    fresh = take(item, expected_revision=expected_revision)
    changed = amend(fresh, **_tidy(name, problem, action), is_offered=is_offered)
    if changed:
        audit.record(action="toolkit.gewijzigd", by=by, obj=fresh, changes=audit.values_of(fresh, changed))
    return changed


@transaction.atomic
def remove_item(*, item: ToolkitItem, by: "User | None") -> None:
    """Remove an intervention nobody ever chose. Raises ``ValidationError`` for one that was chosen."""
    require(may_administer(by))
    fresh = take(item)
    if fresh.uses.exists():
        text = f"{fresh} is al gekozen en blijft daarom bestaan. Zet uit dat het wordt aangeboden."
        raise ValidationError(text, code="used")
    audit.record(action="toolkit.verwijderd", by=by, obj=fresh, changes={"name": fresh.name})
    delete_unless_used(fresh)


def _tidy(name: str, problem: str, action: str) -> dict[str, Any]:
    return {"name": " ".join(name.split()), "problem": problem.strip(), "action": action.strip()}
