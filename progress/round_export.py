"""A round as a file: a line for each employer, then what the sector adds up to, part by part."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from files.sheets import Table, Value
from progress import wording
from progress.models import Kind
from progress.round_tables import Line
from progress.sector_sums import Part, SectorSum
from ui.dutch import rounded

_HEADER = (
    "niveau",
    "naam",
    "stand",
    "ingediend",
    "soort",
    "uren_per_week",
    "banen",
    "personen",
    "streefcijfer",
    "eenheid",
    "gerealiseerd",
    "voortgang_pct",
)


def round_table(lines: Sequence[Line], total: SectorSum) -> Table:
    """Return the employers as they stand, and the sector: counted, own statements, overlap, together."""
    return Table("ronde", _HEADER, _rows(lines, total))


def _rows(lines: Sequence[Line], total: SectorSum) -> Iterator[list[Value]]:
    for line in lines:
        moment = line.moment.date() if line.moment else None
        yield ["werkgever", line.name, line.stand, moment, line.kind if line.figures else None, *_figures(line)]
    sector = Line(str(total.total.subject), figures=total.total)
    for kind, part in ((Kind.COUNTED, total.counted), (Kind.TOTALS, total.own)):
        yield ["deel", sector.name, "Goedgekeurd", None, str(kind.label), *_part(part), None, None, None, None]
    overlap = rounded(-total.counted.overlap, 1)
    yield ["overlap", sector.name, None, None, None, None, None, overlap, None, None, None, None]
    yield ["sector", sector.name, "Goedgekeurd", None, None, *_figures(sector)]


def _figures(line: Line) -> list[Value]:
    target, progress = line.target, line.figures.progress_percent if line.figures else None
    return [
        _maybe(line.hours, 2),
        _maybe(line.jobs, 1),
        _maybe(line.persons, 1),
        rounded(target.amount, 1) if target else None,
        wording.unit_of(target) if target else None,
        _maybe(line.realised, 1),
        _maybe(progress, 1),
    ]


def _part(part: Part) -> list[Value]:
    return [rounded(part.hours, 2), rounded(part.jobs, 1), rounded(part.persons, 1)]


def _maybe(number: Fraction | None, decimals: int) -> Decimal | None:
    return None if number is None else rounded(number, decimals)
