"""Freezing a sector's sum at the closing of its round. Part of the caller's transaction."""

from datetime import datetime
from typing import TYPE_CHECKING

from progress import checksums
from progress.models import Round, SectorSnapshot
from progress.rounds import members_of
from progress.sector_sums import document, sum_of

if TYPE_CHECKING:
    from accounts.models import User


def freeze_sector(*, by: "User | None", round: Round, now: datetime) -> SectorSnapshot:
    """Freeze the sum of what is approved, with which versions it was made of and who was asked.

    The caller holds the round's lock; the round is still open, or this would be the sum of the closing before.
    """
    members = members_of(round)
    parts = [
        {"snapshot": str(each.approved.uuid), "checksum": each.approved.checksum}
        for each in members
        if each.belongs and each.approved
    ]
    asked = sorted(str(each.employer.uuid) for each in members if each.belongs)
    frozen = SectorSnapshot(
        round=round,
        version=round.sums.count() + 1,
        figures=document(sum_of(round, members)) | {"employers": asked},
        parts=parts,
        made_at=now,
        made_by=by,
    )
    frozen.checksum = checksums.of_sector(frozen)
    frozen.save()
    return frozen
