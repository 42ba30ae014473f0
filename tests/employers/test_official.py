"""The official figure of a year: recorded, changed and removed by coordinators of the employer, with its source."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.models import AuditEvent
from accounts.once import SENT_BEFORE
from accounts.records import StaleRecordError
from employers.models import OfficialFigure
from employers.services.official import add_official_figure, change_official_figure, remove_official_figure
from tests.factories import EmployerFactory, OfficialFigureFactory, UserFactory

pytestmark = pytest.mark.django_db

FIGURE = {"year": 2025, "jobs": Decimal("31.4"), "source": "Brief van UWV", "day": date(2026, 6, 1)}


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-28 12:00+01:00", tick=False):
        yield


@pytest.fixture
def employer():
    return EmployerFactory()


def test_a_figure_is_recorded_with_one_event_on_the_trail(employer):
    figure = add_official_figure(by=None, employer=employer, **FIGURE)
    event = AuditEvent.objects.get(action="officieel_cijfer.toegevoegd")
    assert (event.object_id, event.employer_id) == (str(figure.uuid), employer.pk)
    assert event.changes["jobs"] == "31.40" or event.changes["jobs"] == "31.4"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"jobs": Decimal("-0.1")}, "jobs"),
        ({"year": 2012, "day": date(2013, 6, 1)}, "__all__"),
        ({"day": date(2025, 12, 31)}, "day"),
        ({"source": ""}, "source"),
    ],
    ids=["below zero", "before 2013", "before the year is over", "no source"],
)
def test_what_can_not_be_is_refused(employer, changes, field):
    with pytest.raises(ValidationError) as refused:
        add_official_figure(by=None, employer=employer, **FIGURE | changes)
    assert field in refused.value.message_dict
    assert not OfficialFigure.objects.exists()


def test_a_year_has_one_figure(employer):
    add_official_figure(by=None, employer=employer, **FIGURE)
    with pytest.raises(ValidationError, match="staat er al"):
        add_official_figure(by=None, employer=employer, **FIGURE)
    add_official_figure(by=None, employer=EmployerFactory(), **FIGURE)


def test_a_change_and_a_removal_notice_who_was_first(employer):
    figure = add_official_figure(by=None, employer=employer, **FIGURE)
    change_official_figure(by=None, figure=figure, expected_revision=1, jobs=Decimal(30))
    with pytest.raises(StaleRecordError):
        change_official_figure(by=None, figure=figure, expected_revision=1, jobs=Decimal(29))
    with pytest.raises(StaleRecordError):
        remove_official_figure(by=None, figure=figure, expected_revision=1)
    remove_official_figure(by=None, figure=figure, expected_revision=2)
    assert not OfficialFigure.objects.exists()
    assert AuditEvent.objects.filter(action="officieel_cijfer.verwijderd").count() == 1


def test_the_form_says_what_is_wrong_in_dutch_and_keeps_what_was_typed(client, employer):
    client.force_login(UserFactory(coordinator=employer))
    address = reverse("official_add", kwargs={"employer": employer.uuid})
    assert 'value="2025"' in client.get(address).content.decode(), "last year"
    sent = {"year": "2025", "jobs": "veel", "source": "UWV", "day": "1-3-2025"}
    page = client.post(address, sent).content.decode()
    assert "Schrijf een getal" in page
    assert 'value="veel"' in page
    page = client.post(address, sent | {"jobs": "31,4"}).content.decode()
    assert "als dat jaar voorbij is" in page
    assert client.post(address, sent | {"jobs": "31,4", "day": "1-3-2026"}).status_code == 302
    assert OfficialFigure.objects.get(employer=employer).jobs == Decimal("31.4")
    page = client.post(address, sent | {"jobs": "31,4", "day": "1-3-2026"}).content.decode()
    assert "staat er al" in page


def test_a_form_that_is_sent_twice_adds_one_figure(client, employer):
    client.force_login(UserFactory(coordinator=employer))
    address = reverse("official_add", kwargs={"employer": employer.uuid})
    sent = {"year": "2025", "jobs": "31,4", "source": "UWV", "day": "1-3-2026"}
    sent["once"] = client.get(address).context["once"]
    first, second = client.post(address, sent), client.post(address, sent, follow=True)
    assert first["Location"] == second.redirect_chain[0][0]
    assert SENT_BEFORE in second.content.decode()
    assert OfficialFigure.objects.count() == 1


def test_a_figure_is_changed_and_removed_from_its_page(client, employer):
    figure = OfficialFigureFactory(employer=employer)
    client.force_login(UserFactory(coordinator=employer))
    where = {"employer": employer.uuid, "figure": figure.uuid}
    sent = {"year": "2025", "jobs": "30", "source": "UWV", "day": "1-6-2026", "revision": "1"}
    assert client.post(reverse("official_change", kwargs=where), sent).status_code == 302
    figure.refresh_from_db()
    assert figure.jobs == 30
    assert client.post(reverse("official_remove", kwargs=where), {"revision": "2"}).status_code == 302
    assert not OfficialFigure.objects.exists()
