"""Every figure of a dashboard leads to exactly what it counts, also those of the last day of the year."""

import re
from datetime import date
from decimal import Decimal
from html import escape, unescape

import pytest

from tests.factories import EmployerFactory, PlacementFactory, PurchaseFactory, TeamFactory
from tests.progress.reading import shown
from tests.progress.test_dashboard_page import period, place, query_of


@pytest.fixture
def employer():
    return EmployerFactory(name="Provincie Voorbeeld")


@pytest.fixture
def read(dashboard, employer):
    """Return a function that reads the dashboard of the employer."""
    return lambda **query: shown(dashboard(employer, **query))


class TestEveryFigureLeadsToItsRows:
    def test_a_part_and_the_whole_in_every_column(self, employer, read):
        place(employer)
        own, total = read().tables["Waar de telling uit bestaat"][1:]
        assert {cell.href for cell in own} == {own[0].href}
        assert [query_of(cell.href) for cell in total[1:]] == [{"peildatum": "2026-11-22", "telt": "ja"}] * 4

    def test_the_sentence_with_placements_and_hours(self, employer, read):
        place(employer)
        found = read()
        for text in ("1 plaatsing", "25,50 betaalde uren per week"):
            assert f'href="{escape(found.headline[0].href)}">{text}</a>' in found.html

    @pytest.mark.parametrize("changing", [True, False])
    def test_the_end_of_the_year(self, employer, read, client, changing):
        place(employer)
        place(employer, **period(last_day=date(2026, 12, 1) if changing else None))
        found = read()
        jobs = "1,0 baan" if changing else "2,0 banen"
        (href,) = set(re.findall(rf'href="([^"]+)">{jobs}</a>', found.html))
        assert query_of(unescape(href)) == {"peildatum": "2026-12-31", "telt": "ja"}
        assert jobs.split()[0] in shown(client.get(unescape(href))).headline[0].text

    def test_the_card_about_the_end_of_the_year(self, employer, read):
        employer.baseline_jobs = Decimal(0)
        employer.save()
        place(employer)
        card = next(card for card in read().cards if "31 december" in card[1].text)
        assert query_of(card[0].href) == {"peildatum": "2026-12-31", "telt": "ja"}

    def test_an_end_of_the_year_that_is_too_far_ahead_to_open_is_no_link(self, employer, read):
        place(employer)
        found = read(peildatum="2029-06-30")
        assert "verwacht op 31 december 2029" in found.text.lower()
        assert "peildatum=2029-12-31" not in found.html


def test_a_change_of_a_share_leads_to_its_calculation_at_the_end_of_the_year(read, employer, client):
    place(employer)
    for name, first in (("Groen", date(2026, 12, 1)), ("Rood", date(2026, 12, 15)), ("Wit", date(2020, 1, 1))):
        team = TeamFactory(name=name)
        PurchaseFactory(team=team, buyer=employer, first_day=first)
        PlacementFactory(host=team.employer, in_team=True, team=team)
    steps = [row for row in read().reasons if row[0].text.startswith("Aandeel")]
    assert [(row[0].text, row[1].text) for row in steps] == [
        ("Aandeel in Groen", "+1,0 baan"),
        ("Aandeel in Rood", "+1,0 baan"),
    ]
    assert query_of(steps[0][0].href) == {"peildatum": "2026-12-31"}
    assert shown(client.get(steps[0][0].href)).headline[0] == "1,0 baan"
