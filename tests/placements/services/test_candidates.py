"""Candidates: codes per owner, names folded, one human being by an equal BSN."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import AuditEvent
from accounts.records import StaleRecordError
from candidates.models import Access, Candidate, Person
from placements.counting import ledger
from placements.counting.calendar import Stretch
from placements.models import CountLine
from placements.services.candidates import CandidateData, add_candidate, change_candidate, own_record, remove_candidate
from tests.factories import CandidateFactory, EmployerFactory, PlacementFactory, TrialFactory, UserFactory
from tests.factories.candidates import test_bsn

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)
NAMES = CandidateData(first_name=" Gülcan ", last_name="van  Dongen")
BSN, OTHER_BSN = test_bsn(0), test_bsn(1)


def with_bsn(bsn: str | None) -> CandidateData:
    return replace(NAMES, bsn=bsn)


def in_step() -> bool:
    return not list(ledger.differences())


def test_a_new_candidate_belongs_to_the_employer_and_is_seen_there():
    employer = EmployerFactory()
    coordinator = UserFactory(coordinator=employer)
    candidate = add_candidate(owner=employer, data=NAMES, on=TODAY, by=coordinator)
    assert (candidate.full_name, candidate.name_folded) == ("Gülcan van Dongen", "van dongen gulcan")
    assert candidate.code == "K-0001"
    assert Candidate.objects.visible_to(coordinator, on=TODAY).get() == candidate
    assert Access.objects.get().because == "voorgesteld"


def test_the_trail_names_personal_fields_and_never_their_values():
    add_candidate(owner=EmployerFactory(), data=with_bsn(BSN), on=TODAY, by=None)
    event = AuditEvent.objects.get(action="kandidaat.toegevoegd")
    assert event.changes == {
        "code": "K-0001",
        "last_name": None,
        "first_name": None,
        "date_of_birth": None,
        "bsn": None,
    }


def test_codes_count_on_per_owner_and_avoid_those_of_the_installation():
    employer = EmployerFactory()
    CandidateFactory(owner=None, code="K-0041")
    CandidateFactory(owner=EmployerFactory(), code="K-0099")
    assert CandidateFactory(owner=employer).code == "K-0042"


def test_a_chosen_code_is_kept_and_refused_the_second_time():
    employer = EmployerFactory()
    assert CandidateFactory(owner=employer, code="A7").code == "A7"
    CandidateFactory(owner=EmployerFactory(), code="A7")
    with pytest.raises(ValidationError) as refused:
        CandidateFactory(owner=employer, code=" A7 ")
    assert set(refused.value.message_dict) == {"code"}


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"last_name": " "}, "last_name"),
        ({"first_name": ""}, "first_name"),
        ({"last_name": "x" * 121}, "last_name"),
        ({"date_of_birth": date(1899, 1, 1)}, "date_of_birth"),
        ({"bsn": "123456789"}, "bsn"),
        ({"code": "x" * 41}, "code"),
    ],
)
def test_what_can_not_be_stored_is_said_at_its_field(values, field):
    with pytest.raises(ValidationError) as refused:
        add_candidate(owner=EmployerFactory(), data=replace(NAMES, **values), on=TODAY, by=None)
    assert field in refused.value.message_dict
    assert not Candidate.objects.exists()


def test_a_first_register_period_comes_along():
    candidate = CandidateFactory(register=Stretch(date(2020, 1, 1), date(2020, 12, 31)))
    assert candidate.register_periods.values_list("first_day", "last_day").get() == (
        date(2020, 1, 1),
        date(2020, 12, 31),
    )


def test_a_wrong_first_register_period_is_said_at_its_own_fields():
    with pytest.raises(ValidationError) as refused:
        CandidateFactory(register=Stretch(date(2020, 1, 2), date(2020, 1, 1)))
    assert set(refused.value.message_dict) == {"register_last_day"}


def test_an_equal_bsn_at_two_owners_is_one_person_and_registration_counts_for_both():
    placement = PlacementFactory(unregistered=True, candidate__bsn=BSN)
    assert not CountLine.objects.filter(counts=True).exists()
    twin = CandidateFactory(bsn=BSN)
    assert twin.person == placement.candidate.person
    assert not CountLine.objects.filter(counts=False, placement=placement).exists()
    assert in_step()


def test_an_equal_bsn_at_the_same_owner_is_refused():
    known = CandidateFactory(bsn=BSN)
    with pytest.raises(ValidationError, match=known.code):
        CandidateFactory(owner=known.owner, bsn=BSN)


def test_the_key_ring_may_have_turned_between_two_records(settings):
    old = CandidateFactory(bsn=BSN)
    from cryptography.fernet import Fernet

    settings.BSN_KEYS = [Fernet.generate_key().decode(), *settings.BSN_KEYS]
    assert CandidateFactory(bsn=BSN).person == old.person


class TestChange:
    def test_names_are_corrected_and_only_those_are_on_the_trail(self):
        candidate = CandidateFactory()
        changed = change_candidate(
            candidate=candidate, data=CandidateData(first_name=candidate.first_name, last_name="Visser-Özkan"), by=None
        )
        candidate.refresh_from_db()
        assert changed == ["last_name"]
        assert candidate.name_folded.startswith("visser-ozkan ")
        assert AuditEvent.objects.get(action="kandidaat.gewijzigd").changes == {"last_name": None}

    def test_nothing_changed_leaves_no_trace(self):
        candidate = CandidateFactory()
        data = CandidateData(first_name=candidate.first_name, last_name=candidate.last_name)
        assert change_candidate(candidate=candidate, data=data, by=None) == []
        assert not AuditEvent.objects.filter(action="kandidaat.gewijzigd").exists()
        candidate.refresh_from_db()
        assert candidate.revision == 1

    def test_a_bsn_not_mentioned_stays_and_an_empty_one_is_cleared(self):
        candidate = CandidateFactory(bsn=BSN)
        change_candidate(candidate=candidate, data=NAMES, by=None)
        candidate.refresh_from_db()
        assert candidate.bsn == BSN
        change_candidate(candidate=candidate, data=with_bsn(""), by=None)
        candidate.refresh_from_db()
        assert (candidate.bsn, candidate.bsn_hash) == ("", "")

    def test_a_bsn_that_is_known_elsewhere_links_the_records(self):
        registered = CandidateFactory(bsn=BSN)
        placement = PlacementFactory(unregistered=True)
        change_candidate(candidate=placement.candidate, data=with_bsn(BSN), by=None)
        placement.candidate.refresh_from_db()
        assert placement.candidate.person == registered.person
        assert CountLine.objects.filter(placement=placement, counts=True).exists()
        assert Person.objects.count() == 1
        assert in_step()

    def test_a_corrected_bsn_parts_the_records_again(self):
        registered = CandidateFactory(bsn=BSN)
        placement = PlacementFactory(unregistered=True, candidate__bsn=BSN)
        change_candidate(candidate=placement.candidate, data=with_bsn(OTHER_BSN), by=None)
        placement.candidate.refresh_from_db()
        assert placement.candidate.person != registered.person
        assert not CountLine.objects.filter(placement=placement, counts=True).exists()
        assert in_step()

    def test_a_cleared_bsn_parts_the_records_too(self):
        registered = CandidateFactory(bsn=BSN)
        other = CandidateFactory(bsn=BSN)
        change_candidate(candidate=other, data=with_bsn(""), by=None)
        other.refresh_from_db()
        assert other.person != registered.person
        assert in_step()

    def test_a_stale_form_overwrites_nothing(self):
        candidate = CandidateFactory()
        change_candidate(candidate=candidate, data=NAMES, by=None, expected_revision=1)
        with pytest.raises(StaleRecordError) as stale:
            change_candidate(candidate=candidate, data=replace(NAMES, first_name="Daan"), by=None, expected_revision=1)
        assert stale.value.record.first_name == "Gülcan"
        candidate.refresh_from_db()
        assert candidate.first_name == "Gülcan"


class TestRemove:
    def test_a_candidate_goes_with_register_periods_access_and_person(self):
        candidate = CandidateFactory()
        remove_candidate(candidate=candidate, by=None)
        assert not Candidate.objects.exists()
        assert not Person.objects.exists()
        assert not Access.objects.exists()
        assert AuditEvent.objects.filter(action="kandidaat.verwijderd", object_id=str(candidate.uuid)).exists()

    @pytest.mark.parametrize("factory", [PlacementFactory, TrialFactory])
    def test_not_while_something_rests_on_it(self, factory):
        with pytest.raises(ValidationError, match="plaatsingen"):
            remove_candidate(candidate=factory().candidate, by=None)

    def test_the_registration_goes_for_the_other_owner_as_well(self):
        placement = PlacementFactory(unregistered=True, candidate__bsn=BSN)
        remove_candidate(candidate=CandidateFactory(bsn=BSN), by=None)
        assert not CountLine.objects.filter(placement=placement, counts=True).exists()
        assert in_step()


class TestRights:
    def test_a_coordinator_writes_the_own_employers_candidates_only(self):
        candidate = CandidateFactory()
        stranger = UserFactory(coordinator=EmployerFactory())
        for attempt in (
            lambda: add_candidate(owner=candidate.owner, data=NAMES, on=TODAY, by=stranger),
            lambda: change_candidate(candidate=candidate, data=NAMES, by=stranger),
            lambda: remove_candidate(candidate=candidate, by=stranger),
        ):
            with pytest.raises(PermissionDenied):
                attempt()

    def test_read_only_reads_only(self):
        employer = EmployerFactory()
        with pytest.raises(PermissionDenied):
            add_candidate(owner=employer, data=NAMES, on=TODAY, by=UserFactory(coordinator=employer, read_only=True))

    def test_the_installations_records_are_the_administrators(self):
        with pytest.raises(PermissionDenied):
            add_candidate(owner=None, data=NAMES, on=TODAY, by=UserFactory(coordinator=EmployerFactory()))
        assert add_candidate(owner=None, data=NAMES, on=TODAY, by=UserFactory(administrator=True)).owner is None

    def test_and_of_the_coordinators_who_may_see_them(self):
        employer = EmployerFactory()
        placement = PlacementFactory(host=employer, candidate=CandidateFactory(owner=None))
        change_candidate(candidate=placement.candidate, data=NAMES, by=UserFactory(coordinator=employer))
        for role in ({"coordinator": EmployerFactory()}, {"adviser": True}, {"coach": True}):
            with pytest.raises(PermissionDenied):
                change_candidate(candidate=placement.candidate, data=NAMES, by=UserFactory(**role))


def test_an_own_record_of_someone_elses_candidate_is_the_same_person():
    theirs = CandidateFactory(bsn=BSN)
    employer = EmployerFactory()
    mine = own_record(candidate=theirs, owner=employer, on=TODAY)
    again = own_record(candidate=theirs, owner=employer, on=TODAY)
    assert (mine.owner, mine.person, mine.full_name, mine.bsn) == (employer, theirs.person, theirs.full_name, BSN)
    assert again == mine
