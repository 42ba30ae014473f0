"""The trail holds who, what, where and which fields; values only of what is not personal."""

from datetime import date
from decimal import Decimal

import pytest

from accounts import audit
from accounts.models import AuditDetail, AuditEvent
from accounts.scope import scope_of
from tests.factories import EmployerFactory, OrgUnitFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_an_event_says_who_in_which_role_did_what_to_what():
    employer = EmployerFactory()
    user = UserFactory(coordinator=employer)
    scope_of(user)
    event = audit.record(action="afdeling.gewijzigd", by=user, obj=employer, employer_id=employer.pk)
    assert (event.actor, event.membership, event.employer) == (user, user.memberships.get(), employer)
    assert (event.object_type, event.object_id, event.result) == ("employers.employer", str(employer.uuid), "gelukt")


def test_an_event_of_a_command_has_no_actor():
    event = audit.record(action="telling.herbouwd", by=None)
    assert (event.actor, event.membership, event.object_type, event.object_id) == (None, None, "", "")


def test_where_it_came_from_holds_inside_a_request_only():
    with audit.origin("192.0.2.7", "x" * 300):
        inside = audit.record(action="proef", by=None)
    outside = audit.record(action="proef", by=None)
    assert (inside.address, inside.agent) == ("192.0.2.7", "x" * 200)
    assert (outside.address, outside.agent) == (None, "")


def test_values_fit_the_trail():
    unit = OrgUnitFactory(code="BV")
    unit.day, unit.hours, unit.flag, unit.number = date(2026, 1, 1), Decimal("25.50"), True, 3
    assert audit.values_of(unit, ("code", "parent", "employer", "day", "hours", "flag", "number")) == {
        "code": "BV",
        "parent": "",
        "employer": str(unit.employer.uuid),
        "day": "2026-01-01",
        "hours": "25.50",
        "flag": True,
        "number": 3,
    }


def test_a_bulk_action_names_every_record():
    event = audit.record(action="bestand.gelezen", by=None)
    audit.add_details(event, [("employers.orgunit", "a", "name"), ("employers.orgunit", "b", "x" * 400)])
    assert list(event.details.values_list("object_id", flat=True)) == ["a", "b"]
    assert len(AuditDetail.objects.get(object_id="b").fields) == 255
    assert str(event.details.first()) == "employers.orgunit a"


def test_events_stand_newest_first_and_say_what_happened():
    first = audit.record(action="eerste", by=None)
    second = audit.record(action="tweede", by=None)
    assert list(AuditEvent.objects.all()) == [second, first]
    assert str(second).startswith("tweede, ")
