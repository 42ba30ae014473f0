"""Numbers sealed with a key that has left BSN_KEYS: pages, files and services go on, and the number stays."""

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import ValidationError

from accounts.models import AuditEvent
from candidates.models import Candidate
from placements.services.candidates import CandidateData, change_candidate, own_record
from placements.services.persons import link_persons, unlink_person
from tests.exchange.files import read
from tests.factories import CandidateFactory, EmployerFactory, UserFactory
from tests.factories.candidates import test_bsn
from tests.placements.views.conftest import TODAY
from tests.placements.views.pages import filled_in, words

BSN, OTHER_BSN = test_bsn(1), test_bsn(2)
SAID = "Niet te lezen met de sleutels van nu"


@pytest.fixture
def candidate(employer, settings):
    """A candidate whose number can't be read any more."""
    candidate = CandidateFactory(owner=employer, bsn=BSN)
    settings.KEPT_KEYS = settings.BSN_KEYS
    settings.BSN_KEYS = [Fernet.generate_key().decode()]
    candidate.refresh_from_db()
    return candidate


@pytest.fixture
def number(candidate, settings):
    """Return a function that reads the number with the key that was taken away."""

    def number() -> str:
        settings.BSN_KEYS, gone = settings.KEPT_KEYS, settings.BSN_KEYS
        found = Candidate.objects.get(pk=candidate.pk).bsn
        settings.BSN_KEYS = gone
        return found

    return number


def test_the_page_says_so_and_shows_the_rest(desk, at, candidate):
    page = words(desk.get(at("candidate_detail", candidate=candidate.uuid)))
    assert SAID in page
    assert candidate.last_name in page
    assert "Tonen" not in page
    assert candidate.last_name in words(desk.get(at("candidate_list")))


def test_there_is_nothing_to_reveal_or_to_put_on_the_trail(desk, at, candidate):
    assert SAID in words(desk.post(at("bsn_reveal", candidate=candidate.uuid)))
    assert not AuditEvent.objects.filter(action="bsn.getoond").exists()


def test_a_correction_leaves_the_number_alone(desk, at, candidate, number):
    form = desk.get(at("candidate_change", candidate=candidate.uuid))
    assert "is niet te lezen" in words(form)
    desk.post(at("candidate_change", candidate=candidate.uuid), filled_in(form, last_name="Visser"))
    candidate.refresh_from_db()
    assert (candidate.last_name, candidate.bsn_is_unreadable, number()) == ("Visser", True, BSN)


def test_a_new_number_takes_its_place(candidate):
    data = CandidateData(first_name=candidate.first_name, last_name=candidate.last_name, bsn=OTHER_BSN)
    change_candidate(candidate=candidate, data=data, by=None)
    candidate.refresh_from_db()
    assert candidate.bsn == OTHER_BSN


def test_a_copy_for_another_owner_has_the_same_number(candidate, settings):
    copy = own_record(candidate=candidate, owner=EmployerFactory(), on=TODAY)
    settings.BSN_KEYS = settings.KEPT_KEYS
    copy.refresh_from_db()
    assert copy.bsn == BSN


def test_it_proves_nobody_to_be_someone_else(candidate):
    other = CandidateFactory(bsn=OTHER_BSN)
    assert link_persons(candidates=[candidate, other], by=None).candidates.count() == 2
    data = CandidateData(first_name=other.first_name, last_name=other.last_name, bsn=test_bsn(3))
    change_candidate(candidate=other, data=data, by=None)
    assert Candidate.objects.values("person").distinct().count() == 1
    unlink_person(candidate=other, by=UserFactory(administrator=True))


def test_what_an_equal_number_linked_stays_linked(settings, employer):
    one, _ = CandidateFactory(owner=employer, bsn=BSN), CandidateFactory(bsn=BSN)
    settings.BSN_KEYS = [Fernet.generate_key().decode()]
    with pytest.raises(ValidationError, match="hetzelfde burgerservicenummer"):
        unlink_person(candidate=one, by=UserFactory(administrator=True))


def test_files_go_out_and_in(desk, at, candidate):
    answer = desk.post(at("export_employer"), {"bestandstype": "csv"})
    assert b"".join(answer.streaming_content)
    assert not read(kandidaten=_rows(candidate)).faults
    candidate.refresh_from_db()
    assert (candidate.last_name, candidate.bsn_is_unreadable) == ("Anders", True)
    assert not read(kandidaten=_rows(candidate, BSN)).faults
    candidate.refresh_from_db()
    assert candidate.bsn == BSN


def _rows(candidate: Candidate, bsn: str = "") -> str:
    columns = "kandidaatcode;achternaam;roepnaam;bsn;eigenaar"
    return f"{columns}\n{candidate.code};Anders;{candidate.first_name};{bsn};{candidate.owner.code}"
