"""What axe does not see of the frame and its components: focus, reflow, targets, the menu on a phone."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AbstractBaseUser
from playwright.sync_api import Browser, Page, expect

from tests.browser import checks
from tests.browser.conftest import Variant
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)

LogIn = Callable[[Page, AbstractBaseUser], None]
TELEPHONE = {"width": 360, "height": 740}
STRANGERS = ["/account/login/", "/account/password/reset/", "/toegankelijkheid/", "/privacy/", "/bestaat/niet/"]
STAFF = ["/ui/", "/ui/bevestigen/", "/account/password/change/", "/account/logout/"]


@pytest.fixture
def administrator() -> AbstractBaseUser:
    return UserFactory(administrator=True)


@pytest.mark.parametrize("path", STRANGERS)
def test_nothing_is_wrong_for_a_stranger(page: Page, variant: Variant, path: str) -> None:
    page.goto(path)

    assert checks.everything(page) == []


@pytest.mark.parametrize("path", STAFF)
def test_nothing_is_wrong_for_staff(
    page: Page, variant: Variant, log_in: LogIn, administrator: AbstractBaseUser, path: str
) -> None:
    log_in(page, administrator)
    page.goto(path)

    assert checks.everything(page) == []


def test_nothing_is_lost_when_text_is_set_wider(page: Page, log_in: LogIn, administrator: AbstractBaseUser) -> None:
    log_in(page, administrator)
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto("/ui/")

    assert checks.wide_text(page) == []


def test_focus_is_seen_wherever_it_goes(page: Page, log_in: LogIn, administrator: AbstractBaseUser) -> None:
    log_in(page, administrator)
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto("/ui/bevestigen/")

    assert checks.focus(page) == []


def test_the_first_stop_leads_past_the_menu(page: Page, log_in: LogIn, administrator: AbstractBaseUser) -> None:
    log_in(page, administrator)
    page.goto("/privacy/")
    page.keyboard.press("Tab")

    expect(page.get_by_role("link", name="Naar de inhoud")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_on_a_phone_the_bar_is_low_and_its_button_opens_the_menu(
    page: Page, log_in: LogIn, administrator: AbstractBaseUser
) -> None:
    log_in(page, administrator)
    page.set_viewport_size(TELEPHONE)
    page.goto("/privacy/")
    button = page.get_by_role("button", name="Menu")
    menu = page.get_by_role("navigation", name="Menu", exact=True)

    assert page.locator(".site-header").bounding_box()["height"] <= 56
    button.click()
    expect(button).to_have_attribute("aria-expanded", "true")
    assert menu.bounding_box()["y"] == 56
    page.keyboard.press("Escape")
    expect(button).to_be_focused()
    expect(button).to_have_attribute("aria-expanded", "false")


def test_the_menu_closes_when_focus_leaves_it(page: Page, log_in: LogIn, administrator: AbstractBaseUser) -> None:
    log_in(page, administrator)
    page.set_viewport_size(TELEPHONE)
    page.goto("/privacy/")
    button = page.get_by_role("button", name="Menu")
    button.click()
    page.get_by_role("button", name="Uitloggen").last.focus()
    page.keyboard.press("Tab")

    expect(button).to_have_attribute("aria-expanded", "false")


def test_without_script_the_menu_is_a_link_to_the_foot(
    browser: Browser, base_url: str, log_in: LogIn, administrator: AbstractBaseUser
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=TELEPHONE, base_url=base_url)
    page = context.new_page()
    log_in(page, administrator)
    page.goto("/ui/")
    page.get_by_role("link", name="Menu").click()

    expect(page.get_by_role("navigation", name="Menu", exact=True)).to_be_in_viewport()
    assert page.url.endswith("#menu")
    context.close()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_the_error_summary_takes_focus_and_leads_to_the_box(
    browser: Browser, base_url: str, script: bool, administrator: AbstractBaseUser
) -> None:
    context = browser.new_context(java_script_enabled=script, base_url=base_url)
    page = context.new_page()
    page.goto("/account/login/")
    page.get_by_label("E-mailadres").fill("niemand@example.org")
    page.get_by_label("Wachtwoord").press("Enter")

    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_role("alert").get_by_role("link").first.click()
    expect(page.get_by_label("Wachtwoord")).to_be_focused()
    context.close()


def test_one_logs_in_and_out_by_keyboard_alone(page: Page, administrator: AbstractBaseUser) -> None:
    page.goto("/account/login/?next=/privacy/")
    page.get_by_label("E-mailadres").focus()
    page.keyboard.type(administrator.email)
    page.get_by_label("Wachtwoord").focus()
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/privacy/")
    page.get_by_role("button", name="Uitloggen").first.focus()
    page.keyboard.press("Enter")

    page.wait_for_url("**/account/login/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Inloggen")


def test_motion_stops_for_who_asks(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto("/account/login/")

    assert page.locator("button[type=submit]").evaluate("button => getComputedStyle(button).transitionDuration") == "0s"


def test_paper_is_light_and_without_controls(page: Page, log_in: LogIn, administrator: AbstractBaseUser) -> None:
    log_in(page, administrator)
    page.emulate_media(media="print", color_scheme="dark")
    page.goto("/ui/")

    assert page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor") == "rgb(255, 255, 255)"
    for hidden in (".site-nav", ".site-menu", ".filter-bar", ".site-footer"):
        expect(page.locator(hidden).first).to_be_hidden()
    expect(page.get_by_text("Peildatum", exact=False).first).to_be_visible()
