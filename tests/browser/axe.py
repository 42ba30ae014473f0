"""axe on a page: every rule of WCAG 2.2 at levels A and AA."""

import json

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
#: Only what is wrong leaves the browser: all that axe found right takes longer to hand over than to find.
RUN = f"""
    () => axe.run({json.dumps(OPTIONS)}).then(found => found.violations.flatMap(
        rule => rule.nodes.map(node => `breaks ${{rule.id}}: ${{node.html.slice(0, 120)}}`)))
"""


def violations(page: Page) -> list[str]:
    """Return the rules that the page breaks, each with the elements that break it."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
        page.add_init_script(AXE_SCRIPT)  # so that the pages that come after have it by themselves
    return page.evaluate(RUN)
