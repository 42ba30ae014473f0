"""The units of an employer as a tree, for lists and choices."""

from collections.abc import Iterable
from dataclasses import dataclass

from employers.models import OrgUnit
from employers.rules import line_above, tree_order

#: One step in, for places where only text can show depth.
STEP = "\N{EM SPACE}"


@dataclass(frozen=True, slots=True)
class Node:
    """A unit at its depth in the tree; 0 is the top."""

    unit: OrgUnit
    depth: int

    @property
    def indented(self) -> str:
        """The name, shifted one step per level."""
        return f"{STEP * self.depth}{self.unit.name}"


def tree_of(units: Iterable[OrgUnit]) -> list[Node]:
    """Return the units with each one after the one above it and siblings in the order they came in."""
    rows = {unit.pk: unit for unit in units}
    parents = {key: unit.parent_id for key, unit in rows.items()}
    return [Node(rows[key], depth) for key, depth in tree_order(parents)]


def unit_choices(units: Iterable[OrgUnit], *, empty: str) -> list[tuple[int | str, str]]:
    """Return the tree as choices of a select, ``empty`` first."""
    return [("", empty), *((node.unit.pk, node.indented) for node in tree_of(units))]


def below(units: Iterable[OrgUnit], unit: OrgUnit) -> set[int]:
    """Return the keys of a unit and everything below it, among these units."""
    parents = {row.pk: row.parent_id for row in units}
    return {key for key in parents if unit.pk in set(line_above(parents, key))}
