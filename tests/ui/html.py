"""A small reader of markup for tests: finds elements by name, id or class, with attributes and text."""

from collections.abc import Iterator
from html.parser import HTMLParser

VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "path", "rect", "line", "circle"}


class Element(dict[str, str]):
    """One element: its attributes, its name and the text inside it (white space folded)."""

    def __init__(self, name: str, attributes: list[tuple[str, str | None]]) -> None:
        super().__init__({key: value or "" for key, value in attributes})
        self.name = name
        self.parts: list[str] = []

    @property
    def text(self) -> str:
        return " ".join("".join(self.parts).split())


class Page(HTMLParser):
    """Markup that has been read."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self.open: list[Element] = []
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, attrs)
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, attrs))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop().name != tag:
            pass

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.parts.append(data)

    def all(self, *names: str) -> list[Element]:
        return [element for element in self.elements if element.name in names]

    def one(self, name: str) -> Element:
        (found,) = self.all(name)
        return found

    def by_id(self, wanted: str) -> Element:
        (found,) = [element for element in self.elements if element.get("id") == wanted]
        return found

    def by_class(self, wanted: str) -> Element:
        return next(self.with_class(wanted))

    def with_class(self, wanted: str) -> Iterator[Element]:
        return (element for element in self.elements if wanted in element.get("class", "").split())


def parse(markup: str) -> Page:
    """Read markup."""
    return Page(markup)
