"""What an employer exports of its own, it can read in again, also after a merger and a hand-over."""

from datetime import date
from pathlib import Path

import pytest

from employers.models import Employer
from exchange.exporting import tables
from exchange.pipeline import import_sheets
from files.targets import write_folder
from placements.services.hand_over import hand_over_records
from placements.services.mergers import merge_employer
from tests.exchange.files import faults, read

pytestmark = pytest.mark.django_db

LATER = date(2027, 6, 1)
ROWS = (
    "plaatsingcode;kandidaatcode;werkgevercode;formele_werkgever;route;functie;contractsoort;uren_per_week;begindatum"
)
TRIALS = "proefplaatsingcode;kandidaatcode;werkgevercode;soort;begindatum;einddatum"


@pytest.fixture(autouse=True)
def _merged() -> None:
    """AAA went on as BBB, which now owns what was AAA's: P-1, P-2 (through a partner) and PP1, with what went on."""
    read(werkgevers="werkgevercode;naam;sector\nAAA;Gemeente A;gemeenten\nBBB;Gemeente B;gemeenten")
    read(
        employer="AAA",
        kandidaten="kandidaatcode;achternaam;roepnaam\nK1;Bakker;Noor\nK2;Visser;Daan",
        plaatsingen=f"{ROWS}\nP-1;K1;AAA;;dienstverband;M;vast;24;01-01-2020\n"
        "P-2;K2;AAA;Bureau (proef);uitzend;M;vast;24;01-01-2020",
        proefplaatsingen=f"{TRIALS}\nPP1;K1;AAA;stage;01-12-2026;31-01-2027",
    )
    old, new = Employer.objects.order_by("code")
    merge_employer(by=None, employer=old, successor=new, last_day=date(2026, 12, 31))
    hand_over_records(by=None, employer=new, source=Employer.objects.get(code="AAA"), today=LATER)


def test_the_own_export_changes_nothing(tmp_path: Path) -> None:
    owner = Employer.objects.get(code="BBB")
    write_folder(tmp_path, tables(owner))

    outcome = import_sheets([tmp_path], today=LATER, employer=owner)

    assert faults(outcome) == []
    assert [tally.records.total() for tally in outcome.tallies[:3]] == [2, 4, 2]
    assert not outcome.written


@pytest.mark.parametrize(
    ("texts", "fault"),
    [
        ({"plaatsingen": f"{ROWS}\nP-9;K1;AAA;;dienstverband;M;vast;24;01-01-2020"}, "de formele werkgever is AAA"),
        ({"plaatsingen": f"{ROWS}\nP-1;K1;BBB;AAA;detachering;M;vast;24;01-01-2020"}, "de formele werkgever is AAA"),
        ({"proefplaatsingen": f"{TRIALS}\nPP9;K1;AAA;stage;01-12-2025;31-12-2025"}, "is AAA; in dit bestand horen"),
    ],
)
def test_other_parties_are_held_to_the_rule(texts: dict[str, str], fault: str) -> None:
    assert any(fault in found for found in faults(read(employer="BBB", today=LATER, **texts)))


def test_hours_of_the_past_may_be_corrected() -> None:
    row = f"{ROWS};einddatum\nP-1;K1;AAA;;dienstverband;M;vast;28;01-01-2020;31-12-2026"
    assert faults(read(employer="BBB", today=LATER, plaatsingen=row)) == []
