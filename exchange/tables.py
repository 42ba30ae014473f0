"""What an upload comes down to: a row per sheet, and a row per row."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.utils.html import format_html

from employers.importers.intake import RowResult, Status
from exchange.models import ImportRun
from exchange.outcome import Outcome
from ui import dutch, tables

FAULT = "fout"
WARNING = "let op"
#: Where a fault stands that belongs to no sheet.
WHOLE = "hele bestand"

_TONES = {FAULT: "error", WARNING: "warning", Status.NEW: "success", Status.CHANGED: "info"}

#: The singular of what a sheet holds.
_ONE = {
    "werkgevers": "werkgever",
    "afdelingen": "afdeling",
    "streefcijfers": "streefcijfer",
    "kandidaten": "kandidaat",
    "teams": "team",
    "inkopen": "inkoop",
    "plaatsingen": "plaatsing",
    "proefplaatsingen": "proefplaatsing",
    "jobcoaches": "jobcoach",
    "begeleidingen": "begeleiding",
    "gesprekken": "gesprek",
}

_RUN_TONES = {
    ImportRun.State.DONE: "success",
    ImportRun.State.CHECKED: "info",
    ImportRun.State.FAULTY: "error",
    ImportRun.State.FAILED: "error",
}


class Line(NamedTuple):
    """A row of the file and what becomes of it, or a fault in it."""

    sheet: str
    line: int | None
    label: str
    status: str
    text: str

    @property
    def place(self) -> str:
        """Where it stands, as messages say it."""
        return f"{self.sheet}, regel {self.line}" if self.line else self.sheet


class LineTable(tables.Table):
    """Rows of the files."""

    noun = ("regel", "regels")
    caption = "Regels"
    empty_title = "Geen regels"
    empty_text = "Er zijn geen regels die hieraan voldoen."

    place = tables.HeaderColumn(verbose_name="Plaats")
    label = tables.Column(verbose_name="Code of kolom")
    status = tables.TagColumn(tone=lambda record: _TONES.get(record.status, "neutral"), verbose_name="Uitkomst")
    text = tables.Column(verbose_name="Toelichting")


class SheetTable(tables.Table):
    """One row per file or sheet, with the records it holds."""

    noun = ("bestand", "bestanden")
    caption = "Per bestand of blad"

    sheet = tables.HeaderColumn(verbose_name="Bestand of blad")
    rows = tables.NumberColumn(verbose_name="Regels")
    records = tables.Column(verbose_name="Records")
    new = tables.NumberColumn(verbose_name="Nieuw")
    changed = tables.NumberColumn(verbose_name="Gewijzigd")
    unchanged = tables.NumberColumn(verbose_name="Ongewijzigd")
    faults = tables.NumberColumn(verbose_name="Fouten")


class RunTable(tables.Table):
    """Earlier uploads."""

    noun = ("import", "imports")
    caption = "Eerdere imports"

    file_names = tables.HeaderColumn(verbose_name="Bestand")
    created_at = tables.Column(verbose_name="Wanneer")
    user = tables.Column(verbose_name="Door")
    state = tables.TagColumn(
        tone=lambda record: _RUN_TONES.get(record.state, "neutral"), verbose_name="Stand", accessor="get_state_display"
    )

    def __init__(self, runs: Iterable[ImportRun], *, address: Callable[[ImportRun], str], **kwargs: Any) -> None:
        super().__init__(list(runs), orderable=False, **kwargs)
        self._address = address

    def render_file_names(self, record: ImportRun) -> str:
        return format_html('<a href="{}">{}</a>', self._address(record), record.file_names)

    def render_created_at(self, value: datetime) -> str:
        return dutch.moment(value)


def sheet_rows(outcome: Outcome) -> list[dict[str, object]]:
    """Return the rows of :class:`SheetTable`."""
    faults = Counter(fault.sheet for fault in outcome.faults)
    return [
        {
            "sheet": tally.sheet,
            "rows": tally.number_of_rows,
            "records": dutch.plural(tally.records.total(), _ONE[tally.noun], tally.noun),
            "new": tally.records[Status.NEW],
            "changed": tally.records[Status.CHANGED],
            "unchanged": tally.records[Status.UNCHANGED],
            "faults": faults[tally.sheet],
        }
        for tally in outcome.tallies
    ]


def lines(outcome: Outcome) -> list[Line]:
    """Return faults and warnings first, then every row of the files that has no fault: new, changed, unchanged."""
    found = [Line(f.sheet or WHOLE, f.line, f.column or "", FAULT, f.message) for f in outcome.faults]
    found += [Line(f.sheet or WHOLE, f.line, f.column or "", WARNING, f.message) for f in outcome.warnings]
    faulty = {(fault.sheet, fault.line) for fault in outcome.faults}
    rows = [
        Line(tally.sheet, row.line, row.label, row.status, _changes(row))
        for tally in outcome.tallies
        for row in tally.rows
        if not faulty or (tally.sheet, row.line) not in faulty
    ]
    order = list(Status)
    return found + sorted(rows, key=lambda line: order.index(line.status))


def _changes(row: RowResult) -> str:
    return row.values or (f"wijzigt: {row.columns}" if row.columns else "")
