"""The coach's home: who comes first, found by name, in few queries and few bytes."""

import gzip
from datetime import date, timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.urls import reverse

from coaching.caseload import due_day, grouped
from coaching.models import Assignment
from tests.factories import (
    AssignmentFactory,
    CandidateFactory,
    CheckInFactory,
    EmployerFactory,
    JobCoachFactory,
    PlacementFactory,
    TrialFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 28)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(TODAY):
        yield


@pytest.fixture
def coach(client):
    coach = JobCoachFactory()
    client.force_login(coach.user)
    return coach


def person(coach, first_name, **values):
    candidate = CandidateFactory(owner=coach.employer, first_name=first_name, last_name="Voorbeeld")
    placement = PlacementFactory(host=coach.employer, candidate=candidate)
    return AssignmentFactory(subject=placement, coach=coach, **values)


def names(client, **query):
    """Return who stands under which heading."""
    groups = client.get(reverse("caseload"), query).context["groups"]
    return {group.title: [line.assignment.candidate.first_name for line in group.lines] for group in groups}


def test_a_coach_starts_here(client):
    client.force_login(UserFactory(coach=True))
    assert client.get(reverse("home"))["Location"] == reverse("caseload")
    assert "nog niet aan een jobcoach gekoppeld" in client.get(reverse("caseload")).content.decode()


def test_only_a_coach_has_a_caseload(client):
    client.force_login(UserFactory(administrator=True))
    assert client.get(reverse("caseload")).status_code == 404
    assert "Mijn caseload" not in client.get(reverse("sector_list")).content.decode()


def test_overdue_and_today_come_first(client, coach):
    late = person(coach, "Laat")
    CheckInFactory(assignment=late, day=date(2026, 11, 1))
    CheckInFactory(assignment=person(coach, "Later"), day=date(2026, 11, 10))
    CheckInFactory(assignment=person(coach, "Vandaag"), day=date(2026, 11, 14))
    CheckInFactory(assignment=person(coach, "Week"), day=date(2026, 11, 20))
    CheckInFactory(assignment=person(coach, "Daarna"), day=date(2026, 11, 27))
    person(coach, "Gesloten", phase="gesloten")
    person(coach, "Vergeten")
    assert names(client) == {
        "Te laat": ["Vergeten", "Laat", "Later"],
        "Vandaag": ["Vandaag"],
        "Deze week": ["Week"],
        "Daarna": ["Daarna", "Gesloten"],
    }


def test_an_appointment_comes_before_the_last_day_for_a_contact(client, coach):
    CheckInFactory(assignment=person(coach, "Afspraak"), day=date(2026, 11, 20), next_contact=TODAY)
    assert names(client) == {"Vandaag": ["Afspraak"]}


def test_an_appointment_far_away_hides_no_lateness(client, coach):
    row = person(coach, "Ver", interval=7)
    CheckInFactory(assignment=row, day=date(2026, 11, 10), next_contact=date(2027, 1, 10))
    row.refresh_from_db()
    assert due_day(row) == date(2026, 11, 17)
    assert names(client) == {"Te laat": ["Ver"]}


@pytest.mark.parametrize(("search", "found"), [("ÇEL", ["Gülcan"]), ("gul voor", ["Gülcan"]), ("niemand", [])])
def test_a_person_is_found_by_name_whatever_the_accents(client, coach, search, found):
    candidate = CandidateFactory(owner=coach.employer, first_name="Gülcan", last_name="Çelik-Voorbeeld")
    AssignmentFactory(subject=PlacementFactory(host=coach.employer, candidate=candidate), coach=coach)
    person(coach, "Bram")
    assert [name for group in names(client, zoek=search).values() for name in group] == found


def test_trials_and_several_employers_make_one_list(client, coach):
    person(coach, "Plaatsing")
    second = JobCoachFactory(user=coach.user, employer=EmployerFactory())
    trial = TrialFactory(host=second.employer, candidate__first_name="Proef")
    AssignmentFactory(subject=trial, coach=second, first_day=trial.first_day)
    assert sorted(names(client)["Te laat"]) == ["Plaatsing", "Proef"]


def test_who_has_ended_is_gone_and_who_begins_is_announced(client, coach):
    person(coach, "Klaar", last_day=TODAY - timedelta(days=1))
    person(coach, "Straks", first_day=TODAY + timedelta(days=20))
    page = client.get(reverse("caseload")).content.decode()
    assert "Klaar" not in page
    assert "Begint 18 dec" in page


def test_what_was_agreed_and_not_done_is_told(client, coach):
    from coaching.services.check_ins import Agreed

    row = person(coach, "Noor")
    CheckInFactory(assignment=row, agreements=[Agreed(text="Rooster", due=TODAY), Agreed(text="Ooit")])
    page = client.get(reverse("caseload")).content.decode()
    assert "1 afspraak had al gedaan moeten zijn" in page
    assert "Ooit" not in page


def dressing():
    """Return how much styles and script add to a page, in bytes, packed as they are sent."""
    static = Path(settings.BASE_DIR, "static")
    styles = [path for path in static.glob("css/*.css") if path.stem != "admin"]
    return sum(len(gzip.compress(path.read_bytes())) for path in (*styles, static / "js" / "ui.js"))


def test_sixty_people_take_few_queries_and_little_room(client, coach, django_assert_max_num_queries):
    for number in range(60):
        row = person(coach, f"Naam{number}")
        CheckInFactory(assignment=row, day=date(2026, 11, 1 + number % 27), scores={"click": 1})
    client.get(reverse("caseload"))
    with django_assert_max_num_queries(14):
        answer = client.get(reverse("caseload"))
    assert len(answer.content) + dressing() < 60_000


def test_the_day_that_is_due_is_the_sooner_one():
    row = Assignment(next_contact=None, contact_due=None)
    assert due_day(row) is None
    assert grouped([], {}, TODAY) == []
