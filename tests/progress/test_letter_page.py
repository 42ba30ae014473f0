"""The letter to the board says what the dashboard says, on any day, regime and unit, and names nobody."""

from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from employers.models import TargetKind
from tests.factories import (
    EmployerFactory,
    OrgUnitFactory,
    PlacementFactory,
    TargetFactory,
    UserFactory,
)
from tests.progress.reading import shown


@pytest.fixture
def employer():
    found = EmployerFactory(name="Provincie Voorbeeld", headcount=780)
    TargetFactory(employer=found, number=4, kind=TargetKind.PERSONS)
    return found


@pytest.fixture
def unit(employer):
    return OrgUnitFactory(employer=employer, name="Archief")


@pytest.fixture
def rows(employer, unit):
    """Three who count, one until the middle of December, and one who was bought as a service."""
    for last_day in (None, date(2026, 12, 15)):
        PlacementFactory(host=employer, period__unit=unit, period__last_day=last_day)
    PlacementFactory(host=employer)
    PlacementFactory(host=employer, procured=True)


@pytest.fixture
def letter(dashboard, employer):
    """Return a function that opens the letter."""
    return lambda **query: dashboard(employer, page="board_letter", **query)


def text_of(answer):
    return " ".join(unescape(shown(answer).text).split())


def test_it_says_where_the_employer_stands(rows, letter):
    text = text_of(letter())
    assert "Op 22 november 2026 tellen bij Provincie Voorbeeld 3 mensen mee" in text
    assert "Het streefcijfer voor 2026 is 4 personen: daarvan is 75,0 % gehaald en er is nog 1 persoon nodig." in text
    assert "komt de stand op 31 december 2026 uit op 2 personen: 1 minder dan nu en 2 onder het streefcijfer." in text
    assert "Van 1 plaatsing staat vast dat die vóór die dag ophoudt met meetellen" in text


@pytest.mark.parametrize(
    "asked", [{}, {"peildatum": "2026-12-31"}, {"peildatum": "2026-06-30"}, {"regime": "with_procurement"}]
)
def test_its_figures_are_those_of_the_dashboard(rows, letter, dashboard, employer, asked):
    page, found = dashboard(employer, **asked).context["page"], text_of(letter(**asked))
    for figure in page.headline:
        assert figure.value in found
    assert page.meter.description in unescape(letter(**asked).content.decode())


def test_of_a_unit(rows, letter, unit):
    text = text_of(letter(afdeling=unit.uuid))
    assert "tellen bij Archief, een onderdeel van Provincie Voorbeeld, 2 mensen mee" in text
    assert "Voor 2026 is er geen streefcijfer afgesproken." in text


def test_the_count_with_procurement_says_which_it_is(rows, letter):
    assert "4 mensen mee voor de banenafspraak volgens de telling “met inkoop”" in text_of(
        letter(regime="with_procurement")
    )


def test_no_person_is_named(rows, letter, employer):
    text = text_of(letter())
    for placement in employer.hosted_placements.all():
        assert placement.candidate.full_name not in text
        assert placement.code not in text


def test_an_employer_that_does_not_steer_by_numbers_has_no_meter(rows, letter, employer):
    employer.show_target = False
    employer.save()
    answer = letter()
    assert 'class="meter"' not in answer.content.decode()
    body = answer.content.decode().split("<article")[1].split("</article>")[0]
    assert "treefcijfer" not in body


def test_with_nothing_recorded_it_is_still_a_letter(letter):
    text = text_of(letter())
    assert "telt bij Provincie Voorbeeld nog niemand mee voor de banenafspraak." in text
    assert "er hoeft dus niets te worden verlengd" in text


def test_a_day_that_does_not_exist_is_told_and_today_is_answered(rows, letter):
    text = text_of(letter(peildatum="31-02-2026"))
    assert "Deze peildatum kan niet" in text
    assert "Op 22 november 2026 tellen" in text


def test_a_unit_of_another_employer_does_not_exist(letter):
    assert letter(afdeling=OrgUnitFactory().uuid).status_code == 404


def test_the_dashboard_leads_to_the_letter_about_the_same(rows, dashboard, employer, unit):
    page = dashboard(employer, peildatum="2026-06-30", afdeling=unit.uuid).content.decode()
    address = reverse("board_letter", kwargs={"employer": employer.uuid})
    assert f"{address}?peildatum=2026-06-30&amp;afdeling={unit.uuid}" in page


def test_a_reader_may_take_it_along(rows, client, employer, letter, dashboard):
    client.force_login(UserFactory(coordinator=employer, read_only=True))
    assert dashboard(employer, log_in=False, page="board_letter").status_code == 200
