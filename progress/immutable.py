"""A migration operation: what is approved can't be changed or removed, whoever asks the database to.

Triggers refuse it on SQLite and PostgreSQL. On SQLite a later migration that alters one of these tables makes it anew
and loses them: it must be followed by this operation again. There, a row that is replaced is only seen to go on a
connection with ``recursive_triggers``, as the application's own is.
"""

from typing import Any

from django.db.migrations.operations.base import Operation

REFUSAL = "Een goedgekeurde stand verandert niet."

#: trigger: (table, what it stops, for which rows). ``{row}`` is the row as it is (or, for INSERT, as it would be).
_APPROVED = "{row}.approved_at IS NOT NULL"
_OF_APPROVED = (
    "EXISTS (SELECT 1 FROM progress_snapshot frozen "
    "WHERE frozen.id = {row}.snapshot_id AND frozen.approved_at IS NOT NULL)"
)
_EVERY = "{row}.id IS NOT NULL"
#: What a version is a version of: the employer, and the round's sector and day.
_OTHER_ROUND = (
    "(OLD.day <> NEW.day OR OLD.sector_id <> NEW.sector_id) AND ("
    "EXISTS (SELECT 1 FROM progress_sectorsnapshot total WHERE total.round_id = OLD.id) "
    "OR EXISTS (SELECT 1 FROM progress_snapshot frozen JOIN progress_submission part ON part.id = frozen.submission_id "
    "WHERE part.round_id = OLD.id AND frozen.approved_at IS NOT NULL))"
)
_OTHER_SUBMISSION = (
    "(OLD.round_id <> NEW.round_id OR OLD.employer_id <> NEW.employer_id) AND EXISTS ("
    "SELECT 1 FROM progress_snapshot frozen WHERE frozen.submission_id = OLD.id AND frozen.approved_at IS NOT NULL)"
)
TRIGGERS = {
    "snapshot_update": ("progress_snapshot", "UPDATE", _APPROVED, "OLD"),
    "snapshot_delete": ("progress_snapshot", "DELETE", _APPROVED, "OLD"),
    "frozen_line_insert": ("progress_snapshotline", "INSERT", _OF_APPROVED, "NEW"),
    "frozen_line_update": ("progress_snapshotline", "UPDATE", _OF_APPROVED, "OLD"),
    "frozen_line_move": ("progress_snapshotline", "UPDATE", _OF_APPROVED, "NEW"),
    "frozen_line_delete": ("progress_snapshotline", "DELETE", _OF_APPROVED, "OLD"),
    "sector_snapshot_update": ("progress_sectorsnapshot", "UPDATE", _EVERY, "OLD"),
    "sector_snapshot_delete": ("progress_sectorsnapshot", "DELETE", _EVERY, "OLD"),
    "frozen_round_update": ("progress_round", "UPDATE", _OTHER_ROUND, "OLD"),
    "frozen_submission_update": ("progress_submission", "UPDATE", _OTHER_SUBMISSION, "OLD"),
}
_ANY_APPROVED = "EXISTS (SELECT 1 FROM progress_snapshot WHERE approved_at IS NOT NULL)"
#: trigger: (table that is not emptied at once, as long as this holds). PostgreSQL only: SQLite deletes row by row.
EMPTYING = {
    "snapshot_truncate": ("progress_snapshot", _ANY_APPROVED),
    "frozen_line_truncate": ("progress_snapshotline", _ANY_APPROVED),
    "sector_snapshot_truncate": ("progress_sectorsnapshot", "EXISTS (SELECT 1 FROM progress_sectorsnapshot)"),
}


class FreezeApproved(Operation):
    """Make the triggers anew, those that are there included; does nothing on other vendors.

    Going back over it leaves none, or with ``again``, where an earlier migration made them, leaves them all.
    """

    reversible = True
    reduces_to_sql = True

    def __init__(self, *, again: bool = False) -> None:
        self.again = again

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The models' state does not change: triggers live in the database alone."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        thaw(schema_editor.connection.vendor, schema_editor.execute)
        freeze(schema_editor.connection.vendor, schema_editor.execute)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        if not self.again:
            thaw(schema_editor.connection.vendor, schema_editor.execute)

    def describe(self) -> str:
        return "Refuse changes of approved snapshots"


def freeze(vendor: str, execute: Any) -> None:
    """Make the triggers by ``execute``, which takes SQL."""
    if vendor == "sqlite":
        for name, (table, event, condition, row) in TRIGGERS.items():
            execute(
                f"CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {condition.format(row=row)} "
                f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            )
    if vendor == "postgresql":
        for name, (table, event, condition, row) in TRIGGERS.items():
            result = "OLD" if event == "DELETE" else "NEW"
            _refuse(execute, name, f"{event} ON {table} FOR EACH ROW", condition.format(row=row), result)
        for name, (table, condition) in EMPTYING.items():
            _refuse(execute, name, f"TRUNCATE ON {table} FOR EACH STATEMENT", condition, "NULL")


def _refuse(execute: Any, name: str, before: str, condition: str, result: str) -> None:
    """Make a trigger of PostgreSQL with its function."""
    execute(
        f"CREATE FUNCTION refuse_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {condition} THEN "
        f"RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; "
        f"END IF; RETURN {result}; END $$"
    )
    execute(f"CREATE TRIGGER {name} BEFORE {before} EXECUTE FUNCTION refuse_{name}()")


def thaw(vendor: str, execute: Any) -> None:
    """Take the triggers away again: for going back over the migration, and for tests that empty every table."""
    for name, (table, *_) in (TRIGGERS | EMPTYING).items():
        if vendor == "sqlite":
            execute(f"DROP TRIGGER IF EXISTS {name}")
        if vendor == "postgresql":
            execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")
            execute(f"DROP FUNCTION IF EXISTS refuse_{name}()")
