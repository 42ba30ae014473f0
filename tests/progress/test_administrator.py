"""The administrator's list of all employers."""

import pytest
from django.urls import reverse

from tests.factories import EmployerFactory, PlacementFactory
from tests.progress.reading import shown


@pytest.fixture
def read(as_administrator):
    """Return a function that reads the list."""

    def read(**query):
        EmployerFactory(code="ALF", name="Gemeente Alfa", name_folded="gemeente alfa", sector="gemeenten")
        EmployerFactory(code="BRA", name="Provincie Bravó", name_folded="provincie bravo", sector="provincies")
        return shown(as_administrator.get(reverse("all_progress"), query))

    return read


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({}, ["Gemeente Alfa", "Provincie Bravó"]),
        ({"sector": "provincies"}, ["Provincie Bravó"]),
        ({"sector": "bestaat-niet"}, ["Gemeente Alfa", "Provincie Bravó"]),
        ({"zoek": "BRAVÓ"}, ["Provincie Bravó"]),
        ({"zoek": "alf"}, ["Gemeente Alfa"]),
        ({"sort": "-name"}, ["Provincie Bravó", "Gemeente Alfa"]),
    ],
)
def test_employers_can_be_found(read, query, names):
    assert [row[0].text for row in read(**query).tables["Werkgevers"][1:]] == names


def test_nothing_found_says_so(read):
    assert "Er is geen werkgever met deze filters." in read(zoek="xyz").text


def test_each_row_shows_its_sector_and_leads_to_the_dashboard_of_that_day(read):
    row = read(peildatum="2025-12-31").tables["Werkgevers"][1]
    assert row[1] == "Gemeenten"
    assert row[0].href.endswith("/voortgang/?peildatum=2025-12-31")


def test_the_figures_are_those_of_the_day(as_administrator):
    PlacementFactory(host=EmployerFactory())
    for day, jobs in (("2019-12-31", "0,0"), ("2020-01-01", "1,0")):
        page = shown(as_administrator.get(reverse("all_progress"), {"peildatum": day}))
        assert page.tables["Werkgevers"][1][2] == jobs
