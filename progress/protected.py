"""The difference report as an adviser may see it: sums per cause, and none that is about one or two people.

A cell that differs from the same cell in a report of an earlier version is hidden too: the two together would tell
what one correction did. What is hidden is hidden among causes that work the same way, for the sign of what is left of
the total would tell them apart.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from progress.differences import GROUPS, Cause, Report, Sum, compare, frozen_standing
from progress.models import Kind, Round, Snapshot
from progress.rules import half_year_before
from progress.small_cells import hide


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cause adds up to; ``sum`` is None when it is hidden."""

    cause: Cause
    sum: Sum | None


def report_for(snapshot: Snapshot) -> tuple[Report, list[Cell]] | None:
    """Return the difference with the half-year before, and what may be shown of it.

    None when the employer has no approved snapshot of that half-year in this sector. A report that rests on totals has
    no cells.
    """
    versions = list(snapshot.submission.snapshots.filter(version__lte=snapshot.version).order_by("version").for_list())
    bases = list(_before(snapshot.submission.round, snapshot.submission.employer_id))
    if not bases:
        return None
    reports = [
        compare(frozen_standing(base), frozen_standing(version))
        for base in bases
        for version in versions
        if version.pk == snapshot.pk or version.kind == Kind.COUNTED
    ]
    last = reports[-1]
    return last, [] if last.rows is None else cells(last, reports[:-1])


def cells(report: Report, earlier: Sequence[Report] = ()) -> list[Cell]:
    """Return every cause that explains something, with its sums where they may be shown."""
    sums = report.sums()
    seen = [each.sums() for each in earlier if each.rows is not None]
    hidden = set()
    for group in GROUPS:
        counts = [_people(sums[cause], [each[cause] for each in seen]) for cause in group]
        hidden |= {group[column] for _, column in hide([counts], column_totals=False).cells}
    return [
        Cell(cause, None if cause in hidden else sums[cause])
        for cause in Cause
        if cause in hidden or sums[cause].number
    ]


def _people(now: Sum, before: Sequence[Sum]) -> int:
    """Return how many people a cell is about; one, which is always hidden, when an earlier report said otherwise."""
    return 1 if any(each != now for each in before) else now.touched


def _before(round: Round, employer_id: int) -> "QuerySet[Snapshot]":
    """Return the approved versions of the half-year before, in a round of the same sector."""
    return (
        Snapshot.objects.approved()
        .filter(
            submission__employer=employer_id,
            submission__round__sector=round.sector_id,
            submission__round__day=half_year_before(round.day),
        )
        .order_by("version")
        .for_list()
    )
