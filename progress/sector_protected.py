"""What a sector as a whole may show of its difference with the half-year before: sums per cause over employers.

Beside a sum stand the reports of the employers (:mod:`progress.protected`), and what those hide must not follow from
the sum. A sum is shown when nothing in it is hidden. Once it is final it is shown too when what is hidden is about more
than a few people and every hidden cell could be one more while others are one fewer, with every line and every sum that
is shown as it is; before that, the sum of today and that of tomorrow would tell who came in between. A sum in which a
correction made a difference is not shown.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings

from progress.differences import GROUPS, Cause, Sum
from progress.protected import Cell

_Edge = tuple[object, object]


@dataclass(frozen=True, slots=True)
class Line:
    """What one employer's report holds: every cause's sum, and which are hidden or were corrected since."""

    sums: Mapping[Cause, Sum]
    hidden: frozenset[Cause]
    corrected: frozenset[Cause] = frozenset()


def sector_cells(lines: Sequence[Line], *, final: bool) -> list[Cell]:
    """Return every cause that explains something, with its sum over the employers where it may be shown.

    ``final`` tells that no employer will be added to the lines, or was since they were first shown.
    """
    sums = {cause: _added(line.sums[cause] for line in lines) for cause in Cause}
    closed = {cause for group in GROUPS for cause in _closed(group, lines, sums, final=final)}
    return [
        Cell(cause, None if cause in closed else sums[cause])
        for cause in Cause
        if cause in closed or sums[cause].number
    ]


def _added(sums: Iterable[Sum]) -> Sum:
    found = Sum()
    for each in sums:
        found = Sum(
            found.number + each.number,
            found.hours + each.hours,
            found.persons + each.persons,
            found.touched + each.touched,
        )
    return found


def _closed(group: Sequence[Cause], lines: Sequence[Line], sums: Mapping[Cause, Sum], *, final: bool) -> set[Cause]:
    """Return which sums of causes that work the same way are hidden."""
    cells = [(number, cause) for number, line in enumerate(lines) for cause in group if cause in line.hidden]
    people: dict[Cause, int] = defaultdict(int)
    for number, cause in cells:
        people[cause] += lines[number].sums[cause].touched
    closed = {cause for cause, number in people.items() if number <= settings.SMALL_CELL_LIMIT or not final}
    closed |= {cause for line in lines for cause in group if cause in line.corrected}
    while found := {cause for cause in _given_away(cells, closed) if cause not in closed}:
        closed |= found
    if len(closed) == 1:
        closed.add(min((cause for cause in group if cause not in closed), key=lambda cause: sums[cause].touched))
    return closed


def _given_away(cells: Sequence[tuple[int, Cause]], closed: set[Cause]) -> set[Cause]:
    """Return the causes with a hidden cell that is on no round trip along hidden cells.

    Sums that are hidden themselves are one place: what one of them has more, another may have less.
    """
    edges: list[_Edge] = [(number, "closed" if cause in closed else cause) for number, cause in cells]
    return {cells[place][1] for place in _bridges(edges)}


def _bridges(edges: Sequence[_Edge]) -> set[int]:
    """Return the places of the edges without which their two ends would not hang together."""
    at: dict[object, list[tuple[int, object]]] = defaultdict(list)
    for place, (one, other) in enumerate(edges):
        at[one].append((place, other))
        at[other].append((place, one))
    order: dict[object, int] = {}
    lowest: dict[object, int] = {}
    found: set[int] = set()
    for root in at:
        if root in order:
            continue
        order[root] = lowest[root] = len(order)
        path = [(root, -1, iter(at[root]))]
        while path:
            node, came_by, onward = path[-1]
            step = next(onward, None)
            if step is None:
                path.pop()
                if path:
                    before = path[-1][0]
                    lowest[before] = min(lowest[before], lowest[node])
                    if lowest[node] > order[before]:
                        found.add(came_by)
            elif step[0] != came_by:
                place, other = step
                if other in order:
                    lowest[node] = min(lowest[node], order[other])
                else:
                    order[other] = lowest[other] = len(order)
                    path.append((other, place, iter(at[other])))
    return found
