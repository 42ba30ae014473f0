"""Makes records for tests: the smallest valid one, with traits for what a test is about."""

from tests.factories.accounts import PASSWORD, AuditEventFactory, MembershipFactory, UserFactory
from tests.factories.candidates import CandidateFactory, RegisterPeriodFactory
from tests.factories.employers import EmployerFactory, OrgUnitFactory, PartnerFactory, SectorFactory, TargetFactory
from tests.factories.placements import PlacementFactory, PurchaseFactory, TeamFactory, TrialFactory

__all__ = [
    "PASSWORD",
    "AuditEventFactory",
    "CandidateFactory",
    "EmployerFactory",
    "MembershipFactory",
    "OrgUnitFactory",
    "PartnerFactory",
    "PlacementFactory",
    "PurchaseFactory",
    "RegisterPeriodFactory",
    "SectorFactory",
    "TargetFactory",
    "TeamFactory",
    "TrialFactory",
    "UserFactory",
]
