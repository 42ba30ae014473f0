"""Every page that a role may open, in a browser: accessible, and nothing lost when it gets narrow or dark."""

import zlib
from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.contrib.auth.models import AbstractBaseUser
from playwright.sync_api import Page

from tests.access import addresses, table, world
from tests.browser import checks
from tests.browser.conftest import VARIANTS, Variant, look

pytestmark = pytest.mark.django_db(transaction=True)

LogIn = Callable[[Page, AbstractBaseUser], None]
#: Answers of the application that are no pages.
NO_PAGES = frozenset({"healthz", "admin:autocomplete", "import_template", "import_all_template"})


@pytest.fixture
def made() -> Iterator[world.World]:
    with time_machine.travel(world.TODAY):
        yield world.build()


@pytest.mark.parametrize("role", world.ROLES)
def test_every_page_is_accessible(
    page: Page, made: world.World, log_in: LogIn, request: pytest.FixtureRequest, role: str
) -> None:
    user = world.ROLES[role][0]
    if user in made.users:
        log_in(page, made.users[user])
    every_variant = request.config.getoption("a11y_full")
    faults = []
    for variant in VARIANTS:
        look(page, variant)
        for name, url in pages(made, role):
            if every_variant or turn(role, name) == variant:
                page.goto(url)
                faults += [f"{name} ({variant}) {fault}" for fault in checks.everything(page)]
    assert not faults, "\n".join(faults)


def turn(role: str, name: str) -> Variant:
    """Return the variant whose turn it is for a page in a role."""
    return VARIANTS[zlib.crc32(f"{role} {name}".encode()) % len(VARIANTS)]


def pages(made: world.World, role: str) -> Iterator[tuple[str, str]]:
    """Yield the name and the address of every page that the role opens."""
    known = addresses.every_address()
    for row in table.rows():
        if row.cells[role] == "200" and row.name not in NO_PAGES and "admin:" not in row.name:
            yield row.name, known[row.name].url(made.own, row.objects)
