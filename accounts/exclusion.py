"""A migration operation: stretches of days of the same thing never overlap (PostgreSQL only).

SQLite can't express it; there, and politely on both, the services check it under the ledger's lock.
"""

from typing import Any

from django.db.migrations.operations.base import Operation


class ForbidOverlap(Operation):
    """Add a deferrable exclusion constraint over ``[first_day, last_day]``; does nothing on other vendors.

    ``same`` names the columns that must be equal for two stretches to exclude each other. Needs the extension
    ``btree_gist``, which the owner of the database may install (it is a trusted extension).
    """

    reversible = True

    def __init__(self, *, model: str, name: str, same: list[str]) -> None:
        self.model = model
        self.name = name
        self.same = same

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return self.__class__.__name__, [], {"model": self.model, "name": self.name, "same": self.same}

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The model's state does not change: the constraint lives in the database alone."""

    def _table(self, app_label: str, state: Any) -> str:
        return state.apps.get_model(app_label, self.model)._meta.db_table

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        if schema_editor.connection.vendor != "postgresql":
            return
        quote = schema_editor.quote_name
        equal = ", ".join(f"{quote(column)} WITH =" for column in self.same)
        schema_editor.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
        schema_editor.execute(
            f"ALTER TABLE {quote(self._table(app_label, to_state))} ADD CONSTRAINT {quote(self.name)} "
            f"EXCLUDE USING gist ({equal}, daterange(first_day, last_day, '[]') WITH &&) "
            "DEFERRABLE INITIALLY DEFERRED"
        )

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        if schema_editor.connection.vendor != "postgresql":
            return
        quote = schema_editor.quote_name
        schema_editor.execute(
            f"ALTER TABLE {quote(self._table(app_label, from_state))} DROP CONSTRAINT {quote(self.name)}"
        )

    def describe(self) -> str:
        return f"Forbid overlapping stretches of {self.model}"
