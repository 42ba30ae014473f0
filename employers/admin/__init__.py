"""What an administrator manages of this room."""

from employers.admin.published import PublishedFigureAdmin
from employers.admin.structure import EmployerAdmin, OrgUnitAdmin, PartnerAdmin, SectorAdmin, TargetAdmin

__all__ = ["EmployerAdmin", "OrgUnitAdmin", "PartnerAdmin", "PublishedFigureAdmin", "SectorAdmin", "TargetAdmin"]
