"""Reading a PDF that Chromium made: what is printed on each sheet, in the order in which it was drawn.

Just enough of the format for that: pages, content streams, and the maps from glyphs back to letters. Spaces are left
out, for where a line breaks is not what a test is about.
"""

import re
import zlib
from unicodedata import normalize

from playwright.sync_api import Page

_OBJECT = re.compile(rb"(\d+) 0 obj\s(.*?)\sendobj", re.DOTALL)
_TOKEN = re.compile(rb"/(F\d+) [\d.]+ Tf|<([0-9A-Fa-f]+)> Tj")
_RANGE = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]{4})> <([0-9A-F]{4,})>")
_CHAR = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]{4,})>")


def sheets(page: Page) -> list[str]:
    """Print a page on A4 and return what stands on each sheet, without spaces."""
    return texts(page.pdf(format="A4", print_background=True))


def texts(pdf: bytes) -> list[str]:
    """Return what stands on each sheet of a PDF, without spaces."""
    objects = {int(number): body for number, body in _OBJECT.findall(pdf)}
    (tree,) = (body for body in objects.values() if b"/Type /Pages" in body and b"/Parent" not in body)
    return [_text(objects[key], objects) for key in _leaves(tree, objects)]


def squeezed(text: str) -> str:
    """Return a text as :func:`sheets` gives it: no spaces, and no two letters in one sign."""
    return "".join(normalize("NFKC", text).split())


def _leaves(tree: bytes, objects: dict[int, bytes]) -> list[int]:
    """Return the keys of the pages below a node, in order."""
    kids = re.search(rb"/Kids \[(.*?)\]", tree, re.DOTALL)
    assert kids
    found: list[int] = []
    for key in map(int, re.findall(rb"(\d+) 0 R", kids[1])):
        found += _leaves(objects[key], objects) if b"/Type /Pages" in objects[key] else [key]
    return found


def _text(page: bytes, objects: dict[int, bytes]) -> str:
    fonts = {name: _letters(objects[int(key)], objects) for name, key in re.findall(rb"/(F\d+) (\d+) 0 R", page)}
    (contents,) = re.findall(rb"/Contents (\d+) 0 R", page)
    letters: dict[int, str] = {}
    found = []
    for name, glyphs in _TOKEN.findall(_stream(objects[int(contents)])):
        if name:
            letters = fonts[name]
        found += [letters[int(glyphs[at : at + 4], 16)] for at in range(0, len(glyphs), 4)]
    return squeezed("".join(found))


def _letters(font: bytes, objects: dict[int, bytes]) -> dict[int, str]:
    """Return which letter each glyph of a font is."""
    (key,) = re.findall(rb"/ToUnicode (\d+) 0 R", font)
    table = _stream(objects[int(key)])
    found: dict[int, str] = {}
    for part in re.findall(rb"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for first, last, letter in _RANGE.findall(part):
            start = int(first, 16)
            found |= {glyph: chr(int(letter, 16) + glyph - start) for glyph in range(start, int(last, 16) + 1)}
    for part in re.findall(rb"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        found |= {
            int(glyph, 16): bytes.fromhex(letter.decode()).decode("utf-16-be") for glyph, letter in _CHAR.findall(part)
        }
    return found


def _stream(body: bytes) -> bytes:
    data = body[body.index(b"stream") + len(b"stream") :].lstrip(b"\r\n")
    return zlib.decompressobj().decompress(data) if b"/FlateDecode" in body else data.removesuffix(b"endstream")
