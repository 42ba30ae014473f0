"""Coaching follows the placement: a merger, a continuation elsewhere, a corrected candidate."""

from datetime import date
from decimal import Decimal

import pytest

from candidates.models import Candidate
from coaching.models import Assignment, HandOver
from coaching.services.following import follow_placements
from placements.models import Placement
from placements.services.mergers import merge_employer
from placements.services.placements import change_placement
from placements.services.terms import arrangement_of
from tests.factories import AssignmentFactory, CandidateFactory, CheckInFactory, EmployerFactory, GrantFactory

pytestmark = pytest.mark.django_db

LAST = date(2026, 12, 31)
NEXT = date(2027, 1, 1)


@pytest.fixture
def merged():
    """A coached placement whose host merges into another employer on 1 January."""
    check_in = CheckInFactory(minutes=60, confidential="Geheim")
    assignment = check_in.assignment
    grant = GrantFactory(placement=assignment.placement, hours=Decimal(10), last_day=date(2027, 6, 30))
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


def test_granted_hours_go_along_with_what_was_used(merged):
    _, grant = merged
    grant.refresh_from_db()
    after = Assignment.objects.get(first_day=NEXT)
    CheckInFactory(assignment=after, day=NEXT, today=NEXT, by=None, minutes=30)
    grant.refresh_from_db()
    assert (grant.placement, grant.used_minutes) == (after.placement, 90)


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
