"""Nothing an employer opens depends on scores, confidences or drafts of coaches: so they can't be inferred either."""

import re

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from coaching.models import CheckInDraft, ConfidentialNote, Scores
from coaching.services.drafts import save_draft
from tests.access import tour, world
from tests.access.walk import content

pytestmark = pytest.mark.django_db

#: What differs between two answers to the same question: tokens, keys of forms still to be sent.
_PASSING = re.compile(r'(name="(csrfmiddlewaretoken|form_owner|once|key)" value=")[^"]+"|nonce="[^"]+"|"[\w.-]{64}"')
_FILES = ("coaching_list", "coaching_hours", "coach_list", "buddy_list", "placement_list")


def answers(user, made):
    """Return every answer to a user about the own records, and the lists as files, by address."""
    client = Client(raise_request_exception=False)
    client.force_login(made.users[user])
    found = {visit.name: visit.body for visit in tour.own(client, user, made)}
    for name in _FILES:
        address = reverse(name, kwargs={"employer": made.own.employer.uuid})
        found[f"{name} as a file"] = content(client.get(address, {"export": "csv"}))
    return {name: _PASSING.sub("", body) for name, body in found.items()}


def changed(user):
    """Return which answers to a user became others with what only the coach knows."""
    with time_machine.travel(world.TODAY, tick=False):
        made = world.build()
        coach = made.users["coach"]
        save_draft(user=coach, assignment=made.own.objects["assignment"], values={"note": "Nog niet klaar"})
        assert ConfidentialNote.objects.exists()
        assert Scores.objects.exists()
        before = answers(user, made)
        ConfidentialNote.objects.all().delete()
        CheckInDraft.objects.all().delete()
        Scores.objects.update(click=3, fit=None, safety=2, support=5)
        after = answers(user, made)
    return {name for name in before if before[name] != after[name]}


@pytest.mark.parametrize("user", ["coordinator", "reader"])
def test_answers_are_the_same_with_and_without_what_only_the_coach_knows(user):
    assert changed(user) == set()


def test_the_coach_does_see_the_difference():
    assert changed("coach") >= {"caseload", "coached_person", "check_in_change", "check_in_add"}
