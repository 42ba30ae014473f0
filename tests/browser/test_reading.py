"""Reading and moving about on the pages a coordinator uses most: focus, wide text, a narrow window, paper."""

import re
from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.contrib.auth.models import AbstractBaseUser
from playwright.sync_api import Page, expect

from tests.access import addresses, table, world
from tests.browser import checks

pytestmark = pytest.mark.django_db(transaction=True)

#: A dashboard, a list with filters, a page of details, a form with every kind of box, a table of another kind.
USED_MOST = [
    "progress",
    "placement_list",
    "placement_detail",
    "candidate_list",
    "period_add",
    "unit_list",
    "import_run",
]
SHEETS = [("progress", 3), ("placement_list", 2), ("candidate_list", 2)]
ROWS = {row.name: row for row in table.rows()}


@pytest.fixture
def opened(page: Page, log_in: Callable[[Page, AbstractBaseUser], None]) -> Iterator[Callable[[str], None]]:
    """Return a function that opens a page of the coordinator by its name."""
    with time_machine.travel(world.TODAY):
        made = world.build()
        log_in(page, made.users["coordinator"])
        known = addresses.every_address()
        yield lambda name: page.goto(known[name].url(made.own, ROWS[name].objects))


@pytest.mark.parametrize("width", [1280, 320])
def test_the_focus_is_seen_wherever_it_goes(page: Page, opened: Callable[[str], None], width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    faults = []
    for name in USED_MOST:
        opened(name)
        faults += [f"{name} {fault}" for fault in checks.focus(page)]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("width", [1280, 320])
def test_nothing_is_hidden_when_text_is_set_wider(page: Page, opened: Callable[[str], None], width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    faults = []
    for name in USED_MOST:
        opened(name)
        faults += [f"{name} {fault}" for fault in checks.wide_text(page)]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(("name", "most"), SHEETS)
def test_paper_holds_the_page_and_not_the_controls(
    page: Page, opened: Callable[[str], None], name: str, most: int
) -> None:
    opened(name)
    page.emulate_media(media="print", color_scheme="dark")

    assert 1 <= sheets(page) <= most
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    for control in (".site-nav", ".site-menu", ".filter-bar", ".site-footer", ".page-actions button"):
        for found in page.locator(control).all():
            expect(found).to_be_hidden()
    assert page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor") == "rgb(255, 255, 255)"


def sheets(page: Page) -> int:
    """Return the number of sheets of A4 that the page fills."""
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(format="A4")))


@pytest.mark.parametrize("name", ["progress", "placement_list", "period_add"])
def test_nothing_moves_for_who_asks_for_rest(page: Page, opened: Callable[[str], None], name: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    opened(name)
    moving = page.evaluate(
        """[...document.querySelectorAll('*')].filter(element => {
            const style = getComputedStyle(element);
            return [style.transitionDuration, style.animationDuration].some(
                text => text.split(',').some(duration => parseFloat(duration) > 0.01)
            ) || style.scrollBehavior === 'smooth';
        }).map(element => element.outerHTML.slice(0, 100))"""
    )
    assert moving == []
