"""The frame of the suite itself: what ``tests/conftest.py`` promises to every test."""

import os

import pytest
from django.db import connection

from employers.models import Sector


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", ["first", "second"])
def test_reference_rows_are_there_after_a_test_that_really_commits(turn: str) -> None:
    """Each turn ends by emptying every table; the sectors come from a migration that ran once."""
    assert Sector.objects.count() == 14


@pytest.mark.sqlite
def test_a_test_for_sqlite_runs_only_there() -> None:
    assert connection.vendor == "sqlite"


@pytest.mark.postgresql
def test_a_test_for_postgresql_runs_only_there() -> None:
    assert connection.vendor == "postgresql"


def test_queries_in_the_thread_of_an_event_loop_are_refused() -> None:
    """The browser tests need this off, so it may not be off anywhere else."""
    assert "DJANGO_ALLOW_ASYNC_UNSAFE" not in os.environ
