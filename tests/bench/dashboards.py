"""Dashboards on national scale: the database time of each page beside that of a bare query for the same sums.

Run by ``tests/bench/test_dashboards.py`` as a process of its own: ``python -m tests.bench.dashboards``, on the data of
``tests.bench.data``. The time of a page is that of everything it asked the database, asked again and read to the last
row: on SQLite much of the work is done only while reading.
"""

import os
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple
from uuid import uuid4

import django

from tests.bench import bare
from tests.bench.bare import Asked

ROUNDS = 5
DAY = date(2024, 6, 30)
#: The days an adviser's page looks at besides: two half-years before, and the end of the year.
OTHER_DAYS = (date(2023, 12, 31), date(2023, 6, 30), date(2024, 12, 31))
MOST_QUERIES = 26


class Page(NamedTuple):
    """A page, who opens it, and the bare queries for its sums; without any there is nothing to hold it against.

    ``said`` gives the numbers, as they are written, that the rows of the first bare query say must be on the page.
    """

    name: str
    client: Any
    address: str
    bare: tuple[Asked, ...] = ()
    said: Callable[[list[Any]], list[str]] = lambda rows: []


@contextmanager
def listening() -> Iterator[list[Asked]]:
    """Collect what the database is asked to read."""
    from django.db import connection

    heard: list[Asked] = []

    def hear(execute: Callable[..., Any], sql: str, values: Any, many: bool, context: Any) -> Any:
        heard.append(Asked(sql, values or ()))
        return execute(sql, values, many, context)

    with connection.execute_wrapper(hear):
        yield heard


class Spent(NamedTuple):
    """Seconds: of the page's questions, of the bare ones, of the whole request."""

    database: float
    bare: float
    request: float


def measure() -> None:
    """Print a line per page: number of queries, database time, that of the bare queries, and the whole request."""
    for page in pages():
        text, heard = open_page(page)  # the caches of templates and of this process are warm from here on
        assert len(heard) <= MOST_QUERIES, (page.name, len(heard))
        missing = [number for number in page.said(ask(page.bare[0])[1]) if number not in text] if page.bare else []
        assert not missing, (page.name, missing)
        rounds = [time_page(page) for _ in range(ROUNDS)]
        database, bare_time, request = (statistics.median(times) for times in zip(*rounds, strict=True))
        beside = f"{_ms(bare_time)} bare, {database / bare_time:4.1f} x" if page.bare else ""
        print(f"  {page.name:<28}{len(heard):3d} queries {_ms(database)} database {beside:<24}{_ms(request)} request")


def time_page(page: Page) -> Spent:
    start = time.perf_counter()
    _, heard = open_page(page)
    request = time.perf_counter() - start
    return Spent(
        sum(ask(query)[0] for query in heard if is_read(query)), sum(ask(query)[0] for query in page.bare), request
    )


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:6.0f} ms"


def open_page(page: Page) -> tuple[str, list[Asked]]:
    """Return what a page shows, the number in the menu asked anew, and everything it asked the database."""
    from progress.actions import reading

    reading._kept.clear()
    with listening() as heard:
        response = page.client.get(page.address)
    assert response.status_code == 200, (page.address, response.status_code)
    return response.content.decode(), heard


def is_read(query: Asked) -> bool:
    """Tell whether a query reads only: what a page writes (its session, the trail) is not asked twice."""
    return query.sql.lstrip().upper().startswith(("SELECT", "WITH", "("))


def ask(query: Asked) -> tuple[float, list[Any]]:
    """Ask a query, read every row, and return the seconds that takes with the rows."""
    from django.db import connection

    with connection.cursor() as cursor:
        start = time.perf_counter()
        cursor.execute(query.sql, query.values)
        rows = cursor.fetchall()
        return time.perf_counter() - start, rows


def parts_said(rows: list[Any]) -> list[str]:
    """Return the hours of each way of counting, as a dashboard shows them."""
    from ui import dutch

    return [dutch.number(Fraction(hours, 100), 2) for _, counts, _, hours, *_ in rows if counts]


def employers_said(rows: list[Any]) -> list[str]:
    """Return the jobs of each employer that has no share in a team, as an adviser's page shows them."""
    from placements.models import TeamShare
    from ui import dutch

    buyers = set(TeamShare.objects.values_list("buyer_id", flat=True))
    hours: Counter[int] = Counter()
    for employer, counts, _, found, *_ in rows:
        hours[employer] += found if counts and employer not in buyers else 0
    return [dutch.number(Fraction(found, 2550), 1) for found in hours.values() if found]


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
    at = (regime, DAY, employer.pk, sector.pk)
    days = (DAY, *OTHER_DAYS)
    of_sector = f"{reverse('sector_progress', kwargs={'sector': sector.uuid})}?peildatum={DAY}"
    return [
        Page("dashboard", desk, board, bare.board(*at), parts_said),
        Page("dashboard of a unit", desk, f"{board}&afdeling={unit.uuid}", bare.board(*at, unit.pk), parts_said),
        Page("sector", adviser, of_sector, bare.sector(regime, days, sector.pk), employers_said),
        Page("all sectors", everywhere, f"{reverse('sector_list')}?peildatum={DAY}", bare.all_sectors(regime, days)),
        Page("action list", desk, reverse("action_list", kwargs={"employer": employer.uuid})),
        Page("a page with the badge", desk, reverse("progress_definitions")),
        Page("rounds of the employer", desk, reverse("employer_rounds", kwargs={"employer": employer.uuid})),
        Page("rounds of the adviser", adviser, reverse("round_list")),
    ]


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
