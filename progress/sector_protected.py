"""What a sector as a whole may show of its difference with the half-year before: sums per cause over employers.

Beside a sum stand the reports of the employers (:mod:`progress.protected`), and what those hide must not follow from
the sum. A sum is shown when nothing in it is hidden. Once it is final it is shown too when what is hidden is about more
than a few people and every hidden cell could be one more while others are one fewer, with every line and every sum that
is shown as it is; before that, the sum of today and that of tomorrow would tell who came in between. A sum in which a
correction made a difference is not shown. Causes that work the same way are hidden together, as in a report.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from progress.differences import GROUPS, Cause, Sum
from progress.protected import Cell
from progress.small_cells import most_of_small

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
    sums = {cause: sum((line.sums[cause] for line in lines), Sum()) for cause in Cause}
    closed = {cause for group in GROUPS if _is_closed(group, lines, final=final) for cause in group}
    return [
        Cell(cause, None if cause in closed else sums[cause])
        for cause in Cause
        if cause in closed or sums[cause].number
    ]


def _is_closed(group: Sequence[Cause], lines: Sequence[Line], *, final: bool) -> bool:
    """Tell whether the sums of causes that work the same way are hidden."""
    if any(cause in line.corrected for line in lines for cause in group):
        return True
    cells = [(number, cause) for number, line in enumerate(lines) for cause in group if cause in line.hidden]
    hidden: dict[Cause, Sum] = defaultdict(Sum)
    for number, cause in cells:
        hidden[cause] += lines[number].sums[cause]
    behind = {cause: each.touched for cause, each in hidden.items() if each.touched}
    if any(number <= most_of_small() for number in behind.values()) or Cause.SAME_PERSON in behind:
        return True
    # A sum with nobody behind what is hidden of it says so: those cells are as good as shown.
    return (bool(cells) and not final) or bool(_bridges([cell for cell in cells if cell[1] in behind]))


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
