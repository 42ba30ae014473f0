"""The clock stands still and a coach is logged in with one person in the caseload."""

from datetime import date

import pytest
import time_machine

from tests.factories import AssignmentFactory

TODAY = date(2026, 11, 28)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(TODAY) as traveller:
        yield traveller


@pytest.fixture
def assignment(client):
    assignment = AssignmentFactory()
    client.force_login(assignment.coach.user)
    return assignment
