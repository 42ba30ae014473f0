"""The shared cache in the database, which tells a lock from a value that is there already."""

from collections.abc import Callable
from typing import Any

from django.core.cache.backends.db import DatabaseCache
from django.db import OperationalError, connections, router

from ui.busy import is_busy


class LockAwareCache(DatabaseCache):
    """Django's database cache, except that a lock on the database is raised.

    Django answers it as if the key were taken, and then a log-in during a large import looks like one attempt too many.
    """

    def _base_set(self, *args: Any, **kwargs: Any) -> Any:
        locks: list[OperationalError] = []

        def watch(execute: Callable[..., Any], *statement: Any) -> Any:
            try:
                return execute(*statement)
            except OperationalError as error:
                if is_busy(error):
                    locks.append(error)
                raise

        with connections[router.db_for_write(self.cache_model_class)].execute_wrapper(watch):
            stored = super()._base_set(*args, **kwargs)  # type: ignore[misc]
        if locks:
            raise locks[0]
        return stored
