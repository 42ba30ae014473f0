"""Every fault is reported at once, in the order of the format, with a suggestion where one helps."""

import pytest

from employers.models import Employer
from tests.exchange.files import WORLD, faults, read

pytestmark = pytest.mark.django_db


PLACEMENTS = (
    "plaatsingcode;kandidaatcode;werkgevercode;afdelingcode;formele_werkgever;route;teamcode;functie;contractsoort;"
    "uren_per_week;begindatum;einddatum;reden_einde;vervolg_van"
)


REGISTER = "kandidaatcode;achternaam;roepnaam;register_vanaf;register_tot"


def test_faults_of_all_sheets_come_together_in_the_order_of_the_format() -> None:
    outcome = read(
        werkgevers="werkgevercode;naam;sector\nDRE;Provincie;provincie",
        kandidaten=f"{REGISTER}\nK1;Bakker;;01-01-2020;\nK2;Mulder;Esra;2020-02-30;",
        plaatsingen=f"{PLACEMENTS}\nP1;K1;DRE;;;dienstverband;;M;vast;80;01-01-2020;;;",
    )

    assert [fault.partition(":")[0] for fault in faults(outcome)] == [
        "werkgevers, regel 2, sector",
        "kandidaten, regel 2, roepnaam",
        "kandidaten, regel 3, register_vanaf",
        "plaatsingen, regel 2, uren_per_week",
    ]
    assert not Employer.objects.exists()


def test_every_fault_of_a_row_is_reported_also_when_one_cell_can_not_be_read() -> None:
    read(**WORLD)

    outcome = read(
        afdelingen="werkgevercode;afdelingcode;naam\nXYZ;C;",
        streefcijfers="niveau;code;jaar;aantal;eenheid\nwerkgever;XYZ;2019;drie;banen",
        plaatsingen=f"{PLACEMENTS}\n"
        "P9;K77;XYZ;;;dienstverband;;M;vast;80;01-01-2020;31-12-2019;;\n"
        "P9;K1;DRE;ZZ;;dienstverband;;M;vast;;01-01-2020;;;P77\n",
        teaminkoop="teamcode;werkgevercode;plaatsen;vanaf;tot\nQQQ;XYZ;0;01-01-2020;31-12-2019",
    )

    assert [(fault.sheet, fault.line, fault.column) for fault in outcome.faults] == [
        ("afdelingen", 2, "naam"),
        ("afdelingen", 2, "werkgevercode"),
        ("streefcijfers", 2, "aantal"),
        ("streefcijfers", 2, "code"),
        ("teaminkoop", 2, "plaatsen"),
        ("teaminkoop", 2, "teamcode"),
        ("teaminkoop", 2, "tot"),
        ("teaminkoop", 2, "werkgevercode"),
        ("plaatsingen", 2, "einddatum"),
        ("plaatsingen", 2, "kandidaatcode"),
        ("plaatsingen", 2, "uren_per_week"),
        ("plaatsingen", 2, "werkgevercode"),
        ("plaatsingen", 3, "afdelingcode"),
        ("plaatsingen", 3, "kandidaatcode"),
        ("plaatsingen", 3, "plaatsingcode + begindatum"),
        ("plaatsingen", 3, "uren_per_week"),
        ("plaatsingen", 3, "vervolg_van"),
        ("plaatsingen", 3, "werkgevercode"),
    ]


def test_a_code_in_a_row_that_has_a_fault_is_not_unknown_as_well() -> None:
    read(**WORLD)

    outcome = read(
        werkgevers="werkgevercode;naam;sector\nX;Naam;onzin",
        kandidaten=f"{REGISTER}\nK9;Bakker;Noor;geen datum;",
        plaatsingen=f"{PLACEMENTS}\nP9;K9;X;;;dienstverband;;M;vast;24;01-01-2020;;;",
    )

    assert [fault.sheet for fault in outcome.faults] == ["werkgevers", "kandidaten"]


def test_codes_of_a_sheet_without_a_required_column_are_not_unknown_as_well() -> None:
    read(**WORLD)

    outcome = read(
        kandidaten="kandidaatcode;achternaam\nK9;Bakker",
        plaatsingen=f"{PLACEMENTS}\nP9;K9;DRE;;;dienstverband;;M;vast;24;01-01-2020;;;",
    )

    assert [str(fault) for fault in outcome.faults] == [
        "kandidaten: verplichte kolom ontbreekt: roepnaam; gevonden: “kandidaatcode, achternaam”"
    ]


def test_only_the_first_fifty_unknown_codes_get_a_suggestion() -> None:
    read(**WORLD)
    rows = "\n".join(f"P{n};K1;DRA;;;dienstverband;;M;vast;24;01-01-2020;;;" for n in range(100, 160))

    outcome = read(plaatsingen=f"{PLACEMENTS}\n{rows}")

    suggestions = ["misschien bedoeld" in fault for fault in faults(outcome)]
    assert suggestions == [True] * 50 + [False] * 10


@pytest.mark.parametrize("hours", ["0", "-4", "80", "60,01", "24,125", "32 uur", ""])
def test_hours_are_above_0_and_at_most_60_with_two_decimals(hours: str) -> None:
    read(**WORLD)

    outcome = read(plaatsingen=f"{PLACEMENTS}\nP9;K1;DRE;;;dienstverband;;M;vast;{hours};01-01-2020;;;")

    assert [(fault.line, fault.column) for fault in outcome.faults] == [(2, "uren_per_week")]


def test_unknown_columns_are_named_and_ignored() -> None:
    outcome = read(werkgevers="werkgevercode;naam;sector;kvk\nDRE;Provincie;provincies;123")

    assert outcome.written
    assert [str(warning) for warning in outcome.warnings] == [
        "werkgevers: kolom “kvk” is onbekend en wordt overgeslagen"
    ]


def test_a_name_in_another_case_is_the_name() -> None:
    outcome = read(werkgevers="Werkgevercode;NAAM;Sector\nDRE;Provincie;Provincies")

    assert outcome.written
