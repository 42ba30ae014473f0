"""Makes records for tests: the smallest valid one, with traits for what a test is about."""

from tests.factories.accounts import PASSWORD, AuditEventFactory, MembershipFactory, UserFactory
from tests.factories.candidates import CandidateFactory, RegisterPeriodFactory
from tests.factories.coaching import (
    AssignmentFactory,
    BuddyFactory,
    CheckInFactory,
    GrantFactory,
    JobCoachFactory,
    PartnerLinkFactory,
    ToolkitItemFactory,
)
from tests.factories.employers import (
    EmployerFactory,
    OfficialFigureFactory,
    OrgUnitFactory,
    PartnerFactory,
    SectorFactory,
    TargetFactory,
)
from tests.factories.placements import PlacementFactory, PurchaseFactory, TeamFactory, TrialFactory
from tests.factories.progress import RoundFactory, SnapshotFactory

__all__ = [
    "PASSWORD",
    "AssignmentFactory",
    "AuditEventFactory",
    "BuddyFactory",
    "CandidateFactory",
    "CheckInFactory",
    "EmployerFactory",
    "GrantFactory",
    "JobCoachFactory",
    "MembershipFactory",
    "OfficialFigureFactory",
    "OrgUnitFactory",
    "PartnerFactory",
    "PartnerLinkFactory",
    "PlacementFactory",
    "PurchaseFactory",
    "RegisterPeriodFactory",
    "RoundFactory",
    "SectorFactory",
    "SnapshotFactory",
    "TargetFactory",
    "TeamFactory",
    "ToolkitItemFactory",
    "TrialFactory",
    "UserFactory",
]
