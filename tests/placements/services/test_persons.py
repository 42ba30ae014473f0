"""One human being at two owners: linked by an administrator, or by the same number."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import AuditEvent
from candidates.models import Person
from placements.counting import ledger
from placements.models import CountLine
from placements.services.candidates import CandidateData, change_candidate
from placements.services.persons import link_persons, unlink_person
from tests.factories import CandidateFactory, EmployerFactory, PlacementFactory, UserFactory
from tests.factories.candidates import test_bsn

pytestmark = pytest.mark.django_db

BSN, OTHER_BSN = test_bsn(0), test_bsn(1)


def refreshed(*rows):
    for row in rows:
        row.refresh_from_db()
    return rows


def test_linked_records_share_their_registration():
    placement = PlacementFactory(unregistered=True)
    registered = CandidateFactory()
    link_persons(candidates=[placement.candidate, registered], by=UserFactory(administrator=True))
    refreshed(placement.candidate, registered)
    assert placement.candidate.person == registered.person
    assert not CountLine.objects.filter(placement=placement, counts=False).exists()
    assert Person.objects.count() == 1
    assert not list(ledger.differences())


def test_unlinking_takes_it_away_again():
    placement = PlacementFactory(unregistered=True)
    registered = CandidateFactory()
    link_persons(candidates=[placement.candidate, registered], by=None)
    refreshed(registered)
    unlink_person(candidate=registered, by=None)
    refreshed(placement.candidate, registered)
    assert placement.candidate.person != registered.person
    assert not CountLine.objects.filter(placement=placement, counts=True).exists()
    assert not list(ledger.differences())


def test_the_trail_names_the_records_by_id():
    rows = [CandidateFactory(), CandidateFactory()]
    link_persons(candidates=rows, by=None)
    event = AuditEvent.objects.get(action="persoon.gekoppeld")
    assert event.changes == {"candidates": sorted(str(row.uuid) for row in rows)}


def test_everyone_they_were_linked_to_comes_along():
    first, second, third = CandidateFactory(), CandidateFactory(), CandidateFactory()
    link_persons(candidates=[second, third], by=None)
    link_persons(candidates=refreshed(first, third), by=None)
    assert len({row.person_id for row in refreshed(first, second, third)}) == 1


def test_different_numbers_are_different_people():
    with pytest.raises(ValidationError, match="verschillende"):
        link_persons(candidates=[CandidateFactory(bsn=BSN), CandidateFactory(bsn=OTHER_BSN)], by=None)


def test_what_is_linked_can_not_be_linked_again():
    rows = [CandidateFactory(bsn=BSN), CandidateFactory(bsn=BSN)]
    with pytest.raises(ValidationError, match="al dezelfde persoon"):
        link_persons(candidates=rows, by=None)


def test_what_stands_alone_can_not_be_unlinked():
    with pytest.raises(ValidationError, match="nergens aan gekoppeld"):
        unlink_person(candidate=CandidateFactory(), by=None)


def test_what_the_number_joined_the_number_parts():
    CandidateFactory(bsn=BSN)
    with pytest.raises(ValidationError, match="hetzelfde burgerservicenummer"):
        unlink_person(candidate=CandidateFactory(bsn=BSN), by=None)


def test_a_linked_record_without_number_follows_one_that_gets_it():
    known = CandidateFactory(bsn=BSN)
    first, second = CandidateFactory(), CandidateFactory()
    link_persons(candidates=[first, second], by=None)
    data = CandidateData(first_name=first.first_name, last_name=first.last_name, bsn=BSN)
    change_candidate(candidate=first, data=data, by=None)
    assert len({row.person_id for row in refreshed(known, first, second)}) == 1


@pytest.mark.parametrize("role", ["coordinator", "adviser", "coach"])
def test_only_administrators_link(role):
    user = UserFactory(**{role: EmployerFactory() if role == "coordinator" else True})
    rows = [CandidateFactory(), CandidateFactory()]
    with pytest.raises(PermissionDenied):
        link_persons(candidates=rows, by=user)
    with pytest.raises(PermissionDenied):
        unlink_person(candidate=rows[0], by=user)
