"""Reading service numbers while a key has left BSN_KEYS: what can't be read neither parts nor joins people."""

import pytest
from cryptography.fernet import Fernet

from candidates.models import Candidate
from exchange.outcome import Outcome
from tests.exchange.files import faults, read
from tests.factories.candidates import test_bsn

pytestmark = pytest.mark.django_db

EMPLOYERS = "werkgevercode;naam;sector\nDRE;Provincie Voorbeeld;provincies\nGLD;Provincie Proef;provincies"
COLUMNS = "kandidaatcode;achternaam;roepnaam;bsn;eigenaar"
ONE, OTHER = test_bsn(1), test_bsn(2)
REFUSED = (
    "kandidaten, regel 2, bsn: is niet te vergelijken met een ander nummer van deze persoon: dat is met de sleutels "
    "van nu niet te lezen. Laat een functioneel beheerder de oude sleutel terugzetten in BSN_KEYS en lees het bestand "
    "dan opnieuw in"
)
MISSED = (
    "kandidaten, bsn: niet elk opgeslagen nummer is te lezen, dus gelijke nummers kunnen gemist zijn. Lees dit bestand "
    "opnieuw in als de oude sleutel terug is in BSN_KEYS"
)


def new_key() -> str:
    return Fernet.generate_key().decode()


def give(*rows: str, persoon: bool = False) -> Outcome:
    return read(kandidaten="\n".join((COLUMNS + (";persoon" if persoon else ""), *rows)))


def persons() -> int:
    return Candidate.objects.values("person").distinct().count()


@pytest.fixture
def keys(settings) -> list[str]:
    """Two records that one number made one person, and the key it was sealed with, which is gone."""
    read(werkgevers=EMPLOYERS)
    give(f"K1;Bakker;Noor;{ONE};DRE", f"K9;Bakker;Noor;{ONE};GLD")
    kept = settings.BSN_KEYS
    settings.BSN_KEYS = [new_key()]
    return kept


@pytest.mark.parametrize("bsn", [ONE, OTHER])
def test_a_number_for_one_of_two_linked_records_is_refused_and_nothing_is_lost(settings, keys, bsn: str) -> None:
    assert faults(give(f"K1;Bakker;Noor;{bsn};DRE")) == [REFUSED]

    settings.BSN_KEYS = [*settings.BSN_KEYS, *keys]
    assert persons() == 1
    assert {candidate.bsn for candidate in Candidate.objects.all()} == {ONE}
    assert faults(give(f"K1;Bakker;Noor;{bsn};DRE")) == []
    assert persons() == (1 if bsn == ONE else 2)


def test_a_coordinator_is_told_no_more_than_that(keys) -> None:
    rows = f"{COLUMNS}\nK1;Bakker;Noor;{ONE};DRE"

    assert faults(read(employer="DRE", kandidaten=rows)) == [REFUSED]


def test_a_file_without_numbers_is_read_as_ever(keys) -> None:
    assert faults(give("K1;Bakker;Noortje;;DRE")) == []

    assert persons() == 1
    assert Candidate.objects.filter(first_name="Noortje").count() == 1


@pytest.mark.parametrize(("other", "left"), [(ONE, 1), (OTHER, 2)])
def test_numbers_for_all_of_them_settle_it(keys, other: str, left: int) -> None:
    assert faults(give(f"K1;Bakker;Noor;{ONE};DRE", f"K9;Bakker;Noor;{other};GLD")) == []

    assert persons() == left


def test_the_number_that_stands_is_no_news(settings, keys) -> None:
    """The record of one owner was sealed anew before the key went."""
    settings.BSN_KEYS = [*settings.BSN_KEYS, *keys]
    candidate = Candidate.objects.get(code="K1")
    Candidate.objects.filter(pk=candidate.pk).update(bsn="", bsn_hash="")
    give(f"K1;Bakker;Noor;{ONE};DRE")
    settings.BSN_KEYS = settings.BSN_KEYS[:1]

    assert faults(give(f"K1;Bakker;Noor;{ONE};DRE")) == []
    assert persons() == 1


def test_the_administrator_may_link_what_cannot_be_read(keys) -> None:
    assert faults(give(f"K2;Visser;Daan;{OTHER};DRE;1", "K9;Bakker;Noor;;GLD;1", persoon=True)) == []

    assert persons() == 1


def test_an_equal_number_that_could_not_be_seen_is_found_when_the_key_is_back(settings, keys) -> None:
    outcome = give(f"K3;Bakker;Noor;{ONE};DRE")
    assert [str(warning) for warning in outcome.warnings] == [MISSED]
    assert persons() == 2

    settings.BSN_KEYS = [*settings.BSN_KEYS, *keys]
    assert give(f"K3;Bakker;Noor;{ONE};DRE").warnings == []
    assert persons() == 1
