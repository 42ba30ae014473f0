"""Who sees a candidate is data: rows that services write and ``visible_to`` reads."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from accounts.models import AuditEvent
from candidates.models import Access, Candidate
from candidates.services.access import let_see, withdraw_access
from tests.factories import CandidateFactory, EmployerFactory, UserFactory

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 2)
Because = Access.Because


def rows_of(employer):
    return list(Access.objects.filter(employer=employer).values_list("because", "first_day", "last_day"))


def test_access_is_given_once_however_often_it_is_asked():
    candidate, employer = CandidateFactory(), EmployerFactory()
    for _ in range(3):
        let_see(candidate=candidate, employer=employer, because=Because.INTRODUCED, on=DAY)
    assert rows_of(employer) == [("voorgesteld", DAY, None)]


@pytest.mark.parametrize(
    ("first", "then", "kept"),
    [
        (Because.INTRODUCED, Because.TRIAL, Because.TRIAL),
        (Because.TRIAL, Because.PLACED, Because.PLACED),
        (Because.PLACED, Because.INTRODUCED, Because.PLACED),
        (Because.PLACED, Because.TRIAL, Because.PLACED),
    ],
)
def test_a_stronger_reason_replaces_a_weaker_one(first, then, kept):
    candidate, employer = CandidateFactory(), EmployerFactory()
    let_see(candidate=candidate, employer=employer, because=first, on=DAY)
    let_see(candidate=candidate, employer=employer, because=then, on=date(2026, 5, 1))
    assert rows_of(employer) == [(kept, DAY, None)]


def test_withdrawing_ends_the_view_and_keeps_the_past():
    candidate, employer = CandidateFactory(), EmployerFactory()
    coordinator = UserFactory(coordinator=employer)
    let_see(candidate=candidate, employer=employer, because=Because.INTRODUCED, on=DAY)
    withdraw_access(candidate=candidate, employer=employer, last_day=date(2026, 4, 1), by=None)
    visible = Candidate.objects.visible_to
    assert visible(coordinator, on=date(2026, 4, 1)).filter(pk=candidate.pk).exists()
    assert not visible(coordinator, on=date(2026, 4, 2)).filter(pk=candidate.pk).exists()
    assert AuditEvent.objects.get(action="inzage.ingetrokken").changes["last_day"] == "2026-04-01"


def test_access_that_never_held_leaves_no_row():
    candidate, employer = CandidateFactory(), EmployerFactory()
    let_see(candidate=candidate, employer=employer, because=Because.INTRODUCED, on=DAY)
    withdraw_access(candidate=candidate, employer=employer, last_day=date(2026, 3, 1), by=None)
    assert rows_of(employer) == []


def test_access_can_be_given_again_after_withdrawal():
    candidate, employer = CandidateFactory(), EmployerFactory()
    let_see(candidate=candidate, employer=employer, because=Because.INTRODUCED, on=DAY)
    withdraw_access(candidate=candidate, employer=employer, last_day=DAY, by=None)
    let_see(candidate=candidate, employer=employer, because=Because.PLACED, on=date(2026, 9, 1))
    assert rows_of(employer) == [("voorgesteld", DAY, DAY), ("geplaatst", date(2026, 9, 1), None)]


def test_nothing_to_withdraw_is_said():
    with pytest.raises(ValidationError, match="geen inzage"):
        withdraw_access(candidate=CandidateFactory(), employer=EmployerFactory(), last_day=DAY, by=None)
