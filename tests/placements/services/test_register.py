"""Register periods: never two at once, and what changes is counted again for every owner."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import AuditEvent
from placements.counting.verdict import verdict_on
from placements.services.register import (
    add_register_period,
    change_register_period,
    end_register_period,
    remove_register_period,
)
from tests.factories import CandidateFactory, EmployerFactory, PlacementFactory, RegisterPeriodFactory, UserFactory
from tests.factories.candidates import test_bsn

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_step")]

ON = date(2026, 11, 22)


def counts(placement, day=ON) -> bool:
    return verdict_on(placement, day, "statutory").counts


def test_a_registration_makes_a_placement_count():
    placement = PlacementFactory(unregistered=True)
    assert not counts(placement)
    add_register_period(candidate=placement.candidate, first_day=date(2026, 11, 30), last_day=None, by=None)
    assert counts(placement)
    assert not counts(placement, date(2026, 10, 31))


def test_an_end_takes_it_away_after_its_return_period():
    placement = PlacementFactory()
    end_register_period(period=placement.candidate.register_periods.get(), last_day=date(2026, 11, 1), by=None)
    assert counts(placement)
    assert not counts(placement, date(2026, 12, 1))


def test_a_correction_moves_the_days():
    placement = PlacementFactory()
    period = placement.candidate.register_periods.get()
    change_register_period(period=period, first_day=date(2026, 12, 1), last_day=None, by=None)
    assert not counts(placement)


def test_removing_takes_it_away():
    placement = PlacementFactory()
    remove_register_period(period=placement.candidate.register_periods.get(), by=None)
    assert not counts(placement)


def test_the_other_owner_of_the_same_person_gains_and_loses_with_it():
    placement = PlacementFactory(unregistered=True, candidate__bsn=test_bsn(0))
    period = RegisterPeriodFactory(candidate=CandidateFactory(unregistered=True, bsn=test_bsn(0)))
    assert counts(placement)
    remove_register_period(period=period, by=None)
    assert not counts(placement)


@pytest.mark.parametrize(
    ("first", "last", "free"),
    [
        (date(2025, 1, 1), date(2025, 12, 31), True),
        (date(2027, 1, 1), None, True),
        (date(2026, 12, 31), None, False),
        (date(2025, 1, 1), None, False),
        (date(2025, 1, 1), date(2026, 1, 1), False),
        (date(2026, 3, 1), date(2026, 3, 1), False),
    ],
)
def test_two_periods_of_a_candidate_never_share_a_day(first, last, free):
    period = RegisterPeriodFactory(first_day=date(2026, 1, 1), last_day=date(2026, 12, 31))
    if free:
        add_register_period(candidate=period.candidate, first_day=first, last_day=last, by=None)
        return
    with pytest.raises(ValidationError, match="van 1 januari 2026 tot en met 31 december 2026") as refused:
        add_register_period(candidate=period.candidate, first_day=first, last_day=last, by=None)
    assert set(refused.value.message_dict) == {"first_day"}


def test_a_period_is_not_in_its_own_way():
    period = RegisterPeriodFactory(first_day=date(2026, 1, 1))
    change_register_period(period=period, first_day=date(2026, 1, 15), last_day=None, by=None)
    period.refresh_from_db()
    assert period.first_day == date(2026, 1, 15)


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        (date(2026, 1, 2), date(2026, 1, 1), "last_day"),
        (date(1899, 1, 1), None, "first_day"),
        (date(2026, 1, 1), date(9999, 12, 31), "last_day"),
    ],
)
def test_wrong_days_are_said_at_their_field(first, last, field):
    with pytest.raises(ValidationError) as refused:
        add_register_period(candidate=CandidateFactory(unregistered=True), first_day=first, last_day=last, by=None)
    assert set(refused.value.message_dict) == {field}


def test_the_file_of_the_candidate_gets_a_new_revision_and_a_trail_without_dates():
    candidate = CandidateFactory(unregistered=True)
    add_register_period(candidate=candidate, first_day=date(2026, 1, 1), last_day=None, by=None)
    candidate.refresh_from_db()
    event = AuditEvent.objects.get(action="registerperiode.toegevoegd")
    assert candidate.revision == 2
    assert (event.object_id, event.changes) == (str(candidate.uuid), {"first_day": None, "last_day": None})


def test_only_who_writes_the_candidate_writes_the_register():
    period = RegisterPeriodFactory()
    stranger = UserFactory(coordinator=EmployerFactory())
    for attempt in (
        lambda: add_register_period(
            candidate=period.candidate, first_day=date(2000, 1, 1), last_day=date(2000, 1, 2), by=stranger
        ),
        lambda: end_register_period(period=period, last_day=ON, by=stranger),
        lambda: remove_register_period(period=period, by=stranger),
    ):
        with pytest.raises(PermissionDenied):
            attempt()
