"""Who coaches whom: choosing, phases, ending, handing over; the coach's access follows."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import AuditEvent
from candidates.models import Candidate
from coaching.models import Assignment, ConfidentialNote, HandOver, JobCoach
from coaching.services.assignments import AssignmentData, assign, change_assignment, set_phase
from coaching.services.handing import hand_over
from tests.factories import (
    AssignmentFactory,
    CheckInFactory,
    EmployerFactory,
    JobCoachFactory,
    PartnerLinkFactory,
    PlacementFactory,
    TrialFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 28)
FIRST = date(2026, 9, 1)


@pytest.fixture
def placement():
    return PlacementFactory()


@pytest.fixture
def coordinator(placement):
    return UserFactory(coordinator=placement.host)


def give(coach, subject, *, by=None, first_day=FIRST, **more):
    data = AssignmentData(first_day=first_day, last_day=more.pop("last_day", None))
    return assign(coach=coach, subject=subject, data=data, by=by, today=TODAY, **more)


class TestAssigning:
    def test_the_coach_sees_the_person_until_the_last_day(self, placement, coordinator):
        coach = JobCoachFactory(employer=placement.host)
        give(coach, placement, by=coordinator, last_day=date(2026, 12, 31))
        seen = Candidate.objects.visible_to
        assert list(seen(coach.user, TODAY)) == [placement.candidate]
        assert list(seen(coach.user, date(2026, 12, 31))) == [placement.candidate]
        assert not seen(coach.user, date(2027, 1, 1)).exists()
        assert not seen(JobCoachFactory(employer=placement.host).user, TODAY).exists()

    def test_it_is_on_the_trail_without_a_name(self, placement, coordinator):
        assignment = give(JobCoachFactory(employer=placement.host), placement, by=coordinator).assignment
        event = AuditEvent.objects.get(action="begeleiding.toegewezen")
        assert (event.actor, event.employer, event.object_id) == (coordinator, placement.host, str(assignment.uuid))
        assert placement.candidate.full_name not in str(event.changes)

    def test_a_trial_is_coached_as_well(self):
        trial = TrialFactory()
        assignment = give(JobCoachFactory(employer=trial.host), trial, first_day=trial.first_day).assignment
        assert (assignment.subject, assignment.candidate) == (trial, trial.candidate)

    def test_only_the_host_arranges_it(self, placement):
        stranger = UserFactory(coordinator=EmployerFactory())
        with pytest.raises(PermissionDenied):
            give(JobCoachFactory(employer=placement.host), placement, by=stranger)

    @pytest.mark.parametrize("linked", [True, False])
    def test_a_partner_has_to_be_linked(self, placement, linked):
        coach = JobCoachFactory(external=True)
        if linked:
            PartnerLinkFactory(employer=placement.host, partner=coach.partner)
            assert give(coach, placement).assignment.coach == coach
        else:
            with pytest.raises(ValidationError, match="gekoppelde organisatie"):
                give(coach, placement)

    def test_another_employers_coach_is_not_to_choose(self, placement):
        with pytest.raises(ValidationError, match="geen coach van"):
            give(JobCoachFactory(), placement)

    def test_internal_and_external_exclude_each_other_and_it_says_so(self, placement):
        give(JobCoachFactory(employer=placement.host, name="Kim"), placement)
        external = JobCoachFactory(external=True)
        PartnerLinkFactory(employer=placement.host, partner=external.partner)
        with pytest.raises(ValidationError, match="Interne en externe begeleiding gaan niet samen: Kim"):
            give(external, placement)
        assert Assignment.objects.count() == 1

    def test_after_the_internal_one_ended_an_external_one_begins(self, placement):
        give(JobCoachFactory(employer=placement.host), placement, last_day=date(2026, 10, 31))
        external = JobCoachFactory(external=True)
        PartnerLinkFactory(employer=placement.host, partner=external.partner)
        give(external, placement, first_day=date(2026, 11, 1))
        assert Assignment.objects.count() == 2

    def test_the_same_coach_does_not_coach_twice(self, placement):
        coach = JobCoachFactory(employer=placement.host)
        give(coach, placement)
        with pytest.raises(ValidationError, match="begeleidt hier al"):
            give(coach, placement, first_day=date(2026, 10, 1))

    @pytest.mark.parametrize(
        ("first_day", "last_day", "says"),
        [
            (date(2026, 8, 31), None, "jobcoach vanaf 1 september 2026"),
            (FIRST, None, "jobcoach tot en met 31 december 2026"),
            (date(2027, 1, 1), None, "jobcoach tot en met 31 december 2026"),
            (FIRST, date(2026, 8, 1), "vóór de eerste dag"),
        ],
    )
    def test_days_lie_within_the_coachs_service(self, placement, first_day, last_day, says):
        coach = JobCoachFactory(employer=placement.host, first_day=FIRST, last_day=date(2026, 12, 31))
        with pytest.raises(ValidationError) as refused:
            give(coach, placement, first_day=first_day, last_day=last_day)
        assert says in str(refused.value)

    def test_more_people_than_room_warns_and_goes_through(self, placement):
        coach = JobCoachFactory(employer=placement.host, name="Kim", capacity=10)
        for _ in range(11):
            AssignmentFactory(subject=PlacementFactory(host=placement.host), coach=coach)
        assigned = give(coach, placement)
        assert assigned.warning == "Kim zit op 120 %: overbelast (12 mensen, ruimte voor 10)."
        assert Assignment.objects.filter(coach=coach).count() == 12

    def test_closed_coaching_is_no_load(self, placement):
        coach = JobCoachFactory(employer=placement.host, capacity=1)
        AssignmentFactory(subject=PlacementFactory(host=placement.host), coach=coach, phase="gesloten")
        assert give(coach, placement).warning == ""
        assert JobCoach.objects.with_load(TODAY).get(pk=coach.pk).load == 1


class TestChanging:
    def test_a_last_day_ends_the_access(self):
        assignment = AssignmentFactory()
        change_assignment(assignment=assignment, data=AssignmentData(first_day=FIRST, last_day=TODAY), by=None)
        assignment.access.refresh_from_db()
        assert assignment.access.last_day == TODAY

    def test_a_recorded_contact_stays_within_the_days(self):
        check_in = CheckInFactory(day=date(2026, 11, 2))
        with pytest.raises(ValidationError, match="gesprek vastgelegd op 2 november 2026"):
            change_assignment(
                assignment=check_in.assignment,
                data=AssignmentData(first_day=FIRST, last_day=date(2026, 11, 1)),
                by=None,
            )

    def test_nothing_changed_is_nothing_recorded(self):
        assignment = AssignmentFactory()
        assert change_assignment(assignment=assignment, data=AssignmentData(first_day=FIRST), by=None) == []
        assert not AuditEvent.objects.filter(action="begeleiding.gewijzigd").exists()


class TestPhases:
    def test_a_phase_sets_the_rhythm_and_may_step_up_again(self):
        assignment = AssignmentFactory(phase="afbouw", interval=None)
        assert assignment.contact_due == date(2026, 10, 13)
        set_phase(assignment=assignment, phase="intensief", day=TODAY, by=assignment.coach.user, today=TODAY)
        assignment.refresh_from_db()
        assert (assignment.phase, assignment.contact_due) == ("intensief", TODAY + timedelta(days=14))
        assert assignment.phases.count() == 2

    def test_a_closed_phase_is_never_overdue(self):
        assignment = AssignmentFactory()
        assert assignment in Assignment.objects.overdue(TODAY)
        set_phase(assignment=assignment, phase="gesloten", day=TODAY, by=None, today=TODAY)
        assert not Assignment.objects.overdue(TODAY).exists()
        assert not Assignment.objects.asking_attention(TODAY).exists()

    @pytest.mark.parametrize(
        ("day", "says"),
        [(date(2026, 11, 29), "vandaag of eerder"), (date(2026, 8, 31), "begon op 1 september 2026")],
    )
    def test_the_day_of_a_phase(self, day, says):
        with pytest.raises(ValidationError, match=says):
            set_phase(assignment=AssignmentFactory(), phase="nazorg", day=day, by=None, today=TODAY)

    def test_the_same_day_corrects_the_phase(self):
        assignment = AssignmentFactory()
        set_phase(assignment=assignment, phase="afbouw", day=FIRST, by=None, today=TODAY, interval=30)
        assert [(p.phase, p.interval) for p in assignment.phases.all()] == [("afbouw", 30)]

    def test_another_coach_leaves_it(self):
        with pytest.raises(PermissionDenied):
            set_phase(assignment=AssignmentFactory(), phase="afbouw", day=TODAY, by=JobCoachFactory().user, today=TODAY)


class TestHandingOver:
    @pytest.fixture
    def pair(self):
        """A coach with two people, and a colleague."""
        employer = EmployerFactory()
        coach, colleague = JobCoachFactory(employer=employer), JobCoachFactory(employer=employer)
        rows = [AssignmentFactory(subject=PlacementFactory(host=employer), coach=coach) for _ in range(2)]
        return rows, coach, colleague

    def test_a_whole_caseload_goes_in_one_action(self, pair):
        rows, coach, colleague = pair
        CheckInFactory(assignment=rows[0], day=date(2026, 11, 20))
        day = date(2026, 12, 1)
        made = hand_over(assignments=rows, to=colleague, day=day, by=coach.user, today=TODAY).assignments
        assert [(row.coach, row.first_day) for row in made] == [(colleague, day)] * 2
        for row in rows:
            row.refresh_from_db()
            assert (row.last_day, row.access.last_day) == (day - timedelta(days=1),) * 2
        assert Candidate.objects.visible_to(colleague.user, day).count() == 2
        assert not Candidate.objects.visible_to(coach.user, day).exists()
        assert AuditEvent.objects.get(action="begeleiding.overgedragen").details.count() == 2

    def test_neglect_is_handed_over_too(self, pair):
        rows, coach, colleague = pair
        made = hand_over(assignments=rows[:1], to=colleague, day=TODAY, by=coach.user, today=TODAY).assignments[0]
        made.refresh_from_db()
        assert made.contact_due == date(2026, 9, 15)
        assert made in Assignment.objects.overdue(TODAY)

    @pytest.mark.parametrize(("who", "shared"), [("coach", True), ("coordinator", False)])
    def test_only_the_writer_lets_the_successor_read_confidences(self, pair, who, shared):
        rows, coach, colleague = pair
        by = coach.user if who == "coach" else UserFactory(coordinator=coach.employer)
        hand_over(assignments=rows[:1], to=colleague, day=TODAY, by=by, today=TODAY, shares_notes=True)
        assert HandOver.objects.get().shares_notes == shared

    def test_a_coach_hands_over_the_own_people_only(self, pair):
        rows, _, colleague = pair
        with pytest.raises(PermissionDenied):
            hand_over(assignments=rows, to=colleague, day=TODAY, by=colleague.user, today=TODAY)

    @pytest.mark.parametrize("day", [date(2026, 11, 27), FIRST])
    def test_never_in_the_past(self, pair, day):
        rows, coach, colleague = pair
        with pytest.raises(ValidationError, match="vandaag of later"):
            hand_over(assignments=rows, to=colleague, day=day, by=coach.user, today=TODAY)

    def test_not_to_oneself(self, pair):
        rows, coach, _ = pair
        with pytest.raises(ValidationError, match="begeleidt hier al"):
            hand_over(assignments=rows, to=coach, day=TODAY, by=coach.user, today=TODAY)

    def test_from_internal_to_external(self, pair):
        rows, coach, _ = pair
        external = JobCoachFactory(external=True)
        PartnerLinkFactory(employer=coach.employer, partner=external.partner)
        made = hand_over(assignments=rows[:1], to=external, day=TODAY, by=None, today=TODAY).assignments
        assert made[0].coach == external

    def test_what_had_still_to_begin_begins_with_the_successor(self, pair):
        _, coach, colleague = pair
        first_day = date(2026, 12, 7)
        row = AssignmentFactory(subject=PlacementFactory(host=coach.employer), coach=coach, first_day=first_day)
        day = date(2026, 12, 1)
        (after,) = hand_over(assignments=[row], to=colleague, day=day, by=coach.user, today=TODAY).assignments
        assert (after, after.coach, after.first_day, after.access.coach) == (row, colleague, first_day, colleague)

    def test_a_stand_in_for_some_weeks_comes_between(self, pair):
        """From 21 December a colleague takes over, until then somebody else stands in: the writer lets both read."""
        (row, _), coach, colleague = pair
        stand_in = JobCoachFactory(employer=coach.employer)
        CheckInFactory(assignment=row, confidential="Geheim")
        given = {"by": coach.user, "today": TODAY, "shares_notes": True}
        hand_over(assignments=[row], to=colleague, day=date(2026, 12, 21), **given)
        hand_over(assignments=[row], to=stand_in, day=date(2026, 12, 1), **given)
        stretches = Assignment.objects.of_subject(row).order_by("first_day")
        assert list(stretches.values_list("coach", "first_day", "last_day")) == [
            (coach.pk, FIRST, date(2026, 11, 30)),
            (stand_in.pk, date(2026, 12, 1), date(2026, 12, 20)),
            (colleague.pk, date(2026, 12, 21), None),
        ]
        for user in (stand_in.user, colleague.user):
            assert ConfidentialNote.objects.readable_by(user, date(2026, 12, 2)).exists()
        assert not ConfidentialNote.objects.readable_by(stand_in.user, date(2026, 12, 21)).exists()

    def test_a_contact_of_today_stays_with_who_recorded_it(self, pair):
        _, coach, colleague = pair
        row = AssignmentFactory(subject=PlacementFactory(host=coach.employer), coach=coach, first_day=TODAY)
        CheckInFactory(assignment=row, day=TODAY)
        with pytest.raises(ValidationError, match="al een gesprek vastgelegd"):
            hand_over(assignments=[row], to=colleague, day=TODAY, by=coach.user, today=TODAY)
