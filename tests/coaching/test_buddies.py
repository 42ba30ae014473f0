"""Buddies and team leads: who they are, whom they help, what they were trained for, and who says so."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import AuditEvent
from accounts.records import StaleRecordError
from coaching.models import Buddy, BuddyLink, TrainingDay
from coaching.services import buddies as services
from coaching.services.buddies import BuddyData
from tests.factories import (
    AssignmentFactory,
    BuddyFactory,
    CandidateFactory,
    EmployerFactory,
    JobCoachFactory,
    OrgUnitFactory,
    PlacementFactory,
    TrialFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 28)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
LAURA = BuddyData(name="Laura de Wit", trained_on=date(2026, 3, 1), valid_until=date(2028, 2, 29))


@pytest.fixture
def employer():
    return EmployerFactory()


@pytest.fixture
def coordinator(employer):
    return UserFactory(coordinator=employer)


@pytest.fixture
def buddy(employer):
    return BuddyFactory(employer=employer)


@pytest.fixture
def placement(employer):
    return PlacementFactory(host=employer)


def add(employer, by=None, **change):
    return services.add_buddy(employer=employer, data=replace(LAURA, **change), by=by, today=TODAY)


def link(buddy, subject, by=None, **more):
    values = {"first_day": TODAY, "today": TODAY, **more}
    return services.link_buddy(buddy=buddy, subject=subject, by=by, **values)


class TestKeeping:
    def test_a_name_is_stored_to_find_it_by(self, employer, coordinator):
        made = add(employer, coordinator, name="  Zoë   Çelik ")
        assert (made.name, made.name_folded, made.is_buddy, made.is_lead) == ("Zoë Çelik", "zoe celik", True, False)

    def test_one_person_is_employee_and_buddy(self, employer, coordinator):
        """Laura of Waterschap Aa en Maas was placed, and is a trained buddy now."""
        laura = CandidateFactory(owner=employer, first_name="Laura", last_name="Jansen")
        made = add(employer, coordinator, name="", candidate=laura)
        assert (made.name, made.candidate) == ("Laura Jansen", laura)
        with pytest.raises(ValidationError, match="staat al bij de buddy's"):
            add(employer, coordinator, name="Weer Laura", candidate=laura)

    def test_a_candidate_of_elsewhere_is_unknown_here(self, employer):
        with pytest.raises(ValidationError) as refused:
            add(employer, candidate=CandidateFactory(owner=EmployerFactory()))
        assert refused.value.message_dict == {"candidate": ["Deze kandidaat is hier niet bekend."]}

    def test_who_is_forgotten_as_a_candidate_stays_a_buddy(self, employer):
        laura = CandidateFactory(owner=employer)
        made = add(employer, candidate=laura)
        laura.access.update(last_day=YESTERDAY, first_day=date(2020, 1, 1))
        data = replace(LAURA, candidate=laura, name="Laura")
        assert services.change_buddy(buddy=made, data=data, by=None, today=TODAY) == ["name"]

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"name": "  "}, "name"),
            ({"name": "x" * 121}, "name"),
            ({"is_buddy": False}, "is_buddy"),
            ({"trained_on": TOMORROW}, "trained_on"),
            ({"trained_on": None}, "trained_on"),
            ({"valid_until": date(2026, 2, 28)}, "valid_until"),
        ],
    )
    def test_what_is_wrong_is_named(self, employer, change, field):
        with pytest.raises(ValidationError) as refused:
            add(employer, **change)
        assert field in refused.value.message_dict
        assert not Buddy.objects.exists()

    def test_a_unit_of_elsewhere_is_refused(self, employer):
        with pytest.raises(ValidationError, match="andere werkgever"):
            add(employer, unit=OrgUnitFactory())

    def test_days_of_training_a_year_are_a_leads_only(self, employer):
        assert add(employer, days_required=6).days_required is None
        assert add(employer, is_lead=True, days_required=6).days_required == 6

    def test_a_change_says_what_changed_and_notices_another(self, buddy):
        data = replace(LAURA, name=buddy.name, trained_on=buddy.trained_on, valid_until=date(2030, 1, 1))
        assert services.change_buddy(buddy=buddy, data=data, by=None, today=TODAY) == ["valid_until"]
        with pytest.raises(StaleRecordError):
            services.change_buddy(buddy=buddy, data=LAURA, by=None, today=TODAY, expected_revision=1)

    def test_the_trail_keeps_days_and_no_name(self, employer, coordinator):
        add(employer, coordinator, name="MERKTEKEN")
        changes = AuditEvent.objects.get(action="buddy.toegevoegd").changes
        assert "MERKTEKEN" not in str(changes)
        assert (changes["name"], changes["trained_on"]) == (None, "2026-03-01")


class TestStopping:
    def test_what_runs_ends_and_what_is_planned_goes(self, buddy, employer):
        runs, ended, planned = (PlacementFactory(host=employer) for _ in range(3))
        link(buddy, runs)
        link(buddy, ended, first_day=date(2026, 1, 1), last_day=date(2026, 6, 30))
        link(buddy, planned, first_day=date(2027, 1, 1))
        assert services.stop_buddy(buddy=buddy, last_day=TODAY, by=None) == 2
        assert set(BuddyLink.objects.values_list("placement", "last_day")) == {
            (runs.pk, TODAY),
            (ended.pk, date(2026, 6, 30)),
        }

    def test_and_goes_on_without_the_people_of_before(self, buddy, placement):
        link(buddy, placement)
        services.stop_buddy(buddy=buddy, last_day=TODAY, by=None)
        services.stop_buddy(buddy=buddy, last_day=None, by=None)
        buddy.refresh_from_db()
        assert buddy.last_day is None
        assert BuddyLink.objects.get().last_day == TODAY


class TestLinking:
    def test_coordinator_and_coach_link_and_unlink(self, buddy, placement, coordinator):
        coach = AssignmentFactory(subject=placement).coach.user
        for by in (coordinator, coach, UserFactory(administrator=True)):
            made = link(buddy, placement, by)
            services.unlink_buddy(link=made, last_day=YESTERDAY, by=by, today=TODAY)
            assert not BuddyLink.objects.exists()

    def test_at_a_trial(self, buddy, employer):
        trial = TrialFactory(host=employer)
        assert link(buddy, trial, first_day=trial.first_day).trial == trial

    def test_unlinking_keeps_the_days_that_were(self, buddy, placement):
        made = link(buddy, placement, first_day=date(2026, 1, 1))
        services.unlink_buddy(link=made, last_day=TODAY, by=None, today=TODAY)
        assert BuddyLink.objects.get().last_day == TODAY

    def test_nobody_helps_twice_at_once(self, buddy, placement):
        link(buddy, placement, last_day=TOMORROW)
        with pytest.raises(ValidationError, match="helpt hier al"):
            link(buddy, placement, first_day=TOMORROW)
        link(buddy, placement, first_day=TOMORROW + timedelta(days=1))

    def test_a_buddy_of_another_employer(self, placement):
        with pytest.raises(ValidationError, match="geen buddy van"):
            link(BuddyFactory(), placement)

    def test_nobody_is_her_own_buddy(self, employer, placement):
        with pytest.raises(ValidationError, match="Kies een collega"):
            link(BuddyFactory(employer=employer, candidate=placement.candidate), placement)

    @pytest.mark.parametrize(("stopped", "first_day"), [(YESTERDAY, TODAY), (TOMORROW, TODAY)])
    def test_not_after_the_buddy_stops(self, buddy, placement, stopped, first_day):
        services.stop_buddy(buddy=buddy, last_day=stopped, by=None)
        with pytest.raises(ValidationError, match="buddy tot en met"):
            link(buddy, placement, first_day=first_day)


class TestTraining:
    def test_a_day_counts_once(self, buddy):
        services.add_training_day(buddy=buddy, day=TODAY, subject=" Feedback ", by=None, today=TODAY)
        with pytest.raises(ValidationError, match="staat er al"):
            services.add_training_day(buddy=buddy, day=TODAY, by=None, today=TODAY)
        assert TrainingDay.objects.get().subject == "Feedback"

    def test_not_in_the_future(self, buddy):
        with pytest.raises(ValidationError, match="vandaag of eerder"):
            services.add_training_day(buddy=buddy, day=TOMORROW, by=None, today=TODAY)

    def test_a_mistake_goes(self, buddy):
        row = services.add_training_day(buddy=buddy, day=TODAY, by=None, today=TODAY)
        services.remove_training_day(training_day=row, by=None)
        assert not TrainingDay.objects.exists()


def test_nobody_else_writes(buddy, employer, placement):
    made = link(buddy, placement)
    day = services.add_training_day(buddy=buddy, day=TODAY, by=None, today=TODAY)
    calls = [
        lambda by: add(employer, by),
        lambda by: services.change_buddy(buddy=buddy, data=LAURA, by=by, today=TODAY),
        lambda by: services.stop_buddy(buddy=buddy, last_day=TODAY, by=by),
        lambda by: link(buddy, placement, by),
        lambda by: services.unlink_buddy(link=made, last_day=TODAY, by=by, today=TODAY),
        lambda by: services.add_training_day(buddy=buddy, day=YESTERDAY, by=by, today=TODAY),
        lambda by: services.remove_training_day(training_day=day, by=by),
    ]
    for by in (
        UserFactory(coordinator=EmployerFactory()),
        UserFactory(coordinator=employer, read_only=True),
        JobCoachFactory(employer=employer).user,
    ):
        for call in calls:
            with pytest.raises(PermissionDenied):
                call(by)


def test_a_coach_keeps_no_buddies(buddy, employer, placement):
    coach = AssignmentFactory(subject=placement).coach.user
    with pytest.raises(PermissionDenied):
        add(employer, coach)
    with pytest.raises(PermissionDenied):
        services.stop_buddy(buddy=buddy, last_day=TODAY, by=coach)
