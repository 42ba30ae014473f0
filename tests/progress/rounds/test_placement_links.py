"""What is frozen leads to the placements behind it, as far as they are still here."""

import pytest
from django.test import Client
from django.urls import reverse

from placements.services.placements import remove_placement
from tests.factories import EmployerFactory, PlacementFactory, RoundFactory, SnapshotFactory, UserFactory
from tests.progress.reading import shown

pytestmark = pytest.mark.django_db
TABLES = {"snapshot_detail": "Vastgelegde telregels", "snapshot_difference": "Wat het verschil verklaart"}


@pytest.fixture
def employer():
    return EmployerFactory()


@pytest.fixture
def snapshot(employer):
    """Two placements, of which one is no more."""
    there, gone = (PlacementFactory(host=employer, code=code) for code in ("BLEEF", "WEG"))
    snapshot = SnapshotFactory(round=RoundFactory(), employer=employer)
    remove_placement(by=None, placement=gone)
    snapshot.address = reverse("placement_detail", kwargs={"employer": employer.uuid, "placement": there.uuid})
    return snapshot


def codes(employer, snapshot, page, **query):
    client = Client()
    client.force_login(UserFactory(coordinator=employer))
    address = reverse(page, kwargs={"employer": employer.uuid, "snapshot": snapshot.uuid})
    return {row[0].text: row[0].href for row in shown(client.get(address, query)).tables[TABLES[page]][1:]}


def test_a_frozen_line_leads_to_its_placement_while_that_exists(employer, snapshot):
    assert codes(employer, snapshot, "snapshot_detail") == {"BLEEF": snapshot.address, "WEG": ""}


def test_a_line_of_a_difference_does_so_too(employer, snapshot):
    PlacementFactory(host=employer, code="NIEUW")
    found = codes(employer, snapshot, "snapshot_difference", met="dag")
    assert found.keys() == {"NIEUW", "WEG", "Verschil"}
    assert found["NIEUW"].startswith(reverse("placement_list", kwargs={"employer": employer.uuid}))
    assert found["WEG"] == found["Verschil"] == ""
