"""Reading a page of figures as a visitor does: its tables, its lists of reasons, its large numbers, its links."""

from dataclasses import dataclass, field
from decimal import Decimal
from html.parser import HTMLParser

from ui import dutch

VOID = frozenset(["area", "br", "col", "hr", "img", "input", "link", "meta", "rect", "line", "path"])


@dataclass
class Cell:
    """A text, and where it leads; ``links`` are all links in it."""

    text: str = ""
    href: str = ""
    links: list["Cell"] = field(default_factory=list)

    def __eq__(self, other: object) -> bool:
        return self.text == other if isinstance(other, str) else NotImplemented


@dataclass
class Shown(HTMLParser):
    """What a page shows. Tables by caption (rows of cells), reasons and headline in order of the page.

    ``links`` are all links of the page itself, without those of the frame around it.
    """

    html: str
    tables: dict[str, list[list[Cell]]] = field(default_factory=dict)
    reasons: list[list[Cell]] = field(default_factory=list)
    headline: list[Cell] = field(default_factory=list)
    cards: list[list[Cell]] = field(default_factory=list)
    links: list[Cell] = field(default_factory=list)
    text: str = ""

    def __post_init__(self) -> None:
        super().__init__()
        self._open: list[tuple[str, str]] = []
        self._rows: list[list[Cell]] = []
        self._caption = ""
        self._cell: Cell | None = None
        self._link: Cell | None = None
        self.feed(self.html)
        self.close()
        self.text = " ".join(self.text.split())
        for row in [*self.reasons, *self.cards, *(row for rows in self.tables.values() for row in rows)]:
            for cell in row:
                cell.text = " ".join(cell.text.split())
        for link in self.links:
            link.text = " ".join(link.text.split())
        self.headline = [Cell(" ".join(cell.text.split()), cell.href) for cell in self.headline]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        names = found.get("class", "").split()
        if tag == "table":
            self._rows = []
        elif tag == "tr":
            self._rows.append([])
        elif tag in ("th", "td"):
            self._rows[-1].append(self._new())
        elif tag == "li" and self._inside("why-list"):
            self.reasons.append([self._new()])
        elif tag == "b" and self._inside("why-list"):
            self.reasons[-1].append(self._new())
        elif "figure" in names:
            self.cards.append([self._new()])
        elif {"figure-label", "figure-detail"} & set(names):
            self.cards[-1].append(self._new())
        elif "headline-item" in names:
            self.headline.append(self._new())
        if tag == "a":
            self._open_link(found.get("href", ""))
        if tag not in VOID:
            self._open.append((tag, found.get("class", "")))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Read what is closed at once, as the parts of a drawing are: nothing stands in it."""
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass
        if tag == "a":
            self._link = None
        if tag == "table":
            self.tables[" ".join(self._caption.split())] = self._rows
            self._caption = ""
        if tag in ("th", "td", "li", "ul", "table", "p", "div", "section"):
            self._cell = None

    def handle_data(self, data: str) -> None:
        self.text += data
        if any(tag == "caption" for tag, _ in self._open):
            self._caption += data
        elif not self._inside("visually-hidden"):
            for cell in (self._cell, self._link):
                if cell is not None:
                    cell.text += data

    def _open_link(self, href: str) -> None:
        self._link = Cell(href=href)
        if any(tag == "main" for tag, _ in self._open):
            self.links.append(self._link)
        if self._cell is not None:
            self._cell.href = self._cell.href or href
            self._cell.links.append(self._link)

    def _new(self) -> Cell:
        self._cell = Cell()
        return self._cell

    def _inside(self, name: str) -> bool:
        return any(name in classes.split() for _, classes in self._open)


def shown(response: object) -> Shown:
    """Read a response that must be a page."""
    assert response.status_code == 200, response.status_code  # type: ignore[attr-defined]
    return Shown(response.content.decode())  # type: ignore[attr-defined]


def in_dutch(number: str | None, decimals: int = 1) -> str:
    """Return a number of the JSON as a page shows it."""
    return dutch.number(None if number is None else Decimal(number), decimals)


def bare(text: str) -> str:
    """Return a number of persons as it is shown without its decimal, so that 45 and 45,0 (nearly 45) compare."""
    return text.removesuffix(",0")
