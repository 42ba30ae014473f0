"""The practices of the field about who helps on the work floor and what was tried, as they would be recorded."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from coaching.models import Buddy
from coaching.services.buddies import BuddyData, add_buddy, add_training_day, link_buddy
from coaching.services.development import INTERVENTIONS, InterventionData, record_result
from placements.models import Placement
from placements.services.periods import add_period
from placements.services.terms import Terms
from tests.factories import (
    AssignmentFactory,
    BuddyFactory,
    CandidateFactory,
    EmployerFactory,
    OrgUnitFactory,
    PlacementFactory,
    SectorFactory,
    TargetFactory,
    ToolkitItemFactory,
    UserFactory,
)
from tests.placements.views.pages import words

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 28)


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(TODAY):
        yield


@pytest.fixture
def open_as(client):
    """Return a function that gives the text of a page to a user."""

    def open_as(user, name, query=None, **kwargs):
        client.force_login(user)
        return words(client.get(reverse(name, kwargs=kwargs), query))

    return open_as


def terms(first_day, **more):
    return Terms(**{"hours": 32, "contract_kind": "tijdelijk", "job_title": "Groen", "first_day": first_day} | more)


class TestShelteredWorkAtTheSwCompany:
    """A year's appointment that becomes permanent; a training for somebody who dares not ask."""

    def test_the_training_the_coach_chose_is_on_the_timeline_with_what_came_of_it(self, open_as):
        row = AssignmentFactory(subject=PlacementFactory(sheltered=True))
        item = ToolkitItemFactory(name="Assertiviteitstraining", problem="Durft geen nee te zeggen.")
        given = {"by": row.coach.user, "today": TODAY}
        data = InterventionData(day=date(2026, 10, 5), item=item)
        training = INTERVENTIONS.add(subject=row.placement, data=data, **given)
        page = open_as(row.coach.user, "coached_person", assignment=row.uuid)
        assert "Interventie: Assertiviteitstraining 5 oktober 2026 Durft geen nee te zeggen." in page

        record_result(intervention=training, result="geholpen", day=date(2026, 11, 20), **given)
        page = open_as(row.coach.user, "coached_person", assignment=row.uuid)
        assert page.index("Geholpen: Assertiviteitstraining") < page.index("Interventie: Assertiviteitstraining")

    def test_the_coordinator_reads_nothing_of_it(self, open_as):
        row = AssignmentFactory(subject=PlacementFactory(sheltered=True))
        item = ToolkitItemFactory(name="Assertiviteitstraining")
        data = InterventionData(day=TODAY, item=item)
        INTERVENTIONS.add(subject=row.placement, data=data, by=row.coach.user, today=TODAY)
        host = row.placement.host
        page = open_as(
            UserFactory(coordinator=host), "placement_detail", employer=host.uuid, placement=row.placement.uuid
        )
        assert "Assertiviteitstraining" not in page

    def test_a_permanent_appointment_is_a_second_row(self):
        placement = PlacementFactory(sheltered=True, period__first_day=date(2016, 9, 1))
        add_period(placement=placement, terms=terms(date(2017, 9, 1), contract_kind="vast"), by=None)
        rows = placement.periods.order_by("first_day").values_list("contract_kind", "first_day", "last_day")
        assert list(rows) == [
            ("tijdelijk", date(2016, 9, 1), date(2017, 8, 31)),
            ("vast", date(2017, 9, 1), None),
        ]


class TestAWaterBoardWhereTheTalentLeads:
    """Corné found his place in the third department, Laura hers in the second; she is a trained buddy now."""

    @pytest.fixture
    def board(self):
        return EmployerFactory(name="Waterschap Voorbeeld", sector=SectorFactory(code="waterschappen", org_count=33))

    @pytest.fixture
    def laura(self, board):
        """Both, with their departments; Laura is returned."""
        units = [OrgUnitFactory(employer=board) for _ in range(3)]
        for name, number in (("Corné", 3), ("Laura", 2)):
            person = CandidateFactory(owner=board, first_name=name, last_name="Voorbeeld")
            placement = PlacementFactory(host=board, candidate=person, period__unit=units[0])
            for step, unit in enumerate(units[1:number], start=1):
                add_period(placement=placement, terms=terms(date(2022 + step, 1, 1), unit=unit), by=None)
        return placement

    def test_two_work_there_after_three_moves(self, board, laura, open_as):
        rows = Placement.objects.filter(host=board)
        moves = sum(row.periods.count() - 1 for row in rows)
        assert (rows.count(), moves) == (2, 3)
        page = open_as(UserFactory(coordinator=board), "placement_list", employer=board.uuid)
        assert "2 plaatsingen" in page

    def test_she_is_employee_and_trained_buddy(self, board, laura, open_as):
        data = BuddyData(candidate=laura.candidate, trained_on=date(2026, 3, 1), valid_until=date(2029, 2, 28))
        buddy = add_buddy(employer=board, data=data, by=UserFactory(coordinator=board), today=TODAY)
        other = Placement.objects.exclude(pk=laura.pk).get(host=board)
        link_buddy(buddy=buddy, subject=other, first_day=TODAY, by=None, today=TODAY)
        page = open_as(UserFactory(coordinator=board), "buddy_detail", employer=board.uuid, buddy=buddy.uuid)
        assert "Laura Voorbeeld" in page
        assert "Corné Voorbeeld" in page
        assert "28 februari 2029" in page

    def test_the_sector_says_how_many_of_its_organisations_report(self, board, laura, open_as):
        TargetFactory(employer=board)
        sector = SectorFactory(code="waterschappen")
        page = open_as(UserFactory(adviser=sector), "sector_progress", sector=sector.uuid)
        assert "Werkgevers die meedoen 1 van 33 organisaties 3,0 %" in page


class TestAUniversityWithFortySevenBuddies:
    """Forty-seven colleagues were trained; targets stand per faculty."""

    @pytest.fixture
    def university(self):
        return EmployerFactory()

    @pytest.fixture
    def coordinator(self, university):
        return UserFactory(coordinator=university)

    def test_all_are_valid_until_a_training_expires(self, university, coordinator, open_as):
        BuddyFactory.create_batch(47, employer=university)
        where = {"employer": university.uuid}
        assert "47 buddy" in open_as(coordinator, "buddy_list", **where)
        assert not Buddy.objects.visible_to(coordinator).expiring(TODAY, TODAY + timedelta(days=60)).exists()

        buddy = Buddy.objects.order_by("pk")[0]
        Buddy.objects.filter(pk=buddy.pk).update(valid_until=TODAY)
        page = open_as(coordinator, "buddy_list", {"letop": "training_verloopt"}, **where)
        assert buddy.name in page
        assert "1 buddy" in page

    def test_a_placement_without_a_buddy_is_listed_until_one_helps(self, university, coordinator, open_as):
        placement = PlacementFactory(host=university, candidate__last_name="Nijhuis")
        where = {"employer": university.uuid}
        assert "Nijhuis" in open_as(coordinator, "coaching_list", {"letop": "geen_buddy"}, **where)
        buddy = BuddyFactory(employer=university)
        link_buddy(buddy=buddy, subject=placement, first_day=TODAY, by=coordinator, today=TODAY)
        assert "Nijhuis" not in open_as(coordinator, "coaching_list", {"letop": "geen_buddy"}, **where)


class TestTeamsThatMinistriesBuy:
    """A team has a lead of its own, who follows six days of training a year."""

    def test_a_lead_followed_four_of_six_days(self, open_as):
        employer = EmployerFactory()
        coordinator = UserFactory(coordinator=employer)
        data = BuddyData(name="Teamleider archief", is_buddy=False, is_lead=True, days_required=6)
        lead = add_buddy(employer=employer, data=data, by=coordinator, today=TODAY)
        for month in (2, 4, 6, 9):
            add_training_day(buddy=lead, day=date(2026, month, 1), by=coordinator, today=TODAY)
        assert "4/6 dagen" in open_as(coordinator, "buddy_list", employer=employer.uuid)
        with time_machine.travel(date(2027, 1, 2)):
            assert "0/6 dagen" in open_as(coordinator, "buddy_list", employer=employer.uuid)
