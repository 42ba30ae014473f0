"""Pages of figures ask the database a fixed number of questions, however much there is to count."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from employers.models import Employer, Sector
from tests.factories import (
    OrgUnitFactory,
    PlacementFactory,
    PurchaseFactory,
    TargetFactory,
    TeamFactory,
    TrialFactory,
    UserFactory,
)

#: One of them counts what is pressing, for the badge in the menu.
MOST = 16
#: The dashboard asks for everything: figures, changes, the course over the years, chains, contracts, renewals, trials.
DASHBOARD = 22
NUMBERS = {"WEINIG": 10, "VEEL": 200}


@pytest.fixture
def employers(load, tmp_path):
    """Two employers that differ in size only: some contracts end this year, some people are not registered."""
    rows = {
        "werkgevers": ["werkgevercode;naam;sector;aantal_medewerkers"],
        "afdelingen": ["werkgevercode;afdelingcode;naam;bovenliggend"],
        "kandidaten": ["kandidaatcode;achternaam;roepnaam;register_vanaf"],
        "plaatsingen": [
            "plaatsingcode;kandidaatcode;werkgevercode;afdelingcode;route;functie;contractsoort;uren_per_week;"
            "begindatum;einddatum"
        ],
    }
    for code, number in NUMBERS.items():
        rows["werkgevers"].append(f"{code};Gemeente {code};gemeenten;1000")
        rows["afdelingen"] += [f"{code};A{unit};Afdeling {unit};" for unit in range(number // 10)]
        for each in range(number):
            last = "31-12-2026" if each % 2 else "15-12-2026"
            since = "" if each % 5 == 0 else "01-01-2020"
            rows["kandidaten"].append(f"{code}{each};Voorbeeld;Kim;{since}")
            rows["plaatsingen"].append(
                f"{code}{each};{code}{each};{code};A{each % (number // 10)};dienstverband;Medewerker;tijdelijk;24;"
                f"01-01-2026;{last}"
            )
    for name, lines in rows.items():
        (tmp_path / f"{name}.csv").write_text("\n".join(lines), encoding="utf-8")
    load(tmp_path)
    found = {code: Employer.objects.get(code=code) for code in NUMBERS}
    for employer in found.values():
        TargetFactory(employer=employer)
        TrialFactory(host=employer)
        share_in_a_team(employer)
    return found


def share_in_a_team(buyer):
    team = TeamFactory()
    PlacementFactory(host=team.employer, in_team=True, team=team)
    PurchaseFactory(team=team, buyer=buyer)


@pytest.fixture
def queries(client):
    """Return a function that gives the queries of a page as some user."""

    def queries(user, name, **arguments):
        client.force_login(user)
        address = reverse(name, kwargs=arguments)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return [query["sql"] for query in captured]

    return queries


@pytest.mark.parametrize("page", ["progress", "progress_changes", "board_letter"])
def test_an_employers_page_takes_as_many_for_200_placements_as_for_10(employers, queries, page):
    few, many = (
        queries(UserFactory(coordinator=employer), page, employer=employer.uuid) for employer in employers.values()
    )
    assert len(few) == len(many)
    assert len(many) <= (MOST if page == "progress_changes" else DASHBOARD), "\n".join(many)


def test_a_unit_takes_no_more_than_the_whole(employers, client):
    employer = employers["VEEL"]
    unit = OrgUnitFactory(parent=employer.units.first())
    client.force_login(UserFactory(coordinator=employer))
    with CaptureQueriesContext(connection) as captured:
        client.get(reverse("progress", kwargs={"employer": employer.uuid}), {"afdeling": str(unit.parent.uuid)})
    assert len(captured) <= DASHBOARD


def test_the_pages_of_sectors_take_few(employers, queries):
    sector = Sector.objects.get(code="gemeenten")
    for user, page, arguments in (
        (UserFactory(adviser=sector), "sector_progress", {"sector": sector.uuid}),
        (UserFactory(adviser=True), "sector_list", {}),
        (UserFactory(administrator=True), "all_progress", {}),
    ):
        found = queries(user, page, **arguments)
        assert len(found) <= MOST, "\n".join(found)


def test_no_page_reads_the_ledger_line_by_line(employers, queries):
    employer = employers["VEEL"]
    found = queries(UserFactory(coordinator=employer), "progress", employer=employer.uuid)
    ledger = [sql for sql in found if "placements_countline" in sql]
    assert ledger
    assert all("GROUP BY" in sql or "SELECT COUNT(" in sql for sql in ledger)
