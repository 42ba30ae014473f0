"""What explains the differences between many pairs of counted snapshots, in as many queries as for one."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from placements.statements import Statement
from progress.differences import SHOWN, Row, TeamState, explain, team_rows
from progress.frozen import teams_of_many
from progress.models import Snapshot

#: Two snapshots by key: the earlier and the later one.
Pair = tuple[int, int]


def compare_many(pairs: Iterable[tuple[Snapshot, Snapshot]]) -> dict[Pair, list[Row]]:
    """Return the rows of each pair, as :func:`progress.differences.compare` does; three queries.

    Both of a pair are counted, and of one employer.
    """
    keys = sorted({(before.pk, after.pk) for before, after in pairs})
    if not keys:
        return {}
    changed, (gone, come), teams = _changed(keys), _moved(keys), _teams(keys)
    nothing: dict[int, TeamState] = {}
    return {
        (before, after): [
            *explain(changed[before, after], gone=gone[before, after], come=come[before, after]),
            *team_rows(teams.get(before, nothing), teams.get(after, nothing)),
        ]
        for before, after in keys
    }


_CHANGED = """
    SELECT pair.earlier, pair.later, 0 AS part, was.placement, was.placement_code, was.continues,
        CASE WHEN was.counts THEN was.hours ELSE 0 END, was.rule, was.person,
        COALESCE(CASE WHEN now.counts THEN now.hours ELSE 0 END, 0), now.rule, now.person, now.placement
    FROM pairs pair
    JOIN progress_snapshotline was ON was.snapshot_id = pair.earlier AND was.team IS NULL
    LEFT JOIN progress_snapshotline now
        ON now.snapshot_id = pair.later AND now.placement = was.placement AND now.team IS NULL
    WHERE CASE WHEN was.counts THEN was.hours ELSE 0 END <> COALESCE(CASE WHEN now.counts THEN now.hours ELSE 0 END, 0)
        OR (was.counts AND now.counts AND was.person <> now.person)
    UNION ALL
    SELECT pair.earlier, pair.later, 1, now.placement, now.placement_code, now.continues,
        NULL, NULL, NULL, now.hours, now.rule, now.person, now.placement
    FROM pairs pair
    JOIN progress_snapshotline now ON now.snapshot_id = pair.later AND now.team IS NULL AND now.counts
    WHERE NOT EXISTS (
        SELECT 1 FROM progress_snapshotline was
        WHERE was.snapshot_id = pair.earlier AND was.placement = now.placement AND was.team IS NULL
    )
    ORDER BY 1, 2, 3, 5, 4
"""

_MOVED = """
    SELECT DISTINCT pair.earlier, pair.later, here.snapshot_id = pair.later, here.person
    FROM pairs pair
    JOIN progress_snapshotline here ON here.snapshot_id IN (pair.earlier, pair.later)
    WHERE here.counts AND here.team IS NULL AND NOT EXISTS (
        SELECT 1 FROM progress_snapshotline there
        WHERE there.snapshot_id IN (pair.earlier, pair.later) AND there.snapshot_id <> here.snapshot_id
            AND there.person = here.person AND there.counts AND there.team IS NULL
    )
"""


def _fetch(keys: Sequence[Pair], sql: str) -> list[tuple[Any, ...]]:
    statement = Statement()
    values = ", ".join(["(%s, %s)"] * len(keys))
    statement.part("pairs (earlier, later)", f"VALUES {values}", [key for pair in keys for key in pair])
    return statement.fetch(sql)


def _changed(keys: Sequence[Pair]) -> dict[Pair, list[dict[str, Any]]]:
    """Return the lines that differ, those that were there before first."""
    found: dict[Pair, list[dict[str, Any]]] = defaultdict(list)
    for before, after, _, *values in _fetch(keys, _CHANGED):
        found[before, after].append(dict(zip(SHOWN, values, strict=True)))
    return found


def _moved(keys: Sequence[Pair]) -> tuple[dict[Pair, set[int]], dict[Pair, set[int]]]:
    """Return who counted in the earlier of a pair only, and who in the later only."""
    gone: dict[Pair, set[int]] = defaultdict(set)
    come: dict[Pair, set[int]] = defaultdict(set)
    for before, after, is_later, person in _fetch(keys, _MOVED):
        (come if is_later else gone)[before, after].add(person)
    return gone, come


def _teams(keys: Sequence[Pair]) -> dict[int, dict[int, TeamState]]:
    slices = teams_of_many({key for pair in keys for key in pair})
    return {
        snapshot: {
            piece.share.team_id: TeamState(piece.code, piece.hours / 100, piece.persons, piece.whole.persons)
            for piece in pieces
        }
        for snapshot, pieces in slices.items()
    }
