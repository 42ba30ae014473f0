"""More rows, the same number of queries: every page with three of everything against every page with twelve."""

from copy import deepcopy
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

import pytest
from django.db import transaction
from django.test import Client

from accounts import audit
from coaching.services.buddies import add_training_day, link_buddy
from coaching.services.development import GOALS, INTERVENTIONS, GoalData, InterventionData, Step, record_result
from coaching.services.workplace import ADJUSTMENTS, GROWTH, OBSTACLES, AdjustmentData, GrowthData, ObstacleData
from placements.counting.calendar import Stretch
from placements.services.periods import add_period
from placements.services.register import add_register_period
from placements.services.terms import Terms
from tests.access import tour
from tests.access.world import TODAY, World
from tests.factories import (
    AssignmentFactory,
    BuddyFactory,
    CandidateFactory,
    CheckInFactory,
    EmployerFactory,
    GrantFactory,
    JobCoachFactory,
    MembershipFactory,
    OrgUnitFactory,
    PartnerLinkFactory,
    PlacementFactory,
    PurchaseFactory,
    TargetFactory,
    TeamFactory,
    ToolkitItemFactory,
    TrialFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("growth")]

FEW, MANY = 3, 12
USERS = ("coordinator", "coach", "adviser", "adviser of all sectors", "administrator")


@pytest.fixture(scope="module")
def counted(built):
    """Return a function that tells what every page of every user asks with few rows, and with many.

    The world grows once for all of them, in the first test: what a test does itself is not traced for coverage.
    """

    @cache
    def counted():
        made = deepcopy(built)
        with transaction.atomic():
            grow(made, FEW, start=0)
            few = {user: queries(user, made) for user in USERS}
            grow(made, MANY - FEW, start=FEW)
            many = {user: queries(user, made) for user in USERS}
            transaction.set_rollback(True)
        return few, many

    return counted


@pytest.mark.parametrize("user", USERS)
def test_the_number_of_queries_stays_the_same(counted, user):
    few, many = (counts[user] for counts in counted())
    assert few
    grown = [f"{name}: {few[name]} queries, then {many[name]}" for name in few if many[name] > few[name]]
    assert not grown, "\n".join(grown)


def queries(user, made):
    """Return the number of queries of every page."""
    client = Client(raise_request_exception=False)
    client.force_login(made.users[user])
    return {visit.name: len(visit.statements.all) for visit in tour.own(client, user, made) if visit.status == 200}


def grow(made: World, number: int, *, start: int) -> None:
    """Add so many of everything to the own employer and its sector."""
    employer, unit = made.own.employer, made.own.objects["unit"]
    for n in range(start, start + number):
        lower = OrgUnitFactory(parent=unit)
        TargetFactory(for_unit=True, unit=lower)
        TargetFactory(employer=employer, year=2100 + n)
        MembershipFactory(employer=employer)
        candidate = CandidateFactory(owner=employer)
        PlacementFactory(host=employer, candidate=candidate, period__unit=lower)
        PlacementFactory(host=employer, seconded_in=True, period__unit=lower)
        PlacementFactory(host=employer, unregistered=True, period__unit=lower)
        TrialFactory(candidate=CandidateFactory(owner=employer), host=employer)
        PurchaseFactory(team=TeamFactory(employer=EmployerFactory()), buyer=employer)
        _lengthen(made, n)
        _coach(made, n)
        audit.record(action="afdeling.toegevoegd", by=made.users["coordinator"], obj=lower, employer_id=employer.pk)


def _lengthen(made: World, n: int) -> None:
    """Give the own candidate and placement one more period."""
    day = date(2024, 4, 1) + timedelta(days=n)
    objects = made.own.objects
    terms = Terms(first_day=day, hours=Decimal(20 + n % 5), contract_kind="vast", job_title="Anders")
    add_period(placement=objects["placement"], terms=terms, by=None)
    stretch = Stretch(date(2000, 1, 1) + timedelta(days=3 * n), date(2000, 1, 2) + timedelta(days=3 * n))
    add_register_period(candidate=objects["candidate"], first_day=stretch.first, last_day=stretch.last, by=None)


def _coach(made: World, n: int) -> None:
    """Add a coach who coaches somebody new, and another contact and grant for the own placement."""
    employer, objects = made.own.employer, made.own.objects
    coach = JobCoachFactory(employer=employer, user=None)
    AssignmentFactory(subject=PlacementFactory(host=employer), coach=coach)
    PartnerLinkFactory(employer=employer)
    CheckInFactory(assignment=objects["assignment"], day=date(2026, 10, 1) + timedelta(days=n), by=None, note="Kort")
    GrantFactory(placement=objects["placement"], funder="gemeente")
    _help(made, n)
    _support(made)


def _support(made: World) -> None:
    """Add something done, a goal with steps, and things that change at work for the own placement."""
    given = {"subject": made.own.objects["placement"], "by": None, "today": TODAY}
    steps = [Step(text="Stap"), Step(text="Nog een")]
    GOALS.add(data=GoalData(title="Doel", day=TODAY, steps=steps), **given)
    item = ToolkitItemFactory()
    made_now = INTERVENTIONS.add(data=InterventionData(day=TODAY, item=item), **given)
    INTERVENTIONS.add(data=InterventionData(day=TODAY, item=ToolkitItemFactory()), **given)
    record_result(intervention=made_now, result="geholpen", day=TODAY, by=None, today=TODAY)
    ADJUSTMENTS.add(data=AdjustmentData(text="Bureau", asked_on=TODAY), **given)
    OBSTACLES.add(data=ObstacleData(text="Lawaai", found_on=TODAY), **given)
    GROWTH.add(data=GrowthData(kind="taak", text="Kassa", day=TODAY), **given)


def _help(made: World, n: int) -> None:
    """Add a buddy of a new unit who helps somebody new, and people and days of training for the own one."""
    employer, buddy = made.own.employer, made.own.objects["buddy"]
    other = BuddyFactory(employer=employer, unit=OrgUnitFactory(employer=employer))
    for helper in (buddy, other):
        subject = PlacementFactory(host=employer)
        link_buddy(buddy=helper, subject=subject, first_day=TODAY, by=None, today=TODAY)
        add_training_day(buddy=helper, day=TODAY - timedelta(days=n), by=None, today=TODAY)
    link_buddy(buddy=other, subject=made.own.objects["placement"], first_day=TODAY, by=None, today=TODAY)
