"""Whose records a file finds and changes, and which records are one human being."""

import pytest
from cryptography.fernet import Fernet
from django.conf import settings
from django.test import override_settings

from candidates.models import Access, Candidate
from exchange.pipeline import import_sheets
from placements.counting import ledger
from placements.models import CountLine, Placement
from placements.services.persons import link_persons
from tests.exchange.files import TODAY, WORLD, faults, read, sheets
from tests.factories.candidates import test_bsn

pytestmark = pytest.mark.django_db

EMPLOYERS = """
    werkgevercode;naam;sector
    DRE;Provincie Voorbeeld;provincies
    GLD;Provincie Proef;provincies
    """
CANDIDATES = "kandidaatcode;achternaam;roepnaam;register_vanaf;register_tot"
ROWS = (
    "plaatsingcode;kandidaatcode;werkgevercode;formele_werkgever;route;functie;contractsoort;uren_per_week;begindatum"
)
MINE = "P1;K1;DRE;;dienstverband;M;vast;32;01-01-2020"


@pytest.fixture(autouse=True)
def _employers() -> None:
    read(werkgevers=EMPLOYERS)


def upload(employer: str = "DRE", **texts: str) -> list[str]:
    return faults(read(employer=employer, **texts))


def persons() -> dict[str, int]:
    return {
        f"{c.owner.code if c.owner else ''}:{c.code}": c.person_id for c in Candidate.objects.select_related("owner")
    }


# --- whose codes ------------------------------------------------------------------------------------------


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


# --- one human being -----------------------------------------------------------------------------------------


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


# --- formal employers --------------------------------------------------------------------------------------


def place(formal: str, *more: str, route: str = "detachering", employers: str = "") -> list[str]:
    head = ROWS
    rows = [f"P{n};K1;DRE;{name};{route};M;vast;32;01-01-2020" for n, name in enumerate((formal, *more), start=1)]
    texts = {"kandidaten": f"{CANDIDATES}\nK1;Bakker;Noor;;", "plaatsingen": "\n".join((head, *rows))}
    if employers:
        texts["werkgevers"] = f"werkgevercode;naam;sector\n{employers};Nieuw (proef);mbo"
    return faults(read(**texts))


@pytest.mark.parametrize("formal", ["dre", "Gld", "werkbv", "WERKBX", "WERKB", "WERKBVX", "XWERKBV"])
def test_a_name_that_is_nearly_a_code_of_the_database_or_the_import_is_a_fault(formal: str) -> None:
    (fault,) = place(formal, employers="WERKBV")

    assert fault.startswith(f"plaatsingen, regel 2, formele_werkgever: “{formal}” lijkt op werkgevercode ")


@pytest.mark.parametrize("formal", ["DRX", "DR", "GLDE", "Bureau"])
def test_a_name_may_differ_from_a_short_code_by_one_character(formal: str) -> None:
    assert place(formal) == []


def test_a_new_partner_is_named_and_found_again_whatever_the_case() -> None:
    outcome = read(
        kandidaten=f"{CANDIDATES}\nK1;Bakker;Noor;;",
        plaatsingen=f"{ROWS}\nP1;K1;DRE;Bureau  Proef;uitzend;M;vast;32;01-01-2020\n"
        "P2;K1;DRE;BUREAU PROEF;uitzend;M;vast;32;01-01-2021",
    )

    assert outcome.remarks() == ["plaatsingen: nieuwe partner: Bureau Proef"]
    assert Placement.objects.values("partner").distinct().count() == 1
    assert place("bureau proef") == []


def test_a_partner_that_nobody_confirmed_is_a_fault_when_confirmation_is_asked() -> None:
    texts = {
        "kandidaten": f"{CANDIDATES}\nK1;Bakker;Noor;;",
        "plaatsingen": f"{ROWS}\nP1;K1;DRE;Bureau Proef;uitzend;M;vast;32;01-01-2020",
    }

    refused = import_sheets(sheets(**texts), today=TODAY, partners=[])
    assert len(refused.faults) == 1
    assert "nieuwe partner" in str(refused.faults[0])
    assert import_sheets(sheets(**texts), today=TODAY, partners=["Bureau Proef"]).written


@pytest.mark.parametrize("route", ["dienstverband", "traineeship"])
def test_an_own_contract_has_no_outside_partner(route: str) -> None:
    (fault,) = place("Bureau Proef", route=route)

    assert fault.startswith("plaatsingen, regel 2, formele_werkgever: bij de route")
