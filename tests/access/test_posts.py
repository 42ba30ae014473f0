"""Sending something: refused to who may not, never without the token against forged requests."""

from collections.abc import Iterator

import pytest
from django.test import Client

from accounts.models import AuditEvent
from tests.access import addresses, table, tour, world
from tests.access.test_codes import CASES, ROWS, arguments_of, shown
from tests.access.walk import visit

pytestmark = pytest.mark.django_db

OFFER = "Wissel en ga verder"


@pytest.mark.parametrize(("role", "user"), CASES)
def test_an_empty_post_answers_what_the_table_says(walks, role, user):
    different = []
    for answer in walks(user).posts:
        expected = table.expected_of_post(ROWS[answer.name], role, answer.variant, arguments_of(answer.name))
        if shown(answer) != expected:
            different.append(f"{answer}: {shown(answer)}, not {expected}")
    assert not different, "\n".join(different)


@pytest.mark.parametrize(("role", "user"), CASES)
def test_a_refused_post_writes_nothing(walks, role, user):
    refused = [answer for answer in walks(user).posts if shown(answer) in ("403", "404", "405", "409", "login")]
    written = [f"{answer}: {sql}" for answer in refused for sql in answer.statements.writes]
    assert not written, "\n".join(written)


@pytest.mark.parametrize("user", ["anonymous", "coordinator", "adviser", "administrator"])
def test_a_post_without_the_token_is_refused(made, user):
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    accepted = [
        f"{answer}: {shown(answer)}"
        for answer in tour.posts(client, user, made)
        if answer.status != 403 or answer.statements.writes
    ]
    assert not accepted, "\n".join(accepted)


def test_a_page_of_another_own_employer_offers_to_switch(made):
    """A 200 for who looks, a 409 for who sends: nothing was saved. The offer is about that employer."""
    client = Client(raise_request_exception=False)
    world.work_for(client, made.users["two employers"], made.own.employer)
    different = []
    for row, method, url in _of_employers(made):
        answer = visit(client, "two employers", row.name, method, url, method=method)
        status = {"get": 200, "post": 409}[method]
        if answer.status != status or OFFER not in answer.body or "Gemeente Elders" not in answer.body:
            different.append(f"{answer}: {answer.status}")
        different += [f"{answer}: wrote {sql}" for sql in answer.statements.writes]
    assert not different, "\n".join(different)


def test_after_switching_the_page_opens(made):
    client = Client()
    world.work_for(client, made.users["two employers"], made.own.employer)
    page = addresses.every_address()["progress"].url(made.foreign, {})
    membership = made.users["two employers"].memberships.get(employer=made.foreign.employer)

    answer = client.post("/wissel/", {"membership": membership.uuid, "next": page}, follow=True)

    assert (answer.redirect_chain, answer.status_code) == ([(page, 302)], 200)
    assert client.get(addresses.every_address()["progress"].url(made.own, {})).content.decode().count(OFFER) == 1


def test_a_refusal_is_on_the_trail(made):
    client = Client(raise_request_exception=False)
    client.force_login(made.users["reader"])
    for row, method, url in _of_employers(made):
        before = AuditEvent.objects.filter(result="geweigerd", actor=made.users["reader"]).count()
        visit(client, "reader", row.name, method, url, method=method)
        assert AuditEvent.objects.filter(result="geweigerd", actor=made.users["reader"]).count() == before + 1, url


def _of_employers(made: world.World) -> Iterator[tuple[table.Row, str, str]]:
    """Yield a GET and a POST of every address of the foreign employer."""
    known = addresses.every_address()
    for row in table.rows():
        if "employer" in arguments_of(row.name):
            for method in ("get", "post"):
                yield row, method, known[row.name].url(made.foreign, row.objects)
