"""Coaching follows the placement: a merger, a continuation elsewhere, a corrected candidate."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine

from accounts.models import AuditEvent
from candidates.models import Candidate
from coaching.forms.handing import colleagues_of
from coaching.models import Assignment, ConfidentialNote, HandOver, JobCoach
from coaching.services.carrying import carry_daily, carry_hours
from coaching.services.following import follow_placements
from coaching.services.standing import use_hours
from placements.models import Placement
from placements.services.hand_over import hand_over_records
from placements.services.mergers import merge_employer
from placements.services.placements import change_placement, continue_elsewhere
from placements.services.terms import Arrangement, Terms, arrangement_of
from tests.factories import (
    AssignmentFactory,
    CandidateFactory,
    CheckInFactory,
    EmployerFactory,
    GrantFactory,
    JobCoachFactory,
    PlacementFactory,
    TrialFactory,
)

pytestmark = pytest.mark.django_db

LAST = date(2026, 12, 31)
NEXT = date(2027, 1, 1)


@pytest.fixture
def merged():
    """A coached placement whose host merges into another employer on 1 January."""
    check_in = CheckInFactory(minutes=60, confidential="Geheim")
    assignment = check_in.assignment
    grant = GrantFactory(placement=assignment.placement, hours=Decimal(10), last_day=date(2027, 6, 30))
    use_hours([grant])
    merge_employer(by=None, employer=assignment.placement.host, successor=EmployerFactory(), last_day=LAST)
    return assignment, grant


def test_after_a_merger_the_coach_goes_on(merged):
    before, _ = merged
    before.refresh_from_db()
    after = Assignment.objects.get(first_day=NEXT)
    assert (before.last_day, after.coach) == (LAST, before.coach)
    assert after.placement.continues == before.placement
    assert after.phases.get().first_day == before.phases.get().first_day
    assert Candidate.objects.visible_to(after.coach.user, NEXT).exists()
    assert HandOver.objects.get().shares_notes


class TestGrantedHours:
    def test_until_the_day_they_stand_where_they_are_used(self, merged):
        before, grant = merged
        carry_hours(LAST)
        grant.refresh_from_db()
        assert (grant.placement, grant.used_minutes) == (before.placement, 60)

    def test_from_the_day_they_go_along_with_what_was_used(self, merged):
        _, grant = merged
        after = Assignment.objects.get(first_day=NEXT)
        carry_daily(NEXT)
        CheckInFactory(assignment=after, day=NEXT, today=NEXT, by=None, minutes=30)
        grant.refresh_from_db()
        assert (grant.placement, grant.used_minutes) == (after.placement, 90)

    def test_a_missed_day_is_made_up_for(self, merged):
        _, grant = merged
        after = Assignment.objects.get(first_day=NEXT)
        CheckInFactory(assignment=after, day=NEXT, today=NEXT, by=None, minutes=30)
        assert "1 toekenning" in carry_daily(date(2027, 1, 5))
        assert carry_daily(date(2027, 1, 5)) == ""
        event = AuditEvent.objects.get(action="uren.meegegaan")
        assert (event.actor, event.details.get().object_id) == (None, str(grant.uuid))
        grant.refresh_from_db()
        assert grant.used_minutes == 90

    def test_a_change_that_is_past_takes_them_at_once(self):
        grant = GrantFactory(last_day=date(2026, 12, 31))
        with time_machine.travel(date(2026, 11, 28)):
            day = date(2026, 11, 1)
            merge_employer(by=None, employer=grant.placement.host, successor=EmployerFactory(), last_day=day)
        grant.refresh_from_db()
        assert grant.placement.continues is not None

    def test_without_a_coach_they_go_along_as_well(self):
        grant = GrantFactory(last_day=date(2027, 6, 30))
        merge_employer(by=None, employer=grant.placement.host, successor=EmployerFactory(), last_day=LAST)
        carry_hours(NEXT)
        grant.refresh_from_db()
        assert grant.placement.continues is not None

    def test_what_is_over_before_the_day_stays(self):
        grant = GrantFactory(last_day=LAST)
        merge_employer(by=None, employer=grant.placement.host, successor=EmployerFactory(), last_day=LAST)
        assert carry_hours(NEXT) == []

    @pytest.mark.parametrize("coached", [True, False])
    def test_elsewhere_they_go_along_with_the_coach_only(self, coached):
        placement = PlacementFactory()
        if coached:
            AssignmentFactory(subject=placement)
        grant = GrantFactory(placement=placement, last_day=date(2027, 6, 30))
        arrangement = Arrangement(candidate=placement.candidate, host=EmployerFactory(), route="dienstverband")
        terms = Terms(first_day=NEXT, hours=24, contract_kind="vast", job_title="Groen")
        after = continue_elsewhere(
            placement=placement, arrangement=arrangement, terms=terms, reason="contract_afgelopen", on=LAST, by=None
        )
        carry_hours(NEXT)
        grant.refresh_from_db()
        assert grant.placement == (after if coached else placement)

    def test_two_steps_are_taken_at_once(self, merged):
        before, grant = merged
        middle = before.placement.continued_by.get()
        with time_machine.travel(date(2026, 11, 28)):
            merge_employer(by=None, employer=middle.host, successor=EmployerFactory(), last_day=date(2027, 1, 31))
        carry_hours(date(2027, 2, 1))
        grant.refresh_from_db()
        assert (grant.placement.continues, grant.used_minutes) == (middle, 60)

    @pytest.mark.parametrize("coached", [True, False])
    def test_those_of_a_trial(self, coached):
        trial = TrialFactory(last_day=date(2027, 1, 31))
        grant = GrantFactory(placement=None, trial=trial, last_day=date(2027, 1, 31))
        if coached:
            row = AssignmentFactory(subject=trial, first_day=trial.first_day, last_day=trial.last_day)
            CheckInFactory(assignment=row, minutes=40)
        with time_machine.travel(date(2026, 11, 28)):
            merge_employer(by=None, employer=trial.host, successor=EmployerFactory(), last_day=LAST)
        carry_hours(NEXT)
        grant.refresh_from_db()
        assert grant.trial != trial
        if coached:
            after = Assignment.objects.get(first_day=NEXT)
            CheckInFactory(assignment=after, day=NEXT, today=NEXT, by=None, minutes=5)
            grant.refresh_from_db()
        assert grant.used_minutes == (45 if coached else 0)


class TestCoachesOfAnEmployerThatHasEnded:
    @pytest.fixture
    def merged(self):
        """A coach of an employer that merged, with a caseload, and the successor."""
        row = CheckInFactory(confidential="Geheim").assignment
        successor = EmployerFactory()
        merge_employer(by=None, employer=row.placement.host, successor=successor, last_day=date(2026, 10, 31))
        return row, successor

    def hand_over(self, row, successor):
        source = row.placement.host
        source.refresh_from_db()
        hand_over_records(by=None, employer=successor, today=date(2026, 11, 28), source=source)
        row.coach.refresh_from_db()

    def test_they_go_to_the_successor_with_the_records(self, merged):
        row, successor = merged
        self.hand_over(row, successor)
        assert row.coach.employer == successor
        assert AuditEvent.objects.get(action="coaches.overgedragen").details.count() == 1

    def test_a_code_that_is_taken_gets_the_old_employers_behind_it(self, merged):
        row, successor = merged
        JobCoachFactory(employer=successor, code=row.coach.code)
        code = f"{row.coach.code}-{row.placement.host.code}"
        self.hand_over(row, successor)
        assert row.coach.code == code

    def test_who_coaches_at_both_is_one_coach_from_then_on(self, merged):
        row, successor = merged
        user = row.coach.user
        known = JobCoachFactory(employer=successor, user=user, first_day=date(2026, 11, 1))
        self.hand_over(row, successor)
        known.refresh_from_db()
        day = date(2026, 11, 28)
        assert not Assignment.objects.exclude(coach=known).exists()
        assert Assignment.objects.visible_to(user, day).count() == 1
        assert Candidate.objects.visible_to(user, day).count() == 1
        assert ConfidentialNote.objects.readable_by(user, day).count() == 1
        assert (row.coach.last_day, known.first_day) == (date(2026, 10, 31), date(2026, 9, 1))

    def test_a_colleague_of_the_successor_may_take_over_before_that(self, merged):
        row, successor = merged
        colleague, stranger = JobCoachFactory(employer=successor), JobCoachFactory()
        mine = JobCoach.objects.filter(pk=row.coach.pk)
        assert list(colleagues_of(mine, date(2026, 11, 28))) == [colleague]
        assert list(colleagues_of(JobCoach.objects.filter(pk=colleague.pk), date(2026, 11, 28))) == [row.coach]
        assert not colleagues_of(JobCoach.objects.filter(pk=stranger.pk), date(2026, 11, 28)).exists()


def test_following_twice_changes_nothing(merged):
    follow_placements(list(Placement.objects.values_list("pk", flat=True)))
    assert Assignment.objects.count() == 2


def test_access_follows_a_corrected_candidate():
    assignment = AssignmentFactory()
    placement = assignment.placement
    right = CandidateFactory(owner=placement.owner)
    arrangement = arrangement_of(placement)
    change_placement(
        placement=placement,
        arrangement=type(arrangement)(**(arrangement.values() | {"candidate": right})),
        on=date(2026, 11, 28),
        by=None,
    )
    assert list(Candidate.objects.visible_to(assignment.coach.user, date(2026, 11, 28))) == [right]


def test_coaching_that_still_has_to_begin_moves_along():
    planned = AssignmentFactory(first_day=date(2027, 2, 1))
    merge_employer(by=None, employer=planned.placement.host, successor=EmployerFactory(), last_day=LAST)
    planned.refresh_from_db()
    assert planned.placement.continues is not None
    assert Assignment.objects.count() == 1
