"""The counts as a plain text table, for people at a terminal."""

from collections.abc import Sequence

from placements.counting.figures import one_decimal, two_decimals
from placements.moments import Moment
from progress.figures import Figures

_HEAD = ("code", "uren", "banen", "personen", "tellen", "tellen niet", "streefcijfer", "gerealiseerd", "%", "verschil")


def as_table(at: Moment, employers: list[Figures], sectors: list[Figures], *, title: str = "Werkgevers") -> str:
    """Return the figures of a day as aligned columns, with Dutch decimals; ``title`` is what the first rows are."""
    parts = [f"Stand op {at.day:%d-%m-%Y}, {at.regime.name.lower()} ({at.regime.code})"]
    for name, rows in (
        (title, [_row(f.subject.code if f.subject else "", f, with_counts=True) for f in employers]),
        ("Sectoren", [_row(f.sector_code, f, with_counts=False) for f in sectors]),
    ):
        if rows:
            parts += ["", name, *_aligned([_HEAD, *rows])]
    return "\n".join(parts)


def _row(code: str, f: Figures, *, with_counts: bool) -> tuple[str, ...]:
    counts = (str(f.counted), str(f.excluded_total)) if with_counts else ("", "")
    amounts = (two_decimals(f.hours), one_decimal(f.jobs), one_decimal(f.persons))
    if f.target is None or f.realised is None or f.gap is None:
        against: tuple[str, ...] = ("–", "–", "–", "–")
    else:
        percent = "–" if f.progress_percent is None else one_decimal(f.progress_percent)
        target = f"{one_decimal(f.target.amount)} {f.target.unit}"
        against = (target, one_decimal(f.realised), percent, one_decimal(f.gap))
    return (code, *(cell.replace(".", ",") for cell in (*amounts, *counts, *against)))


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(len(row[i]) for row in rows) for i in range(len(_HEAD))]
    return [
        "  ".join(
            cell.ljust(w) if i == 0 else cell.rjust(w) for i, (cell, w) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    ]
