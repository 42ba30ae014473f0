"""Correcting a placement as a whole, and removing it."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import AuditEvent
from accounts.records import StaleRecordError
from candidates.models import Access
from placements.counting.verdict import verdict_on
from placements.models import Placement
from placements.services.placements import change_placement, remove_placement
from placements.services.terms import arrangement_of, terms_of
from tests.factories import (
    CandidateFactory,
    EmployerFactory,
    OrgUnitFactory,
    PlacementFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_step")]

TODAY = date(2026, 11, 22)


def credited(placement: Placement, day: date = TODAY):
    line = verdict_on(placement, day, "statutory").line
    return line.employer if line and line.counts else None


def faults(refused) -> set[str]:
    return set(refused.value.message_dict)


class TestChange:
    def test_another_host_moves_all_periods_and_drops_the_old_units(self):
        host = EmployerFactory()
        placement = PlacementFactory(host=host, period__unit=OrgUnitFactory(employer=host), seconded_in=True)
        other = EmployerFactory()
        changed = change_placement(
            placement=placement, arrangement=replace(arrangement_of(placement), host=other), on=TODAY, by=None
        )
        assert changed == ["host"]
        assert credited(Placement.objects.get()) == other
        assert placement.periods.get().unit is None
        assert Access.objects.filter(employer=other, because="geplaatst").exists()

    def test_another_route_is_counted_again(self):
        placement = PlacementFactory()
        change_placement(
            placement=placement, arrangement=replace(arrangement_of(placement), route="beschut"), on=TODAY, by=None
        )
        assert credited(placement) is None
        assert AuditEvent.objects.get(action="plaatsing.gecorrigeerd").changes == {"route": "beschut"}

    def test_the_wrong_candidate_is_replaced(self):
        placement = PlacementFactory(unregistered=True)
        right = CandidateFactory(owner=placement.owner)
        change_placement(
            placement=placement, arrangement=replace(arrangement_of(placement), candidate=right), on=TODAY, by=None
        )
        assert credited(placement) == placement.host

    def test_a_candidate_of_another_owner_is_refused(self):
        placement = PlacementFactory()
        with pytest.raises(ValidationError) as refused:
            change_placement(
                placement=placement,
                arrangement=replace(arrangement_of(placement), candidate=CandidateFactory()),
                on=TODAY,
                by=None,
            )
        assert faults(refused) == {"candidate"}

    def test_the_same_again_changes_nothing(self):
        placement = PlacementFactory()
        assert change_placement(placement=placement, arrangement=arrangement_of(placement), on=TODAY, by=None) == []
        placement.refresh_from_db()
        assert placement.revision == 1

    def test_a_code_is_changed_and_stays_unique(self):
        placement = PlacementFactory()
        taken = PlacementFactory(host=placement.host, code="A1")
        arrangement = arrangement_of(placement)
        assert change_placement(placement=placement, arrangement=arrangement, on=TODAY, by=None, code="A2") == ["code"]
        with pytest.raises(ValidationError) as refused:
            change_placement(placement=placement, arrangement=arrangement, on=TODAY, by=None, code=taken.code)
        assert faults(refused) == {"code"}

    def test_a_stale_form_overwrites_nothing(self):
        placement = PlacementFactory()
        sheltered = replace(arrangement_of(placement), route="beschut")
        change_placement(placement=placement, arrangement=sheltered, on=TODAY, by=None, expected_revision=1)
        with pytest.raises(StaleRecordError):
            change_placement(
                placement=placement,
                arrangement=replace(sheltered, route="inkoop"),
                on=TODAY,
                by=None,
                expected_revision=1,
            )
        placement.refresh_from_db()
        assert placement.route == "beschut"

    def test_the_host_of_a_secondment_does_not_correct_it(self):
        record, host = EmployerFactory(), EmployerFactory()
        placement = PlacementFactory(
            host=host, candidate=CandidateFactory(owner=record), employer_of_record=record, route="detachering"
        )
        arrangement = replace(arrangement_of(placement), route="uitzend")
        with pytest.raises(PermissionDenied):
            change_placement(placement=placement, arrangement=arrangement, on=TODAY, by=UserFactory(coordinator=host))
        writer = UserFactory(coordinator=record)
        assert change_placement(placement=placement, arrangement=arrangement, on=TODAY, by=writer) == ["route"]

    def test_nobody_gives_a_placement_away(self):
        placement = PlacementFactory()
        elsewhere = replace(arrangement_of(placement), host=EmployerFactory())
        with pytest.raises(PermissionDenied):
            change_placement(
                placement=placement,
                arrangement=elsewhere,
                on=TODAY,
                by=UserFactory(coordinator=placement.host),
            )
        placement.refresh_from_db()
        assert placement.host != elsewhere.host

    def test_a_host_that_ended_before_a_period_starts_is_refused(self):
        placement = PlacementFactory(period__first_day=date(2026, 1, 1))
        ended = EmployerFactory(last_day=date(2025, 6, 30))
        with pytest.raises(ValidationError) as refused:
            change_placement(
                placement=placement, arrangement=replace(arrangement_of(placement), host=ended), on=TODAY, by=None
            )
        assert faults(refused) == {"host"}


class TestRemove:
    def test_it_goes_with_its_lines_and_what_continued_it_stands_alone(self):
        first = PlacementFactory()
        second = PlacementFactory(candidate=first.candidate, host=first.host, continues=first)
        remove_placement(placement=first, by=None)
        second.refresh_from_db()
        assert second.continues is None
        assert AuditEvent.objects.get(action="plaatsing.verwijderd").changes == {"code": first.code}

    def test_not_by_a_stranger_and_not_unseen(self):
        placement = PlacementFactory()
        with pytest.raises(PermissionDenied):
            remove_placement(placement=placement, by=UserFactory(coordinator=EmployerFactory()))
        with pytest.raises(StaleRecordError):
            remove_placement(placement=placement, by=None, expected_revision=0)
        assert Placement.objects.exists()


def test_what_is_stored_reads_back_as_the_same_plain_data():
    placement = PlacementFactory(seconded_in=True)
    assert arrangement_of(placement).values() == {
        name: getattr(placement, name) for name in arrangement_of(placement).values()
    }
    period = placement.periods.get()
    assert terms_of(period).values() == {name: getattr(period, name) for name in terms_of(period).values()}
