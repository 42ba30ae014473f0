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
    """The sheets that were found, in the order of the known names, what was skipped, and which files are wrong."""

    sheets: dict[str, RawSheet] = field(default_factory=dict)
    warnings: list[Fault] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)
    """The names of sheets that a file with a fault may hold (more of): what refers to them may yet be known."""


def read_sources(sources: Iterable[Source], *, known: Sequence[str], offered: Sequence[str] | None = None) -> Sources:
    """Open a folder of CSVs, CSVs named as a sheet, or an XLSX with sheets; rows are read later, as a stream.

    A name may go on after that of the sheet: ``plaatsingen-2026.csv``. Faults name the sheets in ``offered``, or all
    that are known. Other files in a folder are left alone. What is wrong with a file as a whole (too large, unreadable,
    a name that is not known, a sheet that comes twice) stands beside the sheets of the others; raises FileFault with
    all of it when there are none.
    """
    gathering = _Gathering(known, known if offered is None else offered)
    for source in sources:
        for content in _contents(source, gathering):
            gathering.add(content)
    if not gathering.faults and not gathering.found:
        gathering.fail([Fault(None, None, None, "er zijn geen bestanden gegeven")])
    if not gathering.found:
        raise FileFault(*gathering.faults)
    sheets = {name: gathering.found[name][1] for name in known if name in gathering.found}
    return Sources(sheets, gathering.warnings, gathering.faults, gathering.unread)


def _contents(source: Source, gathering: "_Gathering") -> Iterator[Content]:
    if isinstance(source, tuple):
        name, content = source
        yield Content(PurePosixPath(name.replace("\\", "/")).name, content)
        return
    path = Path(source)
    if path.is_dir():
        found = [file for file in sorted(path.iterdir()) if _is_ours(file)]
        if not found:
            gathering.fail([Fault(str(path), None, None, "in deze map staan geen CSV- of XLSX-bestanden")])
        yield from (Content(file.name, file) for file in found)
    elif path.is_file():
        yield Content(path.name, path)
    else:
        gathering.fail([Fault(str(path), None, None, "dit bestand of deze map bestaat niet")])


def _is_ours(file: Path) -> bool:
    return file.suffix.lower() in FOLDER_SUFFIXES and not file.name.startswith(SKIPPED_PREFIXES) and file.is_file()


class _Gathering:
    """Collects sheets and faults over all files."""

    def __init__(self, known: Sequence[str], offered: Sequence[str]) -> None:
        self.known = {name.casefold(): name for name in known}
        self.offered = offered
        self.found: dict[str, tuple[str, RawSheet]] = {}
        self.faults: list[Fault] = []
        self.unread: set[str] = set()
        self.warnings: list[Fault] = []

    def add(self, content: Content) -> None:
        is_workbook = PurePosixPath(content.label).suffix.lower() in WORKBOOK_SUFFIXES
        name = None if is_workbook else self._name_of(content)
        try:
            if is_workbook:
                self._add_workbook(content)
            elif name is None:
                raise content.fault(f"onbekende bestandsnaam{self._hint(_stem(content))}; {self._all_names()}")
            else:
                self._put(name, content.label, read_csv(content, name))
        except FileFault as fault:
            self.fail(fault.faults, name)
        except OSError:
            self.fail([Fault(content.label, None, None, "het bestand kan niet worden gelezen")], name)

    def fail(self, faults: Iterable[Fault], name: str | None = None) -> None:
        """Note what is wrong with a file that holds this sheet; without a name it may hold any."""
        self.faults.extend(faults)
        self.unread.update([name] if name is not None else self.known.values())

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
            try:
                raw = workbook.read(sheet, name)
            except FileFault as fault:
                self.fail(fault.faults, name)
                continue
            if raw is None:
                self.fail(content.fault(f"blad {shown(sheet)} is leeg").faults, name)
            else:
                self._put(name, content.label, raw)

    def _put(self, name: str, label: str, raw: RawSheet) -> None:
        if name in self.found:
            message = f"{name} komt twee keer voor, ook in {self.found[name][0]}"
            self.fail([Fault(label, None, None, message)], name)
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
