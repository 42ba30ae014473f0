"""Periods of a placement: changes from a day on, corrections, ends and undoing them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import AuditEvent
from accounts.records import StaleRecordError
from placements.models import CountLine
from placements.services.periods import (
    add_period,
    assign_unit,
    correct_period,
    end_placement,
    remove_period,
    reopen_placement,
)
from placements.services.terms import Terms, terms_of
from tests.factories import CandidateFactory, EmployerFactory, OrgUnitFactory, PlacementFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_step")]

MORE = Terms(first_day=date(2026, 7, 1), hours=Decimal(32), contract_kind="vast", job_title="Medewerker groen")


def days_of(placement) -> list[tuple[date, date | None]]:
    return list(placement.periods.order_by("first_day").values_list("first_day", "last_day"))


def hours_on(placement, day: date) -> int | None:
    line = CountLine.objects.filter(
        placement=placement, regime__code="statutory", first_day__lte=day, last_day__gte=day
    ).first()
    return line.hours if line else None


def faults(refused) -> set[str]:
    return set(refused.value.message_dict)


@pytest.fixture
def placement():
    """25.5 hours from 2020 on."""
    return PlacementFactory()


class TestAddPeriod:
    def test_the_running_period_ends_the_day_before_and_that_is_told(self, placement):
        added = add_period(placement=placement, terms=MORE, by=None)
        assert added.closed == placement.periods.first()
        assert days_of(placement) == [(date(2020, 1, 1), date(2026, 6, 30)), (date(2026, 7, 1), None)]
        assert (hours_on(placement, date(2026, 6, 30)), hours_on(placement, date(2026, 7, 1))) == (2550, 3200)

    def test_a_change_inside_a_fixed_term_runs_to_the_same_end(self):
        placement = PlacementFactory(period__last_day=date(2026, 12, 31))
        add_period(placement=placement, terms=replace(MORE, last_day=date(2026, 12, 31)), by=None)
        assert days_of(placement) == [
            (date(2020, 1, 1), date(2026, 6, 30)),
            (date(2026, 7, 1), date(2026, 12, 31)),
        ]

    def test_after_an_end_nothing_needs_closing(self):
        placement = PlacementFactory(period__last_day=date(2026, 5, 31))
        assert add_period(placement=placement, terms=MORE, by=None).closed is None

    def test_a_planned_reason_goes_when_the_placement_goes_on(self):
        placement = PlacementFactory(period__last_day=date(2026, 12, 31), period__end_reason="contract_afgelopen")
        add_period(placement=placement, terms=MORE, by=None)
        assert placement.periods.first().end_reason == ""

    @pytest.mark.parametrize(
        ("terms", "message"),
        [
            (replace(MORE, first_day=date(2020, 1, 1)), "Er is al een periode vanaf 1 januari 2020"),
            (replace(MORE, last_day=date(2026, 9, 30)), "langer dan de nieuwe"),
            (replace(MORE, first_day=date(2019, 7, 1)), "De plaatsing begint op 1 januari 2020. Kies een latere dag"),
        ],
    )
    def test_what_is_in_the_way_is_named(self, placement, terms, message):
        with pytest.raises(ValidationError, match=message) as refused:
            add_period(placement=placement, terms=terms, by=None)
        assert faults(refused) == {"first_day"}

    def test_the_revision_rises_and_an_older_form_is_stale(self, placement):
        add_period(placement=placement, terms=MORE, by=None, expected_revision=1)
        with pytest.raises(StaleRecordError):
            add_period(
                placement=placement, terms=replace(MORE, first_day=date(2027, 1, 1)), by=None, expected_revision=1
            )


class TestCorrect:
    def test_hours_and_days(self, placement):
        period = placement.periods.get()
        terms = replace(terms_of(period), hours=Decimal(20), first_day=date(2021, 1, 1))
        assert correct_period(period=period, terms=terms, by=None) == ["first_day", "hours"]
        assert (hours_on(placement, date(2020, 12, 31)), hours_on(placement, date(2021, 1, 1))) == (None, 2000)
        event = AuditEvent.objects.get(action="periode.gecorrigeerd")
        assert event.changes == {"first_day": "2021-01-01", "hours": "20"}

    def test_not_into_another_period(self, placement):
        later = add_period(placement=placement, terms=MORE, by=None).period
        with pytest.raises(ValidationError) as refused:
            correct_period(period=later, terms=replace(MORE, first_day=date(2026, 6, 30)), by=None)
        assert faults(refused) == {"first_day"}

    def test_the_same_again_changes_nothing(self, placement):
        period = placement.periods.get()
        assert correct_period(period=period, terms=terms_of(period), by=None) == []
        assert not AuditEvent.objects.filter(action="periode.gecorrigeerd").exists()


class TestUnits:
    """The unit is the host's to write, whoever holds the contract."""

    @pytest.fixture
    def on_loan(self):
        record, host = EmployerFactory(), EmployerFactory()
        return PlacementFactory(
            host=host,
            candidate=CandidateFactory(owner=record),
            employer_of_record=record,
            route="detachering",
            period__unit=OrgUnitFactory(employer=host),
        )

    def test_the_host_moves_someone_to_another_unit(self, on_loan):
        unit = OrgUnitFactory(employer=on_loan.host)
        assign_unit(period=on_loan.periods.get(), unit=unit, by=UserFactory(coordinator=on_loan.host))
        assert CountLine.objects.filter(placement=on_loan, regime__code="statutory").get().unit == unit

    def test_the_employer_of_record_does_not(self, on_loan):
        with pytest.raises(PermissionDenied):
            assign_unit(period=on_loan.periods.get(), unit=None, by=UserFactory(coordinator=on_loan.employer_of_record))

    def test_and_leaves_it_alone_when_writing_hours(self, on_loan):
        writer = UserFactory(coordinator=on_loan.employer_of_record)
        unit = on_loan.periods.get().unit
        period = add_period(placement=on_loan, terms=MORE, by=writer).period
        assert period.unit == unit
        correct_period(period=period, terms=replace(MORE, hours=Decimal(16)), by=writer)
        period.refresh_from_db()
        assert (period.unit, period.hours) == (unit, Decimal(16))

    def test_the_host_does_not_write_hours(self, on_loan):
        host = UserFactory(coordinator=on_loan.host)
        for attempt in (
            lambda: add_period(placement=on_loan, terms=MORE, by=host),
            lambda: correct_period(period=on_loan.periods.get(), terms=MORE, by=host),
            lambda: end_placement(placement=on_loan, last_day=date(2026, 1, 1), reason="anders", by=host),
            lambda: reopen_placement(placement=on_loan, by=host),
            lambda: remove_period(period=on_loan.periods.get(), by=host),
        ):
            with pytest.raises(PermissionDenied):
                attempt()

    def test_a_unit_of_another_employer_is_refused(self, on_loan):
        with pytest.raises(ValidationError) as refused:
            assign_unit(period=on_loan.periods.get(), unit=OrgUnitFactory(), by=None)
        assert faults(refused) == {"unit"}


class TestEnd:
    def test_it_ends_on_the_day_with_the_reason(self, placement):
        end_placement(placement=placement, last_day=date(2026, 8, 31), reason="pensioen", by=None)
        period = placement.periods.get()
        assert (period.last_day, period.end_reason) == (date(2026, 8, 31), "pensioen")
        assert (hours_on(placement, date(2026, 8, 31)), hours_on(placement, date(2026, 9, 1))) == (2550, None)

    def test_why_someone_left_is_not_on_the_trail(self, placement):
        end_placement(placement=placement, last_day=date(2026, 8, 31), reason="ziekte", by=None)
        event = AuditEvent.objects.get(action="plaatsing.beëindigd")
        assert event.changes == {"last_day": "2026-08-31", "end_reason": None}

    @pytest.mark.parametrize(
        ("last_day", "message"),
        [
            (date(2019, 12, 31), "nog niet begonnen"),
            (date(2026, 7, 15), "eindigde op 30 juni 2026"),
        ],
    )
    def test_only_on_a_day_on_which_it_runs(self, last_day, message):
        placement = PlacementFactory(period__last_day=date(2026, 6, 30))
        with pytest.raises(ValidationError, match=message) as refused:
            end_placement(placement=placement, last_day=last_day, reason="uitval", by=None, remove_planned=True)
        assert faults(refused) == {"last_day"}

    def test_a_reason_is_asked(self, placement):
        with pytest.raises(ValidationError) as refused:
            end_placement(placement=placement, last_day=date(2026, 8, 31), reason="", by=None)
        assert faults(refused) == {"reason"}

    def test_what_is_planned_later_stands_in_the_way(self, placement):
        add_period(placement=placement, terms=MORE, by=None)
        with pytest.raises(ValidationError, match="vanaf 1 juli 2026"):
            end_placement(placement=placement, last_day=date(2026, 3, 31), reason="uitval", by=None)
        assert len(days_of(placement)) == 2

    def test_unless_it_may_go(self, placement):
        add_period(placement=placement, terms=MORE, by=None)
        end_placement(placement=placement, last_day=date(2026, 3, 31), reason="uitval", by=None, remove_planned=True)
        assert days_of(placement) == [(date(2020, 1, 1), date(2026, 3, 31))]


class TestReopen:
    def test_an_end_is_undone(self, placement):
        end_placement(placement=placement, last_day=date(2026, 8, 31), reason="uitval", by=None)
        reopen_placement(placement=placement, by=None)
        period = placement.periods.get()
        assert (period.last_day, period.end_reason) == (None, "")
        assert hours_on(placement, date(2027, 1, 1)) == 2550

    def test_until_the_end_of_the_contract(self, placement):
        end_placement(placement=placement, last_day=date(2026, 8, 31), reason="uitval", by=None)
        reopen_placement(placement=placement, last_day=date(2026, 12, 31), by=None)
        assert days_of(placement) == [(date(2020, 1, 1), date(2026, 12, 31))]

    def test_what_has_no_end_can_not_be_reopened(self, placement):
        with pytest.raises(ValidationError, match="geen einde"):
            reopen_placement(placement=placement, by=None)

    def test_what_is_continued_stays_ended(self, placement):
        end_placement(placement=placement, last_day=date(2026, 8, 31), reason="beter_passend", by=None)
        successor = PlacementFactory(candidate=placement.candidate, host=placement.host, continues=placement)
        with pytest.raises(ValidationError, match=successor.code):
            reopen_placement(placement=placement, by=None)

    def test_not_until_before_it_began(self, placement):
        end_placement(placement=placement, last_day=date(2026, 8, 31), reason="uitval", by=None)
        with pytest.raises(ValidationError) as refused:
            reopen_placement(placement=placement, last_day=date(2019, 1, 1), by=None)
        assert faults(refused) == {"last_day"}


class TestRemove:
    def test_a_mistake_goes(self, placement):
        mistake = add_period(placement=placement, terms=MORE, by=None).period
        remove_period(period=mistake, by=None)
        assert days_of(placement) == [(date(2020, 1, 1), date(2026, 6, 30))]

    def test_the_only_one_stays(self, placement):
        with pytest.raises(ValidationError, match="enige periode"):
            remove_period(period=placement.periods.get(), by=None)


class TestNeighboursInAChain:
    """A placement that continues another one starts after it; no change of days makes both run at once."""

    @pytest.fixture
    def first(self):
        return PlacementFactory(period__first_day=date(2025, 1, 1), period__last_day=date(2026, 6, 30))

    @pytest.fixture
    def second(self, first):
        return PlacementFactory(
            candidate=first.candidate, host=first.host, continues=first, period__first_day=date(2026, 7, 1)
        )

    @pytest.mark.parametrize("last_day", [date(2026, 7, 1), None])
    def test_a_correction_does_not_reach_into_what_follows(self, first, second, last_day):
        row = first.periods.get()
        with pytest.raises(ValidationError, match=f"{second.code} is het vervolg hierop, vanaf 1 juli 2026") as refused:
            correct_period(period=row, terms=replace(terms_of(row), last_day=last_day), by=None)
        assert list(refused.value.error_dict) == ["last_day"]

    def test_a_correction_does_not_reach_into_what_came_before(self, first, second):
        row = second.periods.get()
        with pytest.raises(ValidationError, match=f"vervolg op {first.code}") as refused:
            correct_period(period=row, terms=replace(terms_of(row), first_day=date(2026, 6, 30)), by=None)
        assert list(refused.value.error_dict) == ["first_day"]

    def test_nor_does_a_new_period(self, first, second):
        terms = replace(terms_of(first.periods.get()), first_day=date(2026, 8, 1), last_day=None)
        with pytest.raises(ValidationError, match="is het vervolg hierop"):
            add_period(placement=first, terms=terms, by=None)

    def test_days_that_stay_apart_are_fine(self, first, second):
        row = first.periods.get()
        assert correct_period(period=row, terms=replace(terms_of(row), last_day=date(2026, 5, 31)), by=None)
        assert correct_period(period=row, terms=replace(terms_of(row), last_day=date(2026, 6, 30)), by=None)
        terms = replace(terms_of(second.periods.get()), first_day=date(2026, 9, 1))
        assert add_period(placement=second, terms=terms, by=None).closed

    def test_days_that_were_shared_already_can_be_mended_bit_by_bit(self, first, second):
        row = first.periods.get()
        type(row).objects.filter(pk=row.pk).update(last_day=date(2026, 8, 31))
        row.refresh_from_db()
        assert correct_period(period=row, terms=replace(terms_of(row), hours=Decimal(12)), by=None)
        assert correct_period(period=row, terms=replace(terms_of(row), last_day=date(2026, 7, 31)), by=None)
        with pytest.raises(ValidationError):
            correct_period(period=row, terms=replace(terms_of(row), last_day=date(2026, 8, 1)), by=None)
