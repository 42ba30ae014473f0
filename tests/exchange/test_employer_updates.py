"""What a second file does to employers and their dated facts."""

from datetime import date
from decimal import Decimal

import pytest

from accounts.records import ALWAYS, FOREVER
from employers.models import Employer, EmployerFact
from exchange.outcome import Outcome
from placements.counting import ledger
from placements.models import CountLine
from placements.services.mergers import merge_employer
from tests.exchange.files import WORLD, faults, read

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _world() -> None:
    assert read(**WORLD).faults == []


def in_step() -> bool:
    return not list(ledger.differences())


def facts(code: str) -> list[tuple[date, date, str, str]]:
    rows = EmployerFact.objects.filter(employer__code=code).order_by("first_day")
    return list(rows.values_list("first_day", "last_day", "sector__code", "return_period"))


def test_a_row_with_a_date_changes_sector_and_return_period_from_that_day() -> None:
    read(
        werkgevers="werkgevercode;naam;sector;aangiftetijdvak;vanaf\nDRE;Provincie Voorbeeld;rijk;vier_weken;01-07-2020"
    )

    assert facts("DRE") == [
        (ALWAYS, date(2020, 6, 30), "provincies", "maand"),
        (date(2020, 7, 1), FOREVER, "rijk", "vier_weken"),
    ]
    assert in_step()


def test_a_dated_row_between_two_others_holds_until_the_next() -> None:
    head = "werkgevercode;naam;sector;vanaf"
    read(werkgevers=f"{head}\nDRE;Provincie Voorbeeld;rijk;01-01-2022")

    read(werkgevers=f"{head}\nDRE;Provincie Voorbeeld;mbo;01-01-2020")

    assert [(first, last, sector) for first, last, sector, _ in facts("DRE")] == [
        (ALWAYS, date(2019, 12, 31), "provincies"),
        (date(2020, 1, 1), date(2021, 12, 31), "mbo"),
        (date(2022, 1, 1), FOREVER, "rijk"),
    ]


def test_the_first_row_of_a_new_employer_holds_from_the_start() -> None:
    sheet = "werkgevercode;naam;sector;vanaf\nNEW;Nieuw (proef);mbo;01-01-2019\nNEW;Nieuw (proef);hbo;01-01-2021"
    read(werkgevers=sheet)

    assert [(first, sector) for first, _, sector, _ in facts("NEW")] == [(ALWAYS, "mbo"), (date(2021, 1, 1), "hbo")]
    assert read(werkgevers=sheet).written is False


def test_another_return_period_counts_the_employers_placements_anew_also_those_not_in_the_file() -> None:
    read(
        kandidaten="kandidaatcode;achternaam;roepnaam;register_vanaf;register_tot\nK1;Bakker;Noor;01-01-2015;10-03-2020",
        replace=True,
    )
    last_counted = CountLine.objects.filter(placement__code="P1", counts=True, regime__code="statutory").order_by(
        "-last_day"
    )
    assert last_counted[0].last_day == date(2020, 3, 31)

    read(werkgevers="werkgevercode;naam;sector;aangiftetijdvak\nDRE;Provincie Voorbeeld;provincies;vier_weken")

    assert last_counted.all()[0].last_day == date(2020, 3, 22)
    assert in_step()


def test_employers_keep_what_an_absent_column_does_not_mention() -> None:
    head = "werkgevercode;naam;sector"
    read(
        werkgevers=f"{head};aantal_medewerkers;nulmeting_banen;aangiftetijdvak\n"
        "DRE;Provincie Voorbeeld;provincies;600;12,5;vier_weken"
    )

    assert not read(werkgevers=f"{head}\nDRE;Provincie Voorbeeld;provincies").written

    read(werkgevers=f"{head};aantal_medewerkers\nDRE;Provincie Voorbeeld;provincies;")
    employer = Employer.objects.get(code="DRE")
    assert (employer.headcount, employer.baseline_jobs) == (None, Decimal("12.50"))
    assert facts("DRE")[0][3] == "vier_weken"


def test_a_successor_needs_a_last_day_and_may_come_later_in_the_file() -> None:
    head = "werkgevercode;naam;sector;laatste_dag;opvolger"
    rows = "OLD;Oud (proef);provincies;31-12-2022;NEW\nNEW;Nieuw (proef);provincies;;"

    assert not read(werkgevers=f"{head}\n{rows}").faults
    assert Employer.objects.get(code="OLD").successor.code == "NEW"
    assert faults(read(werkgevers=f"{head}\nDRE;Provincie Voorbeeld;provincies;;NEW")) == [
        "werkgevers, regel 2, laatste_dag: is leeg; een werkgever met een opvolger heeft een laatste dag"
    ]
    assert faults(read(werkgevers=f"{head}\nNEW;Nieuw (proef);provincies;31-12-2030;OLD")) == [
        "werkgevers, regel 2, opvolger: zo volgt de werkgever zichzelf op"
    ]


ENDING = "werkgevercode;naam;sector;laatste_dag;opvolger"


class TestAnEmptyLastDay:
    """An old file, from before the employer ended, clears that end: told by name, refused after a merger."""

    def test_of_an_employer_that_a_file_ended_is_told(self) -> None:
        ended = "NEW;Nieuw;rijk;31-12-2027;BW\nOLD;Oud;rijk;31-12-2022;"
        cleared = f"{ENDING}\nNEW;Nieuw;rijk;;\nOLD;Oud;rijk;;"
        read(werkgevers=f"{ENDING}\n{ended}")

        outcome = read(werkgevers=cleared)

        assert outcome.remarks() == [
            "werkgevers: 2 werkgevers hebben geen laatste dag of opvolger meer, want die cel is leeg: "
            "NEW (was laatste dag 31-12-2027, opvolger BW), OLD (was laatste dag 31-12-2022)"
        ]
        assert outcome.remarks() == Outcome.from_document(outcome.document()).remarks()
        assert Employer.objects.get(code="NEW").successor is None
        assert read(werkgevers=cleared).remarks() == []

    @pytest.mark.parametrize(
        ("cells", "column"),
        [(";", "laatste_dag"), ("31-12-2026;", "opvolger")],
    )
    def test_of_a_merged_employer_is_a_fault(self, cells: str, column: str) -> None:
        old, new = Employer.objects.get(code="DRE"), Employer.objects.get(code="GLD")
        merge_employer(by=None, employer=old, successor=new, last_day=date(2026, 12, 31))

        (fault,) = faults(read(werkgevers=f"{ENDING}\nDRE;Provincie Voorbeeld;provincies;{cells}"))

        assert fault == (
            f"werkgevers, regel 2, {column}: is leeg, maar DRE is na 31-12-2026 verdergegaan als GLD en het werk staat "
            "daar; vul laatste_dag 31-12-2026 en opvolger GLD in, of laat deze twee kolommen weg"
        )
        old.refresh_from_db()
        assert (old.last_day, old.successor) == (date(2026, 12, 31), new)
        assert not read(werkgevers=WORLD["werkgevers"]).faults
