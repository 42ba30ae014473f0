"""Reading the database as it stands at one moment, however long that takes and whatever others change meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

_POSTGRESQL = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"


@contextmanager
def snapshot() -> Iterator[None]:
    """Let everything that is read inside the block be of one moment: that of the first query. For reading only.

    Nobody waits for it: on SQLite the transaction is deferred, so that it takes no lock for writing. Within a
    transaction that runs already the isolation is that one's.
    """
    if connection.in_atomic_block:
        yield
        return
    with _reading():
        yield


@contextmanager
def _reading() -> Iterator[None]:
    database: Any = connection
    database.ensure_connection()
    mode = getattr(database, "transaction_mode", None)
    if database.vendor == "sqlite":
        database.transaction_mode = "DEFERRED"
    try:
        with transaction.atomic():
            if database.vendor == "postgresql":
                with database.cursor() as cursor:
                    cursor.execute(_POSTGRESQL)
            yield
    finally:
        if database.vendor == "sqlite":
            database.transaction_mode = mode
