"""How thousands of assignments stand is worked out at once, and is what each of them gives by itself."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coaching.models import Assignment, AssignmentPhase, CheckIn, Grant, Kind, Phase, Scores
from coaching.services.standing import refresh
from placements.models import Placement
from tests.coaching.naive_standing import minutes_of, standing_of
from tests.factories import AssignmentFactory, CheckInFactory, GrantFactory, JobCoachFactory, TrialFactory

pytestmark = pytest.mark.django_db

FIRST = date(2026, 9, 1)
DERIVED = ("phase", "last_contact", "next_contact", "contact_due", "silent_from", "score_signal")

days = st.integers(0, 30).map(lambda number: FIRST + timedelta(days=number))
score = st.none() | st.integers(1, 5)
phases = st.tuples(days, st.sampled_from(Phase.values), st.integers(1, 30))
check_ins = st.tuples(
    days,
    st.sampled_from(Kind.values),
    st.integers(1, 90),
    st.none() | days.map(lambda day: day + timedelta(days=40)),
    st.none() | st.tuples(score, score),
)
coached = st.tuples(st.lists(phases, max_size=3, unique_by=lambda row: row[0]), st.lists(check_ins, max_size=6))


@pytest.fixture
def assignments():
    """Five about two placements, the later of which continues the earlier, and a trial; two coaches at one of them."""
    first = AssignmentFactory(first_day=FIRST)
    colleague = JobCoachFactory(employer=first.placement.host)
    second = AssignmentFactory(subject=first.placement, coach=colleague, first_day=FIRST)
    after = AssignmentFactory(first_day=FIRST)
    Placement.objects.filter(pk=after.placement_id).update(continues=first.placement)
    trial = TrialFactory()
    tried = AssignmentFactory(subject=trial, coach=JobCoachFactory(employer=trial.host), first_day=FIRST)
    for placement in (first.placement, after.placement):
        GrantFactory(placement=placement, first_day=FIRST, last_day=FIRST + timedelta(days=20))
    GrantFactory(placement=None, trial=trial, first_day=FIRST + timedelta(days=5), last_day=FIRST + timedelta(days=25))
    return [first, second, after, tried]


def give(assignment, some_phases, some_check_ins):
    """Replace what the assignment has, without working out how it stands."""
    assignment.check_ins.all().delete()
    assignment.phases.all().delete()
    for day, phase, interval in some_phases or [(FIRST, "intensief", 14)]:
        AssignmentPhase.objects.create(assignment=assignment, phase=phase, first_day=day, interval=interval)
    for day, kind, minutes, following, scores in some_check_ins:
        row = CheckIn.objects.create(
            assignment=assignment, key=uuid4(), day=day, kind=kind, minutes=minutes, next_contact=following
        )
        if scores and any(scores):
            Scores.objects.create(check_in=row, click=scores[0], safety=scores[1])


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.lists(coached, min_size=4, max_size=4))
def test_all_at_once_is_what_each_gives_by_itself(assignments, data):
    for assignment, (some_phases, some_check_ins) in zip(assignments, data, strict=True):
        give(assignment, some_phases, some_check_ins)

    refresh(assignments)

    for row in Assignment.objects.all():
        assert {name: getattr(row, name) for name in DERIVED} == standing_of(row)
    for grant in Grant.objects.all():
        assert grant.used_minutes == minutes_of(grant)


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.lists(coached, min_size=4, max_size=4))
def test_one_after_the_other_gives_the_same(assignments, data):
    for assignment, (some_phases, some_check_ins) in zip(assignments, data, strict=True):
        give(assignment, some_phases, some_check_ins)
    refresh(assignments)
    together = (
        list(Assignment.objects.values_list("pk", *DERIVED)),
        list(Grant.objects.values_list("pk", "used_minutes")),
    )
    Assignment.objects.update(phase="nazorg", last_contact=None, next_contact=FIRST, contact_due=None, score_signal="")
    Grant.objects.update(used_minutes=7)

    for assignment in assignments:
        refresh([assignment])

    after = list(Assignment.objects.values_list("pk", *DERIVED)), list(Grant.objects.values_list("pk", "used_minutes"))
    assert after == together


def test_many_take_as_many_queries_as_one():
    rows = [CheckInFactory(scores={"click": 2}).assignment for _ in range(8)]
    for row in rows:
        GrantFactory(placement=row.placement)

    def queries(assignments):
        Assignment.objects.update(last_contact=None)
        Grant.objects.update(used_minutes=7)
        with CaptureQueriesContext(connection) as captured:
            refresh(assignments)
        return len(captured)

    assert queries(rows) == queries(rows[:1])


def test_nobody_has_changed_an_assignment_that_stands_otherwise():
    assignment = CheckInFactory().assignment
    before = Assignment.objects.get(pk=assignment.pk)
    Assignment.objects.update(last_contact=None)

    refresh([assignment])

    after = Assignment.objects.get(pk=assignment.pk)
    assert after.last_contact == before.last_contact
    assert (after.revision, after.changed_at) == (before.revision, before.changed_at)
