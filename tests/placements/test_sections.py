"""Rooms above add sections to the page of a placement or trial."""

import pytest
import time_machine
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from placements import sections
from tests.factories import PlacementFactory, TrialFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_entries(monkeypatch):
    monkeypatch.setattr(sections, "_entries", {})
    sections.register(key="late", order=20, make=lambda request, employer, subject: mark_safe("<p>Tweede</p>"))
    sections.register(key="early", order=10, make=lambda r, employer, subject: format_html("<p>Eerste {}</p>", subject))
    sections.register(key="never", order=5, make=lambda request, employer, subject: None)


@pytest.mark.parametrize(("make", "name"), [(PlacementFactory, "placement_detail"), (TrialFactory, "trial_detail")])
def test_sections_stand_on_the_page_in_order(client, make, name):
    with time_machine.travel("2026-11-22", tick=False):
        subject = make()
        client.force_login(UserFactory(coordinator=subject.host))
        argument = name.removesuffix("_detail")
        answer = client.get(reverse(name, kwargs={"employer": subject.host.uuid, argument: subject.uuid}))
    text = answer.content.decode()
    assert f"<p>Eerste {subject}</p><p>Tweede</p>" in text


def test_the_same_key_takes_its_place():
    sections.register(key="late", order=1, make=lambda request, employer, subject: mark_safe("<p>Anders</p>"))
    assert sections.sections_of(None, None, "x") == ["<p>Anders</p>", "<p>Eerste x</p>"]
