"""A record of another employer can't be chosen in a form, however it is sent: it counts as one that isn't there."""

from collections.abc import Callable
from typing import Any, NamedTuple
from urllib.parse import urlencode

import pytest
from django.test import Client

from tests.access.addresses import every_address
from tests.access.html import Page
from tests.access.walk import visit
from tests.access.world import FOREIGN_TOKEN, Place, secrets

pytestmark = pytest.mark.django_db


class Choice(NamedTuple):
    """A box of a form in which a record is chosen; ``data`` is what else has to be filled in."""

    page: str
    box: str
    value: Callable[[Place], Any]
    data: dict[str, str] = {}
    query: Callable[[Place], dict[str, Any]] = lambda own: {}


def number(kind: str) -> Callable[[Place], Any]:
    return lambda place: place.objects[kind].pk


def placing(own: Place) -> dict[str, Any]:
    return {"kandidaat": own.objects["candidate"].uuid, "route": "dienstverband"}


WORK = {"first_day": "1-10-2026", "hours": "20", "contract_kind": "vast", "job_title": "Archief"}
CHOICES = [
    Choice("unit_add", "parent", number("unit"), {"name": "Nieuw", "code": "NIEUW"}),
    Choice("target_add", "unit", number("unit"), {"year": "2030", "number": "5", "kind": "personen"}),
    Choice("colleague_invite", "stands_in_for", number("user"), {"name": "N", "email": "n@voorbeeld.example"}),
    Choice("period_add", "unit", number("unit"), WORK),
    Choice("period_correct", "unit", number("unit")),
    Choice("period_unit", "unit", number("unit")),
    Choice("buddy_add", "unit", number("unit"), {"name": "Nieuw"}),
    Choice("buddy_add", "candidate", lambda place: place.objects["candidate"].code, {"name": "Nieuw"}),
    Choice("buddy_change", "candidate", lambda place: place.objects["candidate"].code),
    Choice("trial_buddy_choose", "buddy", lambda place: place.objects["spare_buddy"].pk),
    Choice("placement_change", "candidate_code", lambda place: place.objects["candidate"].code),
    Choice("placement_add", "unit", number("unit"), {**WORK, "holder": "zelf"}, placing),
    Choice("trial_assignment_add", "coach", number("coach")),
    Choice("coach_add", "place", lambda place: place.objects["partner"].uuid, {"name": "Nieuwe coach"}),
]


@pytest.mark.parametrize("choice", CHOICES, ids=lambda choice: f"{choice.page}-{choice.box}")
def test_a_record_elsewhere_is_no_choice(made, choice):
    client = Client()
    client.force_login(made.users["coordinator"])
    url = every_address()[choice.page].url(made.own, {})
    if query := choice.query(made.own):
        url = f"{url}?{urlencode(query)}"
    forms = Page(client.get(url).content.decode()).forms
    data = {**next(form.data for form in forms if choice.box in form.boxes), **choice.data}

    sent = {**data, choice.box: choice.value(made.foreign)}
    foreign = visit(client, "coordinator", choice.page, "foreign", url, method="post", data=sent)
    assert foreign.status == 200
    assert foreign.statements.writes == []
    typed = str(choice.value(made.foreign))
    assert secrets(made, "coordinator").in_text(foreign.body.replace(typed, "")) == []

    own = client.post(url, {**data, choice.box: choice.value(made.own)})
    assert own.status_code == 302, Page(own.content.decode()).text


@pytest.mark.parametrize("page", ["placement_add", "trial_add"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_of_elsewhere_can_be_placed(made, page, method):
    """The candidate stands in the address; one who lent to the own employer may be placed."""
    client = Client(raise_request_exception=False)
    client.force_login(made.users["coordinator"])
    url = every_address()[page].url(made.own, {})

    def answer(candidate):
        asked = urlencode({"kandidaat": candidate.uuid, "route": "dienstverband"})
        return visit(client, "coordinator", page, method, f"{url}?{asked}", method=method)

    assert answer(made.foreign.objects["candidate"]).status == 404
    assert answer(made.own.objects["candidate"]).status == 200
    assert answer(made.own.objects["shared_placement"].candidate).status == 200


def test_the_search_for_somebody_to_place_finds_nobody_elsewhere(made):
    client = Client()
    client.force_login(made.users["coordinator"])
    page = client.get(every_address()["placement_add"].url(made.own, {}), {"zoek": FOREIGN_TOKEN}).content.decode()
    assert page.count(FOREIGN_TOKEN) == 2, "only in the box in which it was typed, and the link to a new candidate"
    assert f"gezocht={FOREIGN_TOKEN}" in page
    assert "Niemand gevonden" in page
