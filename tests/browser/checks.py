"""What axe does not see, looked at in the page itself; each check returns a list of what is wrong."""

from playwright.sync_api import Page

from tests.browser.axe import violations

SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"

#: Controls smaller than 24 by 24 pixels. A link inside a line of text may be as small as the text (WCAG 2.5.8).
SMALL = """
    [...document.querySelectorAll('a, button, input:not([type=hidden]), select, textarea, summary')]
    .filter(element => element.checkVisibility() && getComputedStyle(element).display !== 'inline')
    .filter(element => { const box = element.getBoundingClientRect(); return box.width < 24 || box.height < 24; })
    .filter(element => !element.closest('.visually-hidden') && !element.closest('label'))
    .map(element => element.outerHTML.slice(0, 100))
"""

#: Boxes to type or choose in whose border stands out less than 3:1 from what is behind them (WCAG 1.4.11).
FAINT_BORDERS = """
    () => {
        const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
        const colour = text => {
            canvas.clearRect(0, 0, 1, 1);
            canvas.fillStyle = text;
            canvas.fillRect(0, 0, 1, 1);
            return [...canvas.getImageData(0, 0, 1, 1).data];
        };
        const light = ([red, green, blue]) => {
            const part = value => (value /= 255) <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
            return 0.2126 * part(red) + 0.7152 * part(green) + 0.0722 * part(blue);
        };
        const behind = element => {
            for (let one = element.parentElement; one; one = one.parentElement) {
                const found = colour(getComputedStyle(one).backgroundColor);
                if (found[3] === 255) return found;
            }
            return [255, 255, 255];
        };
        const types = 'input:not([type=hidden],[type=checkbox],[type=radio],[type=submit]), select, textarea';
        return [...document.querySelectorAll(types)].filter(field => field.checkVisibility()).filter(field => {
            const [one, other] = [light(colour(getComputedStyle(field).borderTopColor)), light(behind(field))];
            return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05) < 3;
        }).map(field => field.outerHTML.slice(0, 100));
    }
"""

#: The spacing a reader may ask for (WCAG 1.4.12).
TEXT_SPACING = """
    * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
    p { margin-block-end: 2em !important; }
"""

#: Elements that hide a part of their own text.
CLIPPED = """
    [...document.querySelectorAll('main *')]
    .filter(element => element.checkVisibility() && !element.closest('.visually-hidden, svg, select, input, textarea'))
    .filter(element => [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
    .filter(element => /hidden|clip/.test(getComputedStyle(element).overflow))
    .filter(element => element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1)
    .map(element => element.outerHTML.slice(0, 100))
"""

#: Whether what has the focus shows it, and is itself seen.
FOCUS = """
    () => {
        const element = document.activeElement;
        const ring = [element, element.closest('label')].filter(Boolean).map(one => getComputedStyle(one));
        const box = element.getBoundingClientRect();
        const inside = element.closest('label') ? element : document.elementFromPoint(
            Math.min(Math.max(box.x + box.width / 2, 1), innerWidth - 1), box.y + Math.min(box.height / 2, 20));
        return {
            ring: ring.some(style => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2),
            seen: box.bottom > 0 && box.top < innerHeight && (element.contains(inside) || inside?.contains(element)),
            what: element.outerHTML.slice(0, 100),
            done: element === document.body,
        };
    }
"""


#: What the page has of each of these, asked in one go.
EVERYTHING = f"() => [{SIDEWAYS}, {SMALL}, ({FAINT_BORDERS})()]"


def everything(page: Page) -> list[str]:
    """Return what is wrong with the page as it stands: axe, reflow, size of targets, borders of boxes."""
    page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
    sideways, small, faint = page.evaluate(EVERYTHING)
    return [
        *violations(page),
        *(["scrolls sideways"] if sideways else []),
        *(f"is smaller than 24 pixels: {found}" for found in small),
        *(f"has a border under 3:1: {found}" for found in faint),
    ]


def wide_text(page: Page) -> list[str]:
    """Set the text wider and return what that hides.

    A style sheet object is not held back by the content security policy.
    """
    page.evaluate(
        "css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css); document.adoptedStyleSheets = [sheet]; }",
        TEXT_SPACING,
    )
    sideways = ["scrolls sideways with wide text"] if page.evaluate(SIDEWAYS) else []
    return sideways + [f"hides text that is set wide: {found}" for found in page.evaluate(CLIPPED)]


def focus(page: Page, stops: int = 200) -> list[str]:
    """Go through the page by Tab and return where the focus isn't seen."""
    faults = []
    for _ in range(stops):
        page.keyboard.press("Tab")
        found = page.evaluate(FOCUS)
        if found["done"]:
            break
        faults += [f"has no focus ring: {found['what']}"] if not found["ring"] else []
        faults += [f"hides what has the focus: {found['what']}"] if not found["seen"] else []
    return faults
