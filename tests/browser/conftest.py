"""A real Chromium against a live server: the fixtures of the browser tests.

Every test in this folder carries the marker ``browser`` by itself. The page is served under the strict
content security policy, without exceptions, so what a visitor would miss is missing here too.
"""

import os
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import connection
from django.test import Client
from playwright.sync_api import Page, Playwright, expect

from tests import chromium
from tests.browser.axe import violations


@dataclass(frozen=True)
class Variant:
    """How a page is looked at: colour scheme and width of the window in CSS pixels."""

    scheme: str
    width: int

    def __str__(self) -> str:
        return f"{self.scheme}-{self.width}"


#: The files with the tests that take longest.
LONGEST = frozenset({"test_every_page.py", "test_main_job.py"})
VARIANTS = [Variant(scheme, width) for scheme in ("light", "dark") for width in (1280, 320)]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.no_cover)  # which would trace the server beside it
    # What takes longest comes first, so that no worker is still at it when the others have nothing left.
    items.sort(key=lambda item: item.path.name not in LONGEST)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "variant" in metafunc.fixturenames and metafunc.config.getoption("a11y_full"):
        metafunc.parametrize("variant", VARIANTS, indirect=True, ids=str)


@pytest.fixture(scope="session", autouse=True)
def _queries_beside_the_browser(django_db_setup: None) -> Iterator[None]:
    """Allow queries in the thread in which Playwright keeps an event loop; nothing here is asynchronous."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    yield
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def _remembered_rows(django_db_setup: None) -> str | None:
    """Return the rows that migrations made, as the connection remembers them that made the test database."""
    return getattr(connection, "_test_serialized_contents", None)


@pytest.fixture(scope="session")
def playwright(_remembered_rows: str | None, playwright: Playwright) -> Playwright:
    """Let those rows come back after a flush: while Playwright's event loop runs, Django uses another connection.

    Waits are long enough for a machine that does more than this.
    """
    expect.set_options(timeout=15_000)
    if _remembered_rows is not None:
        connection._test_serialized_contents = _remembered_rows  # type: ignore[attr-defined]
    return playwright


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    arguments = ["--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"]
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")
    return {**browser_type_launch_args, "executable_path": chromium.find(), "args": arguments}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "locale": "nl-NL", "timezone_id": "Europe/Amsterdam"}


@pytest.fixture(scope="session")
def base_url(live_server: Any) -> str:
    """The live server's address, so that ``page.goto("/…")`` reaches it."""
    return live_server.url


@pytest.fixture
def variant(request: pytest.FixtureRequest, page: Page) -> Variant:
    """How this test looks at its page: all four ways with ``--a11y-full``, else the one whose turn it is."""
    chosen = getattr(request, "param", None) or VARIANTS[zlib.crc32(request.node.nodeid.encode()) % len(VARIANTS)]
    look(page, chosen)
    return chosen


def look(page: Page, variant: Variant) -> None:
    """Show this page, and those that come after it, as the variant has them."""
    page.emulate_media(color_scheme=variant.scheme)
    page.set_viewport_size({"width": variant.width, "height": 800})


@pytest.fixture
def log_in(base_url: str) -> Callable[[Page, AbstractBaseUser], None]:
    """Return a function that gives a page the session of a user, without passing the log-in form."""

    def log_in(page: Page, user: AbstractBaseUser) -> None:
        client = Client()
        client.force_login(user)
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": base_url}])

    return log_in


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """Return a function that fails, naming each element, when a page breaks a WCAG 2.2 A or AA rule."""

    def axe(page: Page) -> None:
        if found := violations(page):
            pytest.fail("\n".join([page.url, *found]), pytrace=False)

    return axe
