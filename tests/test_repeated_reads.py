"""No page that somebody reaches from the own start page reads related rows one by one (django-zeal)."""

import re
from collections.abc import Iterator
from datetime import date
from html import unescape

import pytest
import time_machine
from django.test import Client
from django.urls import resolve
from zeal import zeal_context
from zeal.errors import NPlusOneError

from accounts.models import User
from exchange.demo import load
from placements.models import PlacementPeriod

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)
#: One user of each role, and a page that must be among those that were reached.
REACHED = {
    "coordinator@zuiderland.example": "placement_detail",
    "jobcoach@onderweg.example": "coached_person",
    "adviseur@provincies.example": "sector_progress",
    "beheerder@banenafspraak.example": "admin:placements_team_change",
}
NO_PAGES = {"account_logout", "account_login", "admin:accounts_auditevent_export"}


@pytest.fixture
def demonstration(settings) -> Iterator[None]:
    """The demonstration, and the patience of the watch: a form may look a few times at the record it is about."""
    settings.ZEAL_NPLUSONE_THRESHOLD = 6
    with time_machine.travel(TODAY, tick=False):
        load.load(today=TODAY)
        yield


def test_every_kind_of_page_reads_related_rows_together(client, demonstration) -> None:
    for email, page in REACHED.items():
        client.force_login(User.objects.get(email=email))
        assert page in set(pages_reached(client)), email


def test_the_watch_sees_rows_that_are_read_one_by_one(demonstration) -> None:
    with zeal_context(), pytest.raises(NPlusOneError):
        [period.placement.candidate.code for period in PlacementPeriod.objects.all()]


def pages_reached(client: Client) -> Iterator[str]:
    """Open one page of every kind that links lead to and yield what kind it is."""
    waiting, seen = ["/"], set(NO_PAGES)
    while waiting:
        address = waiting.pop(0)
        name = resolve(address.partition("?")[0]).view_name
        if name in seen:
            continue
        seen.add(name)
        with zeal_context():
            answer = client.get(address)
        if answer.status_code == 302:
            waiting.append(answer["Location"])
        elif not answer.streaming and answer["Content-Type"].startswith("text/html"):
            waiting += links_in(answer.content.decode())
        yield name


def links_in(page: str) -> list[str]:
    """Return the addresses on a page that lead to pages of this site, without what asks for a file."""
    found = (unescape(link).partition("#")[0] for link in re.findall(r'<a[^>]*\shref="(/[^"]*)"', page))
    return [link for link in found if link and "export=" not in link]
