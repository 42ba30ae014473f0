"""Sectors, employers and their dated facts, units, targets, partners, and figures that others publish."""

from employers.models.published import Doubt, OfficialFigure, PublishedFigure, PublishedKind, PublishedPart
from employers.models.structure import (
    Employer,
    EmployerFact,
    OrgUnit,
    Partner,
    PlacementWord,
    ReturnPeriod,
    Sector,
    Target,
    TargetKind,
    UnitAncestry,
)

__all__ = [
    "Doubt",
    "Employer",
    "EmployerFact",
    "OfficialFigure",
    "OrgUnit",
    "Partner",
    "PlacementWord",
    "PublishedFigure",
    "PublishedKind",
    "PublishedPart",
    "ReturnPeriod",
    "Sector",
    "Target",
    "TargetKind",
    "UnitAncestry",
]
