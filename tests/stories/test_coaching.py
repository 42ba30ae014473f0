"""The practices of the field about coaching, as they would be recorded: what has to be seen afterwards."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from coaching.models import Assignment, CheckIn, ConfidentialNote
from coaching.services.assignments import AssignmentData, assign
from tests.factories import (
    AssignmentFactory,
    CandidateFactory,
    CheckInFactory,
    EmployerFactory,
    JobCoachFactory,
    PartnerFactory,
    PartnerLinkFactory,
    PlacementFactory,
    UserFactory,
)
from tests.placements.views.pages import words
from tests.progress.reading import shown

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 28)


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(TODAY):
        yield


def text_of(answer):
    return answer.content.decode()


class TestTwoStableHands:
    """An agency supplies the coach of two stable hands: heavy at first, minimal now; a third may come next year."""

    @pytest.fixture
    def stables(self):
        return EmployerFactory()

    @pytest.fixture
    def coached(self, stables):
        """One of them with 720 minutes of coaching in the first quarter and 60 in the last; the other; the third."""
        placement = PlacementFactory(host=stables, period__first_day=date(2026, 1, 1), period__hours=32)
        PlacementFactory(host=stables, period__first_day=date(2026, 1, 1), period__hours=32)
        PlacementFactory(host=stables, period__first_day=date(2027, 2, 1))
        row = AssignmentFactory(
            subject=placement, coach=JobCoachFactory(external=True), first_day=date(2026, 1, 1), phase="nazorg"
        )
        for week in range(12):
            CheckInFactory(assignment=row, day=date(2026, 1, 5) + timedelta(weeks=week), minutes=60)
        CheckInFactory(assignment=row, day=date(2026, 10, 15), minutes=60)
        return row

    def test_the_coach_sees_how_much_less_it_became(self, client, coached):
        client.force_login(coached.coach.user)
        page = text_of(client.get(reverse("coached_person", kwargs={"assignment": coached.uuid})))
        assert "Eerste kwartaal 720 minuten, laatste kwartaal 60: 92 % minder." in page

    def test_two_are_active_and_the_one_who_is_planned_does_not_count(self, client, stables, coached):
        client.force_login(UserFactory(coordinator=stables))
        address = reverse("progress", kwargs={"employer": stables.uuid})
        assert shown(client.get(address)).headline[1] == "2 personen"
        assert shown(client.get(address, {"peildatum": "2027-02-01"})).headline[1] == "3 personen"


def test_what_is_told_in_confidence_stays_with_the_coach(client):
    """Camera image specialists want a fixed contact for confidential matters: P&O sees date and kind only."""
    row = AssignmentFactory(subject=PlacementFactory(seconded_in=True))
    CheckInFactory(assignment=row, kind="bezoek", confidential="Slaapt slecht door de ploegendienst.")
    client.force_login(row.coach.user)
    address = reverse("coached_person", kwargs={"assignment": row.uuid})
    assert "Slaapt slecht" in text_of(client.get(address))

    host = row.placement.host
    coordinator = UserFactory(coordinator=host)
    client.force_login(coordinator)
    place = reverse("placement_detail", kwargs={"employer": host.uuid, "placement": row.placement.uuid})
    page = words(client.get(place))
    assert "Slaapt slecht" not in page
    assert "Bezoek, 30 min 2 november 2026" in page
    assert not ConfidentialNote.objects.readable_by(coordinator).exists()
    seen = CheckIn.objects.visible_to(coordinator).get()
    assert (seen.day, seen.get_kind_display()) == (date(2026, 11, 2), "Bezoek")


def test_three_internal_coaches_have_a_caseload_each():
    """A school board's own coaches; an external one beside them is refused, and it is said why."""
    board = EmployerFactory()
    coaches = [JobCoachFactory(employer=board) for _ in range(3)]
    for coach in coaches:
        AssignmentFactory(subject=PlacementFactory(host=board), coach=coach)
    assert [Assignment.objects.visible_to(coach.user, TODAY).count() for coach in coaches] == [1, 1, 1]
    partner = PartnerFactory()
    PartnerLinkFactory(employer=board, partner=partner)
    external = JobCoachFactory(employer=None, partner=partner)
    placement = Assignment.objects.first().placement
    with pytest.raises(Exception, match="Interne en externe begeleiding gaan niet samen"):
        assign(coach=external, subject=placement, data=AssignmentData(first_day=TODAY), by=None, today=TODAY)


def test_a_coach_of_twelve_with_room_for_ten_is_overloaded():
    """Coaching capacity is scarce: 12 of 10 gives a warning, and nobody is sent away."""
    coach = JobCoachFactory(name="Sanne", capacity=10)
    for _ in range(11):
        AssignmentFactory(subject=PlacementFactory(host=coach.employer), coach=coach)
    last = PlacementFactory(host=coach.employer)
    assigned = assign(coach=coach, subject=last, data=AssignmentData(first_day=TODAY), by=None, today=TODAY)
    assert "120 %: overbelast" in assigned.warning
    assert Assignment.objects.filter(coach=coach).count() == 12


def test_scores_that_fall_twice_raise_a_signal_that_tells_p_and_o_no_score(client):
    """Click, fit, safety and coaching per contact: falling twice asks attention, which is all that P&O hears."""
    candidate = CandidateFactory(first_name="Noor")
    row = AssignmentFactory(subject=PlacementFactory(host=candidate.owner, candidate=candidate))
    for number in range(3):
        scores = {"click": 5 - number, "fit": 4, "safety": 4, "support": 5 - number}
        CheckInFactory(assignment=row, day=date(2026, 11, 2 + number * 7), scores=scores)
    assert Assignment.objects.asking_attention(TODAY).get() == row
    client.force_login(row.coach.user)
    assert "Twee keer op rij lager" in text_of(client.get(reverse("caseload")))
    page = words(client.get(reverse("coached_person", kwargs={"assignment": row.uuid})))
    assert "Klik 3 · Passend werk 4 · Veiligheid 4 · Begeleiding 3" in page
    assert "Scores: twee keer op rij lager." in page
    client.force_login(UserFactory(coordinator=candidate.owner))
    place = reverse("placement_detail", kwargs={"employer": candidate.owner.uuid, "placement": row.placement.uuid})
    page = words(client.get(place))
    assert "Aandacht gevraagd" in page
    assert [word for word in ("op rij lager", "Klik", "Veiligheid", "Passend werk") if word in page] == []
