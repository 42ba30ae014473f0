"""Whose records a role gets through ``visible_to``: the only door, so what no page shows must not pass it either."""

from datetime import date

import pytest
import time_machine

from coaching import models
from coaching.services.buddies import link_buddy
from coaching.services.check_ins import Agreed
from coaching.services.development import GOALS, INTERVENTIONS, GoalData, InterventionData
from coaching.services.workplace import ADJUSTMENTS, GROWTH, OBSTACLES, AdjustmentData, GrowthData, ObstacleData
from tests.factories import (
    AssignmentFactory,
    BuddyFactory,
    CheckInFactory,
    EmployerFactory,
    GrantFactory,
    ToolkitItemFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 28)


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(TODAY):
        yield


#: Who gets the one record there is: the person's coach, the host's coordinator, an administrator, an adviser; and of
#: the rest (another coach, another employer's coordinator, somebody without a role) nobody does.
DOORS = {
    "JobCoach": "coach coordinator administrator",
    "Assignment": "coach coordinator administrator",
    "CheckIn": "coach coordinator",
    "Agreement": "coach",
    "Grant": "coach coordinator administrator",
    "Intervention": "coach",
    "Goal": "coach",
    "Adjustment": "coach coordinator administrator",
    "Obstacle": "coach coordinator administrator",
    "Growth": "coach coordinator administrator",
    "Buddy": "coach coordinator administrator",
    "BuddyLink": "coach coordinator administrator",
    "ToolkitItem": "coach other_coach administrator",
}


@pytest.fixture
def users():
    """One user per role, around one record of every kind."""
    assignment = AssignmentFactory()
    placement = assignment.placement
    CheckInFactory(assignment=assignment, agreements=(Agreed(text="Rooster"),))
    given = {"subject": placement, "by": None, "today": TODAY}
    GOALS.add(data=GoalData(title="Doel", day=TODAY), **given)
    INTERVENTIONS.add(data=InterventionData(day=TODAY, problem="Druk", action="Rust"), **given)
    ADJUSTMENTS.add(data=AdjustmentData(text="Bureau", asked_on=TODAY), **given)
    OBSTACLES.add(data=ObstacleData(text="Lawaai", found_on=TODAY), **given)
    GROWTH.add(data=GrowthData(kind="taak", text="Post", day=TODAY), **given)
    link_buddy(buddy=BuddyFactory(employer=placement.host), first_day=TODAY, **given)
    GrantFactory(placement=placement)
    ToolkitItemFactory()
    return {
        "coach": assignment.coach.user,
        "other_coach": UserFactory(coach=True),
        "coordinator": UserFactory(coordinator=placement.host),
        "elsewhere": UserFactory(coordinator=EmployerFactory()),
        "administrator": UserFactory(administrator=True),
        "adviser": UserFactory(adviser=True),
        "nobody": UserFactory(),
    }


@pytest.mark.parametrize("model", DOORS)
def test_each_role_gets_what_its_pages_show(users, model):
    rows = getattr(models, model).objects
    assert {role for role, user in users.items() if rows.visible_to(user).exists()} == set(DOORS[model].split())


def test_every_door_is_in_the_table():
    doors = {name for name in models.__all__ if hasattr(getattr(getattr(models, name), "objects", None), "visible_to")}
    assert doors == set(DOORS)
