"""The formal employer in a file: a code that is known, or the name of an outside partner."""

import pytest

from exchange.pipeline import import_sheets
from placements.models import Placement
from tests.exchange.files import TODAY, faults, read, sheets
from tests.exchange.two_owners import CANDIDATES, EMPLOYERS, ROWS

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _employers() -> None:
    read(werkgevers=EMPLOYERS)


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
