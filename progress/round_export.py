"""A round as a file: a line for each employer, then what the sector adds up to, part by part."""

from collections.abc import Iterator, Sequence

from files.sheets import Table, Value
from progress.models import Kind
from progress.round_files import FIGURES, figure_cells
from progress.round_tables import Line
from progress.sector_sums import Part, SectorSum
from ui.dutch import rounded

_HEADER = (
    "niveau",
    "naam",
    "stand",
    "ingediend",
    "soort",
    *FIGURES,
)


def round_table(lines: Sequence[Line], total: SectorSum) -> Table:
    """Return the employers as they stand, and the sector: counted, own statements, overlap, together."""
    return Table("ronde", _HEADER, _rows(lines, total))


def _rows(lines: Sequence[Line], total: SectorSum) -> Iterator[list[Value]]:
    for line in lines:
        moment = line.moment.date() if line.moment else None
        yield [
            "werkgever",
            line.name,
            line.stand,
            moment,
            line.kind if line.figures else None,
            *figure_cells(line.figures),
        ]
    sector = Line(str(total.total.subject), figures=total.total)
    for kind, part in ((Kind.COUNTED, total.counted), (Kind.TOTALS, total.own)):
        yield ["deel", sector.name, "Goedgekeurd", None, str(kind.label), *_part(part), None, None, None, None]
    overlap = rounded(-total.counted.overlap, 1)
    yield ["overlap", sector.name, None, None, None, None, None, overlap, None, None, None, None]
    yield ["sector", sector.name, "Goedgekeurd", None, None, *figure_cells(sector.figures)]


def _part(part: Part) -> list[Value]:
    return [rounded(part.hours, 2), rounded(part.jobs, 1), rounded(part.persons, 1)]
