"""Which candidate records in files are one human being."""

import pytest
from cryptography.fernet import Fernet
from django.conf import settings
from django.test import override_settings

from candidates.models import Access, Candidate
from placements.counting import ledger
from placements.models import CountLine
from placements.services.persons import link_persons
from tests.exchange.files import faults, read
from tests.exchange.two_owners import CANDIDATES, EMPLOYERS, MINE, ROWS, persons, upload
from tests.factories.candidates import test_bsn

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _employers() -> None:
    read(werkgevers=EMPLOYERS)


def with_bsn(bsn: str, *, code: str = "K1", register: str = "") -> str:
    return f"{CANDIDATES};bsn\n{code};Bakker;Noor;{register};;{bsn}"


def test_an_equal_bsn_makes_records_of_two_owners_one_person_and_counts_the_other_anew() -> None:
    number = test_bsn(1)
    upload("DRE", kandidaten=with_bsn(number), plaatsingen=f"{ROWS}\n{MINE}")
    assert not CountLine.objects.filter(counts=True).exists()

    upload("GLD", kandidaten=with_bsn(number, register="01-01-2015"))

    assert len(set(persons().values())) == 1
    assert CountLine.objects.filter(counts=True, placement__owner__code="DRE").exists()
    assert not list(ledger.differences())


def test_neither_owner_sees_the_others_record_through_the_bsn() -> None:
    upload("DRE", kandidaten=with_bsn(test_bsn(1)))
    upload("GLD", kandidaten=with_bsn(test_bsn(1), code="K7"))

    assert set(Access.objects.values_list("employer__code", "candidate__code")) == {("DRE", "K1"), ("GLD", "K7")}


def test_an_empty_cell_never_clears_a_bsn_and_an_export_can_come_back() -> None:
    upload(kandidaten=with_bsn(test_bsn(1)))

    assert not read(employer="DRE", kandidaten=with_bsn("")).written
    assert Candidate.objects.get().bsn == test_bsn(1)


def test_another_bsn_than_before_parts_two_human_beings() -> None:
    upload("DRE", kandidaten=with_bsn(test_bsn(1)))
    upload("GLD", kandidaten=with_bsn(test_bsn(1)))

    upload("GLD", kandidaten=with_bsn(test_bsn(2)))

    assert len(set(persons().values())) == 2
    assert not list(ledger.differences())


def test_a_bsn_that_was_hashed_under_an_older_key_is_found() -> None:
    upload("DRE", kandidaten=with_bsn(test_bsn(1)))
    with override_settings(BSN_KEYS=[Fernet.generate_key().decode(), *settings.BSN_KEYS]):
        assert not read(employer="DRE", kandidaten=with_bsn(test_bsn(1))).written
        upload("GLD", kandidaten=with_bsn(test_bsn(1)))
        assert len(set(persons().values())) == 1


@pytest.mark.parametrize("bsn", ["999990001", "12345", "99999001X", "1234567890"])
def test_a_wrong_bsn_is_reported_without_repeating_it(bsn: str) -> None:
    (fault,) = upload(kandidaten=with_bsn(bsn))

    assert fault.startswith("kandidaten, regel 2, bsn: ")
    assert bsn not in fault


def test_a_bsn_twice_at_one_owner_is_one_person_with_a_warning() -> None:
    outcome = read(employer="DRE", kandidaten=f"{with_bsn(test_bsn(1))}\nK2;Bakker;Noor;;;{test_bsn(1)}")

    assert len(set(persons().values())) == 1
    assert [str(warning) for warning in outcome.warnings] == [
        "kandidaten, regel 3, bsn: staat ook op regel 2; beide kandidaten tellen als één persoon"
    ]


def linked(*rows: str) -> list[str]:
    return faults(read(kandidaten="\n".join((f"{CANDIDATES};eigenaar;persoon", *rows))))


def test_an_administrator_links_records_with_the_column_persoon() -> None:
    linked("K1;Bakker;Noor;01-01-2015;;DRE;1", "K9;Bakker;Noor;;;GLD;1", "K2;Visser;Daan;;;DRE;2")

    found = persons()
    assert found["DRE:K1"] == found["GLD:K9"] != found["DRE:K2"]


@pytest.mark.parametrize(("one", "other"), [("1", "2"), ("", ""), ("1", "")])
def test_another_or_an_empty_persoon_undoes_a_link(one: str, other: str) -> None:
    linked("K1;Bakker;Noor;01-01-2015;;DRE;1", "K9;Bakker;Noor;;;GLD;1")

    linked(f"K1;Bakker;Noor;01-01-2015;;DRE;{one}", f"K9;Bakker;Noor;;;GLD;{other}")

    assert len(set(persons().values())) == 2
    assert not list(ledger.differences())


def test_a_link_outside_the_file_stays_when_persoon_is_filled() -> None:
    linked("K1;Bakker;Noor;01-01-2015;;DRE;1", "K9;Bakker;Noor;;;GLD;1")

    linked("K1;Bakker;Noor;01-01-2015;;DRE;77")

    assert len(set(persons().values())) == 1


def test_an_equal_bsn_is_stronger_than_the_column_persoon() -> None:
    number = test_bsn(3)
    read(kandidaten=f"{CANDIDATES};bsn;eigenaar\nK1;Bakker;Noor;;;{number};DRE\nK9;Bakker;Noor;;;{number};GLD")

    linked("K1;Bakker;Noor;;;DRE;1", "K9;Bakker;Noor;;;GLD;2")

    assert len(set(persons().values())) == 1


def test_one_persoon_with_two_bsns_is_a_fault() -> None:
    found = faults(
        read(
            kandidaten=f"{CANDIDATES};bsn;eigenaar;persoon\nK1;Bakker;Noor;;;{test_bsn(1)};DRE;1\n"
            f"K9;Bakker;Noor;;;{test_bsn(2)};GLD;1"
        )
    )

    assert found == ["kandidaten, regel 3, persoon: is dezelfde persoon als op regel 2, maar het bsn verschilt"]


def test_a_coordinators_column_persoon_is_named_and_ignored() -> None:
    outcome = read(employer="DRE", kandidaten=f"{CANDIDATES};persoon\nK1;Bakker;Noor;;;1\nK2;Visser;Daan;;;1")

    assert [str(warning) for warning in outcome.warnings] == [
        "kandidaten: kolom “persoon” leest alleen een functioneel beheerder in; overgeslagen"
    ]
    assert len(set(persons().values())) == 2


def test_a_link_an_administrator_made_survives_an_upload() -> None:
    upload("DRE", kandidaten=f"{CANDIDATES}\nK1;Bakker;Noor;;")
    upload("GLD", kandidaten=f"{CANDIDATES}\nK9;Bakker;Noor;;")
    link_persons(candidates=list(Candidate.objects.all()), by=None)

    upload("DRE", kandidaten=with_bsn(test_bsn(1)))

    assert len(set(persons().values())) == 1
