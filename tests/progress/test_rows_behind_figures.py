"""Every figure opens exactly the rows it counts: the links of a dashboard are followed on random data."""

from datetime import date

import pytest

from employers.models import Employer, TargetKind
from tests.factories import CandidateFactory, EmployerFactory, PlacementFactory, TargetFactory
from tests.placements.counting.random_data import random_sheets, write_folder
from tests.progress.reading import shown

MADE_OF, PER_UNIT = "Waar de telling uit bestaat", "Per afdeling"
DAYS = (date(2019, 6, 30), date(2026, 11, 22))
ASKED = [(day, regime) for day in DAYS for regime in ("statutory", "with_procurement")]


@pytest.fixture
def rows_behind(client):
    """Return a function that counts the rows of the list a figure opens."""
    return lambda href: client.get(href).context["table"].row_count


def is_list(href):
    return "/plaatsingen/" in href or "/proefplaatsingen/" in href or "/wijzigingen/" in href


def numbers(page):
    """Yield every number of rows on a page, with where it leads."""
    for table, column in ((MADE_OF, 1), (PER_UNIT, 1)):
        for row in page.tables.get(table, [[]])[1:-1]:
            if len(row) > column and is_list(row[column].href):
                yield row[0].text, int(row[column].text), row[column].href
    for row in page.reasons:
        if is_list(row[0].href) and row[1].text.lstrip("+−").isdigit():
            yield row[0].text, int(row[1].text.lstrip("+−")), row[0].href


@pytest.mark.parametrize("seed", [41])
def test_the_list_behind_a_figure_holds_as_many_rows(load, as_administrator, dashboard, rows_behind, tmp_path, seed):
    load(write_folder(random_sheets(seed, employers=5, candidates=50, placements=80), tmp_path))
    followed = 0
    for day, regime in ASKED:
        for employer in Employer.objects.all():
            page = shown(dashboard(employer, log_in=False, peildatum=day.isoformat(), regime=regime))
            for label, number, href in numbers(page):
                assert rows_behind(href) == number, (employer.code, day, regime, label, href)
                followed += 1
    assert followed > 50


def test_the_total_of_the_list_is_the_total_of_the_dashboard(load, as_administrator, dashboard, client, tmp_path):
    load(write_folder(random_sheets(43, employers=5, candidates=60, placements=120), tmp_path))
    for employer in Employer.objects.all():
        page = shown(dashboard(employer, log_in=False))
        for cell in page.headline:
            if not cell.text.endswith("extra banen"):
                assert whole(cell.text) in [whole(total.text) for total in shown(client.get(cell.href)).headline]


@pytest.mark.parametrize("places", [1, 2])
def test_a_list_of_sheltered_places_shows_how_many_persons_have_one(dashboard, client, places):
    employer = EmployerFactory()
    candidate = CandidateFactory(owner=employer)
    PlacementFactory.create_batch(2, host=employer, candidate=candidate, sheltered=True)
    PlacementFactory.create_batch(places - 1, host=employer, sheltered=True)
    TargetFactory(employer=employer, number=5, kind=TargetKind.SHELTERED)
    cell = shown(dashboard(employer)).headline[0]
    assert whole(cell.text) == ("1 persoon" if places == 1 else "2 personen")
    assert whole(cell.text) in [total.text for total in shown(client.get(cell.href)).headline]


def whole(text):
    """Return a number of persons without the decimals that say nothing; a sheltered place is a person there."""
    text = text.replace("beschutte plekken", "personen").replace("beschutte plek", "persoon")
    return text.replace(",0 personen", " personen")
