"""What a placement continues, once a hand-over has left the earlier one with another owner."""

from pathlib import Path

import pytest

from employers.models import Employer
from exchange.pipeline import import_sheets
from placements.counting import ledger
from placements.models import Placement
from placements.services.hand_over import hand_over_records
from tests.exchange.files import TODAY, faults, read
from tests.exchange.test_round_trip import DAYS, empty_the_installation, export, progress

pytestmark = pytest.mark.django_db

CANDIDATES = "kandidaatcode;achternaam;roepnaam;register_vanaf;register_tot;eigenaar;persoon"
ROWS = "plaatsingcode;kandidaatcode;werkgevercode;route;functie;contractsoort;uren_per_week;begindatum;einddatum"


@pytest.fixture(autouse=True)
def _handed_over() -> None:
    """P1 at DRE stays with the installation; P2 at GLD continues it and is GLD's own."""
    read(
        werkgevers="werkgevercode;naam;sector\nDRE;Provincie Voorbeeld;provincies\nGLD;Provincie Proef;provincies",
        kandidaten="kandidaatcode;achternaam;roepnaam;register_vanaf\nK1;Bakker;Noor;01-01-2015",
        plaatsingen=f"""
            {ROWS};vervolg_van
            P1;K1;DRE;dienstverband;M;vast;24;01-01-2018;31-05-2019;
            P2;K1;GLD;dienstverband;M;vast;32;01-06-2019;;P1
            """,
    )
    hand_over_records(by=None, employer=Employer.objects.get(code="GLD"), today=TODAY)


def before(code: str, owner: str | None = "GLD") -> tuple[str, str | None] | None:
    """Return code and owner of what a placement continues."""
    found = Placement.objects.get(code=code, owner__code=owner).continues
    return (found.code, found.owner.code if found.owner else None) if found else None


def test_an_export_can_be_read_back(tmp_path: Path) -> None:
    figures = [progress(day, "statutory") for day in DAYS]
    first = export(tmp_path / "first")
    empty_the_installation()

    outcome = import_sheets([tmp_path / "first"], today=TODAY)

    assert faults(outcome) == []
    assert [progress(day, "statutory") for day in DAYS] == figures
    assert before("P2") == ("P1", None)
    assert export(tmp_path / "second") == first


class TestAnOwnersFile:
    P2 = "P2;K1;GLD;dienstverband;M;vast;36;01-06-2019;"

    def test_may_name_the_link_that_stands(self) -> None:
        outcome = read(employer="GLD", plaatsingen=f"{ROWS};vervolg_van\n{self.P2};P1")
        assert faults(outcome) == []
        assert [str(warning) for warning in outcome.warnings] == []
        assert before("P2") == ("P1", None)

    def test_keeps_it_without_the_column(self) -> None:
        assert faults(read(employer="GLD", plaatsingen=f"{ROWS}\n{self.P2}")) == []
        assert before("P2") == ("P1", None)

    def test_clears_it_with_an_empty_cell(self) -> None:
        outcome = read(employer="GLD", plaatsingen=f"{ROWS};vervolg_van\n{self.P2};")
        assert outcome.tallies[0].rows[0].columns == "vervolg_van, uren_per_week"
        assert before("P2") is None

    def test_names_no_other_owners_placement_anew(self) -> None:
        new = "P3;K1;GLD;dienstverband;M;vast;36;01-06-2025;"
        assert faults(read(employer="GLD", plaatsingen=f"{ROWS};vervolg_van\n{new};P1")) == [
            "plaatsingen, regel 2, vervolg_van: plaatsing van GLD “P1” is onbekend; misschien bedoeld: P2"
        ]

    def test_is_not_told_twice_of_a_row_with_another_fault(self) -> None:
        row = "P2;K1;GLD;dienstverband;M;vast;99;01-06-2019;;P1"
        assert [fault.column for fault in read(employer="GLD", plaatsingen=f"{ROWS};vervolg_van\n{row}").faults] == [
            "uren_per_week"
        ]


class TestTheAdministratorsFile:
    NEW = "P3;K1;GLD;dienstverband;M;vast;36;01-06-2025;;GLD"

    @pytest.fixture(autouse=True)
    def _ended(self) -> None:
        """Another placement may follow P1 after P2, not beside it."""
        read(plaatsingen=f"{ROWS};eigenaar\nP2;K1;GLD;dienstverband;M;vast;32;01-06-2019;31-05-2025;GLD")

    def add(self, code: str, *, row: str = NEW) -> list[str]:
        return faults(read(plaatsingen=f"{ROWS};eigenaar;vervolg_van\n{row};{code}"))

    def test_finds_the_own_placement_first(self) -> None:
        assert self.add("P2") == []
        assert before("P3") == ("P2", "GLD")

    def test_then_the_installations(self) -> None:
        assert self.add("P1") == []
        assert before("P3") == ("P1", None)

    def test_an_own_code_of_another_person_is_not_meant(self) -> None:
        read(kandidaten=f"{CANDIDATES}\nK9;Visser;Daan;;;GLD;")
        read(plaatsingen=f"{ROWS};eigenaar\nP1;K9;GLD;dienstverband;M;vast;36;01-06-2018;;GLD")
        assert self.add("P1") == []
        assert before("P3") == ("P1", None)

    def test_then_another_owners_of_the_same_person(self) -> None:
        own = "P9;K1;DRE;dienstverband;M;vast;8;01-06-2016;31-12-2016;DRE"
        read(kandidaten=f"{CANDIDATES}\nK1;Bakker;Noor;01-01-2015;;DRE;x\nK1;Bakker;Noor;01-01-2015;;GLD;x")
        read(plaatsingen=f"{ROWS};eigenaar\n{own}")
        assert self.add("P9") == []
        assert before("P3") == ("P9", "DRE")
        assert not list(ledger.differences())

    def test_but_not_another_persons(self) -> None:
        read(kandidaten=f"{CANDIDATES}\nK9;Visser;Daan;;;DRE;")
        read(plaatsingen=f"{ROWS};eigenaar\nP9;K9;DRE;dienstverband;M;vast;8;01-06-2016;31-12-2016;DRE")
        (fault,) = self.add("P9")
        assert "vervolg_van: plaatsing van GLD “P9” is onbekend" in fault

    def test_its_own_code_may_be_that_of_the_installations(self) -> None:
        assert self.add("P1", row="P1;K1;GLD;dienstverband;M;vast;36;01-06-2025;;GLD") == []
        assert before("P1") == ("P1", None)
        assert self.add("P1", row="P1;K1;GLD;dienstverband;M;vast;32;01-06-2025;;GLD") == []
        assert before("P1") == ("P1", None)

    def test_its_own_code_comes_back_from_an_export(self, tmp_path: Path) -> None:
        self.add("P1", row="P1;K1;GLD;dienstverband;M;vast;36;01-06-2025;;GLD")
        first = export(tmp_path / "first")
        empty_the_installation()

        assert faults(import_sheets([tmp_path / "first"], today=TODAY)) == []
        assert before("P1") == ("P1", None)
        assert export(tmp_path / "second") == first

    def test_its_own_code_that_nothing_else_has_is_a_circle(self) -> None:
        assert self.add("P3") == ["plaatsingen, regel 2, vervolg_van: zo volgt de plaatsing op zichzelf"]

    def test_no_code_of_a_row_with_another_fault_is_unknown_as_well(self) -> None:
        assert self.add("P1", row="P3;K1;GLD;dienstverband;M;vast;99;01-06-2025;;GLD") == [
            "plaatsingen, regel 2, uren_per_week: 99 is te hoog; hooguit 60 mag"
        ]
