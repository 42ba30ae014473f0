"""A lock on the database is no reason to call someone impatient."""

import sqlite3
from collections.abc import Iterator

import pytest
from django.core.cache import caches
from django.core.cache.backends.base import BaseCache
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse


@pytest.fixture
def shared_cache(transactional_db: None, settings: object) -> Iterator[BaseCache]:
    settings.CACHES = {"default": {"BACKEND": "ui.cache.LockAwareCache", "LOCATION": "test_cache"}}
    call_command("createcachetable", verbosity=0)
    yield caches["default"]
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE test_cache")


@pytest.fixture
def locked(shared_cache: BaseCache) -> Iterator[None]:
    """Hold the write lock of SQLite from outside, and wait for it no longer than a moment."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 20")
    other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.close()
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout = 20000")


def test_it_keeps_and_adds_as_any_cache(shared_cache: BaseCache) -> None:
    assert shared_cache.add("key", 1)
    assert not shared_cache.add("key", 2)
    assert shared_cache.get("key") == 1


@pytest.mark.sqlite
def test_a_lock_is_raised(locked: None, shared_cache: BaseCache) -> None:
    with pytest.raises(OperationalError, match="locked"):
        shared_cache.add("key", 1)


@pytest.mark.sqlite
def test_a_log_in_during_a_lock_is_asked_to_wait(locked: None) -> None:
    sent = {"login": "iemand@example.test", "password": "niet het goede"}
    answer = Client(raise_request_exception=False).post(reverse("account_login"), sent)

    assert answer.status_code == 503
    assert "Even wachten" in answer.content.decode()
