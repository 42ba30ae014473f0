"""Adjustments, obstacles and growth: kept by who coaches there and by the host's coordinator."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import AuditEvent
from accounts.records import StaleRecordError
from coaching.services import workplace as services
from coaching.services.workplace import AdjustmentData, GrowthData, ObstacleData
from tests.factories import AssignmentFactory, EmployerFactory, JobCoachFactory, PlacementFactory, UserFactory

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 28)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
MARK = "MERKTEKEN"

DESK = AdjustmentData(text="Bureau bij het raam", asked_on=YESTERDAY)
NOISE = ObstacleData(text="Veel lawaai", found_on=YESTERDAY)
TASK = GrowthData(kind="taak", text="Voert nu zelf facturen in", day=YESTERDAY)

#: Per kind: what is recorded, and what keeps it.
KINDS = {
    "adjustment": (DESK, services.ADJUSTMENTS),
    "obstacle": (NOISE, services.OBSTACLES),
    "growth": (TASK, services.GROWTH),
}


@pytest.fixture
def assignment():
    return AssignmentFactory()


@pytest.fixture(params=KINDS)
def kind(request):
    return request.param


def writers(assignment):
    host = assignment.subject.host
    return [assignment.coach.user, UserFactory(coordinator=host), UserFactory(administrator=True), None]


def test_coach_and_coordinator_add_change_and_remove(assignment, kind):
    data, keeper = KINDS[kind]
    for by in writers(assignment):
        made = keeper.add(subject=assignment.subject, data=data, by=by, today=TODAY)
        changed = replace(data, text="Anders")
        assert keeper.change(made, data=changed, by=by, today=TODAY) == ["text"]
        assert keeper.change(made, data=changed, by=by, today=TODAY) == []
        keeper.remove(made, by=by, today=TODAY)
        assert not keeper.model.objects.exists()


def test_nobody_else_does(assignment, kind):
    data, keeper = KINDS[kind]
    made = keeper.add(subject=assignment.subject, data=data, by=None, today=TODAY)
    host = assignment.subject.host
    for by in (
        UserFactory(coordinator=EmployerFactory()),
        UserFactory(coordinator=host, read_only=True),
        JobCoachFactory(employer=host).user,
        UserFactory(adviser=True),
    ):
        for call in (
            lambda by=by: keeper.add(subject=assignment.subject, data=data, by=by, today=TODAY),
            lambda by=by: keeper.change(made, data=data, by=by, today=TODAY),
            lambda by=by: keeper.remove(made, by=by, today=TODAY),
        ):
            with pytest.raises(PermissionDenied):
                call()


def test_the_formal_employer_is_not_the_host():
    """Who only holds the contract arranges nothing on the work floor of another."""
    formal = EmployerFactory()
    placement = PlacementFactory(route="detachering", employer_of_record=formal)
    with pytest.raises(PermissionDenied):
        services.OBSTACLES.add(subject=placement, data=NOISE, by=UserFactory(coordinator=formal), today=TODAY)


@pytest.mark.parametrize(
    ("kind", "change", "fields"),
    [
        ("adjustment", {"asked_on": TOMORROW}, ["asked_on"]),
        ("adjustment", {"ready_on": YESTERDAY - timedelta(days=1)}, ["ready_on"]),
        ("adjustment", {"ready_on": TOMORROW}, ["ready_on"]),
        ("adjustment", {"funder": "sinterklaas"}, ["funder"]),
        ("adjustment", {"text": " "}, ["text"]),
        ("obstacle", {"found_on": TOMORROW}, ["found_on"]),
        ("obstacle", {"removed_on": TODAY}, ["removed_by"]),
        ("obstacle", {"removed_by": "Koptelefoon"}, ["removed_on"]),
        ("obstacle", {"removed_on": YESTERDAY - timedelta(days=1), "removed_by": "x"}, ["removed_on"]),
        ("growth", {"day": TOMORROW}, ["day"]),
        ("growth", {"kind": "uren"}, ["kind"]),
        ("growth", {"text": "x" * 301}, ["text"]),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_stored(assignment, kind, change, fields):
    data, keeper = KINDS[kind]
    with pytest.raises(ValidationError) as refused:
        keeper.add(subject=assignment.subject, data=replace(data, **change), by=assignment.coach.user, today=TODAY)
    assert sorted(refused.value.message_dict) == fields
    assert not keeper.model.objects.exists()


def test_an_obstacle_goes_with_what_removed_it(assignment):
    made = services.OBSTACLES.add(subject=assignment.subject, data=NOISE, by=None, today=TODAY)
    data = replace(NOISE, removed_on=TODAY, removed_by=" Koptelefoon ")
    changed = services.OBSTACLES.change(made, data=data, by=None, today=TODAY)
    made.refresh_from_db()
    assert (changed, made.removed_by) == (["removed_on", "removed_by"], "Koptelefoon")


def test_somebody_elses_change_is_noticed(assignment, kind):
    data, keeper = KINDS[kind]
    made = keeper.add(subject=assignment.subject, data=data, by=None, today=TODAY)
    keeper.change(made, data=replace(data, text="Eerst"), by=None, today=TODAY)
    for service, more in ((keeper.change, {"data": data}), (keeper.remove, {})):
        with pytest.raises(StaleRecordError):
            service(made, by=None, today=TODAY, expected_revision=1, **more)


def test_the_trail_names_fields_and_keeps_no_words(assignment, kind):
    data, keeper = KINDS[kind]
    given = {"by": assignment.coach.user, "today": TODAY}
    made = keeper.add(subject=assignment.subject, data=replace(data, text=MARK), **given)
    keeper.change(made, data=replace(data, text=f"{MARK}!"), **given)
    keeper.remove(made, **given)
    events = AuditEvent.objects.filter(actor=assignment.coach.user, object_type=f"coaching.{kind}").order_by("pk")
    assert [event.action.partition(".")[2] for event in events] == ["toegevoegd", "gewijzigd", "verwijderd"]
    assert MARK not in str(list(events.values_list("changes", flat=True)))
    assert events[0].changes["subject"] == str(assignment.subject.uuid)
    assert YESTERDAY.isoformat() in events[0].changes.values()
