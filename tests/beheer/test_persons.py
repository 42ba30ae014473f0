"""Saying in the admin which records of candidates are one human being."""

import pytest
from django.urls import reverse

from placements.counting import ledger
from placements.models import CountLine
from placements.services.persons import link_persons
from tests.beheer.conftest import messages_in
from tests.factories import CandidateFactory, PlacementFactory

pytestmark = pytest.mark.django_db


def address(view, candidate):
    return reverse(f"admin:candidates_candidate_{view}", args=[candidate.pk])


@pytest.fixture
def pair():
    """The same name at two employers: one placed, one in the register."""
    names = {"first_name": "Gülcan", "last_name": "Çelik"}
    placement = PlacementFactory(unregistered=True, candidate__first_name="Gülcan", candidate__last_name="Çelik")
    return placement.candidate, CandidateFactory(**names)


def test_who_bears_the_name_is_offered_without_typing(client, administrator, pair):
    stranger = CandidateFactory(first_name="Bram", last_name="Bakker")
    shown = client.get(address("link", pair[0]))
    assert list(shown.context["found"]) == [pair[1]]
    assert stranger.full_name not in shown.content.decode()


@pytest.mark.parametrize("search", ["celik", "ÇELIK gül", "code"])
def test_someone_is_found_by_part_of_the_name_or_by_code(client, administrator, pair, search):
    text = pair[1].code if search == "code" else search
    assert list(client.get(address("link", pair[0]), {"zoek": text}).context["found"]) == [pair[1]]


@pytest.mark.parametrize("search", ["", "niemand"])
def test_nobody_found_is_said(client, administrator, pair, search):
    assert "Niemand gevonden" in messages_in(client.get(address("link", pair[0]), {"zoek": search}))


def test_linking_is_asked_first_and_counts_at_once(client, administrator, pair):
    candidate, other = pair
    asked = messages_in(client.get(address("link", candidate), {"ander": other.pk}))
    assert "Is dit dezelfde persoon?" in asked
    candidate.refresh_from_db()
    assert candidate.person != other.person
    done = client.post(address("link", candidate), {"other": other.pk}, follow=True)
    assert "zijn nu dezelfde persoon" in messages_in(done)
    assert f"{other.code} ({other.owner})" in messages_in(done)
    assert not CountLine.objects.filter(counts=False).exists()
    assert not list(ledger.differences())


def test_what_the_service_refuses_is_said(client, administrator, pair):
    link_persons(candidates=pair, by=None)
    done = client.post(address("link", pair[0]), {"other": pair[1].pk}, follow=True)
    assert "zijn al dezelfde persoon" in messages_in(done)


@pytest.mark.parametrize("chosen", ["999999", "x", "1e3", "9" * 30])
def test_a_record_that_is_not_there_is_not_found(client, administrator, pair, chosen):
    assert client.post(address("link", pair[0]), {"other": chosen}).status_code == 404


def test_unlinking_is_asked_first_and_counts_at_once(client, administrator, pair, show):
    link_persons(candidates=pair, by=None)
    candidate = pair[0]
    assert "Losmaken" in show("candidates_candidate_change", candidate.pk)
    assert f"Was gekoppeld aan: {pair[1].code}" in messages_in(client.get(address("unlink", candidate)))
    client.post(address("unlink", candidate))
    assert not CountLine.objects.filter(counts=True).exists()
    assert "Losmaken" not in show("candidates_candidate_change", candidate.pk)
