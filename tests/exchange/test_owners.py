"""Whose records a file finds and changes."""

import pytest

from candidates.models import Access, Candidate
from placements.models import Placement
from tests.exchange.files import TODAY, WORLD, faults, read
from tests.exchange.two_owners import CANDIDATES, EMPLOYERS, MINE, ROWS, persons, upload

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _employers() -> None:
    read(werkgevers=EMPLOYERS)


def test_what_a_coordinator_uploads_belongs_to_her_employer_which_may_see_it() -> None:
    assert upload(kandidaten=f"{CANDIDATES}\nK1;Bakker;Noor;01-01-2015;", plaatsingen=f"{ROWS}\n{MINE}") == []

    candidate = Candidate.objects.get()
    assert candidate.owner.code == Placement.objects.get().owner.code == "DRE"
    access = Access.objects.get()
    assert (access.employer.code, access.because, access.first_day) == ("DRE", Access.Because.PLACED, TODAY)


def test_the_same_code_at_another_owner_is_another_record() -> None:
    upload("DRE", kandidaten=f"{CANDIDATES}\nK1;Bakker;Noor;;")
    upload("GLD", kandidaten=f"{CANDIDATES}\nK1;Visser;Daan;;")

    assert set(Candidate.objects.values_list("owner__code", "last_name")) == {("DRE", "Bakker"), ("GLD", "Visser")}
    assert len(set(persons().values())) == 2


def test_a_candidate_is_looked_up_at_the_own_employer_only() -> None:
    upload("GLD", kandidaten=f"{CANDIDATES}\nK1;Visser;Daan;;")

    assert upload(plaatsingen=f"{ROWS}\n{MINE}") == [
        "plaatsingen, regel 2, kandidaatcode: kandidaat van DRE “K1” is onbekend"
    ]


def test_a_row_that_names_another_owner_is_a_fault() -> None:
    assert upload(kandidaten=f"{CANDIDATES};eigenaar\nK1;Bakker;Noor;;;GLD\nK2;Bakker;Noor;;;DRE") == [
        "kandidaten, regel 2, eigenaar: is GLD; in dit bestand horen alleen gegevens van DRE"
    ]


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (
            "P1;K1;GLD;;dienstverband",
            "werkgevercode: de formele werkgever is GLD; die levert deze plaatsing aan, niet DRE",
        ),
        (
            "P1;K1;DRE;GLD;detachering",
            "formele_werkgever: de formele werkgever is GLD; die levert deze plaatsing aan, niet DRE",
        ),
        (
            "P1;K1;GLD;Bureau (proef);uitzend",
            "werkgevercode: is niet DRE; een plaatsing via een partner levert de inlenende werkgever aan",
        ),
        ("P1;K1;GLD;DRE;detachering", None),
        ("P1;K1;DRE;Bureau (proef);uitzend", None),
        ("P1;K1;DRE;;dienstverband", None),
    ],
)
def test_one_job_is_recorded_once_by_the_employer_of_record_or_the_host_of_a_partners(
    row: str, fault: str | None
) -> None:
    found = upload(kandidaten=f"{CANDIDATES}\nK1;Bakker;Noor;;", plaatsingen=f"{ROWS}\n{row};M;vast;32;01-01-2020")

    assert found == ([f"plaatsingen, regel 2, {fault}"] if fault else [])


def test_a_trial_at_another_employer_is_a_fault() -> None:
    found = upload(
        kandidaten=f"{CANDIDATES}\nK1;Bakker;Noor;;",
        proefplaatsingen="proefplaatsingcode;kandidaatcode;werkgevercode;soort;begindatum;einddatum\n"
        "PP1;K1;GLD;stage;01-01-2020;01-02-2020",
    )

    assert found == ["proefplaatsingen, regel 2, werkgevercode: is GLD; in dit bestand horen alleen gegevens van DRE"]


@pytest.mark.parametrize("sheet", ["werkgevers", "afdelingen", "streefcijfers", "teams", "teaminkoop"])
def test_sheets_of_the_administrator_are_refused(sheet: str) -> None:
    assert upload(**{sheet: WORLD[sheet]}) == [
        f"{sheet}: dit blad leest alleen een functioneel beheerder in; haal het weg"
    ]


def test_an_upload_is_refused_while_the_installation_owns_records_of_the_employer() -> None:
    read(kandidaten=f"{CANDIDATES}\nK1;Bakker;Noor;;", plaatsingen=f"{ROWS}\n{MINE}")

    found = upload(kandidaten=f"{CANDIDATES}\nK2;Visser;Daan;;")

    assert len(found) == 1
    assert "op naam van de installatie" in found[0]
    assert upload("GLD", kandidaten=f"{CANDIDATES}\nK2;Visser;Daan;;") == []


def test_an_administrator_names_owners_and_may_read_for_several_at_once() -> None:
    outcome = read(
        kandidaten=f"{CANDIDATES};eigenaar\nK1;Bakker;Noor;;;DRE\nK1;Visser;Daan;;;GLD\nK1;Everts;Esra;;;",
        plaatsingen=f"{ROWS};eigenaar\n{MINE};DRE\nP1;K1;GLD;;dienstverband;M;vast;32;01-01-2020;GLD",
    )

    assert outcome.faults == []
    assert set(Placement.objects.values_list("owner__code", "candidate__last_name")) == {
        ("DRE", "Bakker"),
        ("GLD", "Visser"),
    }


def test_an_unknown_owner_is_reported_once_per_record() -> None:
    outcome = read(
        kandidaten=f"{CANDIDATES};eigenaar\nK1;Bakker;Noor;;;DRA", plaatsingen=f"{ROWS};eigenaar\n{MINE};DRA"
    )

    assert faults(outcome) == [
        "kandidaten, regel 2, eigenaar: werkgever “DRA” is onbekend; misschien bedoeld: DRE",
        "plaatsingen, regel 2, eigenaar: werkgever “DRA” is onbekend; misschien bedoeld: DRE",
    ]
