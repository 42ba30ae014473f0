"""Sectors, employers and their dated facts, units, targets, partners, and figures that others publish."""

from employers.models.published import Doubt, OfficialFigure, PublishedFigure, PublishedKind, PublishedPart
from employers.models.structure import (
    Employer,
    EmployerFact,
    OrgUnit,
    Partner,
    PartnerAlias,
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
    "PartnerAlias",
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
