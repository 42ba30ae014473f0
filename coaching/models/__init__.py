"""Coaches, whom they coach, and what they record. Confidences stand in a table of their own."""

from coaching.models.assignments import (
    Assignment,
    AssignmentPhase,
    Funder,
    Grant,
    HandOver,
    Phase,
    ScoreSignal,
)
from coaching.models.buddies import Buddy, BuddyLink, TrainingDay
from coaching.models.check_ins import (
    Addendum,
    Agreement,
    CheckIn,
    CheckInDraft,
    ConfidentialNote,
    Kind,
    Participant,
    Scores,
)
from coaching.models.coaches import JobCoach, PartnerLink
from coaching.models.development import Goal, GoalStep, Intervention, Result, ToolkitItem
from coaching.models.workplace import Adjustment, Growth, GrowthKind, Obstacle

__all__ = [
    "Addendum",
    "Adjustment",
    "Agreement",
    "Assignment",
    "AssignmentPhase",
    "Buddy",
    "BuddyLink",
    "CheckIn",
    "CheckInDraft",
    "ConfidentialNote",
    "Funder",
    "Goal",
    "GoalStep",
    "Grant",
    "Growth",
    "GrowthKind",
    "HandOver",
    "Intervention",
    "JobCoach",
    "Kind",
    "Obstacle",
    "Participant",
    "PartnerLink",
    "Phase",
    "Result",
    "ScoreSignal",
    "Scores",
    "ToolkitItem",
    "TrainingDay",
]
