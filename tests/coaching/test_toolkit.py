"""The toolkit, kept by administrators."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import AuditEvent
from coaching.models import Intervention, ToolkitItem
from coaching.services.toolkit import add_item, change_item, remove_item
from tests.factories import EmployerFactory, PlacementFactory, ToolkitItemFactory, UserFactory

pytestmark = pytest.mark.django_db

ITEM = {"name": "Assertiviteitstraining", "problem": "Zegt nooit nee.", "action": "Oefenen."}


def test_an_administrator_adds_changes_and_removes():
    admin = UserFactory(administrator=True)
    item = add_item(**ITEM, by=admin)
    changed = change_item(item=item, **{**ITEM, "problem": "Durft niet."}, is_offered=False, by=admin)
    assert sorted(changed) == ["is_offered", "problem"]
    remove_item(item=item, by=admin)
    actions = AuditEvent.objects.filter(actor=admin).order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["toolkit.toegevoegd", "toolkit.gewijzigd", "toolkit.verwijderd"]


@pytest.mark.parametrize("trait", ["coach", "coordinator", "adviser", "read_only"])
def test_nobody_else_does(trait):
    roles = {"coordinator": {"coordinator": EmployerFactory()}, "read_only": {"administrator": True, "read_only": True}}
    user = UserFactory(**roles.get(trait, {trait: True}))
    item = ToolkitItemFactory()
    for call in (
        lambda: add_item(**ITEM, by=user),
        lambda: change_item(item=item, **ITEM, is_offered=True, by=user),
        lambda: remove_item(item=item, by=user),
    ):
        with pytest.raises(PermissionDenied):
            call()


def test_what_was_chosen_stays():
    item = ToolkitItemFactory()
    Intervention.objects.create(
        placement=PlacementFactory(), item=item, day="2026-11-01", problem="Iets", action="Iets gedaan"
    )
    with pytest.raises(ValidationError, match="blijft daarom bestaan"):
        remove_item(item=item, by=None)
    assert ToolkitItem.objects.exists()


def test_a_name_is_there_once():
    add_item(**ITEM, by=None)
    with pytest.raises(ValidationError) as refused:
        add_item(**ITEM, by=None)
    assert "name" in refused.value.message_dict
