"""Pages of figures ask the database a fixed number of questions, however much there is to count."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from employers.models import Employer, Sector
from tests.factories import (
    EmployerFactory,
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
DASHBOARD = 23
#: An adviser's pages as well: figures on four days, the course, rounds, contracts, chains.
ADVISER = 26
HALF_YEAR = {"peildatum": "2026-06-30"}
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

    def queries(user, name, query=None, **arguments):
        client.force_login(user)
        address = reverse(name, kwargs=arguments)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address, query).status_code == 200
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


def test_the_page_of_all_employers_takes_few(employers, queries):
    assert len(queries(UserFactory(administrator=True), "all_progress")) <= MOST


@pytest.mark.parametrize("query", [None, HALF_YEAR])
def test_the_pages_of_sectors_take_as_many_whatever_there_is(employers, queries, query):
    sector = Sector.objects.get(code="gemeenten")
    one, every = UserFactory(adviser=sector), UserFactory(adviser=True)
    asked = ((one, "sector_progress", {"sector": sector.uuid}), (every, "sector_list", {}))
    few = [len(queries(user, page, query, **place)) for user, page, place in asked]
    for _ in range(3):
        more = EmployerFactory(sector=sector)
        PlacementFactory.create_batch(2, host=more, period__first_day=date(2025, 3, 1))
        share_in_a_team(more)
    again = [queries(user, page, query, **place) for user, page, place in asked]
    assert [len(each) for each in again] == few
    assert max(few) <= ADVISER, "\n".join(sql[:160] for sql in max(again, key=len))
    ledger = [sql for each in again for sql in each if "placements_countline" in sql]
    assert all("GROUP BY" in sql for sql in ledger)


def test_no_page_reads_the_ledger_line_by_line(employers, queries):
    employer = employers["VEEL"]
    found = queries(UserFactory(coordinator=employer), "progress", employer=employer.uuid)
    ledger = [sql for sql in found if "placements_countline" in sql]
    assert ledger
    assert all("GROUP BY" in sql or "SELECT COUNT(" in sql or "LIMIT 4" in sql for sql in ledger)
