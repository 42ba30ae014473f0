"""The one canonical form of what is frozen, and its SHA-256: who changes a figure or a line later is found out.

The form is a line of JSON for the head and one for every count line, keys sorted, without spaces, in UTF-8.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from progress.models import SectorSnapshot, Snapshot

#: The columns of a frozen line, in the order in which they are summed up.
LINE_FIELDS = (
    "placement",
    "person",
    "continues",
    "team",
    "placement_code",
    "person_code",
    "team_code",
    "unit_code",
    "places",
    "all_places",
    "counts",
    "rule",
    "hours",
    "first_day",
    "last_day",
)

#: Lines read at a time.
CHUNK = 2000


def of_snapshot(snapshot: Snapshot, lines: Iterable[tuple[Any, ...]]) -> str:
    """Return the checksum of a snapshot with these lines, in order of their placements."""
    head = {
        "employer": str(snapshot.submission.employer.uuid),
        "round": str(snapshot.submission.round.uuid),
        "version": snapshot.version,
        "previous": snapshot.previous.checksum if snapshot.previous else None,
        "kind": snapshot.kind,
        "way": snapshot.way,
        "figures": snapshot.figures,
        "rules": snapshot.rules,
        "made_at": _moment(snapshot.made_at),
        "made_by": str(snapshot.made_by.uuid) if snapshot.made_by else None,
    }
    return _digest(head, lines)


def of_sector(snapshot: SectorSnapshot) -> str:
    """Return the checksum of a sector's sum."""
    head = {
        "round": str(snapshot.round.uuid),
        "version": snapshot.version,
        "figures": snapshot.figures,
        "parts": snapshot.parts,
        "made_at": _moment(snapshot.made_at),
        "made_by": str(snapshot.made_by.uuid) if snapshot.made_by else None,
    }
    return _digest(head, ())


def stored_lines(snapshot: Snapshot) -> Iterator[tuple[Any, ...]]:
    """Yield the lines as they are in the database now."""
    rows = snapshot.lines.order_by("placement").values_list(*LINE_FIELDS)
    return rows.iterator(chunk_size=CHUNK)


def _digest(head: dict[str, Any], lines: Iterable[tuple[Any, ...]]) -> str:
    digest = hashlib.sha256(_canonical(head))
    for line in lines:
        digest.update(_canonical(line))
    return digest.hexdigest()


def _canonical(value: Any) -> bytes:
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)
    return f"{text}\n".encode()


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()
