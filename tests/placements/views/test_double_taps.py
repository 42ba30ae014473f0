"""A form that adds something and is sent twice adds it once, also without any script."""

import threading
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.once import SENT_BEFORE, STANDS_ALREADY
from candidates.models import Candidate
from placements.models import Placement, Trial
from tests.factories import CandidateFactory, EmployerFactory, PlacementFactory, UserFactory
from tests.placements.views.pages import filled_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def employer():
    return EmployerFactory()


@pytest.fixture
def desk(client: Client, employer: Any) -> Client:
    client.force_login(UserFactory(coordinator=employer))
    return client


def sheets(employer: Any) -> dict[str, tuple[str, dict[str, str], Any]]:
    """Return per thing to add: the address of the form, what is typed, and the model."""
    candidate = CandidateFactory(owner=employer)
    where = {"employer": employer.uuid}
    person = f"?kandidaat={candidate.uuid}"
    terms = {"job_title": "Gastheer", "contract_kind": "vast", "hours": "24", "first_day": "1-3-2026"}
    trial = {"kind": "proefplaatsing", "first_day": "1-3-2026", "last_day": "30-4-2026"}
    name = {"first_name": "Noor", "last_name": "Voorbeeld"}
    return {
        "placement": (reverse("placement_add", kwargs=where) + person + "&route=dienstverband", terms, Placement),
        "trial": (reverse("trial_add", kwargs=where) + person, trial, Trial),
        "candidate": (reverse("candidate_add", kwargs=where), name, Candidate),
    }


@pytest.mark.parametrize("what", ["placement", "trial", "candidate"])
def test_the_second_time_leads_to_what_the_first_made(desk, employer, what):
    url, typed, model = sheets(employer)[what]
    before = model.objects.count()
    sent = filled_in(desk.get(url)) | typed
    first, second = desk.post(url, sent), desk.post(url, sent)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    assert model.objects.count() == before + 1
    assert SENT_BEFORE in desk.get(second["Location"]).content.decode()


def test_a_form_that_is_filled_in_anew_adds_another(desk, employer):
    url, typed, model = sheets(employer)["candidate"]
    before = model.objects.count()
    for _ in range(2):
        desk.post(url, filled_in(desk.get(url)) | typed)
    assert model.objects.count() == before + 2


@pytest.mark.parametrize("once", ["", "kwijt"])
def test_a_form_without_its_mark_still_works(desk, employer, once):
    url, typed, _ = sheets(employer)["candidate"]
    answer = desk.post(url, filled_in(desk.get(url)) | typed | {"once": once})
    assert answer.status_code == 302


@pytest.mark.parametrize("what", ["placement", "trial", "candidate"])
@pytest.mark.django_db(transaction=True)
def test_at_the_very_same_moment_there_is_one(employer, what):
    user = UserFactory(coordinator=employer)
    url, typed, model = sheets(employer)[what]
    before = model.objects.count()
    clients = [Client(), Client()]
    for client in clients:
        client.force_login(user)
    sent = filled_in(clients[0].get(url)) | typed
    start, answers = threading.Barrier(2), []

    def send(client: Client) -> None:
        start.wait()
        try:
            answers.append(client.post(url, sent)["Location"])
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 2
    assert len(set(answers)) == 1
    assert model.objects.count() == before + 1


@pytest.mark.parametrize("last_day", ["", "31-12-2026"])
def test_a_register_period_that_is_sent_twice_is_there_once(desk, employer, last_day):
    candidate = CandidateFactory(owner=employer, unregistered=True)
    url = reverse("register_add", kwargs={"employer": employer.uuid, "candidate": candidate.uuid})
    sent = filled_in(desk.get(url), first_day="1-3-2026", last_day=last_day)
    first, second = desk.post(url, sent), desk.post(url, sent, follow=True)
    assert first["Location"] == second.redirect_chain[0][0]
    assert STANDS_ALREADY in second.content.decode()
    assert candidate.register_periods.count() == 1


@pytest.mark.parametrize("side", ["host", "employer_of_record"])
def test_a_change_of_contract_that_is_sent_twice_is_there_once(desk, employer, side):
    placement = PlacementFactory(**{side: employer})
    url = reverse("period_add", kwargs={"employer": employer.uuid, "placement": placement.uuid})
    sent = filled_in(desk.get(url), first_day="1-3-2026", hours="12", job_title=" Gast  vrouw")
    first, second = desk.post(url, sent), desk.post(url, sent, follow=True)
    assert first["Location"] == second.redirect_chain[0][0]
    assert STANDS_ALREADY in second.content.decode()
    assert placement.periods.count() == 2
    assert desk.post(url, sent | {"hours": "13"}).status_code == 200
