"""Following the figures of a page to the lists they open, and holding the two against each other.

Everything is read from the pages and files as a visitor gets them; nothing is counted again here.
"""

import csv
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from io import StringIO
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

from django.core.management import call_command
from django.test import Client

from tests.progress.reading import Shown, shown
from ui import dutch

#: What a large number is a number of, by the word behind it.
KINDS = {
    "baan": "jobs",
    "banen": "jobs",
    "persoon": "persons",
    "personen": "persons",
    "beschutte plek": "persons",
    "beschutte plekken": "persons",
    "uur per week": "hours",
}


class Claim(NamedTuple):
    """What a page says and where that leads: how many rows there should be, and what they should add up to.

    ``amounts`` are texts by kind, ``jobs``, ``persons`` and ``hours``; None is not said.
    """

    what: str
    href: str
    rows: int | None = None
    amounts: dict[str, str] | None = None


def number(text: str) -> Decimal:
    """Read a number as it is shown: with a sign, points per thousand and a comma."""
    return dutch.parse_decimal(text.lstrip("+").split(" ")[0].replace(".", ""))


def amounts(page: Shown) -> dict[str, str]:
    """Return the large numbers of a page by kind, as texts."""
    found = {}
    for cell in page.headline:
        text, _, word = cell.text.partition(" ")
        if word in KINDS:
            found.setdefault(KINDS[word], text)
    return found


def progress(day: date, regime: str = "statutory", *more: str) -> Any:
    """Return what ``manage.py progress`` says of a day."""
    out = StringIO()
    call_command("progress", "--on", day.isoformat(), "--regime", regime, "--format", "json", *more, stdout=out)
    return json.loads(out.getvalue())


def lines(answer: Any) -> list[dict[str, str]]:
    """Return the rows of a CSV file that was sent."""
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(text.splitlines(), delimiter=";"))


@dataclass(frozen=True)
class Opened:
    """What a link opens: how many rows its list counts and what it adds up to, as its page says."""

    rows: int
    amounts: dict[str, str]


@dataclass
class Walker:
    """Follows links as whoever is logged in; every list is held against its own file when it is first opened."""

    client: Client
    opened: dict[str, Opened] = field(default_factory=dict)

    def check(self, claims: Iterable[Claim], where: object) -> int:
        """Follow every claim and hold it against what it opens; return how many there were."""
        number_of = 0
        for claim in claims:
            found = self.open(claim.href)
            context = (where, claim, found)
            if claim.rows is not None:
                assert found.rows == claim.rows, context
            for kind, text in (claim.amounts or {}).items():
                # What adds up to nothing is an empty list, which has no large numbers.
                assert found.amounts.get(kind, "0") == text or not (number(text) or found.rows), context
            number_of += 1
        return number_of

    def open(self, href: str) -> Opened:
        """Return what a link opens."""
        if href not in self.opened:
            response = self.client.get(href)
            page = shown(response)
            path = urlsplit(href).path
            rows = _count(page) if "/teams/" not in path else 0
            if path.endswith(("/plaatsingen/", "/proefplaatsingen/", "/wijzigingen/")):
                self._against_its_file(href, page, rows)
            self.opened[href] = Opened(rows, amounts(page))
        return self.opened[href]

    def _against_its_file(self, href: str, page: Shown, rows: int) -> None:
        """The file has the rows that the page counts, and they add up to the last line of its table."""
        file = lines(self.client.get(f"{href}&export=csv"))
        assert len(file) == rows, (href, rows, len(file))
        if not file or "uren_hier" not in file[0]:
            return
        hours = sum((number(row["uren_hier"]) for row in file), Decimal(0))
        (table,) = (rows for caption, rows in page.tables.items() if len(rows[0]) > 5)
        heads = [cell.text for cell in table[0]]
        total = dict(zip(heads, (cell.text for cell in table[-1]), strict=True))
        assert number(total["Uren"]) == hours, (href, total, hours)
        in_teams = [re.search(r"([\d.,]+) uur$", row[0].text) for row in page.reasons]
        if "jobs" in amounts(page):
            above = number(amounts(page)["hours"]) - sum(number(found[1]) for found in in_teams if found)
            assert abs(above - hours) <= Decimal("0.01") * len(in_teams), (href, above, hours)


def _count(page: Shown) -> int:
    """Return how many rows a list says it has."""
    found = re.search(r'class="table-count"[^>]*>(?:[\d.]+–[\d.]+ van )?([\d.]+)', page.html)
    return int(found[1].replace(".", "")) if found else 0


def query_of(href: str) -> dict[str, str]:
    """Return what an address asks."""
    return {name: values[0] for name, values in parse_qs(urlsplit(href).query).items()}
