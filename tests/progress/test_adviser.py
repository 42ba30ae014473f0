"""The adviser's pages as they are read: changes, forecast, delivery, own statements, and protected breakdowns."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from employers.models import Sector
from progress.services.freezing import Totals
from tests.factories import (
    CandidateFactory,
    EmployerFactory,
    PlacementFactory,
    RoundFactory,
    SectorFactory,
    SnapshotFactory,
    TargetFactory,
    UserFactory,
)
from tests.factories.candidates import test_bsn
from tests.placements.counting.random_data import random_sheets, write_folder
from tests.progress.reading import shown

HALF_YEAR = "2026-06-30"
HIDDEN = "verborgen"


@pytest.fixture
def sector():
    return SectorFactory(code="provincies")


@pytest.fixture
def open_page(client, sector):
    """Return a function that opens the page of the sector as its adviser, or that of all sectors."""

    def open_page(every=False, **query):
        client.force_login(UserFactory(adviser=True if every else sector))
        address = reverse("sector_list") if every else reverse("sector_progress", kwargs={"sector": sector.uuid})
        return client.get(address, query)

    return open_page


def rows(response, caption):
    """Return the rows of a table by name, each as the texts under its headings."""
    head, *body = shown(response).tables[caption]
    return {
        row[0].text: dict(zip([each.text for each in head[1:]], [each.text for each in row[1:]], strict=True))
        for row in body
    }


def csv_rows(response):
    """Return the lines of a CSV as dictionaries."""
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    head, *lines = [line.split(";") for line in text.splitlines()]
    return [dict(zip(head, line, strict=True)) for line in lines]


def employer_with(sector, name, *, permanent=0, temporary=0, since=date(2024, 3, 1), until=None):
    """Make an employer with so many placements of either kind."""
    employer = EmployerFactory(sector=sector, name=name)
    for kind, number in (("vast", permanent), ("tijdelijk", temporary)):
        PlacementFactory.create_batch(
            number, host=employer, period__contract_kind=kind, period__first_day=since, period__last_day=until
        )
    return employer


class TestChanges:
    def test_a_row_says_what_changed_and_what_is_expected(self, sector, open_page):
        employer = employer_with(sector, "Alfa", permanent=2, since=date(2025, 2, 1))
        PlacementFactory(host=employer, period__first_day=date(2026, 3, 1), period__last_day=date(2026, 10, 31))
        TargetFactory(employer=employer, number=4)
        found = rows(open_page(peildatum=HALF_YEAR), "Ontwikkeling per werkgever")
        assert found["Alfa"] == {
            "Gerealiseerd": "3 personen",
            "Sinds 31 dec 2025": "+1",
            "Sinds 30 jun 2025": "+1",
            "Verwacht 31 december": "2",
            "Vast contract": HIDDEN,
            "Gebleven na een jaar": HIDDEN,
        }
        assert found["Hele sector"]["Sinds 31 dec 2025"] == "+1"

    def test_on_the_last_day_of_the_year_nothing_is_expected(self, sector, open_page):
        employer_with(sector, "Alfa", permanent=3)
        found = rows(open_page(peildatum="2025-12-31"), "Ontwikkeling per werkgever")
        assert "Verwacht 31 december" not in found["Alfa"]

    def test_sectors_have_the_same_and_a_total_that_adds_up(self, sector, open_page):
        employer_with(sector, "Alfa", permanent=4, since=date(2026, 2, 1))
        employer_with(SectorFactory(code="rijk"), "Rijksdienst", permanent=3, since=date(2025, 8, 1))
        found = rows(open_page(every=True, peildatum=HALF_YEAR), "Ontwikkeling per sector")
        lines = [found[name]["Sinds 31 dec 2025"] for name in ("Provincies", "Rijk", "Alle sectoren")]
        assert lines == ["+4,0", "0,0", "+4,0"]
        assert found["Alle sectoren"]["Vast contract"] == "100,0 %"

    def test_the_chart_has_targets_and_a_table(self, sector, open_page):
        employer = employer_with(sector, "Alfa", permanent=4)
        TargetFactory(employer=employer, number=9)
        page = shown(open_page())
        found = {row[0].text: [cell.text for cell in row[1:]] for row in page.tables["Personen per maand"]}
        assert found["Datum"] == ["Gerealiseerd", "Verwacht, zonder verlengingen", "Streefcijfer"]
        assert found["31-10-2026"] == ["4", "4", "9"]


class TestBreakdowns:
    def test_they_are_shown_on_ends_of_half_years_only(self, sector, open_page):
        employer_with(sector, "Alfa", permanent=4, temporary=4)
        for day in (HALF_YEAR, "2025-12-31"):
            found = rows(open_page(peildatum=day), "Ontwikkeling per werkgever")
            assert {found[name]["Vast contract"] for name in ("Alfa", "Hele sector")} == {"50,0 %"}, day
        found = rows(open_page(peildatum="2026-06-29"), "Ontwikkeling per werkgever")
        assert not {"Vast contract", "Gebleven na een jaar"} & found["Alfa"].keys()

    def test_and_under_one_regime_only(self, sector, open_page):
        employer_with(sector, "Alfa", permanent=4, temporary=4)
        page = open_page(peildatum=HALF_YEAR, regime="with_procurement")
        assert "Vast contract" not in rows(page, "Ontwikkeling per werkgever")["Alfa"]
        assert "alleen bij de wettelijke telling" in shown(page).text

    def test_a_small_one_is_hidden_with_another_so_that_the_total_tells_nothing(self, sector, open_page):
        employer_with(sector, "Alfa", permanent=1, temporary=6)
        employer_with(sector, "Bravo", permanent=4, temporary=4)
        employer_with(sector, "Charlie", permanent=9, temporary=9)
        found = rows(open_page(peildatum=HALF_YEAR), "Ontwikkeling per werkgever")
        assert [found[name]["Vast contract"] for name in ("Alfa", "Bravo", "Charlie", "Hele sector")] == [
            HIDDEN,
            HIDDEN,
            "50,0 %",
            "42,4 %",
        ]

    def test_every_page_and_file_hides_the_same(self, sector, open_page):
        employer_with(sector, "Alfa", permanent=1, temporary=6)
        employer_with(SectorFactory(code="rijk"), "Rijksdienst", permanent=5, temporary=5)
        page = rows(open_page(peildatum=HALF_YEAR), "Ontwikkeling per werkgever")
        every = rows(open_page(every=True, peildatum=HALF_YEAR), "Ontwikkeling per sector")
        assert page["Alfa"]["Vast contract"] == page["Hele sector"]["Vast contract"] == HIDDEN
        assert [every[name]["Vast contract"] for name in ("Provincies", "Rijk", "Alle sectoren")] == [
            HIDDEN,
            "50,0 %",
            HIDDEN,
        ]
        own = csv_rows(open_page(peildatum=HALF_YEAR, export="csv"))
        assert [line["vast_contract_pct"] for line in own] == [HIDDEN, HIDDEN]
        lines = csv_rows(open_page(every=True, peildatum=HALF_YEAR, export="csv"))
        assert {line["naam"]: line["vast_contract_pct"] for line in lines if line["vast_contract_pct"]} == {
            "Provincies": HIDDEN,
            "Rijk": "50,0",
            "Alle sectoren": HIDDEN,
        }

    def test_a_sum_about_two_persons_is_hidden_whatever_it_counts(self, sector, open_page):
        for name in ("Alfa", "Bravo"):
            employer = employer_with(sector, name, temporary=6)
            for number in (1, 2):
                person = CandidateFactory(owner=employer, bsn=test_bsn(number))
                PlacementFactory(host=employer, candidate=person, period__contract_kind="vast")
        employer_with(SectorFactory(code="rijk"), "Rijksdienst", temporary=9)
        every = rows(open_page(every=True, peildatum=HALF_YEAR), "Ontwikkeling per sector")
        assert [every[name]["Vast contract"] for name in ("Provincies", "Rijk", "Alle sectoren")] == [
            HIDDEN,
            "0,0 %",
            HIDDEN,
        ]

    def test_what_is_hidden_has_no_place_in_an_order(self, sector, open_page):
        employer_with(sector, "Alfa", permanent=6, temporary=1)
        employer_with(sector, "Bravo", permanent=1, temporary=6)
        employer_with(sector, "Charlie", permanent=4, temporary=5)
        orders = []
        for sort in ("permanent", "-permanent"):
            page = shown(open_page(peildatum=HALF_YEAR, **{"ontwikkeling-sort": sort}))
            names = [row[0].text for row in page.tables["Ontwikkeling per werkgever"][1:-1]]
            orders.append([name for name in names if name != "Charlie"])
        assert orders[0] == ["Alfa", "Bravo"]
        assert orders[1] in (["Alfa", "Bravo"], ["Bravo", "Alfa"])

    def test_who_stayed_is_added_up_over_what_is_shown(self, sector, open_page):
        employer_with(sector, "Alfa", permanent=2, since=date(2025, 3, 1))
        employer_with(sector, "Bravo", permanent=6, since=date(2025, 3, 1))
        employer = employer_with(sector, "Charlie", permanent=3, since=date(2025, 3, 1))
        PlacementFactory.create_batch(
            3, host=employer, period__first_day=date(2025, 3, 1), period__last_day=date(2025, 6, 1)
        )
        found = rows(open_page(peildatum=HALF_YEAR), "Ontwikkeling per werkgever")
        stayed = {name: row["Gebleven na een jaar"] for name, row in found.items()}
        assert stayed == {"Alfa": HIDDEN, "Bravo": "100,0 %", "Charlie": "50,0 %", "Hele sector": "75,0 %"}

    def test_a_file_rounds_who_stayed_as_the_page_does(self, sector, open_page):
        employer = employer_with(sector, "Alfa", permanent=6, since=date(2025, 3, 1))
        PlacementFactory.create_batch(
            3, host=employer, period__first_day=date(2025, 3, 1), period__last_day=date(2025, 6, 1)
        )
        page = rows(open_page(peildatum=HALF_YEAR), "Ontwikkeling per werkgever")["Alfa"]
        file = csv_rows(open_page(peildatum=HALF_YEAR, export="csv"))[0]
        assert (page["Gebleven na een jaar"], file["na_12_maanden_pct"]) == ("66,7 %", "66,7")

    def test_two_half_years_do_not_tell_what_became_of_one(self, sector, open_page):
        employer = employer_with(sector, "Alfa", permanent=5, since=date(2024, 3, 1))
        PlacementFactory(host=employer, period__first_day=date(2025, 3, 1))
        stayed = []
        for day in ("2025-12-31", HALF_YEAR):
            found = rows(open_page(peildatum=day), "Ontwikkeling per werkgever")
            stayed.append(found["Alfa"]["Gebleven na een jaar"])
        assert stayed == ["100,0 %", HIDDEN]


class TestDelivery:
    @pytest.fixture
    def round(self, sector):
        return RoundFactory(sector=sector)

    def test_each_employer_says_how_it_stands(self, sector, round, open_page):
        names = ("Alfa", "Bravo", "Charlie")
        alfa, bravo, _ = (EmployerFactory(sector=sector, name=name) for name in names)
        SnapshotFactory(round=round, employer=alfa, approved=True)
        SnapshotFactory(round=round, employer=bravo)
        page = open_page()
        found = rows(page, "Werkgevers")
        assert [found[name]["Aangeleverd"] for name in (*names, "Hele sector")] == [
            "Goedgekeurd",
            "Ingediend",
            "Te laat",
            "2 van 3",
        ]
        fact = [[cell.text for cell in row] for row in shown(page).reasons]
        assert ["Aangeleverdvan 3 werkgevers, over 30 juni 2026", "2"] in fact
        every = rows(open_page(every=True), "Sectoren")
        assert (every["Provincies"]["Aangeleverd"], every["Alle sectoren"]["Aangeleverd"]) == ("2 van 3", "2 van 3")

    def test_an_employer_that_turns_out_to_be_elsewhere_has_not_delivered_here(self, sector, round, open_page):
        alfa = EmployerFactory(sector=sector, name="Alfa")
        SnapshotFactory(round=round, employer=alfa)
        alfa.facts.update(sector=SectorFactory(code="rijk"))
        EmployerFactory(sector=sector, name="Bravo")
        assert rows(open_page(every=True), "Sectoren")["Provincies"]["Aangeleverd"] == "0 van 1"

    def test_without_a_round_nothing_is_said(self, sector, open_page):
        EmployerFactory(sector=sector, name="Alfa")
        assert "Aangeleverd" not in rows(open_page(), "Werkgevers")["Alfa"]


class TestOwnStatements:
    @pytest.fixture
    def states(self, sector):
        """Return a function that has an employer state hours and persons for a half-year, and approves it."""

        def states(employer, hours, persons, **round):
            found = RoundFactory(sector=sector, **round) if round else RoundFactory(sector=sector)
            totals = Totals(hours=Decimal(hours), persons=Decimal(persons))
            return SnapshotFactory(round=found, employer=employer, totals=totals, approved=True)

        return states

    def test_they_stand_apart_and_are_added_up_apart(self, sector, states, open_page):
        employer_with(sector, "Alfa", permanent=4)
        elsewhere = EmployerFactory(sector=sector, name="Elders")
        TargetFactory(employer=elsewhere, number=20)
        states(elsewhere, "255", 12)
        page = open_page(peildatum=HALF_YEAR)
        assert "Elders" not in rows(page, "Werkgevers")
        found = rows(page, "Eigen opgaven")
        assert found["Elders"]["Opgave over"] == "30-06-2026"
        assert [found["Elders"][name] for name in ("Banen", "Personen", "Voortgang")] == ["10,0", "12", "60,0 %"]
        assert found["Eigen opgaven samen"]["Personen"] == "12"
        assert "Telling en eigen opgaven samen: 14,0 banen en 16 personen. " in shown(page).text
        lines = csv_rows(open_page(peildatum=HALF_YEAR, export="csv"))
        assert [(line["niveau"], line["banen"]) for line in lines] == [
            ("werkgever", "4,0"),
            ("sector", "4,0"),
            ("eigen_opgave", "10,0"),
            ("eigen_opgaven_samen", "10,0"),
        ]

    def test_they_are_compared_with_each_other(self, sector, states, open_page):
        elsewhere = EmployerFactory(sector=sector, name="Elders")
        states(elsewhere, "204", 8, day=date(2025, 12, 31), deadline=date(2026, 9, 1))
        states(elsewhere, "255", 12)
        for day in (HALF_YEAR, "2026-11-22"):
            found = rows(open_page(peildatum=day), "Eigen opgaven")
            assert [found["Elders"][f"Sinds {before}"] for before in ("31 dec 2025", "30 jun 2025")] == ["+2,0", "–"]

    def test_on_another_day_the_two_are_not_added(self, sector, states, open_page):
        elsewhere = EmployerFactory(sector=sector, name="Elders")
        states(elsewhere, "255", 12)
        page = open_page()
        assert "Elders" in rows(page, "Eigen opgaven")
        assert "Telling en eigen opgaven samen" not in shown(page).text

    def test_an_employer_whose_placements_run_here_is_counted(self, sector, states, open_page):
        employer = employer_with(sector, "Alfa", permanent=4)
        states(employer, "255", 12)
        page = open_page(peildatum=HALF_YEAR)
        assert rows(page, "Werkgevers")["Alfa"]["Banen"] == "4,0"
        assert "Eigen opgaven" not in shown(page).tables

    def test_what_is_not_approved_is_no_statement(self, sector, open_page):
        elsewhere = EmployerFactory(sector=sector, name="Elders")
        SnapshotFactory(round=RoundFactory(sector=sector), employer=elsewhere, totals=True)
        assert rows(open_page(), "Werkgevers")["Elders"]["Aangeleverd"] == "Ingediend"

    def test_a_sector_of_thirty_is_complete_when_five_use_the_system(self, sector, states, open_page):
        for number in range(2):
            employer_with(sector, f"Hier {number}", permanent=3)
        round = RoundFactory(sector=sector)
        for number in range(4):
            SnapshotFactory(
                round=round,
                employer=EmployerFactory(sector=sector, name=f"Elders {number}"),
                totals=Totals(hours=Decimal("51"), persons=Decimal(2)),
                approved=True,
            )
        page = open_page(peildatum=HALF_YEAR)
        assert "Telling en eigen opgaven samen: 14,0 banen en 14 personen" in shown(page).text


def test_the_workbook_has_the_course_as_a_second_sheet(sector, open_page):
    employer_with(sector, "Alfa", permanent=4)
    content = b"".join(open_page(peildatum=HALF_YEAR, export="xlsx").streaming_content)
    book = load_workbook(BytesIO(content))
    assert book.sheetnames == ["voortgang", "verloop"]
    assert [cell.value for cell in list(book["verloop"].rows)[1]][1:3] == ["banen", 4]


@pytest.mark.parametrize("seed", [81, 82])
def test_nothing_hidden_follows_from_all_pages_and_files_of_a_day(load, tmp_path, open_page, client, seed):
    """Who knows how many placements count everywhere, and subtracts whatever is published, finds no hidden count."""
    load(write_folder(random_sheets(seed, employers=9, candidates=90, placements=200), tmp_path))
    published = {line["code"]: line for line in csv_rows(open_page(every=True, peildatum="2019-12-31", export="csv"))}
    hidden_sectors = []
    for code, line in published.items():
        if not code:
            continue
        address = reverse("sector_progress", kwargs={"sector": Sector.objects.get(code=code).uuid})
        of_sector = csv_rows(client.get(address, {"peildatum": "2019-12-31", "export": "csv"}))
        *employers, total = [each for each in of_sector if each["niveau"] in ("werkgever", "sector")]
        columns = ("vast_contract_pct", "na_12_maanden_pct")
        assert [total[name] for name in columns] == [line[name] for name in columns]
        hidden = [each for each in employers if each["vast_contract_pct"] == HIDDEN]
        assert len(hidden) != 1 or total["vast_contract_pct"] == HIDDEN
        hidden_sectors += [code] if total["vast_contract_pct"] == HIDDEN else []
    assert len(hidden_sectors) != 1 or published[""]["vast_contract_pct"] == HIDDEN
