"""The sector adviser's pages: figures that add up, and never a person."""

import json
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from employers.models import Sector, TargetKind
from placements.services.employers import set_fact_from
from placements.services.persons import link_persons
from tests.factories import (
    CandidateFactory,
    EmployerFactory,
    PlacementFactory,
    PurchaseFactory,
    SectorFactory,
    TargetFactory,
    TeamFactory,
    UserFactory,
)
from tests.progress.reading import bare, in_dutch, shown

MARKER = "Zwerfkei"


@pytest.fixture
def sector():
    return SectorFactory(code="provincies")


@pytest.fixture
def open_sector(client):
    """Return a function that opens a sector's page as its adviser."""

    def open_sector(sector, **query):
        client.force_login(UserFactory(adviser=sector))
        return client.get(reverse("sector_progress", kwargs={"sector": sector.uuid}), query)

    return open_sector


@pytest.fixture
def open_all(client):
    """Return a function that opens the fourteen sectors, by default as an adviser of all."""

    def open_all(adviser=True, **query):
        client.force_login(UserFactory(adviser=adviser))
        return client.get(reverse("sector_list"), query)

    return open_all


def rows_of(page, caption):
    """Return the rows of a table by their first cell."""
    return {row[0].text: [cell.text for cell in row[1:]] for row in page.tables[caption]}


def placed_twice(*employers):
    """Place one person at several employers."""
    candidates = [CandidateFactory(owner=employer, last_name=MARKER) for employer in employers]
    for employer, candidate in zip(employers, candidates, strict=True):
        PlacementFactory(host=employer, candidate=candidate)
    link_persons(candidates=candidates, by=None)


def test_employers_and_total_equal_the_command(stories, open_sector):
    sector = Sector.objects.get(code="provincies")
    out = StringIO()
    call_command("progress", "--on", "2019-06-30", "--sector", "provincies", "--format", "json", stdout=out)
    expected = json.loads(out.getvalue())
    page = shown(open_sector(sector, peildatum="2019-06-30"))
    found = sorted(as_read(row) for row in page.tables["Werkgevers"][1:-1])
    assert found == sorted(map(as_shown, expected["employers"]))
    assert as_read(page.tables["Werkgevers"][-1]) == as_shown(expected["sectors"][0])


def as_read(row):
    """Return jobs, persons, target and progress of a row of the page."""
    jobs, persons, target, share = (cell.text for cell in row[1:5])
    return jobs, bare(persons), target, share


def as_shown(row):
    unit = {"persons": "personen", "jobs": "banen"}.get(row["target_unit"])
    percent, target = in_dutch(row["progress_pct"]), in_dutch(row["target"])
    target = bare(target) if unit == "personen" else target
    return (
        in_dutch(row["jobs"]),
        bare(in_dutch(row["persons"])),
        f"{target} {unit}" if row["target"] else "–",
        f"{percent} %" if row["progress_pct"] else percent,
    )


class TestPersons:
    def test_who_works_at_two_employers_is_one_person_and_that_is_explained(self, sector, open_sector):
        placed_twice(EmployerFactory(sector=sector), EmployerFactory(sector=sector))
        page = shown(open_sector(sector))
        assert [row[2].text for row in page.tables["Werkgevers"][1:]] == ["1", "1", "1"]
        assert "zijn samen 1 meer dan die van de sector" in page.text

    def test_without_overlap_there_is_nothing_to_explain(self, sector, open_sector):
        PlacementFactory(host=EmployerFactory(sector=sector))
        assert "meer dan die van de sector:" not in shown(open_sector(sector)).text

    def test_no_name_reaches_the_adviser_on_any_page_or_in_any_file(self, sector, client):
        employer = EmployerFactory(sector=sector)
        for more in ({}, {"procured": True}, {"sheltered": True}):
            candidate = CandidateFactory(owner=employer, last_name=MARKER, first_name=MARKER, code=f"K-{MARKER}-{more}")
            PlacementFactory(host=employer, candidate=candidate, code=f"P-{MARKER}-{more}", **more)
        client.force_login(UserFactory(adviser=sector))
        for address in (reverse("sector_progress", kwargs={"sector": sector.uuid}), reverse("sector_list")):
            for query in ({}, {"export": "csv"}):
                answer = client.get(address, query)
                content = b"".join(answer.streaming_content) if answer.streaming else answer.content
                assert MARKER not in content.decode()

    def test_reasons_are_not_broken_down(self, sector, open_sector):
        PlacementFactory(host=EmployerFactory(sector=sector), unregistered=True)
        page = shown(open_sector(sector)).html
        assert "Niet in het doelgroepregister" not in page


class TestTarget:
    def test_without_its_own_it_is_the_sum_of_the_employers(self, sector, open_sector):
        for number in (3, 5):
            TargetFactory(employer=EmployerFactory(sector=sector), number=number)
        EmployerFactory(sector=sector)
        page = shown(open_sector(sector))
        assert "is 8 personen, de som van de streefcijfers van de werkgevers." in page.text
        assert "van 2 werkgevers met een streefcijfer" in page.text

    def test_its_own_comes_first(self, sector, open_sector):
        TargetFactory(employer=EmployerFactory(sector=sector), number=3)
        TargetFactory(for_sector=True, sector=sector, number=10)
        assert "Het streefcijfer voor 2026 is 10 personen." in shown(open_sector(sector)).text

    def test_targets_of_several_kinds_make_none(self, sector, open_sector):
        TargetFactory(employer=EmployerFactory(sector=sector), kind=TargetKind.JOBS)
        TargetFactory(employer=EmployerFactory(sector=sector), kind=TargetKind.PERSONS)
        assert "die van de werkgevers zijn niet van dezelfde soort" in shown(open_sector(sector)).text

    def test_without_any_it_says_so(self, sector, open_sector):
        assert "Voor 2026 heeft deze sector geen streefcijfer." in shown(open_sector(sector)).text

    def test_a_sector_without_employers_keeps_its_target(self, sector, open_sector):
        TargetFactory(for_sector=True, sector=sector, number=10)
        assert "0,0 % · nog 10" in shown(open_sector(sector)).text

    def test_who_has_delivered_is_counted(self, sector, open_sector):
        delivered, late = EmployerFactory(sector=sector), EmployerFactory(sector=sector)
        PlacementFactory(host=delivered)
        TargetFactory(employer=delivered, number=1)
        TargetFactory(employer=late, number=1)
        page = shown(open_sector(sector))
        assert [cell.text for cell in page.reasons[1]] == [
            "Streefcijfer gehaaldvan 2 werkgevers met een streefcijfer",
            "1",
        ]


class TestParticipation:
    @pytest.mark.parametrize(
        ("count", "shown_as"),
        [
            (12, ["Werkgevers die meedoen1 van 12 organisaties", "8,3 %"]),
            (None, ["Werkgevers die meedoen1 werkgever; aantal organisaties onbekend", "–"]),
        ],
    )
    def test_it_is_a_share_of_the_organisations_when_known(self, sector, open_sector, count, shown_as):
        Sector.objects.filter(pk=sector.pk).update(organisation_count=count)
        EmployerFactory(sector=sector)
        assert [cell.text for cell in shown(open_sector(sector)).reasons[0]] == shown_as

    def test_an_employer_that_no_longer_exists_is_left_out(self, sector, open_sector):
        EmployerFactory(sector=sector, name="Provincie Oud", last_day=date(2025, 12, 31))
        EmployerFactory(sector=sector, name="Provincie Nieuw")
        assert "Provincie Oud" not in shown(open_sector(sector)).text
        assert "Provincie Oud" in shown(open_sector(sector, peildatum="2025-12-31")).text


class TestTable:
    def test_it_can_be_sorted_by_progress(self, sector, open_sector):
        for name, number in (("Alfa", 2), ("Bravo", 1), ("Charlie", 4)):
            employer = EmployerFactory(sector=sector, name=name)
            PlacementFactory(host=employer)
            TargetFactory(employer=employer, number=number)
        page = shown(open_sector(sector, sort="-progress"))
        assert [row[0].text for row in page.tables["Werkgevers"][1:-1]] == ["Bravo", "Alfa", "Charlie"]

    def test_the_file_holds_the_same_rows_and_the_total(self, sector, open_sector):
        employer = EmployerFactory(sector=sector, name="=Alfa")
        PlacementFactory(host=employer)
        TargetFactory(employer=employer, number=4)
        answer = open_sector(sector, export="csv")
        lines = [line.split(";") for line in b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()]
        assert answer["Content-Disposition"] == 'attachment; filename="voortgang-provincies-2026-11-22.csv"'
        first = dict(zip(lines[0], lines[1], strict=True))
        assert first["naam"] == "'=Alfa"
        assert (first["banen"], first["personen"], first["voortgang_pct"]) == ("1,0", "1,0", "25,0")
        assert (first["streefcijfer"], first["eenheid"], first["nog_te_gaan"]) == ("4,0", "personen", "3,0")
        assert [line[0] for line in lines] == ["niveau", "werkgever", "sector"]


class TestAllSectors:
    def test_there_are_fourteen(self, open_all):
        assert len(shown(open_all()).tables["Sectoren"]) == 16

    def test_the_country_counts_each_person_once(self, open_all):
        placed_twice(EmployerFactory(sector="rijk"), EmployerFactory(sector="politie"))
        found = rows_of(shown(open_all()), "Sectoren")
        assert found["Rijk"][:3] == ["1", "1,0", "1"]
        assert found["Alle sectoren"][:3] == ["2", "2,0", "1"]

    def test_shares_in_teams_are_in_the_total(self, open_all):
        team = TeamFactory(employer=EmployerFactory(sector="rijk"))
        PlacementFactory(host=team.employer, in_team=True, team=team, period__hours=Decimal(51))
        PurchaseFactory(team=team, buyer=EmployerFactory(sector="politie"), places=3)
        PurchaseFactory(team=team, buyer=EmployerFactory(sector="defensie"), places=1)
        found = rows_of(shown(open_all()), "Sectoren")
        assert [found[name][1] for name in ("Rijk", "Politie", "Defensie", "Alle sectoren")] == [
            "0,0",
            "1,5",
            "0,5",
            "2,0",
        ]

    def test_an_employer_counts_in_the_sector_of_the_day_with_its_share_in_teams(self, open_all):
        employer = EmployerFactory(sector="rijk")
        PlacementFactory(host=employer)
        team = TeamFactory(employer=EmployerFactory(sector="mbo"))
        PlacementFactory(host=team.employer, in_team=True, team=team)
        PurchaseFactory(team=team, buyer=employer)
        set_fact_from(by=None, employer=employer, day=date(2026, 7, 1), sector=SectorFactory(code="politie"))
        for day, rijk, politie in (("2026-06-30", "2,0", "0,0"), ("2026-07-01", "0,0", "2,0")):
            found = rows_of(shown(open_all(peildatum=day)), "Sectoren")
            assert (found["Rijk"][1], found["Politie"][1]) == (rijk, politie)
            assert found["Alle sectoren"][1] == "2,0"

    def test_an_adviser_of_one_sector_can_open_only_that_one(self, sector, open_all):
        page = shown(open_all(adviser=sector))
        linked = [row[0].text for row in page.tables["Sectoren"][1:-1] if row[0].href]
        assert linked == ["Provincies"]

    def test_an_adviser_of_all_can_open_every_one(self, open_all):
        page = shown(open_all(peildatum="2025-12-31"))
        hrefs = [row[0].href for row in page.tables["Sectoren"][1:-1]]
        assert all(href.endswith("?peildatum=2025-12-31") for href in hrefs)
