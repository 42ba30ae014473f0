from datetime import date
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse

from tests.factories import UserFactory

#: The day on which everything here happens.
TODAY = date(2026, 11, 22)
DATA = "tests/data"


@pytest.fixture(autouse=True)
def today(db):
    with time_machine.travel("2026-11-22T09:00:00+01:00", tick=False):
        yield TODAY


@pytest.fixture
def load():
    """Return a function that reads a folder in the exchange format as the administrator does."""

    def load(folder):
        call_command("import_data", str(folder), stdout=StringIO())

    return load


@pytest.fixture
def stories(load):
    load(f"{DATA}/stories")


@pytest.fixture
def as_administrator(client):
    client.force_login(UserFactory(administrator=True))
    return client


@pytest.fixture
def dashboard(client):
    """Return a function that opens an employer's dashboard as its coordinator (or whoever is logged in)."""

    def dashboard(employer, *, log_in=True, page="progress", **query):
        if log_in:
            client.force_login(UserFactory(coordinator=employer))
        return client.get(reverse(page, kwargs={"employer": employer.uuid}), query)

    return dashboard
