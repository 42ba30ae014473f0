"""The JSON of ``manage.py progress``: a stable format that scripts and tests read."""

from dataclasses import replace
from typing import Any

from employers.models import OrgUnit
from placements.counting.figures import one_decimal, two_decimals
from placements.moments import Moment
from progress.figures import Figures


def document(at: Moment, employers: list[Figures], sectors: list[Figures]) -> dict[str, Any]:
    """Return the figures of a day; numbers are strings with fixed decimals (hours 2, the others 1)."""
    return {
        "on": at.day.isoformat(),
        "regime": at.regime.code,
        "employers": [
            {
                "employer": f.subject.code if f.subject else "",
                "sector": f.sector_code,
                **_amounts(f),
                "counted": f.counted,
                "excluded": f.excluded,
                **_against_target(f),
            }
            for f in employers
        ],
        "sectors": [{"sector": f.sector_code, **_amounts(f), **_against_target(f)} for f in sectors],
    }


def of_unit(at: Moment, employer: Figures, unit: OrgUnit, figures: Figures) -> dict[str, Any]:
    """Return the figures of one unit of an employer in the same shape, with the unit's code beside the employer's."""
    found = document(at, [replace(figures, subject=employer.subject, sector_code=employer.sector_code)], [])
    found["employers"][0]["unit"] = unit.code
    return found


def _amounts(f: Figures) -> dict[str, str]:
    return {"hours": two_decimals(f.hours), "jobs": one_decimal(f.jobs), "persons": one_decimal(f.persons)}


def _against_target(f: Figures) -> dict[str, str | None]:
    if f.target is None or f.realised is None or f.gap is None:
        return dict.fromkeys(("target", "target_unit", "realised", "progress_pct", "gap"))
    return {
        "target": one_decimal(f.target.amount),
        "target_unit": f.target.unit.json,
        "realised": one_decimal(f.realised),
        "progress_pct": None if f.progress_percent is None else one_decimal(f.progress_percent),
        "gap": one_decimal(f.gap),
    }
