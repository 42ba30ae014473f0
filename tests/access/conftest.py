"""One walk through the whole site per user, made once; the tests look at what was answered."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.test import Client

from tests.access import tour, world
from tests.access.walk import Visit


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests that look at one user's walk on one worker, so that it is made once (``--dist loadgroup``).

    Going everywhere proves no rule and takes long: none of it is traced for the coverage of the rules.
    """
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.no_cover)
        user = getattr(item, "callspec", None) and item.callspec.params.get("user")  # type: ignore[attr-defined]
        if user and "walks" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group(f"walk of {user}"))


@dataclass(frozen=True, slots=True)
class Walk:
    """What one user was answered, and what that user must never see."""

    user: str
    visits: list[Visit]
    posts: list[Visit]
    secrets: world.Secrets

    def pages(self, variant: str = "own") -> list[Visit]:
        """Return the pages that opened."""
        return [visit for visit in self.visits if visit.variant == variant and visit.opened and visit.is_page]


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: Any) -> Iterator[world.World]:
    """The world, built once for the tests of a module: what each does to it is undone after that test."""
    with django_db_blocker.unblock(), time_machine.travel(world.TODAY, tick=False), transaction.atomic():
        yield world.build()
        transaction.set_rollback(True)


@pytest.fixture
def made(built: world.World, db: None) -> Iterator[world.World]:
    """The world, on its day, in the transaction of one test."""
    with time_machine.travel(world.TODAY, tick=False):
        yield deepcopy(built)


@pytest.fixture(scope="session")
def _walked() -> dict[str, Walk]:
    """The walks that were made, by user."""
    return {}


@pytest.fixture
def walks(made: world.World, _walked: dict[str, Walk]) -> Callable[[str], Walk]:
    """Return a function that gives every answer to one user: each address, own, foreign, mixed and missing."""

    def walk(user: str) -> Walk:
        if user not in _walked:
            client = Client(raise_request_exception=False)
            if user in made.users:
                client.force_login(made.users[user])
            with refusals_untold(), transaction.atomic():
                visits = list(tour.everywhere(client, user, made))
                posts = list(tour.posts(client, user, made))
                transaction.set_rollback(True)
            _walked[user] = Walk(user, visits, posts, world.secrets(made, user))
        return _walked[user]

    return walk


@contextmanager
def refusals_untold() -> Iterator[None]:
    """Leave out of the log that a walk meets a closed door at every second address."""
    logger = logging.getLogger("django.request")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    yield
    logger.setLevel(level)
