"""The difference report as an adviser may see it: sums per cause, and none that is about one or two people.

A cell that differs from the same cell in a report of an earlier version is hidden too: the two together would tell
what one correction did. What is hidden is hidden among causes that work the same way, for the sign of what is left of
the total would tell them apart; and among all of those, for some causes can't be what is left: another person in a
placement brings no hours, and an employer that buys no team has no share in one.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from progress.differences import GROUPS, Cause, Report, Sum, compare, frozen_standing
from progress.models import Kind, Round, Snapshot
from progress.rules import half_year_before
from progress.small_cells import most_of_small


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
    hidden: set[Cause] = set()
    for group in GROUPS:
        if any(_is_small(sums[cause], [each[cause] for each in seen]) for cause in group):
            hidden.update(group)
    return [
        Cell(cause, None if cause in hidden else sums[cause])
        for cause in Cause
        if cause in hidden or sums[cause].number
    ]


def _is_small(now: Sum, before: Sequence[Sum]) -> bool:
    """Tell whether a cell is about a few people, or tells something of a few beside what an earlier report said."""
    return 1 <= now.touched <= most_of_small() or any(each != now for each in before)


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
