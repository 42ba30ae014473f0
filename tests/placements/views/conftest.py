"""A coordinator at work: an employer, her log-in, and today."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from tests.factories import EmployerFactory, PlacementFactory, UserFactory

TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-22 12:00+01:00", tick=False):
        yield


@pytest.fixture
def employer(db):
    return EmployerFactory(name="Provincie Voorbeeld")


@pytest.fixture
def coordinator(employer):
    return UserFactory(coordinator=employer, name="Samira de Wit")


@pytest.fixture
def desk(client, coordinator):
    """A test client that is logged in as the coordinator."""
    client.force_login(coordinator)
    return client


@pytest.fixture
def at(employer):
    """Return a function that gives the address of a page of the employer."""

    def address(name: str, **more) -> str:
        return reverse(name, kwargs={"employer": employer.uuid, **more})

    return address


@pytest.fixture
def placement(employer):
    """A placement at the employer."""
    return PlacementFactory(host=employer, candidate__last_name="Visser", candidate__first_name="Pien")


@pytest.fixture
def of(at, placement):
    """Return a function that gives the address of a page of the placement."""

    def address(name: str = "placement_detail", **more) -> str:
        return at(name, placement=placement.uuid, **more)

    return address
