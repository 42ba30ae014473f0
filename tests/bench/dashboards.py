"""Dashboards on national scale: the database time of each page beside that of a bare query for the same sums.

Run by ``tests/bench/test_dashboards.py`` as a process of its own: ``python -m tests.bench.dashboards``, on the data of
``tests.bench.data``. A bare query has no access rules, no names, no links: only the sums that the page is about.
"""

import os
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, NamedTuple
from uuid import uuid4

import django

ROUNDS = 5
DAY = date(2024, 6, 30)

#: Lines that hold on a day under a regime, with what they add up to. ``{where}`` narrows them.
_SUMS = """
    SELECT {by}, counts, rule, SUM(hours), COUNT(*), COUNT(DISTINCT person_id)
    FROM placements_countline line {joined}
    WHERE regime_id = %s AND line.first_day <= %s AND line.last_day >= %s AND {where}
    GROUP BY 1, 2, 3
"""
#: What ever counted somewhere: the first and last day of each placement, and the hours that come and go per month.
_EVER = """
    SELECT placement_id, MIN(line.first_day), MAX(line.last_day), SUM(hours)
    FROM placements_countline line {joined} WHERE regime_id = %s AND counts AND {where} GROUP BY 1
"""
_COURSE = """
    SELECT month, SUM(hours), SUM(people) FROM (
        SELECT {begins} AS month, SUM(hours) AS hours, COUNT(DISTINCT person_id) AS people
        FROM placements_countline line {joined} WHERE regime_id = %s AND counts AND {where} GROUP BY 1
        UNION ALL
        SELECT {ends}, -SUM(hours), -COUNT(DISTINCT person_id)
        FROM placements_countline line {joined} WHERE regime_id = %s AND counts AND {where} GROUP BY 1
    ) changes GROUP BY 1
"""
_BELOW = "JOIN employers_unitancestry above ON above.unit_id = line.unit_id"
_SECTOR = """
    JOIN employers_employerfact fact
    ON fact.employer_id = line.employer_id AND fact.first_day <= %s AND fact.last_day >= %s
"""


class Asked(NamedTuple):
    """A bare query with its values."""

    sql: str
    values: tuple[Any, ...]


class Page(NamedTuple):
    """A page, who opens it, and the bare queries for its sums; without any there is nothing to hold it against."""

    name: str
    client: Any
    address: str
    bare: tuple[Asked, ...] = ()


@contextmanager
def database_time() -> Iterator[list[float]]:
    """Collect the seconds each query takes, until its first rows are there."""
    from django.db import connection

    spent: list[float] = []

    def timed(execute: Callable[..., Any], sql: str, values: Any, many: bool, context: Any) -> Any:
        start = time.perf_counter()
        try:
            return execute(sql, values, many, context)
        finally:
            spent.append(time.perf_counter() - start)

    with connection.execute_wrapper(timed):
        yield spent


def measure() -> None:
    """Print a line per page: number of queries, database time, that of the bare queries, and the whole request."""
    for page in pages():
        open_page(page)  # the caches of templates and of this process are warm from here on
        theirs, bare, whole = [], [], []
        number = 0
        for _ in range(ROUNDS):
            forget_badge()
            start = time.perf_counter()
            with database_time() as spent:
                open_page(page)
            whole.append(time.perf_counter() - start)
            theirs.append(sum(spent))
            number = len(spent)
            bare.append(sum(ask(query) for query in page.bare))
        line = f"  {page.name:<28}{number:3d} queries {_ms(theirs)} database"
        beside = f"{_ms(bare)} bare, {statistics.median(theirs) / statistics.median(bare):4.1f} x" if page.bare else ""
        print(f"{line} {beside:<22} {_ms(whole)} request")
        assert number <= 26, (page.name, number)


def _ms(times: list[float]) -> str:
    return f"{statistics.median(times) * 1000:6.0f} ms"


def open_page(page: Page) -> None:
    response = page.client.get(page.address)
    assert response.status_code == 200, (page.address, response.status_code)


def forget_badge() -> None:
    """Have the number in the menu asked again, as at the first page somebody opens."""
    from progress.actions import reading

    reading._kept.clear()


def ask(query: Asked) -> float:
    """Ask a bare query and return the seconds it takes."""
    from django.db import connection

    with database_time() as spent, connection.cursor() as cursor:
        cursor.execute(query.sql, query.values)
        cursor.fetchall()
    return sum(spent)


def pages() -> list[Page]:
    """Return every page of figures, of the largest employer, the largest of its units and its sector."""
    from django.urls import reverse

    from accounts.models import Role
    from employers.models import Employer, EmployerFact, OrgUnit
    from placements.models import Regime
    from tests.bench.data import LARGEST

    employer = Employer.objects.get(code=LARGEST)
    unit = OrgUnit.objects.get(employer=employer, code="A0")
    sector = EmployerFact.objects.on(DAY).get(employer=employer).sector
    regime = Regime.objects.get(code="statutory").pk
    desk = log_in(Role.COORDINATOR, employer=employer)
    adviser, everywhere = log_in(Role.ADVISER, sector=sector), log_in(Role.ADVISER, all_sectors=True)
    board = f"{reverse('progress', kwargs={'employer': employer.uuid})}?peildatum={DAY}"
    own, below = f"line.employer_id = {employer.pk}", f"above.ancestor_id = {unit.pk}"
    of_sector = f"fact.sector_id = {sector.pk}"
    on = (regime, DAY, DAY)

    in_sector = tuple(
        Asked(_SUMS.format(by=by, joined=_SECTOR, where=of_sector), (DAY, DAY, *on))
        for by in ("line.employer_id", "fact.sector_id")
    )

    def of_board(where: str, joined: str = "") -> tuple[Asked, ...]:
        year_end = date(DAY.year, 12, 31)
        sums = _SUMS.format(by="1", joined=joined, where=where)
        units = _SUMS.format(by="above.ancestor_id", joined=_BELOW, where=own)
        course = _COURSE.format(
            begins=_month("line.first_day"), ends=_month("line.last_day"), joined=joined, where=where
        )
        return (
            Asked(sums, on),
            Asked(sums, (regime, year_end, year_end)),
            Asked(units, on),
            Asked(_EVER.format(joined=joined, where=where), (regime,)),
            Asked(course, (regime, regime)),
            in_sector[1],  # the sector in one sentence
        )

    sectors = _SUMS.format(by="fact.sector_id", joined=_SECTOR, where="line.employer_id IS NOT NULL")
    employers = _SUMS.format(by="line.employer_id", joined="", where="line.employer_id IS NOT NULL")
    country = _SUMS.format(by="1", joined="", where="line.employer_id IS NOT NULL")
    ever = Asked(_EVER.format(joined=_SECTOR, where=of_sector), (DAY, DAY, regime))
    course = _COURSE.format(
        begins=_month("line.first_day"), ends=_month("line.last_day"), joined=_SECTOR, where=of_sector
    )
    over_time = (ever, Asked(course, (DAY, DAY, regime) * 2))
    return [
        Page("dashboard", desk, board, of_board(own)),
        Page("dashboard of a unit", desk, f"{board}&afdeling={unit.uuid}", of_board(below, _BELOW)),
        Page(
            "sector",
            adviser,
            f"{reverse('sector_progress', kwargs={'sector': sector.uuid})}?peildatum={DAY}",
            (*in_sector, *over_time),
        ),
        Page(
            "all sectors",
            everywhere,
            f"{reverse('sector_list')}?peildatum={DAY}",
            (Asked(employers, on), Asked(sectors, (DAY, DAY, *on)), Asked(country, on)),
        ),
        Page("action list", desk, reverse("action_list", kwargs={"employer": employer.uuid})),
        Page("a page with the badge", desk, reverse("progress_definitions")),
        Page("rounds of the employer", desk, reverse("employer_rounds", kwargs={"employer": employer.uuid})),
        Page("rounds of the adviser", adviser, reverse("round_list")),
    ]


def _month(day: str) -> str:
    from placements.statements import month_of

    return month_of(day)


def log_in(role: Any, **place: Any) -> Any:
    """Return a client in this role."""
    from django.test import Client

    from accounts.models import Membership, User

    user = User.objects.create(email=f"{uuid4()}@meting.example", name="Meting")
    Membership.objects.create(user=user, role=role, first_day=date(2013, 1, 1), **place)
    client = Client(SERVER_NAME="localhost")
    client.force_login(user)
    return client


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "banenafspraak.settings")
    django.setup()
    from django.conf import settings
    from django.db import connection

    settings.DEBUG = False  # else every query is kept, which costs time that production does not spend
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    measure()
