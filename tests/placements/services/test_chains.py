"""Placements that follow each other: naming the earlier one, and continuing elsewhere."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from placements.services.hand_over import hand_over_records
from placements.services.placements import change_placement, continue_elsewhere
from placements.services.terms import Arrangement, arrangement_of
from tests.factories import CandidateFactory, EmployerFactory, PlacementFactory, UserFactory
from tests.placements.services.test_placements import TERMS, TODAY, credited, faults, own_contract

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_step")]


class TestChains:
    def test_a_placement_continues_one_of_the_same_person(self):
        first = PlacementFactory(period__last_day=date(2025, 12, 31))
        second = PlacementFactory(candidate=first.candidate, host=first.host, continues=first)
        assert list(first.continued_by.all()) == [second]

    def test_not_someone_elses(self):
        first = PlacementFactory()
        with pytest.raises(ValidationError) as refused:
            PlacementFactory(host=first.host, continues=first)
        assert faults(refused) == {"continues"}

    def test_not_one_that_is_continued_already(self):
        first = PlacementFactory()
        second = PlacementFactory(candidate=first.candidate, host=first.host, continues=first)
        with pytest.raises(ValidationError, match=second.code):
            PlacementFactory(candidate=first.candidate, host=first.host, continues=first)

    def test_two_that_a_file_brought_one_after_the_other_may_be_corrected(self):
        first = PlacementFactory(period__last_day=date(2025, 12, 31))
        second = PlacementFactory(candidate=first.candidate, host=first.host, continues=first)
        third = PlacementFactory(candidate=first.candidate, host=first.host)
        type(third).objects.filter(pk=third.pk).update(continues=first)
        third.refresh_from_db()
        arrangement = replace(arrangement_of(third), route="detachering")
        assert change_placement(placement=third, arrangement=arrangement, on=TODAY, by=None) == ["route"]
        assert set(first.continued_by.all()) == {second, third}

    def test_never_in_a_circle(self):
        first = PlacementFactory()
        second = PlacementFactory(candidate=first.candidate, host=first.host, continues=first)
        third = PlacementFactory(candidate=first.candidate, host=first.host, continues=second)
        for last in (first, third):
            with pytest.raises(ValidationError) as refused:
                change_placement(
                    placement=first,
                    arrangement=replace(arrangement_of(first), continues=last),
                    on=TODAY,
                    by=None,
                )
            assert faults(refused) == {"continues"}


class TestAfterAHandOver:
    """The earlier placement stays with the installation, the later one has the employer as its owner."""

    @pytest.fixture
    def later(self):
        candidate = CandidateFactory(owner=None)
        earlier = PlacementFactory(candidate=candidate, period__last_day=date(2025, 12, 31))
        later = PlacementFactory(candidate=candidate, continues=earlier, period__first_day=date(2026, 1, 1))
        hand_over_records(by=None, employer=later.host, today=TODAY)
        later.refresh_from_db()
        return later

    def test_a_correction_keeps_the_link(self, later):
        corrected = replace(arrangement_of(later), route="traineeship")
        assert change_placement(placement=later, arrangement=corrected, on=TODAY, by=None) == ["route"]
        later.refresh_from_db()
        assert later.continues.owner is None

    def test_another_person_does_not_take_the_link_along(self, later):
        other = replace(arrangement_of(later), candidate=CandidateFactory(owner=later.owner))
        with pytest.raises(ValidationError) as refused:
            change_placement(placement=later, arrangement=other, on=TODAY, by=None)
        assert faults(refused) == {"continues"}


class TestContinueElsewhere:
    def test_the_first_ends_the_day_before_the_second_starts(self):
        first = PlacementFactory(seconded_in=True)
        own = Arrangement(candidate=first.candidate, host=first.host, route="dienstverband")
        terms = replace(TERMS, first_day=date(2026, 7, 1))
        second = continue_elsewhere(
            placement=first, arrangement=own, terms=terms, reason="regulier_werk", on=TODAY, by=None
        )
        ended = first.periods.get()
        assert (ended.last_day, ended.end_reason) == (date(2026, 6, 30), "regulier_werk")
        assert second.continues == first
        assert credited(first, date(2026, 6, 30)) == credited(second, date(2026, 7, 1)) == first.host
        assert credited(first, date(2026, 7, 1)) is None

    def test_an_end_that_was_there_stays(self):
        first = PlacementFactory(period__last_day=date(2026, 5, 31), period__end_reason="contract_afgelopen")
        terms = replace(TERMS, first_day=date(2026, 9, 1))
        continue_elsewhere(
            placement=first, arrangement=own_contract(first.candidate), terms=terms, reason="anders", on=TODAY, by=None
        )
        assert (first.periods.get().last_day, first.periods.get().end_reason) == (
            date(2026, 5, 31),
            "contract_afgelopen",
        )

    def test_it_can_not_start_before_the_first_began(self):
        first = PlacementFactory(period__first_day=date(2026, 7, 1))
        with pytest.raises(ValidationError) as refused:
            continue_elsewhere(
                placement=first,
                arrangement=own_contract(first.candidate),
                terms=TERMS,
                reason="anders",
                on=TODAY,
                by=None,
                remove_planned=True,
            )
        assert faults(refused) == {"first_day"}

    def test_nothing_is_stored_when_the_new_one_is_refused(self):
        first = PlacementFactory()
        terms = replace(TERMS, hours=Decimal(99))
        with pytest.raises(ValidationError):
            continue_elsewhere(
                placement=first,
                arrangement=own_contract(first.candidate),
                terms=terms,
                reason="anders",
                on=TODAY,
                by=None,
            )
        assert first.periods.get().last_day is None

    def test_a_host_continues_a_partners_placement_whoever_owns_it(self):
        host = EmployerFactory()
        first = PlacementFactory(host=host, candidate=CandidateFactory(), seconded_in=True)
        second = continue_elsewhere(
            placement=first,
            arrangement=Arrangement(candidate=first.candidate, host=host, route="dienstverband"),
            terms=TERMS,
            reason="regulier_werk",
            on=TODAY,
            by=UserFactory(coordinator=host),
        )
        assert second.owner == first.owner

    def test_only_by_who_writes_the_contract(self):
        first = PlacementFactory()
        with pytest.raises(PermissionDenied):
            continue_elsewhere(
                placement=first,
                arrangement=own_contract(first.candidate),
                terms=TERMS,
                reason="anders",
                on=TODAY,
                by=UserFactory(coordinator=EmployerFactory()),
            )
