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

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 28)


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(TODAY):
        yield


def text_of(answer):
    return answer.content.decode()


def test_coaching_is_heavy_at_first_and_light_later(client):
    """An agency's coach of two stable hands: 720 minutes in the first quarter, 60 in the last: 92 % less."""
    placement = PlacementFactory(period__first_day=date(2026, 1, 1))
    row = AssignmentFactory(subject=placement, first_day=date(2026, 1, 1))
    for week in range(12):
        CheckInFactory(assignment=row, day=date(2026, 1, 5) + timedelta(weeks=week), minutes=60)
    CheckInFactory(assignment=row, day=date(2026, 10, 15), minutes=60)
    quarter = CheckIn.objects.of_subject(row).filter
    first = sum(quarter(day__lte=date(2026, 3, 31)).values_list("minutes", flat=True))
    last = sum(quarter(day__gte=date(2026, 9, 1)).values_list("minutes", flat=True))
    assert (first, last, round((last - first) / first * 100)) == (720, 60, -92)
    client.force_login(row.coach.user)
    assert "Minuten per maand" in text_of(client.get(reverse("coached_person", kwargs={"assignment": row.uuid})))


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
    assert "Slaapt slecht" not in text_of(client.get(place))
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
    for number, scores in enumerate(({"click": 5, "fit": 5}, {"click": 4, "fit": 5}, {"click": 3, "fit": 4})):
        CheckInFactory(assignment=row, day=date(2026, 11, 2 + number * 7), scores=scores)
    assert Assignment.objects.asking_attention(TODAY).get() == row
    client.force_login(row.coach.user)
    assert "Twee keer op rij lager" in text_of(client.get(reverse("caseload")))
    client.force_login(UserFactory(coordinator=candidate.owner))
    place = reverse("placement_detail", kwargs={"employer": candidate.owner.uuid, "placement": row.placement.uuid})
    assert "Twee keer op rij lager" not in text_of(client.get(place))
