"""Our count beside the official one, year by year: the same as on the dashboard, in few queries."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from employers.models import Employer
from placements.moments import Regimes
from progress.figures import employers_on
from progress.yearly import jobs_at, year_ends
from tests.factories import (
    EmployerFactory,
    OfficialFigureFactory,
    PlacementFactory,
    PurchaseFactory,
    TeamFactory,
    UserFactory,
)
from tests.progress.reading import shown

CAPTION = "Onze telling naast het officiële cijfer"


@pytest.mark.parametrize("regime", ["statutory", "with_procurement"])
def test_every_year_agrees_with_the_dashboard(stories, regime):
    moments = year_ends(range(2013, 2027), Regimes.load(), regime)
    seen = 0
    for employer in Employer.objects.all():
        ours = jobs_at(employer, moments)
        for year, at in moments.items():
            (figures,) = employers_on(at, Employer.objects.filter(pk=employer.pk))
            assert ours[year] == figures.jobs, (employer, year)
            seen += bool(figures.jobs)
    assert seen > 20


def test_the_page_shows_the_difference_with_its_source(client):
    employer = EmployerFactory()
    PlacementFactory(host=employer, period__first_day=date(2024, 3, 1), period__hours=Decimal(51) / 2)
    OfficialFigureFactory(employer=employer, year=2025, jobs=Decimal("1.4"), source="Brief van UWV")
    OfficialFigureFactory(employer=EmployerFactory(), year=2025, jobs=Decimal(77))
    client.force_login(UserFactory(coordinator=employer))
    page = shown(client.get(reverse("official_list", kwargs={"employer": employer.uuid})))
    rows = {row[0].text: row for row in page.tables[CAPTION][1:]}
    assert list(rows) == ["2025", "2024", "2023"]
    assert [cell.text for cell in rows["2025"][1:5]] == ["1,0", "1,4", "+0,4", "Brief van UWV 01-06-2026"]
    assert [cell.text for cell in rows["2023"][1:5]] == ["0,0", "–", "–", "–"]
    assert "peildatum=2025-12-31" in rows["2025"][1].href
    for words in ("verloonde uren", "december", "1 mei", "Wfsv artikel 38e lid 3"):
        assert words in page.text


def test_who_only_reads_is_offered_no_form(client):
    employer = EmployerFactory()
    client.force_login(UserFactory(coordinator=employer, read_only=True))
    page = shown(client.get(reverse("official_list", kwargs={"employer": employer.uuid})))
    assert "Toevoegen" not in page.text
    assert "Officieel cijfer toevoegen" not in page.text


def test_the_file_holds_the_rows_of_the_page(client):
    employer = EmployerFactory()
    PlacementFactory(host=employer, period__first_day=date(2024, 3, 1))
    OfficialFigureFactory(employer=employer, year=2025, jobs=Decimal("1.4"))
    client.force_login(UserFactory(coordinator=employer))
    response = client.get(reverse("official_list", kwargs={"employer": employer.uuid}), {"export": "csv"})
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    assert text.splitlines()[1] == "2025;1,0;1,40;0,4;Brief van UWV;01-06-2026"


def test_the_page_takes_as_many_queries_for_many_years_as_for_one(client):
    few, many = EmployerFactory(), EmployerFactory()
    team = TeamFactory()
    for employer in (few, many):
        PurchaseFactory(team=team, buyer=employer, first_day=date(2013 if employer == many else 2025, 1, 1))
    PlacementFactory(host=few, period__first_day=date(2025, 3, 1))
    for year in range(2014, 2024):
        PlacementFactory(host=many, period__first_day=date(year, 3, 1))
        OfficialFigureFactory(employer=many, year=year)

    def queries(employer):
        client.force_login(UserFactory(coordinator=employer))
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("official_list", kwargs={"employer": employer.uuid}))
        return len(captured)

    assert queries(few) == queries(many) <= 15
