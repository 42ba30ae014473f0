"""Work that lasts at an employer that has ended, or beside the placement that continues it: never by a file."""

from datetime import date
from pathlib import Path

import pytest

from employers.models import Employer
from exchange.pipeline import import_sheets
from placements.counting import ledger
from placements.models import Placement, PlacementPeriod
from placements.services.mergers import merge_employer
from tests.exchange.files import TODAY, faults, read
from tests.exchange.test_round_trip import empty_the_installation, export, progress

pytestmark = pytest.mark.django_db

EMPLOYERS = "werkgevercode;naam;sector;laatste_dag;opvolger"
ROWS = (
    "plaatsingcode;kandidaatcode;werkgevercode;formele_werkgever;route;functie;contractsoort;uren_per_week;"
    "begindatum;einddatum"
)
ENDS = f"{EMPLOYERS}\nAAA;Gemeente A;gemeenten;31-12-2026;BBB"
CODE = "verder bij BBB, gebruik dan een nieuwe plaatsingcode met vervolg_van"


@pytest.fixture(autouse=True)
def _world() -> None:
    read(
        werkgevers=f"{EMPLOYERS}\nAAA;Gemeente A;gemeenten;;\nBBB;Gemeente B;gemeenten;;",
        kandidaten="kandidaatcode;achternaam;roepnaam;register_vanaf\nK1;Bakker;Noor;01-01-2015",
    )


def place(host: str = "AAA", record: str = "", last: str = "", *, owner: str = "") -> list[str]:
    row = f"P-1;K1;{host};{record};detachering;M;vast;24;01-01-2020;{last};{owner}"
    return faults(read(plaatsingen=f"{ROWS};eigenaar\n{row}"))


class TestAnEmployerThatEnds:
    """A last day in a file moves nothing; *Samenvoegen* does."""

    @pytest.mark.parametrize(("host", "record"), [("AAA", ""), ("BBB", "AAA"), ("AAA", "Bureau (proef)")])
    def test_while_work_lasts_there_is_a_fault(self, host: str, record: str) -> None:
        place(host, record)
        (fault,) = faults(read(werkgevers=ENDS))
        assert "regel 2, laatste_dag: na 31-12-2026 loopt er nog 1 plaatsing (P-1)" in fault
        assert "Samenvoegen in Beheer" in fault

    def test_also_when_an_owner_that_no_file_names_keeps_it(self) -> None:
        read(kandidaten="kandidaatcode;achternaam;roepnaam;eigenaar\nK1;Bakker;Noor;BBB")
        place(owner="BBB")
        assert len(faults(read(werkgevers=ENDS))) == 1

    def test_while_purchases_last_is_a_fault(self) -> None:
        read(
            teams="teamcode;naam;werkgevercode\nT;Team;AAA",
            teaminkoop="teamcode;werkgevercode;plaatsen;vanaf\nT;BBB;10;01-01-2020\nT;AAA;10;01-01-2020",
        )
        assert "loopt er nog 2 inkopen" in faults(read(werkgevers=ENDS))[0]

    @pytest.mark.parametrize("last", ["31-12-2026", "31-12-2021"])
    def test_after_all_its_work_is_fine(self, last: str) -> None:
        place(last=last)
        assert faults(read(werkgevers=ENDS)) == []

    def test_with_its_work_in_the_same_files_is_fine(self) -> None:
        place()
        ended = f"{ROWS}\nP-1;K1;AAA;;detachering;M;vast;24;01-01-2020;31-12-2026"
        assert faults(read(werkgevers=ENDS, plaatsingen=ended)) == []

    def test_new_with_work_that_lasts_is_a_fault_of_both(self) -> None:
        new = f"{EMPLOYERS}\nCCC;Gemeente C;gemeenten;31-12-2024;BBB"
        lasts = f"{ROWS}\nP-1;K1;CCC;;dienstverband;M;vast;24;01-01-2020;"
        employer, row = faults(read(werkgevers=new, plaatsingen=lasts))
        assert employer.startswith("werkgevers, regel 2, laatste_dag: na 31-12-2024 loopt er nog 1 plaatsing (P-1)")
        assert row == (
            "plaatsingen, regel 2, einddatum: CCC bestaat tot en met 31-12-2024; "
            f"laat dit uiterlijk die dag eindigen; gaat het {CODE}"
        )


class TestAnEmployerThatHasEnded:
    @pytest.fixture(autouse=True)
    def _ended(self) -> None:
        read(werkgevers=ENDS)

    @pytest.mark.parametrize(("host", "record"), [("AAA", ""), ("BBB", "AAA")])
    def test_gets_no_work_that_lasts_longer(self, host: str, record: str) -> None:
        assert place(host, record, "01-01-2027") == [
            "plaatsingen, regel 2, einddatum: AAA bestaat tot en met 31-12-2026; "
            f"laat dit uiterlijk die dag eindigen; gaat het {CODE}"
        ]
        assert place(host, record, "31-12-2026") == []

    def test_gets_no_work_that_begins_later(self) -> None:
        row = "P-1;K1;AAA;;detachering;M;vast;24;01-01-2027;01-02-2027"
        assert faults(read(plaatsingen=f"{ROWS}\n{row}")) == [
            "plaatsingen, regel 2, begindatum: AAA bestaat tot en met 31-12-2026; "
            f"daarna begint er niets meer; gaat het {CODE}"
        ]

    def test_buys_no_longer(self) -> None:
        read(teams="teamcode;naam;werkgevercode\nT;Team;BBB")
        bought = "teamcode;werkgevercode;plaatsen;vanaf;tot\nT;AAA;10;01-01-2020;"
        assert faults(read(teaminkoop=bought)) == [
            "teaminkoop, regel 2, tot: AAA bestaat tot en met 31-12-2026; laat dit uiterlijk die dag eindigen"
        ]


class TestWhatAMergerContinued:
    @pytest.fixture(autouse=True)
    def _merged(self) -> None:
        place()
        a, b = Employer.objects.order_by("code")
        merge_employer(by=None, employer=a, successor=b, last_day=date(2026, 12, 31))

    @pytest.mark.parametrize("host", ["AAA", "BBB"])
    @pytest.mark.parametrize("last", ["", "31-03-2027"])
    def test_is_not_opened_again(self, host: str, last: str) -> None:
        assert place(host, last=last) == [
            "plaatsingen, regel 2, einddatum: P-1 gaat vanaf 01-01-2027 verder als P-1-BBB; laat de einddatum staan"
        ]
        assert Placement.objects.get(code="P-1").periods.get().last_day == date(2026, 12, 31)

    @pytest.mark.parametrize("last", ["31-12-2026", "30-09-2026"])
    def test_may_be_named_with_its_end(self, last: str) -> None:
        assert place(last=last) == []

    def test_gets_no_later_period(self) -> None:
        row = "P-1;K1;BBB;;detachering;M;vast;24;01-06-2027;"
        (fault,) = faults(read(plaatsingen=f"{ROWS}\n{row}"))
        assert "verder als P-1-BBB" in fault

    def test_its_continuation_does_not_begin_earlier(self) -> None:
        row = "P-1-BBB;K1;BBB;;detachering;M;vast;24;01-06-2026;31-12-2026"
        assert faults(read(plaatsingen=f"{ROWS}\n{row}")) == [
            "plaatsingen, regel 2, begindatum: P-1 gaat vanaf 01-06-2026 verder als P-1-BBB, "
            "en loopt op deze dagen zelf nog door"
        ]

    def test_an_export_can_be_read_back(self, tmp_path: Path) -> None:
        figures, first = progress("2027-06-30", "statutory"), export(tmp_path)
        assert not import_sheets([tmp_path], today=TODAY).written
        empty_the_installation()
        assert faults(import_sheets([tmp_path], today=TODAY)) == []
        assert progress("2027-06-30", "statutory") == figures
        assert export(tmp_path) == first


class TestWhatStoodAlready:
    """What the file leaves as it is, is no fault of the file."""

    def test_work_that_lasts_may_be_corrected_otherwise(self) -> None:
        place()
        Employer.objects.filter(code="AAA").update(last_day=date(2026, 12, 31))
        row = "P-1;K1;AAA;;detachering;M;vast;30;01-01-2020;"
        assert faults(read(plaatsingen=f"{ROWS}\n{row}")) == []
        assert PlacementPeriod.objects.get().hours == 30

    def test_a_new_link_to_what_runs_on_is_a_warning(self) -> None:
        place()
        row = "P-2;K1;BBB;;detachering;M;vast;24;01-06-2026;;P-1"
        outcome = read(plaatsingen=f"{ROWS};vervolg_van\n{row}")
        assert [str(warning) for warning in outcome.warnings] == [
            "plaatsingen, regel 2, einddatum: P-1 gaat vanaf 01-06-2026 verder als P-2, "
            "maar loopt dan nog door; zo telt het dubbel"
        ]
        assert outcome.written
        assert not list(ledger.differences())


class TestTwoThatContinueTheSame:
    """They follow one another; side by side the person would count twice."""

    P2 = "P-2;K1;BBB;;detachering;M;vast;24;01-06-2026;{};P-1"
    P3 = "P-3;K1;BBB;;detachering;M;vast;24;{};;P-1"
    FAULT = "P-2 en P-3 zijn allebei een vervolg van P-1 en lopen vanaf {} tegelijk; zo telt het dubbel"

    @pytest.fixture(autouse=True)
    def _ended(self) -> None:
        place(last="31-05-2026")

    def add(self, *rows: str) -> list[str]:
        return faults(read(plaatsingen="\n".join((f"{ROWS};vervolg_van", *rows))))

    def test_in_one_file_is_a_fault(self) -> None:
        found = self.add(self.P2.format(""), self.P3.format("01-09-2026"))
        assert found == [f"plaatsingen, regel 3, vervolg_van: {self.FAULT.format('01-09-2026')}"]

    def test_in_a_later_file_is_a_fault(self) -> None:
        assert self.add(self.P2.format("")) == []
        found = self.add(self.P3.format("01-09-2026"))
        assert found == [f"plaatsingen, regel 2, vervolg_van: {self.FAULT.format('01-09-2026')}"]

    def test_by_other_days_is_a_fault_also_without_the_column(self) -> None:
        assert self.add(self.P2.format("31-08-2026"), self.P3.format("01-09-2026")) == []
        longer = f"{ROWS}\nP-2;K1;BBB;;detachering;M;vast;24;01-06-2026;30-09-2026"
        (fault,) = faults(read(plaatsingen=longer))
        assert fault.startswith("plaatsingen, regel 2, begindatum: P-3 en P-2 zijn allebei een vervolg van P-1")

    def test_one_after_the_other_is_fine(self) -> None:
        assert self.add(self.P2.format("31-08-2026"), self.P3.format("01-09-2026")) == []
        assert Placement.objects.filter(continues__code="P-1").count() == 2
        assert not list(ledger.differences())

    def test_of_two_persons_is_no_double_count(self) -> None:
        read(kandidaten="kandidaatcode;achternaam;roepnaam\nK2;Visser;Daan")
        assert self.add(self.P2.format(""), self.P3.format("01-09-2026").replace("K1", "K2")) == []

    def test_that_stood_already_is_no_fault_of_the_file(self) -> None:
        self.add(self.P2.format("31-08-2026"), self.P3.format("01-09-2026"))
        PlacementPeriod.objects.filter(placement__code="P-2").update(last_day=None)
        assert self.add(self.P2.format("").replace(";24;", ";30;"), self.P3.format("01-09-2026")) == []


class TestATeamThatMoves:
    """Its members and what is bought of it go along, so they end in time at an employer that has ended."""

    MOVED = "teamcode;naam;werkgevercode\nT;Team;AAA"
    ENDED = "teams, regel 2, werkgevercode: AAA bestaat tot en met 31-12-2026; bij dit team loopt er daarna nog"

    def move(self, *, last: str = "", bought: str = "31-12-2020", owner: str = "") -> list[str]:
        read(
            werkgevers=ENDS,
            kandidaten=f"kandidaatcode;achternaam;roepnaam;eigenaar\nK1;Bakker;Noor;{owner}",
            teams=self.MOVED.replace("AAA", "BBB"),
            teaminkoop=f"teamcode;werkgevercode;plaatsen;vanaf;tot\nT;BBB;10;01-01-2020;{bought}",
            plaatsingen="plaatsingcode;kandidaatcode;werkgevercode;route;teamcode;functie;contractsoort;uren_per_week;"
            f"begindatum;einddatum;eigenaar\nP-1;K1;BBB;teaminkoop;T;M;vast;24;01-01-2020;{last};{owner}",
        )
        return faults(read(teams=self.MOVED))

    @pytest.mark.parametrize("owner", ["", "BBB"])
    def test_with_members_that_last(self, owner: str) -> None:
        assert self.move(owner=owner) == [f"{self.ENDED} 1 plaatsing (P-1)"]

    def test_with_purchases_that_last(self) -> None:
        assert self.move(last="31-12-2026", bought="") == [f"{self.ENDED} 1 inkoop"]

    def test_with_all_that_ends_in_time(self) -> None:
        assert self.move(last="31-12-2026") == []
