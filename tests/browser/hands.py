"""Three ways to work a page: with a mouse, with the keyboard alone, and in a browser that runs no script."""

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

#: No page has more stops than this.
MOST_STOPS = 250
IS_FOCUSED = "element => element === document.activeElement"


class Mouse:
    """Clicks, and types where it clicked."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, role: str, name: str, *, exact: bool = False, nth: int = 0) -> None:
        """Press the link or button of that name in the page itself, not in the menus around it."""
        self.activate(self.page.get_by_role("main").get_by_role(role, name=name, exact=exact).nth(nth))

    def go(self, name: str) -> None:
        """Follow the entry of that name in the main navigation."""
        self.activate(self.page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name=name, exact=True))

    def fill(self, label: str, text: str) -> None:
        self.write(self.box(label), text)

    def box(self, label: str) -> Locator:
        """Return the box with that label, whether it must be filled in or not."""
        pattern = re.compile(rf"^\s*{re.escape(label)}(\s*\(niet verplicht\))?\s*$")
        return self.page.get_by_role("main").get_by_label(pattern)

    def activate(self, target: Locator) -> None:
        target.click()

    def write(self, target: Locator, text: str) -> None:
        target.fill(text)

    def tick(self, label: str) -> None:
        """Tick a box."""
        self.box(label).check()

    def choose(self, group: str, name: str) -> None:
        """Choose one of a group of radio buttons."""
        self.page.get_by_role("group", name=group).get_by_label(name, exact=True).check()

    def select(self, label: str, option: str) -> None:
        """Choose an option of a list."""
        self.box(label).select_option(label=option)

    def attach(self, label: str, files: list[Path]) -> None:
        self.box(label).set_input_files(files)


class Keyboard(Mouse):
    """Tab, Enter, arrows and letters; nothing else."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        # The browser hands its dialog for files to us from now on: asking for it only when it opens may be too late.
        page.on("filechooser", lambda chooser: None)

    def reach(self, target: Locator) -> None:
        """Go by Tab to an element, which must then be in sight."""
        expect(target).to_be_attached()
        for _ in range(MOST_STOPS):
            if target.evaluate(IS_FOCUSED):
                expect(target).to_be_in_viewport()
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab never reaches {target}.")

    def activate(self, target: Locator) -> None:
        self.reach(target)
        self.page.keyboard.press("Enter")

    def write(self, target: Locator, text: str) -> None:
        self.reach(target)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def tick(self, label: str) -> None:
        self.reach(self.box(label))
        self.page.keyboard.press("Space")

    def choose(self, group: str, name: str) -> None:
        radios = self.page.get_by_role("group", name=group).get_by_role("radio")
        target = self.page.get_by_role("group", name=group).get_by_label(name, exact=True)
        checked = [number for number, radio in enumerate(radios.all()) if radio.is_checked()]
        self.reach(radios.nth(checked[0] if checked else 0))
        self.page.keyboard.press("Space")
        for _ in range(radios.count()):
            if target.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"The arrows never reach {name}.")

    def select(self, label: str, option: str) -> None:
        target = self.box(label)
        self.reach(target)
        self.page.keyboard.type(option)
        assert target.evaluate("box => box.selectedOptions[0].label") == option

    def attach(self, label: str, files: list[Path]) -> None:
        self.reach(self.box(label))
        with self.page.expect_file_chooser() as chooser:
            self.page.keyboard.press("Enter")
        chooser.value.set_files(files)
