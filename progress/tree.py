"""Units in the order of their tree, each directly below what it falls under."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from employers.models import OrgUnit


class Node(NamedTuple):
    """A unit and how deep it stands; 0 is directly under the employer."""

    unit: OrgUnit
    depth: int

    @property
    def indented_name(self) -> str:
        """The name for a list of choices, where depth can only be shown in the text."""
        return f"{'– ' * self.depth}{self.unit.name}"


def in_tree_order(units: Iterable[OrgUnit]) -> Iterator[Node]:
    """Yield the units of one employer from the top, brothers and sisters in the order given."""
    below: dict[int | None, list[OrgUnit]] = defaultdict(list)
    for unit in units:
        below[unit.parent_id].append(unit)
    waiting = [Node(unit, 0) for unit in reversed(below[None])]
    while waiting:
        node = waiting.pop()
        yield node
        waiting += [Node(child, node.depth + 1) for child in reversed(below[node.unit.pk])]


def below(nodes: Iterable[Node], top: OrgUnit) -> list[Node]:
    """Return everything below a unit, its children at depth 0."""
    found: list[Node] = []
    start: int | None = None
    for node in nodes:
        if start is not None and node.depth <= start:
            break
        if start is not None:
            found.append(Node(node.unit, node.depth - start - 1))
        elif node.unit.pk == top.pk:
            start = node.depth
    return found
