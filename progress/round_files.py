"""Lists and reports of rounds as tables for a file: the same rows, in the same order, with the same total."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from files.sheets import Table, Value
from placements.counting.reasons import label
from progress import wording
from progress.differences import Report
from progress.figures import Figures
from progress.frozen import FrozenSlice
from progress.models import SnapshotLine
from progress.protected import Cell
from progress.round_tables import Line
from progress.round_words import CAUSES
from ui.dutch import rounded

#: The columns of :func:`figure_cells`.
FIGURES = (
    "uren_per_week",
    "banen",
    "personen",
    "streefcijfer",
    "eenheid",
    "gerealiseerd",
    "voortgang_pct",
)


def rounds_table(lines: Iterable[Line]) -> Table:
    """Return a list of rounds."""
    rows = ((line.day, line.sector, line.deadline, line.stand) for line in lines)
    return Table("rondes", ("peildatum", "sector", "indienen_uiterlijk", "stand"), rows)


def versions_table(lines: Iterable[Line]) -> Table:
    """Return the versions one employer handed in."""
    rows = (
        [line.name, line.stand, line.moment.date() if line.moment else None, line.by, *figure_cells(line.figures)]
        for line in lines
    )
    return Table("versies", ("versie", "stand", "ingediend", "door", *FIGURES), rows)


def snapshot_tables(figures: Figures, lines: Iterable[SnapshotLine], teams: Sequence[FrozenSlice]) -> list[Table]:
    """Return what was frozen: its lines first, then the shares in teams, then the figures they add up to."""
    header = ("plaatsingcode", "kandidaatcode", "afdelingcode", "telt_mee", "regel", "omschrijving", "uren_per_week")
    rows = (
        (
            line.placement_code,
            line.person_code,
            line.unit_code,
            "ja" if line.counts else "nee",
            line.rule,
            label(line.rule),
            Decimal(line.hours) / 100,
        )
        for line in lines
    )
    shares = (
        (
            piece.code,
            piece.share.places,
            piece.share.all_places,
            rounded(piece.hours / 100, 2),
            rounded(piece.persons, 1),
        )
        for piece in teams
    )
    return [
        Table("telregels", header, rows),
        Table("teams", ("teamcode", "plaatsen", "alle_plaatsen", "uren_per_week", "personen"), shares),
        Table("cijfers", FIGURES, [figure_cells(figures)]),
    ]


def difference_table(report: Report) -> Table:
    """Return what explains a difference, and the difference itself as the last line."""
    header = ("plaatsing_of_team", "waardoor", "uren_eerst", "uren_daarna", "verschil_uren", "verschil_personen")
    return Table("verschil", header, _differences(report))


def _differences(report: Report) -> Iterator[list[Value]]:
    for row in report.rows or ():
        why = f"{CAUSES[row.cause]}: {label(row.rule).lower()}" if row.rule else CAUSES[row.cause]
        yield [
            row.code,
            why,
            *(rounded(each, 2) for each in (row.before, row.after, row.hours)),
            rounded(row.persons, 1),
        ]
    before, after = report.before.figures.hours, report.after.figures.hours
    hours = [rounded(each, 2) for each in (before, after, report.hours)]
    yield ["Samen", None, *hours, rounded(report.persons, 1)]


def causes_table(report: Report, cells: Iterable[Cell]) -> Table:
    """Return the sums per cause as an adviser may see them; a hidden one has no numbers."""
    rows: list[list[Value]] = [
        [CAUSES[cell.cause], *_sum(cell.sum.hours, cell.sum.persons), "nee"]
        if cell.sum
        else [CAUSES[cell.cause], None, None, "ja"]
        for cell in cells
    ]
    rows.append(["Samen", *_sum(report.hours, report.persons), "nee"])
    return Table("verschil", ("waardoor", "verschil_uren", "verschil_personen", "verborgen"), rows)


def _sum(hours: Fraction, persons: Fraction) -> list[Value]:
    return [rounded(hours, 2), rounded(persons, 1)]


def figure_cells(figures: Figures | None) -> list[Value]:
    """Return figures as cells: hours, jobs, persons, target with its unit, realised and progress."""
    if figures is None:
        return [None] * len(FIGURES)
    target = figures.target
    return [
        rounded(figures.hours, 2),
        rounded(figures.jobs, 1),
        rounded(figures.persons, 1),
        rounded(target.amount, 1) if target else None,
        wording.unit_of(target) if target else None,
        *(None if each is None else rounded(each, 1) for each in (figures.realised, figures.progress_percent)),
    ]
