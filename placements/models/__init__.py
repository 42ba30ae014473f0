"""Placements and everything that decides whether they count."""

from placements.models.ledger import CountLine, LedgerState, TeamShare
from placements.models.placement import ContractKind, EndReason, Placement, PlacementPeriod, Route
from placements.models.regime import Regime, RegimeVersion
from placements.models.team import Team, TeamPurchase
from placements.models.trial import Trial, TrialKind, TrialOutcome

__all__ = [
    "ContractKind",
    "CountLine",
    "EndReason",
    "LedgerState",
    "Placement",
    "PlacementPeriod",
    "Regime",
    "RegimeVersion",
    "Route",
    "Team",
    "TeamPurchase",
    "TeamShare",
    "Trial",
    "TrialKind",
    "TrialOutcome",
]
