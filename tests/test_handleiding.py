"""The manual tells people what to press: every name it prints in bold stands in the product, letter by letter."""

import re
from pathlib import Path

import pytest

BASE_DIR = Path(__file__).resolve().parent.parent
CHAPTERS = sorted((BASE_DIR / "docs" / "handleiding").glob("[0-9]*.md"))
ROOMS = ("accounts", "candidates", "coaching", "employers", "exchange", "placements", "progress", "templates", "ui")
KINDS = {".py", ".html", ".txt"}
# What the manual writes around a name: its own punctuation and capitals.
AROUND = ".,:?"


@pytest.fixture(scope="module")
def product() -> str:
    """Return every text of the product, in small letters."""
    sources = (path for room in ROOMS for path in (BASE_DIR / room).rglob("*") if path.suffix in KINDS)
    return "\n".join(path.read_text() for path in sources).replace("&amp;", "&").lower()


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda path: path.stem)
def test_what_is_bold_in_the_manual_stands_on_the_screen(chapter: Path, product: str) -> None:
    text = chapter.read_text().replace("\n", " ")
    names = {name.strip(AROUND) for name in re.findall(r"\*\*([^*]+)\*\*", text)}

    assert names
    assert sorted(name for name in names if name.lower() not in product) == []


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda path: path.stem)
def test_the_manual_addresses_nobody_as_u_or_je(chapter: Path) -> None:
    assert re.findall(r"\b(?:u|uw|je|jij|jou|jouw|jullie)\b", chapter.read_text(), re.I) == []


def test_every_chapter_stands_in_the_contents() -> None:
    contents = (BASE_DIR / "docs" / "handleiding" / "README.md").read_text()

    assert re.findall(r"^\d+\. \[[^]]+\]\(([^)#]+)\)", contents, re.M) == [path.name for path in CHAPTERS]
