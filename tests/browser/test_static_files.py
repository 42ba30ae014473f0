"""The live server of the browser tests serves pages as a visitor gets them, style and scripts included."""

from collections.abc import Callable

from playwright.sync_api import Page


def test_the_log_in_page_loads_all_its_files(page: Page) -> None:
    failed: list[str] = []
    page.on("response", lambda response: response.ok or failed.append(response.url))
    page.on("console", lambda message: message.type == "error" and failed.append(message.text))

    page.goto("/account/login/")

    assert failed == []
    assert page.evaluate("document.styleSheets.length") > 0


def test_the_log_in_page_is_accessible(page: Page, variant: object, axe: Callable[[Page], None]) -> None:
    page.goto("/account/login/")

    axe(page)
