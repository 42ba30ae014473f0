"""Half-year rounds and what is frozen in them."""

from progress.models.rounds import Round, State, Submission
from progress.models.snapshots import Kind, SectorSnapshot, Snapshot, SnapshotLine, Way

__all__ = ["Kind", "Round", "SectorSnapshot", "Snapshot", "SnapshotLine", "State", "Submission", "Way"]
