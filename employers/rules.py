"""Decisions about the tree of units, about numbers, and about names like codes. No database, no clock."""

from collections.abc import Iterable, Iterator, Mapping

from files.faults import within_one_edit

#: Codes this long may be misspelled by one character; shorter ones differ from too much by one.
MIN_LENGTH = 4


def near_code(name: str, codes: Iterable[str]) -> str | None:
    """Return the code that the name of a partner equals but for case or, from four characters on, one character.

    The partner would be taken for a misspelled employer, and the employer's placements for a partner's.
    """
    folded = name.casefold()
    for code in codes:
        if code.casefold() == folded or (len(code) >= MIN_LENGTH and within_one_edit(name, code)):
            return code
    return None


def would_be_circular(parents: Mapping[int, int | None], unit: int, parent: int | None) -> bool:
    """Whether ``unit`` would come to lie below itself when put under ``parent``; ``parents`` is the tree as it is."""
    return parent is not None and unit in set(line_above(parents, parent))


def line_above(parents: Mapping[int, int | None], unit: int) -> Iterator[int]:
    """Yield the unit itself and every unit above it, nearest first. Raises ``ValueError`` for a circle."""
    seen: set[int] = set()
    step: int | None = unit
    while step is not None:
        if step in seen:
            raise ValueError(f"unit {step} lies below itself")
        seen.add(step)
        yield step
        step = parents.get(step)


def tree_order(parents: Mapping[int, int | None]) -> list[tuple[int, int]]:
    """Return ``(unit, depth)`` with every unit after the one above it and siblings in the order they came in."""
    children: dict[int | None, list[int]] = {}
    for unit, parent in parents.items():
        children.setdefault(parent if parent in parents else None, []).append(unit)
    ordered: list[tuple[int, int]] = []
    waiting = [(unit, 0) for unit in reversed(children.get(None, []))]
    while waiting:
        unit, depth = waiting.pop()
        ordered.append((unit, depth))
        waiting.extend((child, depth + 1) for child in reversed(children.get(unit, [])))
    return ordered
