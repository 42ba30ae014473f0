"""The audit trail in the admin: to read, to filter, to take along."""

import csv
import io
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import audit
from accounts.admin.targets import name_of
from accounts.models import AuditEvent
from tests.beheer.conftest import messages_in
from tests.factories import (
    AuditEventFactory,
    CandidateFactory,
    EmployerFactory,
    MembershipFactory,
    OrgUnitFactory,
    PartnerFactory,
    PlacementFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 6, 30, 12, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
GONE = "5e1ec7ed-0000-4000-8000-000000000000"


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


class TestWhatItWasAbout:
    """Shown by code or name and linked to its page here, with one query for the whole list."""

    KINDS = (
        (lambda: CandidateFactory(code="K-7", last_name="Geheim"), "kandidaat K-7"),
        (lambda: PlacementFactory(code="P-7"), "plaatsing P-7"),
        (lambda: EmployerFactory(code="DRE"), "werkgever DRE"),
        (lambda: PartnerFactory(name="Bureau Voorbeeld"), "partner Bureau Voorbeeld"),
        (lambda: UserFactory(name="Noor Bakker"), "gebruiker Noor Bakker"),
    )

    @pytest.mark.parametrize(("make", "text"), KINDS)
    def test_it_leads_to_the_record(self, client, administrator, make, text):
        record = make()
        audit.record(action="iets.bekeken", by=administrator, obj=record)
        address = reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])
        page = client.get(reverse("admin:accounts_auditevent_changelist") + "?action=iets.bekeken").content.decode()
        assert f'<a href="{address}">{text}</a>' in page
        assert client.get(address).status_code == 200
        assert "Geheim" not in page

    def test_a_role_leads_to_its_user(self, show, administrator):
        membership = MembershipFactory(user__name="Noor Bakker")
        event = audit.record(action="rol.gegeven", by=administrator, obj=membership)
        assert "lidmaatschap Noor Bakker" in show("accounts_auditevent_change", event.pk)

    @pytest.mark.parametrize(
        ("kind", "key"),
        [
            ("candidates.candidate", GONE),
            ("candidates.candidate", "geen kenmerk"),
            ("weg.model", "123"),
            ("", ""),
        ],
    )
    def test_what_is_gone_is_named_by_what_the_trail_has(self, client, administrator, kind, key):
        AuditEventFactory(object_type=kind, object_id=key)
        page = client.get(reverse("admin:accounts_auditevent_changelist"))
        assert page.status_code == 200
        assert (f"{name_of(kind)} {key[:8]}".strip() or "–") in page.content.decode()

    def test_a_longer_list_takes_no_more_queries(self, client, administrator, django_assert_max_num_queries):
        for make, _ in self.KINDS:
            audit.record(action="iets.bekeken", by=administrator, obj=make())
        address = reverse("admin:accounts_auditevent_changelist") + "?action=iets.bekeken"
        client.get(address)
        with CaptureQueriesContext(connection) as few:
            client.get(address)
        for _ in range(20):
            audit.record(action="iets.bekeken", by=administrator, obj=PlacementFactory())
        with django_assert_max_num_queries(len(few)):
            assert len(client.get(address).context["cl"].result_list) == 25

    def test_the_parts_of_a_bulk_event_are_named_too(self, show):
        unit = OrgUnitFactory(code="ARCHIEF")
        event = AuditEventFactory(action="bestand.gelezen")
        audit.add_details(event, [("employers.orgunit", str(unit.uuid), "name")])
        assert f'<a href="/beheer/employers/orgunit/{unit.pk}/change/">afdeling ARCHIEF</a>: name' in show(
            "accounts_auditevent_change", event.pk
        )


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
