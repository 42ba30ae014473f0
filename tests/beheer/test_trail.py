"""The audit trail in the admin: to read, to filter, to take along."""

import csv
import io
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from accounts import audit
from accounts.admin.trail import name_of
from accounts.models import AuditEvent
from tests.beheer.conftest import messages_in
from tests.factories import AuditEventFactory, EmployerFactory, UserFactory

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 6, 30, 12, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))


def export(client, query=""):
    response = client.get(reverse("admin:accounts_auditevent_export") + query)
    assert 'filename="auditspoor.csv"' in response["Content-Disposition"]
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_an_event_shows_names_of_fields_and_keeps_personal_values_out(show):
    event = AuditEventFactory(changes={"name": None, "code": "BV"}, moment=NOON)
    shown = show("accounts_auditevent_change", event.pk)
    assert "code: BV" in shown
    assert "name: (persoonlijk)" in shown
    assert "30 juni 2026, 12:00" in shown


def test_a_bulk_event_shows_what_it_touched(show):
    event = AuditEventFactory(action="bestand.gelezen")
    audit.add_details(event, [("employers.orgunit", "abc", "name")])
    assert "afdeling abc: name" in show("accounts_auditevent_change", event.pk)


@pytest.mark.parametrize(
    ("label", "name"), [("employers.orgunit", "afdeling"), ("weg.model", "weg.model"), ("onzin", "onzin"), ("", "")]
)
def test_kinds_of_records_have_dutch_names(label, name):
    assert name_of(label) == name


@pytest.mark.parametrize(
    ("query", "count"),
    [("?result__exact=geweigerd", 1), ("?action=afdeling.toegevoegd", 2), ("?q=niemand", 0), ("?moment__year=2026", 2)],
)
def test_events_are_filtered(client, administrator, query, count):
    AuditEventFactory(moment=NOON)
    AuditEventFactory(moment=NOON, result="geweigerd")
    AuditEventFactory(moment=NOON.replace(year=2024), action="afdeling.gewijzigd")
    rows = client.get(reverse("admin:accounts_auditevent_changelist") + query).context["cl"].result_list
    assert len(rows) == count


NONSENSE = ["?moment__year=99999999999999999999", "?moment__year=2026&moment__month=99", "?moment__year=jaar"]


@pytest.mark.parametrize("query", NONSENSE)
def test_a_day_that_is_none_leads_back_to_the_whole_list(client, administrator, query):
    answer = client.get(reverse("admin:accounts_auditevent_changelist") + query)
    assert (answer.status_code, answer["Location"]) == (302, "/beheer/accounts/auditevent/?e=1")


class TestTheFile:
    @pytest.mark.parametrize("query", NONSENSE)
    def test_there_is_none_for_a_day_that_is_none(self, client, administrator, query):
        assert client.get(reverse("admin:accounts_auditevent_export") + query).status_code == 404

    def test_it_holds_the_events_of_the_list(self, client, administrator):
        employer = EmployerFactory(code="DRE")
        AuditEventFactory(actor=UserFactory(name="Iemand"), employer=employer, moment=NOON, changes={"code": "BV"})
        AuditEventFactory(action="afdeling.gewijzigd")
        rows = export(client, "?action=afdeling.toegevoegd")
        assert [(row["moment"], row["door"], row["werkgever"], row["wijzigingen"]) for row in rows] == [
            ("30 juni 2026, 12:00", "Iemand", "DRE", "code=BV")
        ]

    def test_text_stays_text_in_a_spreadsheet(self, client, administrator):
        AuditEventFactory(agent='=HYPERLINK("https://boos.example")')
        assert export(client)[0]["programma"].startswith("'=")

    def test_taking_it_along_is_an_event(self, client, administrator):
        AuditEventFactory()
        export(client)
        event = AuditEvent.objects.get(action="trail.geexporteerd")
        assert (event.actor, event.changes) == (administrator, {"rows": 1})

    def test_only_for_administrators(self, client):
        client.force_login(UserFactory(coordinator=EmployerFactory()))
        assert client.get(reverse("admin:accounts_auditevent_export")).status_code == 404

    def test_the_list_links_to_it_with_the_same_filters(self, client, administrator):
        AuditEventFactory()
        page = client.get(reverse("admin:accounts_auditevent_changelist") + "?result__exact=gelukt").content.decode()
        assert f"{reverse('admin:accounts_auditevent_export')}?result__exact=gelukt" in page


@pytest.mark.parametrize("method", ["post", "delete", "put"])
def test_nothing_changes_an_event(client, administrator, method):
    event = AuditEventFactory()
    for name in ("change", "delete"):
        getattr(client, method)(
            reverse(f"admin:accounts_auditevent_{name}", args=[event.pk]), {"action": "x", "post": "yes"}
        )
    assert AuditEvent.objects.get(pk=event.pk).action == event.action


def test_the_history_of_a_record_shows_its_events(client, administrator):
    employer = EmployerFactory()
    audit.record(action="werkgever.gewijzigd", by=administrator, obj=employer)
    audit.record(action="werkgever.gewijzigd", by=administrator, obj=EmployerFactory())
    answer = client.get(reverse("admin:employers_employer_history", args=[employer.pk]), follow=True)
    assert "1 gebeurtenis" in messages_in(answer)
