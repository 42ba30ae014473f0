"""The coach's start: honest about what is not there yet."""

import pytest
from django.urls import reverse

from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_a_coach_starts_here(client):
    client.force_login(UserFactory(coach=True))
    assert client.get(reverse("home"))["Location"] == reverse("caseload")
    assert "Hier staat nog niemand" in client.get(reverse("caseload")).content.decode()


def test_only_a_coach_has_a_caseload(client):
    client.force_login(UserFactory(administrator=True))
    assert client.get(reverse("caseload")).status_code == 404
    assert "Mijn caseload" not in client.get(reverse("sector_list")).content.decode()
