"""A form about coaching that is sent twice, by a double tap, adds what it adds once and says so."""

import pytest

from accounts.once import SENT_BEFORE, STANDS_ALREADY
from coaching.models import Addendum, Assignment, BuddyLink, Grant, JobCoach, PartnerLink, TrainingDay
from coaching.services.check_ins import add_addendum
from tests.factories import AssignmentFactory, BuddyFactory, CheckInFactory, JobCoachFactory, PlacementFactory
from tests.placements.views.pages import filled_in

pytestmark = pytest.mark.django_db

FORMS = {
    "assignment_add": ({"coach": "{coach}", "first_day": "1-11-2026"}, Assignment),
    "grant_add": (
        {"funder": "uwv", "first_day": "1-11-2026", "last_day": "31-12-2026", "basis": "uren", "hours": "10"},
        Grant,
    ),
    "grant_add by percentage": (
        {"funder": "uwv", "first_day": "1-11-2026", "last_day": "31-12-2026", "basis": "percentage", "percentage": "5"},
        Grant,
    ),
    "coach_add": ({"name": "Noor Veldman", "first_day": "1-11-2026", "last_day": ""}, JobCoach),
    "partner_link": ({"name": "Bureau Voorbeeld", "first_day": "1-11-2026"}, PartnerLink),
    "buddy_link": ({"first_day": "1-11-2026", "last_day": ""}, BuddyLink),
    "buddy_choose": ({"buddy": "{buddy}", "first_day": "1-11-2026", "last_day": "31-12-2026"}, BuddyLink),
    "training_day_add": ({"day": "1-11-2026", "subject": " Luisteren"}, TrainingDay),
}


@pytest.mark.parametrize("what", FORMS)
def test_the_second_time_says_that_it_is_there(desk, at, employer, placement, coach, what: str) -> None:
    name = what.split()[0]
    buddy = BuddyFactory(employer=employer, name="Ingrid Bosma")
    about = {"assignment_add": {"placement": placement}, "grant_add": {"placement": placement}}
    about |= {
        "buddy_choose": {"placement": placement},
        "buddy_link": {"buddy": buddy},
        "training_day_add": {"buddy": buddy},
    }
    url = at(name, **{key: row.uuid for key, row in about.get(name, {}).items()})
    url += f"?plaatsing={placement.uuid}" if name == "buddy_link" else ""
    typed, model = FORMS[what]
    sent = filled_in(desk.get(url), **{key: text.format(coach=coach.pk, buddy=buddy.pk) for key, text in typed.items()})
    before = model.objects.count()

    first, second = desk.post(url, sent), desk.post(url, sent, follow=True)

    assert first.status_code == 302
    assert second.redirect_chain[0][0] == first["Location"]
    assert (SENT_BEFORE if model is JobCoach else STANDS_ALREADY) in second.content.decode()
    assert model.objects.count() == before + 1


def test_a_coach_who_links_a_buddy_twice_links_once(client, employer) -> None:
    coach = JobCoachFactory(employer=employer)
    assignment = AssignmentFactory(coach=coach, subject=PlacementFactory(host=employer))
    buddy = BuddyFactory(employer=employer)
    client.force_login(coach.user)
    url = f"/caseload/{assignment.uuid}/buddy/"
    sent = filled_in(client.get(url), buddy=str(buddy.pk))

    client.post(url, sent)

    assert STANDS_ALREADY in client.post(url, sent, follow=True).content.decode()
    assert BuddyLink.objects.count() == 1


@pytest.mark.parametrize(("second", "number"), [("Het was dinsdag. ", 1), ("Het was woensdag.", 2)])
def test_an_addendum_is_added_once(second: str, number: int) -> None:
    check_in = CheckInFactory()
    for text in ("Het was dinsdag.", second):
        add_addendum(check_in=check_in, text=text, by=check_in.author, now=check_in.created_at)

    assert Addendum.objects.count() == number
