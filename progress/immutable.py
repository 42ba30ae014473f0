"""A migration operation: what is approved can't be changed or removed, whoever asks the database to.

Triggers refuse it on SQLite and PostgreSQL. On SQLite a later migration that alters one of these tables makes it anew
and loses them: it must be followed by this operation again.
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
TRIGGERS = {
    "snapshot_update": ("progress_snapshot", "UPDATE", _APPROVED, "OLD"),
    "snapshot_delete": ("progress_snapshot", "DELETE", _APPROVED, "OLD"),
    "frozen_line_insert": ("progress_snapshotline", "INSERT", _OF_APPROVED, "NEW"),
    "frozen_line_update": ("progress_snapshotline", "UPDATE", _OF_APPROVED, "OLD"),
    "frozen_line_move": ("progress_snapshotline", "UPDATE", _OF_APPROVED, "NEW"),
    "frozen_line_delete": ("progress_snapshotline", "DELETE", _OF_APPROVED, "OLD"),
    "sector_snapshot_update": ("progress_sectorsnapshot", "UPDATE", _EVERY, "OLD"),
    "sector_snapshot_delete": ("progress_sectorsnapshot", "DELETE", _EVERY, "OLD"),
}


class FreezeApproved(Operation):
    """Add the triggers; does nothing on other vendors."""

    reversible = True
    reduces_to_sql = True

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The models' state does not change: triggers live in the database alone."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        freeze(schema_editor.connection.vendor, schema_editor.execute)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
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
            execute(
                f"CREATE FUNCTION refuse_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                f"IF {condition.format(row=row)} THEN "
                f"RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; "
                f"END IF; RETURN {result}; END $$"
            )
            execute(f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_{name}()")


def thaw(vendor: str, execute: Any) -> None:
    """Take the triggers away again: for going back over the migration, and for tests that empty every table."""
    for name, (table, *_) in TRIGGERS.items():
        if vendor == "sqlite":
            execute(f"DROP TRIGGER {name}")
        if vendor == "postgresql":
            execute(f"DROP TRIGGER {name} ON {table}")
            execute(f"DROP FUNCTION refuse_{name}()")
