"""What is most urgent stands on the coordinator's dashboard as well."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import EmployerFactory, OrgUnitFactory, PlacementFactory, UserFactory
from tests.progress.reading import shown

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
ENDS = [TODAY + timedelta(days) for days in (5, 2, 0, 30, 4, 6)]


@pytest.fixture
def employer():
    """Contracts that end, the nearest not first; one only next month."""
    employer = EmployerFactory()
    for number, day in enumerate(ENDS):
        PlacementFactory(host=employer, candidate__last_name=f"Nummer{number}", period__last_day=day)
    return employer


def first(employer, *, user=None, **query):
    client = Client()
    client.force_login(user or UserFactory(coordinator=employer))
    page = shown(client.get(reverse("progress", kwargs={"employer": employer.uuid}), query))
    if "Eerst doen" not in page.text:
        return None
    return [link.text.split()[-1] for link in page.links if link.text.split()[-1].startswith("Nummer")]


def test_the_four_nearest_of_this_week_each_with_its_step(employer):
    found = first(employer)
    assert list(dict.fromkeys(found)) == ["Nummer2", "Nummer1", "Nummer4", "Nummer0"]


@pytest.mark.parametrize("query", [{"peildatum": "2026-06-30"}, {"peildatum": "2026-12-31"}])
def test_only_of_today(employer, query):
    assert first(employer, **query) is None


def test_only_of_the_whole_organisation(employer):
    unit = OrgUnitFactory(employer=employer)
    PlacementFactory(host=employer, period__unit=unit)
    assert first(employer, afdeling=str(unit.uuid)) is None


def test_an_administrator_has_no_work_there(employer):
    assert first(employer, user=UserFactory(administrator=True)) is None


def test_nothing_due_leaves_the_card_out():
    employer = EmployerFactory()
    PlacementFactory(host=employer)
    assert first(employer) is None


def test_who_may_only_read_sees_no_steps(employer):
    reader = UserFactory(coordinator=employer, read_only=True)
    client = Client()
    client.force_login(reader)
    page = shown(client.get(reverse("progress", kwargs={"employer": employer.uuid})))
    assert "Eerst doen" in page.text
    assert "Verlengen of beëindigen" not in page.text
