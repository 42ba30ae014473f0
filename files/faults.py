"""Faults: what is wrong in a file, where, and the nearest code that may have been meant."""

from collections.abc import Collection
from dataclasses import dataclass
from difflib import get_close_matches

MAX_CANDIDATES = 500
"""Codes that are compared letter by letter for one suggestion; keeps it in milliseconds."""

MAX_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault, in Dutch. `line` counts as a spreadsheet does: the header is 1. Unknown parts are None."""

    sheet: str | None
    line: int | None
    column: str | None
    message: str

    def __str__(self) -> str:
        line = None if self.line is None else f"regel {self.line}"
        place = ", ".join(part for part in (self.sheet, line, self.column) if part)
        return f"{place}: {self.message}" if place else self.message

    def __lt__(self, other: "Fault") -> bool:
        return self._place() < other._place()

    def _place(self) -> tuple[str, int, str]:
        return (self.sheet or "", self.line or 0, self.column or "")


class FileFault(Exception):  # noqa: N818 - a fault is what people see
    """A file, or several, can't be read at all. `faults` says why, one for each file."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(*faults)
        self.faults = faults

    def __str__(self) -> str:
        return "\n".join(map(str, self.faults))


def shown(value: str) -> str:
    """A value as it is quoted in a message, shortened."""
    return f"“{value}”" if len(value) <= MAX_SHOWN else f"“{value[: MAX_SHOWN - 1]}…”"


def within_one_edit(a: str, b: str) -> bool:
    """Whether `a` equals `b`, or does after inserting, removing or replacing one character."""
    if abs(len(a) - len(b)) > 1:
        return False
    same = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    rest_a, rest_b = a[same:], b[same:]
    return rest_a[1:] == rest_b[1:] or rest_a == rest_b[1:] or rest_a[1:] == rest_b


def suggest(value: str, known: Collection[str]) -> str | None:
    """The code in `known` that `value` most likely stands for, whatever its case, or None.

    Some 10 ms with 40,000 known codes, so callers suggest for their first faults only.
    """
    wanted = value.strip().casefold()
    folded = {code.casefold(): code for code in known}
    if wanted in folded:
        return folded[wanted]
    candidates = _candidates(wanted, folded)
    near = sorted(code for code in candidates if within_one_edit(wanted, code))
    near = near or get_close_matches(wanted, sorted(candidates)[:MAX_CANDIDATES], n=1, cutoff=0.6)
    return folded[near[0]] if near else None


def _candidates(wanted: str, folded: Collection[str]) -> Collection[str]:
    """Of many codes only those that share a half with `wanted`: one edit always leaves a half untouched."""
    if len(folded) <= MAX_CANDIDATES:
        return folded
    head, tail = wanted[: len(wanted) // 2], wanted[len(wanted) // 2 :]
    return [code for code in folded if code.startswith(head) or code.endswith(tail)]
