"""What does not count, grouped by reason: the same rows as the list, with what can be done about each reason."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from placements.counting.facts import EXCLUDING_RULES
from placements.counting.reasons import EXPLANATIONS, of_group
from placements.views.excluded import REASONS
from tests.factories import (
    CandidateFactory,
    EmployerFactory,
    OrgUnitFactory,
    PlacementFactory,
    TrialFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def employer():
    return EmployerFactory()


@pytest.fixture
def read(client, employer):
    """Return a function that opens the page on 30 June 2026."""

    def read(page="placement_excluded", **query):
        client.force_login(UserFactory(coordinator=employer))
        address = reverse(page, kwargs={"employer": employer.uuid})
        return client.get(address, {"peildatum": "30-06-2026", **query})

    return read


def test_every_reason_has_a_place_on_the_page_and_something_to_say():
    assert set(REASONS) == set(EXCLUDING_RULES)
    for rule in REASONS:
        why = of_group(EXPLANATIONS[rule], day="30 juni 2026")
        assert why.remedy
        assert "{" not in why.sentence + why.remedy


def test_placements_stand_under_their_reason_with_what_can_be_done(read, employer):
    PlacementFactory.create_batch(7, host=employer, unregistered=True)
    PlacementFactory(host=employer, sheltered=True)
    PlacementFactory(host=employer)
    TrialFactory(host=employer, first_day=date(2026, 6, 1), last_day=date(2026, 7, 31))
    response = read()
    groups = response.context["groups"]
    assert [(group.rule, group.number, group.persons, len(group.rows)) for group in groups] == [
        ("not_registered", 7, 7, 5),
        ("sheltered_work", 1, 1, 1),
    ]
    page = response.content.decode()
    for text in (
        "Controleer de registratie in het werkgeversportaal van UWV.",
        "telt wel mee als beschutte plek",
        "Wfsv artikel 38b lid 1",
        "Alle 7 bekijken",
        "Proefplaatsing of stage",
    ):
        assert text in page


def test_each_group_leads_to_exactly_its_rows(read, client, employer):
    PlacementFactory.create_batch(3, host=employer, unregistered=True)
    PlacementFactory(host=employer, procured=True)
    for regime, reasons in (("statutory", 2), ("with_procurement", 1)):
        groups = read(regime=regime).context["groups"]
        assert len(groups) == reasons
        for group in groups:
            assert client.get(group.url).context["table"].row_count == group.number


def test_a_unit_narrows_it_and_one_that_is_not_there_does_not(read, employer):
    unit = OrgUnitFactory(employer=employer)
    PlacementFactory(host=employer, unregistered=True, period__unit=unit)
    PlacementFactory(host=employer, unregistered=True)
    TrialFactory(host=employer, first_day=date(2026, 6, 1), last_day=date(2026, 7, 31))  # belongs to no unit
    inside = read(afdeling=str(unit.uuid)).context
    assert (inside["number"], inside["trials"]) == (1, 0)
    response = read(afdeling=str(OrgUnitFactory().uuid))
    assert (response.context["number"], response.context["trials"]) == (2, 1)
    assert "Deze afdeling bestaat niet" in response.content.decode()


def test_nobody_of_another_employer_is_named(read):
    elsewhere = EmployerFactory()
    candidate = CandidateFactory(owner=elsewhere, register=None, last_name="Elders")
    PlacementFactory(host=elsewhere, candidate=candidate)
    page = read().content.decode()
    assert "Elders" not in page
    assert "Alles wat op deze dag loopt, telt mee" in page


def test_it_takes_as_many_queries_for_many_as_for_few(client):
    few, many = EmployerFactory(), EmployerFactory()
    for employer, number in ((few, 1), (many, 12)):
        PlacementFactory.create_batch(number, host=employer, unregistered=True)
        PlacementFactory.create_batch(number, host=employer, sheltered=True)

    def queries(employer):
        client.force_login(UserFactory(coordinator=employer))
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("placement_excluded", kwargs={"employer": employer.uuid}))
        return len(captured)

    assert queries(few) == queries(many) <= 12
