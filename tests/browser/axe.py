"""axe on a page: every rule of WCAG 2.2 at levels A and AA."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}


def violations(page: Page) -> list[str]:
    """Return the rules that the page breaks, each with the elements that break it."""
    found = Axe().run(page, options=OPTIONS).response["violations"]
    return [f"breaks {rule['id']}: {node['html'][:120]}" for rule in found for node in rule["nodes"]]
