"""What a row changes in a record that stands: the columns, and their values before and after, as files write them."""

from collections.abc import Callable, Collection, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from accounts.drafts import Draft
from ui.dutch import plain_decimal

EMPTY = "leeg"


class Changes(NamedTuple):
    """The columns by name, and (``uren_per_week: 24 → 36``) with their values."""

    columns: str
    values: str

    def joined(self, other: "Changes") -> "Changes":
        """Return these and others."""
        columns, values = zip(self, other, strict=True)
        return Changes(", ".join(filter(None, columns)), "; ".join(filter(None, values)))


def changes_in(
    *drafts: Draft | None,
    columns: Mapping[str, str],
    secret: Collection[str] = (),
    texts: Mapping[str, Callable[[Any], str]] | None = None,
) -> Changes:
    """Return what changes in these drafts; ``columns`` names the column of a field, others are passed over.

    The values of ``secret`` columns are not told; ``texts`` says how to write a field whose value is a key. Two fields
    of one column (an employer or a partner) are one change.
    """
    found: dict[str, tuple[str, str]] = {}
    for draft in drafts:
        if draft is None or draft.is_new:
            continue
        for name, was in zip(draft.changed, draft.was, strict=True):
            column = columns.get(name)
            if column is not None:
                write = (texts or {}).get(name, _written)
                before, after = found.get(column, ("", ""))
                found[column] = (before or write(was), after or write(getattr(draft, name)))
    told = (
        f"{column}: gewijzigd" if column in secret else f"{column}: {before or EMPTY} → {after or EMPTY}"
        for column, (before, after) in found.items()
    )
    return Changes(", ".join(found), "; ".join(told))


def _written(value: Any) -> str:
    """Return a value as a file has it; empty for none."""
    if value is None:
        return ""
    if isinstance(value, Draft):
        return str(getattr(value, "code", "") or getattr(value, "name", ""))
    if isinstance(value, date):
        return f"{value:%d-%m-%Y}"
    return plain_decimal(value) if isinstance(value, Decimal) else str(value)
