"""Which cells of a table of persons are hidden, so that no reader learns a count of one or two.

A breakdown hides a cell from 1 to the limit, and as many others as it takes to keep it from being worked out by
subtracting what is shown from a total. The totals per line are the public account (an employer's headline) and always
shown; a total per column is a cell like any other, and hidden where it has to be.

How it works: a table with its totals is a network. Persons flow from each line through its cells to the columns, and
from each column through its total to the whole. What is shown stands fast. A hidden cell can't be worked out when
there is a round trip through it, along hidden cells only, on which one person more here and one fewer there leaves
every total as it is. For every small cell that has none, the cheapest round trip is hidden as well: the fewest
persons, a total only where cells do not do.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count

from django.conf import settings

#: What hiding a column's total costs above the persons in it: more than any cells.
_TOTAL = 10**9

Place = tuple[int, int]
_Node = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Hidden:
    """What must not be shown: cells by line and column, and columns whose total must not be."""

    cells: frozenset[Place] = frozenset()
    column_totals: frozenset[int] = frozenset()


@dataclass(slots=True, eq=False)
class _Edge:
    """A cell, or a column's total: ``value`` persons from one end to the other."""

    tail: _Node
    head: _Node
    value: int
    extra: int = 0
    hidden: bool = False

    @property
    def cost(self) -> int:
        return 0 if self.hidden else self.value + 1 + self.extra


#: How each node was come to: the edge, and the node before it.
_Came = dict[_Node, tuple[_Edge | None, _Node]]


@dataclass(slots=True)
class _Network:
    """The edges, those at each node, and of these the hidden ones."""

    edges: dict[Place | int, _Edge] = field(default_factory=dict)
    at: dict[_Node, list[_Edge]] = field(default_factory=lambda: defaultdict(list))
    hidden_at: dict[_Node, list[_Edge]] = field(default_factory=lambda: defaultdict(list))

    def add(self, key: Place | int, edge: _Edge) -> None:
        self.edges[key] = edge
        for node in (edge.tail, edge.head):
            self.at[node].append(edge)

    def hide(self, edge: _Edge) -> None:
        if not edge.hidden:
            edge.hidden = True
            for node in (edge.tail, edge.head):
                self.hidden_at[node].append(edge)

    def trip(self, through: _Edge) -> list[_Edge]:
        """Return the cheapest round trip through an edge, without that edge; empty when there is none."""
        ends = ((through.head, through.tail), (through.tail, through.head))
        for start, end in ends:
            if way := self._free_way(start, end, through):
                return way
        ways = [self._way(start, end, through) for start, end in ends]
        return min((way for way in ways if way), key=lambda way: sum(edge.cost for edge in way), default=[])

    def _free_way(self, start: _Node, end: _Node, without: _Edge) -> list[_Edge]:
        """Return a way from one node to another along edges that are hidden already."""
        came: _Came = {start: (None, start)}
        waiting = deque([start])
        while waiting and end not in came:
            node = waiting.popleft()
            for edge, onward in _steps(node, self.hidden_at[node], without):
                if onward not in came:
                    came[onward] = (edge, node)
                    waiting.append(onward)
        return list(_back(came, end)) if end in came else []

    def _way(self, start: _Node, end: _Node, without: _Edge) -> list[_Edge]:
        """Return the way from one node to another that hides the fewest persons."""
        turn = count()
        waiting: list[tuple[int, int, _Node, _Edge | None, _Node]] = [(0, next(turn), start, None, start)]
        came: _Came = {}
        while waiting and end not in came:
            cost, _, node, edge, before = heappop(waiting)
            if node in came:
                continue
            came[node] = (edge, before)
            for step, onward in _steps(node, self.at[node], without):
                if onward not in came:
                    heappush(waiting, (cost + step.cost, next(turn), onward, step, node))
        return list(_back(came, end)) if end in came else []


def _steps(node: _Node, edges: Iterable[_Edge], without: _Edge) -> Iterator[tuple[_Edge, _Node]]:
    """Yield where one may go on from a node: along an edge adds a person to it, against it takes one away."""
    for edge in edges:
        if edge is without:
            continue
        if edge.tail == node:
            yield edge, edge.head
        elif edge.value > 0:
            yield edge, edge.tail


def _back(came: _Came, end: _Node) -> Iterator[_Edge]:
    """Yield the edges of the way that came to a node, last one first."""
    edge, before = came[end]
    while edge is not None:
        yield edge
        edge, before = came[before]


def most_of_small(limit: int | None = None) -> int:
    """Return the largest count that is small: the setting ``SMALL_CELL_LIMIT`` unless given."""
    return settings.SMALL_CELL_LIMIT if limit is None else limit


def hide(
    table: Sequence[Sequence[int]],
    *,
    people: Sequence[Sequence[int]] | None = None,
    people_of_totals: Sequence[int] = (),
    limit: int | None = None,
) -> Hidden:
    """Say what to hide of a table of counts, whose totals per line are shown.

    ``people``: how many persons each count is about, where it counts something else; ``people_of_totals``: the same of
    each column's total, for somebody may stand on several lines. ``limit`` is the largest count that is small
    (:func:`most_of_small`). A small cell that no hiding can protect, since the line's own total gives it away (a line
    of one cell), is hidden none the less.
    """
    network = _network(table)
    most = most_of_small(limit)
    heads: dict[Place | int, int] = dict(enumerate(people_of_totals))
    heads |= {(line, column): count for line, row in enumerate(people or ()) for column, count in enumerate(row)}
    small = [
        edge
        for key, edge in network.edges.items()
        if edge.value and min(edge.value, heads.get(key, edge.value)) <= most
    ]
    for edge in small:
        network.hide(edge)
    safe: set[_Edge] = set()
    for edge in small:
        if edge not in safe:
            trip = network.trip(edge)
            safe.update(trip)
            for other in trip:
                network.hide(other)
    hidden = [key for key, edge in network.edges.items() if edge.hidden]
    return Hidden(
        frozenset(key for key in hidden if isinstance(key, tuple)),
        frozenset(key for key in hidden if isinstance(key, int)),
    )


def _network(table: Sequence[Sequence[int]]) -> _Network:
    """Return the table as a network."""
    network = _Network()
    for line, cells in enumerate(table):
        for column, value in enumerate(cells):
            network.add((line, column), _Edge(("line", line), ("column", column), value))
    for column in range(len(table[0]) if table else 0):
        whole = sum(cells[column] for cells in table)
        network.add(column, _Edge(("column", column), ("whole", 0), whole, extra=_TOTAL))
    return network
