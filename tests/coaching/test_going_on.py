"""Work goes on under another placement or trial: the story, the rhythm, the records and the helpers go on with it."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from coaching.hours import curve
from coaching.models import (
    Adjustment,
    Agreement,
    Assignment,
    Buddy,
    BuddyLink,
    CheckIn,
    ConfidentialNote,
    Goal,
    JobCoach,
)
from coaching.overview import Heed, parts
from coaching.services.agreements import settle_agreement
from coaching.services.buddies import add_training_day, link_buddy
from coaching.services.check_ins import Agreed, CheckInData, change_check_in
from coaching.services.development import GOALS, INTERVENTIONS, GoalData, InterventionData, end_goal
from coaching.services.handing import hand_over
from coaching.services.workplace import ADJUSTMENTS, AdjustmentData
from placements.models import Placement, Trial
from placements.services.mergers import merge_employer
from placements.services.placements import continue_elsewhere
from placements.services.terms import Arrangement, Terms
from tests.factories import (
    AssignmentFactory,
    BuddyFactory,
    CheckInFactory,
    EmployerFactory,
    JobCoachFactory,
    OrgUnitFactory,
    PartnerFactory,
    PartnerLinkFactory,
    PlacementFactory,
    TrialFactory,
    UserFactory,
)
from tests.placements.views.pages import words

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 28)
LAST, START = date(2026, 12, 31), date(2027, 1, 1)
AFTER = date(2027, 1, 4)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(TODAY, tick=False) as clock:
        yield clock


def merge(employer, successor=None):
    successor = successor or EmployerFactory()
    merge_employer(by=None, employer=employer, successor=successor, last_day=LAST)
    return successor


def go_on(placement, *, host=None, first_day=START):
    """Let a placement be continued by an own contract, at the same host or elsewhere."""
    arrangement = Arrangement(candidate=placement.candidate, host=host or placement.host, route="dienstverband")
    terms = Terms(first_day=first_day, hours=24, contract_kind="vast", job_title="Groen")
    reason = "contract_afgelopen"
    return continue_elsewhere(
        placement=placement, arrangement=arrangement, terms=terms, reason=reason, on=TODAY, by=None
    )


@pytest.fixture
def assignment():
    """Coaching with a story: three contacts with falling scores, a goal, something tried and something adjusted."""
    row = AssignmentFactory()
    for number, score in enumerate((5, 4, 3)):
        CheckInFactory(
            assignment=row,
            day=date(2026, 11, 2 + 7 * number),
            note=f"Verslag {number}",
            confidential="Geheim",
            scores={"click": score},
            agreements=(Agreed(text=f"Afspraak {number}", due=TODAY),),
        )
    given = {"subject": row.placement, "by": row.coach.user, "today": TODAY}
    GOALS.add(data=GoalData(title="Zelf plannen", day=TODAY), **given)
    INTERVENTIONS.add(data=InterventionData(day=TODAY, problem="Druk", action="Rust"), **given)
    ADJUSTMENTS.add(data=AdjustmentData(text="Bureau bij het raam", asked_on=TODAY), **given)
    row.refresh_from_db()
    return row


def going_on(assignment):
    """Return the coaching that goes on from this one."""
    return Assignment.objects.get(taken_over__before=assignment)


class TestTheStory:
    def test_until_the_last_day_everything_stands_where_it_stood(self, client, assignment):
        merge(assignment.placement.host)
        client.force_login(assignment.coach.user)
        page = words(client.get(reverse("coached_person", kwargs={"assignment": assignment.uuid})))
        assert "Verslag 2" in page
        assert "Doel afgesproken: Zelf plannen" in page

    def test_the_coach_goes_on_with_what_was_recorded_before(self, client, clock, assignment):
        merge(assignment.placement.host)
        clock.move_to(AFTER)
        client.force_login(assignment.coach.user)
        page = words(client.get(reverse("coached_person", kwargs={"assignment": going_on(assignment).uuid})))
        told = ("Verslag 0", "Geheim", "Interventie: Rust", "Afspraak 1")
        assert [text for text in told if text not in page] == []

    def test_the_coordinator_sees_that_something_agreed_before_is_late(self, assignment):
        successor = merge(assignment.placement.host)
        coordinator = UserFactory(coordinator=successor)
        late = lambda: parts(coordinator, successor, AFTER).counts(AFTER)[Heed.AGREEMENT]  # noqa: E731
        assert late() == 1
        for agreement in Agreement.objects.all():
            settle_agreement(agreement=agreement, done_on=TODAY, by=assignment.coach.user, today=TODAY)
        assert late() == 0

    def test_the_rhythm_and_the_signal_go_on(self, assignment):
        merge(assignment.placement.host)
        after = going_on(assignment)
        told = ("last_contact", "next_contact", "contact_due", "silent_from", "score_signal")
        assert [getattr(after, name) for name in told] == [getattr(assignment, name) for name in told]
        assert after.score_signal == "dalend"

    def test_a_contact_before_and_one_after_count_together(self, clock, assignment):
        merge(assignment.placement.host)
        after = going_on(assignment)
        CheckInFactory(assignment=after, day=AFTER, scores={"click": 5})
        after.refresh_from_db()
        assert (after.last_contact, after.score_signal) == (AFTER, "")

    def test_a_chain_of_three_is_one_story(self, clock, assignment):
        second = go_on(assignment.placement)
        third = go_on(second, first_day=date(2027, 3, 1))
        clock.move_to(date(2027, 3, 2))
        after = Assignment.objects.get(placement=third)
        user = assignment.coach.user
        assert CheckIn.objects.visible_to(user).of_subject(after).count() == 3
        assert Goal.objects.visible_to(user).of_subject(after).count() == 1
        assert after.last_contact == date(2026, 11, 16)

    def test_the_author_changes_a_contact_within_the_week_also_after_the_merger(self, clock, assignment):
        with time_machine.travel(date(2026, 12, 30)):
            check_in = CheckInFactory(assignment=assignment, day=date(2026, 12, 30), today=date(2026, 12, 30))
        merge(assignment.placement.host)
        clock.move_to(AFTER)
        data = CheckInData(day=check_in.day, kind="bellen", minutes=20)
        assert change_check_in(check_in=check_in, data=data, by=assignment.coach.user, now=timezone.now())

    def test_an_agreement_of_before_is_ticked_off(self, clock, assignment):
        merge(assignment.placement.host)
        clock.move_to(AFTER)
        agreement = assignment.check_ins.order_by("day")[0].agreements.get()
        settle_agreement(agreement=agreement, done_on=AFTER, by=assignment.coach.user, today=AFTER)
        agreement.refresh_from_db()
        assert agreement.done_on == AFTER

    def test_who_was_let_read_confidences_goes_on_reading_them(self, clock, assignment):
        colleague = JobCoachFactory(employer=assignment.coach.employer)
        by = assignment.coach.user
        hand_over(assignments=[assignment], to=colleague, day=TODAY, by=by, today=TODAY, shares_notes=True)
        merge(assignment.placement.host)
        for day in (TODAY, AFTER):
            assert ConfidentialNote.objects.readable_by(colleague.user, day).count() == 3

    def test_a_new_coach_elsewhere_reads_nothing_of_before(self, clock, assignment):
        """Without a coach who went along, another place of work is another story."""
        Assignment.objects.filter(pk=assignment.pk).update(last_day=date(2026, 12, 15))
        elsewhere = EmployerFactory()
        after = go_on(assignment.placement, host=elsewhere)
        row = AssignmentFactory(subject=after, first_day=START, today=AFTER)
        clock.move_to(AFTER)
        assert not CheckIn.objects.visible_to(row.coach.user).exists()
        assert not Goal.objects.visible_to(row.coach.user).exists()


class TestGoalsAndTheWorkplace:
    def test_the_coach_goes_on_with_a_goal(self, clock, assignment):
        merge(assignment.placement.host)
        clock.move_to(AFTER)
        goal = Goal.objects.visible_to(assignment.coach.user).of_subject(going_on(assignment)).get()
        end_goal(goal=goal, reached_on=AFTER, by=assignment.coach.user, today=AFTER)
        assert Goal.objects.get().reached_on == AFTER

    def test_the_successor_sees_and_keeps_what_was_adjusted(self, client, assignment):
        successor = merge(assignment.placement.host)
        placement = going_on(assignment).placement
        coordinator = UserFactory(coordinator=successor)
        client.force_login(coordinator)
        where = {"employer": successor.uuid, "placement": placement.uuid}
        assert "Bureau bij het raam" in words(client.get(reverse("workplace", kwargs=where)))
        data = AdjustmentData(text="Bureau bij het raam", asked_on=TODAY, ready_on=TODAY)
        adjustment = Adjustment.objects.get()
        assert ADJUSTMENTS.change(adjustment, data=data, by=coordinator, today=TODAY) == ["ready_on"]

    def test_another_place_of_work_sees_nothing_of_it(self, assignment):
        """The coach went along, and reads it still."""
        elsewhere = EmployerFactory()
        go_on(assignment.placement, host=elsewhere)
        coordinator = UserFactory(coordinator=elsewhere)
        adjustment = Adjustment.objects.get()
        after = going_on(assignment)
        assert not Adjustment.objects.visible_to(coordinator).at_workplace_of(after.placement).exists()
        assert Adjustment.objects.visible_to(assignment.coach.user).of_subject(after).exists()
        data = AdjustmentData(text="Iets anders", asked_on=TODAY)
        with pytest.raises(PermissionDenied):
            ADJUSTMENTS.change(adjustment, data=data, by=coordinator, today=TODAY)


class TestBuddies:
    @pytest.fixture
    def employer(self):
        return EmployerFactory()

    @pytest.fixture
    def buddy(self, employer):
        unit = OrgUnitFactory(employer=employer)
        buddy = BuddyFactory(employer=employer, name="Bo", is_lead=True, days_required=6, unit=unit)
        add_training_day(buddy=buddy, day=date(2026, 10, 1), by=None, today=TODAY)
        return buddy

    def days(self):
        rows = BuddyLink.objects.order_by("first_day", "pk").select_related("buddy")
        return [(row.buddy.employer_id, row.first_day, row.last_day) for row in rows]

    def test_they_help_on_at_the_successor(self, employer, buddy):
        placement = PlacementFactory(host=employer)
        link_buddy(buddy=buddy, subject=placement, first_day=TODAY, by=None, today=TODAY)
        successor = merge(employer)
        assert self.days() == [(employer.pk, TODAY, LAST), (successor.pk, START, None)]
        assert BuddyLink.objects.get(first_day=START).placement.continues == placement
        after = Buddy.objects.get(employer=successor)
        assert (after.name, after.days_required, after.training_days.get().day) == ("Bo", 6, date(2026, 10, 1))
        assert after.unit.employer == successor
        buddy.refresh_from_db()
        assert buddy.last_day == LAST

    def test_also_at_a_trial_and_where_they_had_still_to_begin(self, employer, buddy):
        trial = TrialFactory(host=employer, last_day=date(2027, 1, 31))
        later = PlacementFactory(host=employer, period__first_day=date(2027, 2, 1))
        for subject, first_day in ((trial, TODAY), (later, date(2027, 2, 1))):
            link_buddy(buddy=buddy, subject=subject, first_day=first_day, by=None, today=TODAY)
        successor = merge(employer)
        assert self.days() == [
            (employer.pk, TODAY, LAST),
            (successor.pk, START, None),
            (successor.pk, date(2027, 2, 1), None),
        ]
        assert all(link.subject.host == successor for link in BuddyLink.objects.filter(first_day__gte=START))

    def test_who_is_a_buddy_at_the_successor_already_is_not_made_twice(self, employer, buddy):
        successor = EmployerFactory()
        person = PlacementFactory(host=employer).candidate
        Buddy.objects.filter(pk=buddy.pk).update(candidate=person)
        BuddyFactory(employer=successor, candidate=person)
        merge(employer, successor)
        assert Buddy.objects.filter(employer=successor).count() == 1

    def test_they_help_on_after_a_new_contract_at_the_same_host(self, employer, buddy):
        placement = PlacementFactory(host=employer)
        link_buddy(buddy=buddy, subject=placement, first_day=TODAY, by=None, today=TODAY)
        go_on(placement)
        assert self.days() == [(employer.pk, TODAY, LAST), (employer.pk, START, None)]

    def test_they_stay_where_they_are_when_somebody_leaves_for_elsewhere(self, employer, buddy):
        placement = PlacementFactory(host=employer)
        link_buddy(buddy=buddy, subject=placement, first_day=TODAY, by=None, today=TODAY)
        go_on(placement, host=EmployerFactory())
        assert self.days() == [(employer.pk, TODAY, None)]


class TestTrialsAndCoachesOfAMergedEmployer:
    @pytest.fixture
    def trial(self):
        return TrialFactory(last_day=date(2027, 1, 31))

    def test_a_trial_keeps_its_coach(self, clock, trial):
        row = AssignmentFactory(subject=trial, first_day=trial.first_day, last_day=trial.last_day)
        CheckInFactory(assignment=row, note="Verslag", agreements=(Agreed(text="Rooster", due=TODAY),))
        GOALS.add(subject=trial, data=GoalData(title="Doel", day=TODAY), by=row.coach.user, today=TODAY)
        merge(trial.host)
        after = going_on(row)
        row.refresh_from_db()
        assert (row.last_day, after.first_day, after.last_day) == (LAST, START, date(2027, 1, 31))
        assert after.trial == Trial.objects.exclude(pk=trial.pk).get()
        clock.move_to(AFTER)
        user = row.coach.user
        assert CheckIn.objects.visible_to(user).of_subject(after).get().note == "Verslag"
        assert Goal.objects.visible_to(user).of_subject(after).exists()

    def test_the_successor_knows_its_coaches(self, trial):
        coach = JobCoachFactory(employer=trial.host)
        link = PartnerLinkFactory(employer=trial.host, partner=PartnerFactory())
        external = JobCoachFactory(employer=None, partner=link.partner)
        successor = merge(trial.host)
        seen = JobCoach.objects.visible_to(UserFactory(coordinator=successor))
        assert set(seen) == {coach, external}
        assert set(JobCoach.objects.to_choose(successor.pk, START)) == {coach, external}


class TestTheCurve:
    def test_months_are_counted_from_the_first_day_of_the_work(self):
        """Also where a merger or a new contract made another placement of it."""
        employer = EmployerFactory()
        placement = PlacementFactory(host=employer, period__first_day=date(2026, 8, 1))
        row = AssignmentFactory(subject=placement, first_day=date(2026, 9, 1))
        CheckInFactory(assignment=row, day=date(2026, 9, 2), minutes=90)
        go_on(placement, first_day=date(2026, 11, 1))
        after = Assignment.objects.get(first_day=date(2026, 11, 1))
        CheckInFactory(assignment=after, day=date(2026, 11, 20), minutes=20)
        assert curve(UserFactory(coordinator=employer), employer, TODAY) == [(2, 90), (3, 0), (4, 20)]


def test_a_long_chain_takes_as_many_queries(django_assert_num_queries, assignment):
    placement = assignment.placement
    for number in range(4):
        placement = go_on(placement, first_day=START + timedelta(days=31 * number))
    after = Assignment.objects.get(placement=placement)
    for row in (assignment, after):
        with django_assert_num_queries(1):
            assert len(CheckIn.objects.of_subject(row)) == 3
    assert Placement.objects.filter(candidate=placement.candidate).count() == 5


class TestHandingOverWhileAMergerIsAhead:
    """The merger is recorded, the coach falls ill before it: a colleague takes over both stretches."""

    DAY = date(2026, 12, 10)

    @pytest.fixture
    def rows(self, assignment):
        merge(assignment.placement.host)
        assignment.refresh_from_db()
        return [assignment, going_on(assignment)]

    @pytest.fixture
    def colleague(self, assignment):
        return JobCoachFactory(employer=assignment.coach.employer)

    def hand(self, rows, to, *, shares=True, by=None):
        by = by or rows[0].coach.user
        return hand_over(assignments=rows, to=to, day=self.DAY, by=by, today=TODAY, shares_notes=shares).assignments

    def days(self):
        rows = Assignment.objects.order_by("first_day").values_list("coach__name", "first_day", "last_day")
        return list(rows)

    def test_the_whole_of_it_goes_in_one_action(self, rows, colleague):
        first, name = rows[0].first_day, rows[0].coach.name
        self.hand(rows, colleague)
        assert self.days() == [
            (name, first, date(2026, 12, 9)),
            (colleague.name, self.DAY, LAST),
            (colleague.name, START, None),
        ]

    @pytest.mark.parametrize("shares", [True, False])
    def test_the_colleague_reads_confidences_with_permission_only(self, clock, rows, colleague, shares):
        coach = rows[0].coach.user
        self.hand(rows, colleague, shares=shares)
        for day in (self.DAY, AFTER):
            clock.move_to(day)
            assert ConfidentialNote.objects.readable_by(colleague.user, day).count() == (3 if shares else 0)
            assert CheckIn.objects.visible_to(colleague.user).count() == 3
            assert not CheckIn.objects.visible_to(coach).exists()

    def test_the_one_that_had_still_to_begin_alone(self, clock, rows, colleague):
        coach = rows[0].coach.user
        self.hand(rows[1:], colleague)
        assert [name for name, *_ in self.days()] == [rows[0].coach.name, colleague.name]
        clock.move_to(AFTER)
        assert CheckIn.objects.visible_to(colleague.user).count() == 3
        assert not CheckIn.objects.visible_to(coach).exists()
