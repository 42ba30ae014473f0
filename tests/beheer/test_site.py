"""The admin as a whole: what is in it, who gets in, what is done with a record and what it leaves."""

from datetime import date
from uuid import uuid4

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent, Membership, Role
from accounts.records import GONE
from accounts.service_admin import ServiceAdmin
from employers.admin import TargetAdmin
from employers.models import Sector
from placements.services.teams import remove_purchase
from tests.beheer.conftest import filled_in, messages_in
from tests.beheer.records import MODELS, OWN_VIEWS, address, job, make, pages_of
from tests.factories import (
    EmployerFactory,
    OrgUnitFactory,
    PurchaseFactory,
    TargetFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def test_only_classes_that_write_through_services_are_in_it():
    registered = {model._meta.label_lower: klass for model, klass in admin.site._registry.items()}
    assert set(registered) == set(MODELS)
    assert all(isinstance(klass, ServiceAdmin) for klass in registered.values())


@pytest.mark.parametrize(("label", "may"), MODELS.items())
def test_what_can_be_done_with_a_model(client, administrator, label, may):
    record = make(label)
    answers = [
        client.get(address(label, "add")).status_code == 200,
        b"_save" in client.get(address(label, "change", record.pk)).content,
        client.get(address(label, "delete", record.pk)).status_code == 200,
    ]
    assert tuple(answers) == may


@pytest.mark.parametrize("label", MODELS)
def test_an_administrator_who_may_only_read_reads(client, label):
    client.force_login(UserFactory(administrator=True, read_only=True))
    record = make(label)
    assert client.get(address(label, "changelist")).status_code == 200
    assert b"_save" not in client.get(address(label, "change", record.pk)).content
    for page in ("add", "delete"):
        arguments = [record.pk] if page == "delete" else []
        assert client.get(address(label, page, *arguments)).status_code == 403
    before = type(record).objects.get(pk=record.pk).__dict__
    client.post(address(label, "change", record.pk), {"name": "Veranderd", "_save": "1"})
    after = type(record).objects.get(pk=record.pk).__dict__
    assert {**before, "_state": 0} == {**after, "_state": 0}


@pytest.mark.parametrize(("label", "view"), OWN_VIEWS)
def test_who_may_only_read_does_nothing_more(client, label, view):
    client.force_login(UserFactory(administrator=True, read_only=True))
    record = make(label)
    before = AuditEvent.objects.filter(result="gelukt").count()
    url = address(label, view, record.pk)
    answers = {client.get(url).status_code, client.post(url).status_code}
    assert answers <= {403, 404}
    assert AuditEvent.objects.filter(result="gelukt").count() == before
    assert AuditEvent.objects.filter(result="geweigerd").count() == 2


class TestWhoGetsIn:
    def test_nobody_who_is_not_known(self, client):
        answer = client.get("/beheer/employers/employer/?q=x")
        assert (answer.status_code, answer["Location"]) == (
            302,
            "/account/login/?next=/beheer/employers/employer/%3Fq%3Dx",
        )

    @pytest.mark.parametrize("role", ["coordinator", "adviser", "coach", "none"])
    def test_nobody_without_the_role(self, client, role):
        user = {
            "coordinator": lambda: UserFactory(coordinator=EmployerFactory()),
            "adviser": lambda: UserFactory(adviser=True),
            "coach": lambda: UserFactory(coach=True),
            "none": UserFactory,
        }[role]()
        client.force_login(user)
        own = [address(label, view, make(label).pk) for label, view in OWN_VIEWS]
        pages = [url for label in MODELS for url in pages_of(label)]
        frame = ["/beheer/", "/beheer/employers/", "/beheer/autocomplete/", "/beheer/bestaat-niet/"]
        urls = [*frame, *own, *pages, reverse("admin:accounts_auditevent_export")]
        for url in urls:
            assert (client.get(url).status_code, client.post(url).status_code) == (404, 404), url
        assert AuditEvent.objects.filter(action="toegang.beheer", result="geweigerd").count() == 2 * len(urls)

    def test_who_works_in_another_role_is_offered_to_switch(self, client):
        user = UserFactory(coordinator=EmployerFactory(), administrator=True)
        client.force_login(user)
        assert "Wissel en ga verder" in client.get("/beheer/").content.decode()
        client.post("/wissel/", {"membership": user.memberships.get(role=Role.ADMINISTRATOR).uuid})
        assert client.get("/beheer/").context["title"] == "Beheer"

    def test_a_role_that_has_ended_keeps_out(self, client):
        user = UserFactory(administrator=True)
        client.force_login(user)
        Membership.objects.update(last_day=date(2014, 1, 1))
        assert client.get("/beheer/").status_code == 404

    def test_logging_in_is_that_of_the_application(self, client):
        assert client.get(reverse("admin:login"))["Location"] == "/beheer/"
        assert client.get("/beheer/")["Location"] == "/account/login/?next=/beheer/"

    @pytest.mark.parametrize("path", ["logout", "password_change", "password_change/done", "jsi18n", "r/1/1"])
    def test_djangos_other_pages_are_not_here(self, client, administrator, path):
        assert client.get(f"/beheer/{path}/").status_code == 404

    def test_an_address_that_does_not_exist_is_not_found(self, client, administrator):
        assert client.get("/beheer/bestaat/niet/").status_code == 404


@pytest.mark.parametrize(
    "label", [label for label in MODELS if label not in ("accounts.auditevent", "employers.sector")]
)
def test_the_history_of_a_record_is_the_trail(client, administrator, label):
    record = make(label)
    answer = client.get(address(label, "history", record.pk))
    assert answer["Location"].startswith("/beheer/accounts/auditevent/?object_type=")
    assert client.get(answer["Location"]).status_code == 200


def test_djangos_own_log_stays_empty(client, administrator):
    unit = OrgUnitFactory()
    url = address("employers.orgunit", "change", unit.pk)
    client.post(url, {"code": "X", "name": "Anders", "revision": 1, "_save": "1"})
    client.post(address("employers.orgunit", "delete", unit.pk), {"post": "yes"})
    assert AuditEvent.objects.filter(action="afdeling.verwijderd").exists()
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize("label", MODELS)
def test_what_does_not_exist_is_not_found(client, administrator, label):
    missing = uuid4() if label.startswith("django_tasks") else 10**6
    for page in ("change", "history", *(("delete",) if MODELS[label][2] else ())):
        assert client.get(address(label, page, missing)).status_code == 404


def test_what_was_done_is_said_without_addressing_anyone(client, administrator):
    unit = OrgUnitFactory(name="Beheer")
    url = address("employers.orgunit", "change", unit.pk)
    values = {"code": "B", "name": "Beheer", "revision": 1}
    answer = client.post(url, {**values, "_continue": "1"}, follow=True)
    assert [str(message) for message in answer.context["messages"]] == ["Beheer is opgeslagen."]
    answer = client.post(address("employers.orgunit", "delete", unit.pk), {"post": "yes"}, follow=True)
    assert [str(message) for message in answer.context["messages"]] == ["Beheer is verwijderd."]


def test_forms_need_their_token(administrator):
    client = Client(enforce_csrf_checks=True)
    client.force_login(administrator)
    url = address("accounts.user", "block", UserFactory().pk)
    assert client.post(url).status_code == 403


class TestJobs:
    def test_a_failed_job_says_why(self, show):
        row = job()
        assert "mislukt" in show("django_tasks_database_dbtaskresult_changelist")
        shown = show("django_tasks_database_dbtaskresult_change", row.pk)
        assert "Foutmelding" in shown
        assert "placements.tasks.activate_version" in shown

    def test_a_job_that_is_done_says_what_came_of_it(self, show):
        row = job(status="SUCCESSFUL", traceback="", return_value=True, finished_at=timezone.now())
        assert "True" in show("django_tasks_database_dbtaskresult_change", row.pk)


class TestTwoAtOnce:
    """What somebody else stored meanwhile is said, and not overwritten unseen."""

    @pytest.fixture
    def other(self, client, administrator):
        """Send a form that was filled in before somebody else changed the record; return what comes back."""

        def other(name, record, first, second):
            url = reverse(f"admin:{name}_change", args=[record.pk])
            stale = filled_in(client.get(url)) | {"_save": "1"}
            client.post(url, filled_in(client.get(url)) | {"_save": "1"} | first)
            return client.post(url, stale | second), url

        return other

    def test_a_purchase(self, client, other):
        purchase = PurchaseFactory(places=9)
        answer, url = other(
            "placements_team", purchase.team, {"purchases-0-places": "10"}, {"purchases-0-places": "16"}
        )
        assert "Intussen gewijzigd door iemand anders in: 10." in messages_in(answer)
        purchase.refresh_from_db()
        assert purchase.places == 10
        client.post(url, filled_in(answer) | {"_save": "1"})
        purchase.refresh_from_db()
        assert purchase.places == 16

    def test_a_dated_fact(self, other):
        employer = EmployerFactory()
        answer, _ = other(
            "employers_employer",
            employer,
            {"facts-0-return_period": "vier_weken"},
            {"facts-0-sector": str(Sector.objects.get(code="provincies").pk)},
        )
        assert "Intussen gewijzigd door iemand anders in: Vier weken." in messages_in(answer)
        assert "Intussen gewijzigd door iemand anders in: Gemeenten." in messages_in(answer)
        assert "Er zijn 3 dingen niet goed ingevuld" in messages_in(answer)
        fact = employer.facts.get()
        assert (fact.return_period, fact.sector.code) == ("vier_weken", "gemeenten")

    def test_a_row_that_is_gone(self, client, administrator):
        purchase = PurchaseFactory(places=9)
        url = reverse("admin:placements_team_change", args=[purchase.team.pk])
        stale = filled_in(client.get(url)) | {"_save": "1", "purchases-0-places": "10"}
        remove_purchase(purchase=purchase, by=None)
        answer = client.post(url, stale)
        assert answer.status_code == 200
        assert f"{GONE} Open deze pagina opnieuw." in messages_in(answer)
        assert GONE in messages_in(client.post(url, filled_in(answer) | {"_save": "1"}))

    def test_what_is_removed_twice_leads_back_to_the_list(self, client, administrator, monkeypatch):
        target = TargetFactory()

        def too_late(self, request, record):
            monkeypatch.setattr(TargetAdmin, "get_object", lambda *arguments: None)
            raise ValidationError(GONE)

        monkeypatch.setattr(TargetAdmin, "remove", too_late)
        answer = client.post(address("employers.target", "delete", target.pk), {"post": "yes"}, follow=True)
        assert answer.redirect_chain == [(address("employers.target", "changelist"), 302)]
        assert GONE in messages_in(answer)

    def test_a_user(self, other):
        user = UserFactory(name="Eerst")
        answer, _ = other("accounts_user", user, {"name": "Van de een"}, {"name": "Van de ander"})
        assert "Intussen gewijzigd door iemand anders in: Van de een." in messages_in(answer)
        user.refresh_from_db()
        assert user.name == "Van de een"
