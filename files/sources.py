"""From files, folders and uploads to sheets with a known name."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from files.content import Content
from files.csv_codec import read_csv
from files.faults import Fault, FileFault, shown, suggest
from files.sheets import RawSheet
from files.xlsx_reader import Workbook

Source = Path | str | tuple[str, bytes]

WORKBOOK_SUFFIXES = frozenset((".xlsx", ".xlsm", ".xls"))
FOLDER_SUFFIXES = WORKBOOK_SUFFIXES | {".csv"}
SKIPPED_PREFIXES = (".", "~$")
"""Hidden files, and the lock that Excel leaves beside a workbook that is open."""

FIRST_WORD = re.compile(r"\w+?(?=[-_\s(.]|$)")
"""What a file's name starts with; what follows may be a date, the number of a copy, whose it is."""


@dataclass(slots=True)
class Sources:
    """The sheets that were found, in the order of the known names, and what was skipped."""

    sheets: dict[str, RawSheet] = field(default_factory=dict)
    warnings: list[Fault] = field(default_factory=list)


def read_sources(sources: Iterable[Source], *, known: Sequence[str], offered: Sequence[str] | None = None) -> Sources:
    """Open a folder of CSVs, CSVs named as a sheet, or an XLSX with sheets; rows are read later, as a stream.

    A name may go on after that of the sheet: ``plaatsingen-2026.csv``. Faults name the sheets in ``offered``, or all
    that are known. Other files in a folder are left alone. Raises FileFault with all that is wrong with any file: too
    large, unreadable, a name that is not known, or a sheet that comes twice.
    """
    gathering = _Gathering(known, known if offered is None else offered)
    for source in sources:
        for content in _contents(source, gathering.faults):
            gathering.add(content)
    if not gathering.faults and not gathering.found:
        gathering.faults.append(Fault(None, None, None, "er zijn geen bestanden gegeven"))
    if gathering.faults:
        raise FileFault(*gathering.faults)
    sheets = {name: gathering.found[name][1] for name in known if name in gathering.found}
    return Sources(sheets, gathering.warnings)


def _contents(source: Source, faults: list[Fault]) -> Iterator[Content]:
    if isinstance(source, tuple):
        name, content = source
        yield Content(PurePosixPath(name.replace("\\", "/")).name, content)
        return
    path = Path(source)
    if path.is_dir():
        found = [file for file in sorted(path.iterdir()) if _is_ours(file)]
        if not found:
            faults.append(Fault(str(path), None, None, "in deze map staan geen CSV- of XLSX-bestanden"))
        yield from (Content(file.name, file) for file in found)
    elif path.is_file():
        yield Content(path.name, path)
    else:
        faults.append(Fault(str(path), None, None, "dit bestand of deze map bestaat niet"))


def _is_ours(file: Path) -> bool:
    return file.suffix.lower() in FOLDER_SUFFIXES and not file.name.startswith(SKIPPED_PREFIXES) and file.is_file()


class _Gathering:
    """Collects sheets and faults over all files."""

    def __init__(self, known: Sequence[str], offered: Sequence[str]) -> None:
        self.known = {name.casefold(): name for name in known}
        self.offered = offered
        self.found: dict[str, tuple[str, RawSheet]] = {}
        self.faults: list[Fault] = []
        self.warnings: list[Fault] = []

    def add(self, content: Content) -> None:
        try:
            if PurePosixPath(content.label).suffix.lower() in WORKBOOK_SUFFIXES:
                self._add_workbook(content)
            else:
                self._add_csv(content)
        except FileFault as fault:
            self.faults.extend(fault.faults)
        except OSError:
            self.faults.append(Fault(content.label, None, None, "het bestand kan niet worden gelezen"))

    def _add_csv(self, content: Content) -> None:
        name = self._name_of(content)
        if name is None:
            raise content.fault(f"onbekende bestandsnaam{self._hint(_stem(content))}; {self._all_names()}")
        self._put(name, content.label, read_csv(content, name))

    def _add_workbook(self, content: Content) -> None:
        workbook = Workbook(content)
        names = {sheet: self.known.get(sheet.strip().casefold()) for sheet in workbook.sheet_names}
        if len(names) == 1 and not any(names.values()):
            names = dict.fromkeys(names, self._name_of(content))
        if not any(names.values()):
            raise content.fault(f"geen blad met een bekende naam; {self._all_names()}")
        for sheet, name in names.items():
            if name is None:
                message = f"blad {shown(sheet)} is onbekend en wordt overgeslagen{self._hint(sheet)}"
                self.warnings.append(Fault(content.label, None, None, message))
                continue
            raw = workbook.read(sheet, name)
            if raw is None:
                raise content.fault(f"blad {shown(sheet)} is leeg")
            self._put(name, content.label, raw)

    def _put(self, name: str, label: str, raw: RawSheet) -> None:
        if name in self.found:
            message = f"{name} komt twee keer voor, ook in {self.found[name][0]}"
            self.faults.append(Fault(label, None, None, message))
        else:
            self.found[name] = (label, raw)

    def _name_of(self, content: Content) -> str | None:
        """The sheet that a file is named as: ``Plaatsingen (1).csv`` and ``plaatsingen-zui.csv`` are `plaatsingen`."""
        stem = _stem(content)
        first = FIRST_WORD.match(stem)
        return self.known.get(stem) or (self.known.get(first[0]) if first else None)

    def _hint(self, name: str) -> str:
        near = suggest(name, self.offered)
        return f" (misschien bedoeld: {near})" if near else ""

    def _all_names(self) -> str:
        return f"bekend zijn: {', '.join(self.offered)}"


def _stem(content: Content) -> str:
    return PurePosixPath(content.label).stem.strip().casefold()
