"""Reading an XLSX workbook as a stream: values only, no formulas, no styles but what makes a number a date.

Not with openpyxl's reader: it builds a tree in memory of whatever a row holds (a hostile file of 2.3 MB took it
3 GB, and takes 28 MB here), and for an ordinary sheet of 50,000 rows it takes three times as long.
"""

import posixpath
from collections.abc import Iterator
from datetime import date
from itertools import dropwhile
from math import isfinite

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format

from files.cells import Number1904, Unreadable, is_blank
from files.content import Content
from files.dates import from_serial
from files.limits import MAX_COLUMNS, MAX_ROWS
from files.sheets import Raw, RawSheet
from files.xlsx_archive import Archive, Events
from files.xlsx_text import unescape

MAX_COLLECTED = 100_000
MAX_FORMAT = 255
MAX_SHEETS = 100
MAX_STRINGS = 4_000_000
NO_RESULT = Unreadable("bevat een formule zonder uitkomst; open het bestand in Excel en sla het opnieuw op")
LOCAL_DATE_FORMATS = frozenset((*range(27, 37), *range(50, 59)))
"""Number formats that are dates in some language editions and have no code of their own."""


class Workbook:
    """An opened workbook. `sheet_names` are those of its worksheets, in order; raises FileFault."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self.archive = Archive(content)
        with self.archive.readable():
            self._open()

    def _open(self) -> None:
        root = self._relations("")
        main = next((path for kind, path in root.values() if kind == "officeDocument"), "xl/workbook.xml")
        if not self.archive.has(main) or main.endswith(".bin"):
            raise self.content.fault("dit is geen XLSX-bestand; open het in Excel en sla het op als .xlsx")
        found = self._collect(main, "workbookPr", "sheet")
        self.since_1904 = any(a.get("date1904") in ("1", "true") for tag, a in found if tag == "workbookPr")
        relations = self._relations(main)
        self._paths = _worksheet_paths([a for tag, a in found if tag == "sheet"], relations)
        if len(self._paths) > MAX_SHEETS:
            raise self.content.fault(f"het bestand heeft meer dan {MAX_SHEETS} bladen")
        parts = dict(relations.values())
        self._date_styles = self._read_date_styles(parts.get("styles"))
        self._strings = self._read_strings(parts.get("sharedStrings"))

    @property
    def sheet_names(self) -> list[str]:
        return list(self._paths)

    def read(self, sheet: str, name: str) -> RawSheet | None:
        """The sheet called `sheet`, as the known sheet `name`; None when it is blank."""
        rows = self._rows(self._paths[sheet])
        first = next(rows, None)
        return None if first is None else RawSheet(name, first[1], self._limited(rows))

    def _rows(self, path: str) -> Iterator[tuple[int, list[Raw]]]:
        events = _SheetEvents(self._strings, self._date_styles, self.since_1904)
        with self.archive.readable():
            for _ in self.archive.parse(path, events):
                yield from events.rows
                events.rows.clear()
                if events.finished:  # what follows the rows is of no use
                    return

    def _limited(self, rows: Iterator[tuple[int, list[Raw]]]) -> Iterator[tuple[int, list[Raw]]]:
        for count, row in enumerate(rows, start=1):
            if count > MAX_ROWS:
                raise self.content.fault(f"het blad heeft meer dan {MAX_ROWS} regels")
            yield row

    def _collect(self, part: str, *tags: str) -> list[tuple[str, dict[str, str]]]:
        events = _Collected(tags)
        self.archive.parse_all(part, events)
        return events.found

    def _relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Kind and path of every part that `part` points at, by the id it uses for it."""
        folder, name = posixpath.split(part)
        path = posixpath.join(folder, "_rels", f"{name}.rels")
        found = self._collect(path, "Relationship") if self.archive.has(path) else []
        return {
            a.get("Id", ""): (a.get("Type", "").rpartition("/")[2], posixpath.join("/", folder, a.get("Target", "")))
            for _, a in found
        }

    def _read_strings(self, path: str | None) -> list[str]:
        events = _StringEvents()
        if path and self.archive.has(path):
            self.archive.parse_all(path, events)
        return events.strings

    def _read_date_styles(self, path: str | None) -> frozenset[str]:
        """The cell styles, by number as cells name them, that show a number as a date."""
        if not path or not self.archive.has(path):
            return frozenset()
        found = self._collect(path, "numFmt", "cellXfs", "xf")
        formats = {a.get("numFmtId"): a.get("formatCode", "") for tag, a in found if tag == "numFmt"}
        cell_styles = dropwhile(lambda item: item[0] != "cellXfs", found)
        styles = [a.get("numFmtId", "0") for tag, a in cell_styles if tag == "xf"]
        return frozenset(str(place) for place, number in enumerate(styles) if _is_date(number, formats))


def _worksheet_paths(sheets: list[dict[str, str]], relations: dict[str, tuple[str, str]]) -> dict[str, str]:
    paths = {}
    for sheet in sheets:
        key = next((value for name, value in sheet.items() if name.endswith(" id")), "")
        kind, path = relations.get(key, ("", ""))
        if kind == "worksheet":
            paths[sheet.get("name", "")] = path
    return paths


def _is_date(number: str, formats: dict[str | None, str]) -> bool:
    if int(number) in LOCAL_DATE_FORMATS:
        return True
    shown_as = (formats.get(number) or BUILTIN_FORMATS.get(int(number), "General"))[:MAX_FORMAT]
    return is_date_format(shown_as) and not is_timedelta_format(shown_as)


class _Collected(Events):
    """The elements with one of some tags, in order, with their attributes."""

    def __init__(self, tags: tuple[str, ...]) -> None:
        super().__init__()
        self.tags = tags
        self.found: list[tuple[str, dict[str, str]]] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in self.tags:
            self.found.append((tag, attributes))
            if len(self.found) > MAX_COLLECTED:
                raise ValueError("too many elements")


class _TextEvents(Events):
    """Hears the text of `t` elements, plain or rich, but not the phonetic spelling in `rPh`."""

    phonetic = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "t" and not self.phonetic:
            self.listen()
        elif tag == "rPh":
            self.phonetic = True

    def end(self, tag: str) -> None:
        if tag == "t":
            self.ignore()
        elif tag == "rPh":
            self.phonetic = False


class _StringEvents(_TextEvents):
    """The table of texts that cells refer to by number."""

    def __init__(self) -> None:
        super().__init__()
        self.strings: list[str] = []

    def end(self, tag: str) -> None:
        super().end(tag)
        if tag == "si":
            self.strings.append(unescape(self.take_text() or ""))
            if len(self.strings) > MAX_STRINGS:
                raise ValueError("too many texts")


class _SheetEvents(_TextEvents):
    """The rows of a worksheet that hold something, as (line, cells)."""

    def __init__(self, strings: list[str], date_styles: frozenset[str], since_1904: bool) -> None:
        super().__init__()
        self.strings, self.date_styles, self.since_1904 = strings, date_styles, since_1904
        self.rows: list[tuple[int, list[Raw]]] = []
        self._line = 0
        self._cells: list[Raw] = []
        self._cell: dict[str, str] = {}
        self._place = -1
        self._formula = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "c":
            self._cell, self._formula = attributes, False
            reference = attributes.get("r")
            self._place = _place(reference) if reference else self._place + 1
        elif tag == "v":
            self.listen()
        elif tag == "f":
            self._formula = True
        elif tag == "row":
            self._line = int(attributes.get("r") or self._line + 1)
            self._cells, self._place = [], -1
        else:
            super().start(tag, attributes)

    def end(self, tag: str) -> None:
        if tag == "v":
            self.ignore()
        elif tag == "c":
            value = self._value(self.take_text())
            if value is not None:
                self._put(value)
        elif tag == "row":
            if not all(map(is_blank, self._cells)):
                self.rows.append((self._line, self._cells))
        elif tag == "sheetData":
            self.finish()
        else:
            super().end(tag)

    def _put(self, value: Raw) -> None:
        if not 0 <= self._place < MAX_COLUMNS:
            if is_blank(value):
                return
            raise ValueError("a cell too far to the right")
        self._cells.extend([None] * (self._place + 1 - len(self._cells)))
        self._cells[self._place] = value

    def _value(self, text: str | None) -> Raw:
        kind = self._cell.get("t", "n")
        if text is None:
            return NO_RESULT if self._formula and kind != "str" else None
        if kind == "s":
            return self.strings[int(text)]
        if kind in ("inlineStr", "str"):
            return unescape(text)
        if kind == "b":
            return text.strip() in ("1", "true")
        if kind == "e":
            return Unreadable(f"de cel bevat een fout van Excel ({text[:20]})")
        return text if kind == "d" else self._number(text)

    def _number(self, text: str) -> Raw:
        number: int | float = int(text) if text.lstrip("-").isdigit() else float(text)
        if not isfinite(number):
            return Unreadable("bevat geen geldig getal")
        if self._cell.get("s") in self.date_styles and number >= 1:
            found: date | None = from_serial(number, since_1904=self.since_1904)
            if found is not None:
                return found
        return Number1904(number) if self.since_1904 else number


def _place(reference: str) -> int:
    """The column of a cell such as AB12, counted from 0."""
    place = 0
    for letter in reference:
        if not "A" <= letter <= "Z":
            break
        place = place * 26 + ord(letter) - 64
    return place - 1
