"""An adviser's tables as a file: what the page shows, rounded alike, and nothing that the page hides."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from files.sheets import Table
from placements.moments import Moment
from progress.course import Course
from progress.export import FIGURE_HEADER, figure_cells
from progress.figures import Figures
from progress.sector_tables import HIDDEN, Beside, rate_of
from progress.shielding import Shown
from ui import dutch

_BESIDE = (
    "aangeleverd",
    "verschil_met_laatste_halfjaar",
    "verschil_met_halfjaar_daarvoor",
    "verwacht_op_31_december",
    "eenheid_van_verschil",
    "vast_contract_pct",
    "na_12_maanden_pct",
)


def adviser_table(name: str, at: Moment, rows: Sequence[tuple[str, Figures, Beside]]) -> Table:
    """Return figures with what stands beside them; each row comes with its level."""
    first, last = FIGURE_HEADER[:-2], FIGURE_HEADER[-2:]
    header = (*first, *_BESIDE, *last)
    return Table(
        name,
        header,
        ([*figure_cells(level, figures), *_beside(beside), at.day, at.regime.name] for level, figures, beside in rows),
    )


def course_table(course: Course) -> Table:
    """Return the months of the chart."""
    return Table("verloop", ("maand", "eenheid", "aantal", "streefcijfer"), course.numbers())


def _beside(beside: Beside) -> list[Any]:
    since = [*beside.since, None, None][:2]
    return [
        beside.delivery.text if beside.delivery else None,
        *(_rounded(number) for number in since),
        _rounded(beside.forecast),
        str(beside.unit),
        _rate(beside.contracts),
        _rate(beside.stays),
    ]


def _rate(shown: Shown | None) -> Decimal | str | None:
    if shown is None:
        return None
    share = rate_of(shown)
    return HIDDEN if share is None else dutch.rounded(dutch.hundredfold(share), 1)


def _rounded(number: Any) -> Decimal | None:
    return None if number is None else dutch.rounded(number, 1)
