"""What an upload comes down to: a row per sheet, and a row per row."""

from collections import Counter
from dataclasses import dataclass

from employers.importers.intake import Status
from exchange.outcome import Outcome
from ui import tables

FAULT = "fout"
WARNING = "let op"

_TONES = {FAULT: "error", WARNING: "warning", Status.NEW: "success", Status.CHANGED: "info"}


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the file and what becomes of it, or a fault in it."""

    sheet: str
    line: int | None
    label: str
    status: str
    text: str

    @property
    def place(self) -> str:
        """Where it stands, as messages say it."""
        return ", ".join(filter(None, (self.sheet, f"regel {self.line}" if self.line else ""))) or "hele bestand"


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
    new = tables.NumberColumn(verbose_name="Nieuw")
    changed = tables.NumberColumn(verbose_name="Gewijzigd")
    unchanged = tables.NumberColumn(verbose_name="Ongewijzigd")
    faults = tables.NumberColumn(verbose_name="Fouten")


def sheet_rows(outcome: Outcome) -> list[dict[str, object]]:
    """Return the rows of :class:`SheetTable`."""
    faults = Counter(fault.sheet for fault in outcome.faults)
    return [
        {
            "sheet": tally.sheet,
            "rows": tally.number_of_rows,
            "new": tally.records[Status.NEW],
            "changed": tally.records[Status.CHANGED],
            "unchanged": tally.records[Status.UNCHANGED],
            "faults": faults[tally.sheet],
        }
        for tally in outcome.tallies
    ]


def lines(outcome: Outcome) -> list[Line]:
    """Return faults and warnings first, then every row of the files that has no fault."""
    found = [Line(f.sheet or "", f.line, f.column or "", FAULT, f.message) for f in outcome.faults]
    found += [Line(f.sheet or "", f.line, f.column or "", WARNING, f.message) for f in outcome.warnings]
    faulty = {(fault.sheet, fault.line) for fault in outcome.faults}
    for tally in outcome.tallies:
        found += [
            Line(tally.sheet, row.line, row.label, row.status, f"wijzigt: {row.columns}" if row.columns else "")
            for row in tally.rows
            if (tally.sheet, row.line) not in faulty
        ]
    return found
