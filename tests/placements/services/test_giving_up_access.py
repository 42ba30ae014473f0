"""An employer gives up what it may see of a candidate, unless the candidate works or tries out there."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.records import StaleRecordError
from candidates.models import Access, Candidate
from placements.services.candidates import give_up_access
from tests.factories import CandidateFactory, EmployerFactory, PlacementFactory, TrialFactory, UserFactory

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)


@pytest.fixture
def employer():
    return EmployerFactory()


@pytest.fixture
def coordinator(employer):
    return UserFactory(coordinator=employer)


def test_from_that_day_on_nobody_there_opens_the_candidate(employer, coordinator):
    candidate = CandidateFactory(owner=employer)
    give_up_access(candidate=candidate, employer=employer, today=TODAY, by=coordinator)
    assert not Candidate.objects.visible_to(coordinator, on=TODAY).exists()
    assert not Access.objects.filter(employer=employer, last_day__isnull=True).exists()


@pytest.mark.parametrize("work", ["placement", "trial"])
def test_who_works_or_tries_out_there_stays_seen(employer, coordinator, work):
    candidate = CandidateFactory(owner=employer)
    if work == "placement":
        PlacementFactory(candidate=candidate, host=employer)
    else:
        TrialFactory(candidate=candidate, host=employer, first_day=date(2026, 11, 1), last_day=date(2026, 12, 31))
    with pytest.raises(ValidationError, match="Hier loopt nog een plaatsing of proefplaatsing"):
        give_up_access(candidate=candidate, employer=employer, today=TODAY, by=coordinator)
    assert Candidate.objects.visible_to(coordinator, on=TODAY).get() == candidate


@pytest.mark.parametrize("stranger", ["elsewhere", "reader"])
def test_only_who_may_write_there_gives_it_up(employer, stranger):
    candidate = CandidateFactory(owner=employer)
    other = {"elsewhere": {"coordinator": EmployerFactory()}, "reader": {"coordinator": employer, "read_only": True}}
    with pytest.raises(PermissionDenied):
        give_up_access(candidate=candidate, employer=employer, today=TODAY, by=UserFactory(**other[stranger]))


def test_who_looked_at_an_older_file_looks_again(employer, coordinator):
    candidate = CandidateFactory(owner=employer)
    with pytest.raises(StaleRecordError):
        give_up_access(candidate=candidate, employer=employer, today=TODAY, by=coordinator, expected_revision=0)
