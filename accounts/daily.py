"""What is due each day. Rooms register their jobs when the application starts; ``manage.py daily`` runs them.

A job gets today's date, is safe to run twice and returns a Dutch line for the log, or nothing.
"""

import logging
from collections.abc import Callable, Iterator
from datetime import date

Job = Callable[[date], str | None]

log = logging.getLogger(__name__)

_jobs: dict[str, Job] = {}


def register(name: str, job: Job) -> None:
    """Let ``job`` run each day. A name that is taken is replaced."""
    _jobs[name] = job


def run(today: date) -> Iterator[tuple[str, str | None, Exception | None]]:
    """Run every job; yield its name, what it tells, and the error that stopped it. One job's error stops no other."""
    for name, job in sorted(_jobs.items()):
        try:
            told, error = job(today), None
        except Exception as raised:
            log.exception("daily job %s failed", name)
            told, error = None, raised
        yield name, told, error
