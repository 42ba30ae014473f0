"""Asking for somebody of another employer answers the same as asking for nobody: in every box of every list."""

import re
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.test import Client

from tests.access import tour
from tests.access.addresses import NOTHING
from tests.access.html import Page
from tests.access.walk import visit
from tests.access.world import FOREIGN_TOKEN, OF_PEOPLE, OWN_TOKEN, secrets

pytestmark = pytest.mark.django_db

#: As long as the token, and nobody's name.
NOBODY = "zzyzzq"
NOBODYS_KEY = str(NOTHING["UUIDConverter"])
#: What differs from one answer to the next by itself.
PASSING = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')


#: A choice that stands for a record.
KEY = re.compile(r"^[0-9a-f]{8}-[0-9a-f-]{27}$")


@pytest.fixture(scope="module")
def boxes(built):
    """Return every page of the coordinator that can be asked something: its name, address and boxes."""
    found = []
    with transaction.atomic():
        for answer in tour.own(client_of(built), "coordinator", built):
            if answer.status == 200 and answer.is_page:
                for form in Page(answer.body).forms:
                    if form.method == "get" and form.boxes:
                        found.append((answer.name, answer.url, form.boxes))
        transaction.set_rollback(True)
    assert found
    return found


@pytest.fixture
def questions(boxes, made):
    """Return the coordinator's client and what can be asked."""
    return client_of(made), boxes


def client_of(world):
    client = Client()
    client.force_login(world.users["coordinator"])
    return client


def test_searching_for_somebody_elsewhere_finds_nobody(questions):
    client, asked = questions
    different = []
    for name, url, boxes in asked:
        for box in boxes:
            one, other = (ask(client, url, box, word) for word in (FOREIGN_TOKEN, NOBODY))
            if one.replace(FOREIGN_TOKEN, NOBODY) != other:
                different.append(f"{name}?{box}=")
    assert not different, "\n".join(different)


def test_searching_finds_the_own_people(questions):
    """Else the test above would prove nothing."""
    client, asked = questions
    lists = {name: url for name, url, boxes in asked if "zoek" in boxes}
    for name in ("candidate_list", "placement_list", "trial_list"):
        assert ask(client, lists[name], "zoek", OWN_TOKEN).count(OWN_TOKEN) > 2, name
        assert ask(client, lists[name], "zoek", NOBODY).casefold().count(f"{OWN_TOKEN}sma") == 0, name


def test_choosing_a_record_elsewhere_chooses_nothing(questions, made):
    """A key of the foreign employer, put into the address by hand."""
    client, asked = questions
    hidden = secrets(made, "coordinator")
    records = {kind: record for kind, record in made.foreign.objects.items() if kind in OF_PEOPLE}
    faults = []
    for name, url, boxes in asked:
        for box in (box for box, values in boxes.items() if any(KEY.match(value) for value in values)):
            nobody = ask(client, url, box, NOBODYS_KEY).replace(NOBODYS_KEY, "")
            for kind, record in records.items():
                answer = ask(client, url, box, str(record.uuid))
                if answer.replace(str(record.uuid), "") != nobody:
                    faults.append(f"{name}?{box}={kind} differs from a key that nothing has")
                faults += [f"{name}?{box}={kind} shows {word}" for word in hidden.in_text(answer)]
    assert not faults, "\n".join(faults)


def ask(client, url, box, value):
    """Return the answer to one question, without what passes."""
    answer = visit(client, "coordinator", url, box, f"{url}?{urlencode({box: value})}")
    assert answer.status in (200, 404), f"{answer.url}: {answer.status}"
    return f"{answer.status} {PASSING.sub('', answer.body)}"
