"""What was typed is never lost, also when the session ended or another role is needed; nobody else sees it."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import kept
from accounts.models import AuditEvent, KeptForm
from accounts.services.kept_forms import MOST_FORMS, fields_of, keep_form
from candidates.models import Candidate
from tests.access.html import Page
from tests.factories import PASSWORD, CandidateFactory, EmployerFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def candidate():
    return CandidateFactory(owner=EmployerFactory(name="Gemeente Eerst"), first_name="Noor", last_name="Voorbeeld")


@pytest.fixture
def user(candidate):
    return UserFactory(coordinator=candidate.owner, email="noor@voorbeeld.example")


@pytest.fixture
def address(candidate):
    return reverse("candidate_change", kwargs={"employer": candidate.owner.uuid, "candidate": candidate.uuid})


@pytest.fixture
def client(user):
    """A browser in which ``user`` works, that checks the token against forged requests."""
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(user)
    return browser


def form_on(client, address):
    """Return what a browser would send of the form of a page: the one with the most boxes."""
    return max(Page(client.get(address).content.decode()).forms, key=lambda form: len(form.boxes)).data


def end_session(client):
    client.cookies.pop("sessionid")


def log_in(client, user, way):
    """Log in on the page that ``way`` leads to, and return the answer."""
    page = Page(client.get(way).content.decode())
    data = next(form.data for form in page.forms if "login" in form.boxes)
    return client.post("/account/login/", {**data, "login": user.email, "password": PASSWORD})


@pytest.fixture
def way(client, address):
    """The way to the log-in page of a form that was sent too late."""
    typed = {**form_on(client, address), "first_name": "Nora", "password": "geheim"}
    end_session(client)
    answer = client.post(address, typed)
    assert answer.status_code == 302
    return answer["Location"]


def shown(client, address):
    return client.get(address).content.decode()


class TestAfterTheSessionEnded:
    def test_the_log_in_page_says_that_it_is_kept(self, client, way):
        assert way.startswith("/account/login/?next=")
        assert kept.KEPT_UNTIL_LOG_IN in shown(client, way)

    def test_who_logs_in_again_finds_the_form_filled_in(self, client, user, way, candidate):
        page = shown(client, log_in(client, user, way)["Location"])
        assert kept.NOTICE in page
        assert 'value="Nora"' in page
        assert Candidate.objects.get(pk=candidate.pk).first_name == "Noor"

    def test_one_click_stores_it_and_wipes_what_was_kept(self, client, user, way, candidate):
        back = log_in(client, user, way)["Location"]
        assert client.post(back, form_on(client, back)).status_code == 302
        assert Candidate.objects.get(pk=candidate.pk).first_name == "Nora"
        assert not KeptForm.objects.exists()

    def test_a_form_with_a_fault_stays_kept(self, client, user, way):
        back = log_in(client, user, way)["Location"]
        assert client.post(back, {**form_on(client, back), "first_name": ""}).status_code == 200
        assert KeptForm.objects.exists()

    def test_a_colleague_sees_nothing_of_it(self, client, way, candidate):
        page = shown(client, log_in(client, UserFactory(coordinator=candidate.owner), way)["Location"])
        assert kept.NOTICE not in page
        assert "Nora" not in page
        assert 'value="Noor"' in page

    def test_it_is_of_one_page(self, client, user, way, candidate):
        back = log_in(client, user, way)["Location"]
        other = reverse("candidate_add", kwargs={"employer": candidate.owner.uuid})
        assert "Nora" not in shown(client, f"{other}?{back.split('?')[1]}")

    @pytest.mark.parametrize(("size", "said"), [(150_000, kept.KEPT_UNTIL_LOG_IN), (200_001, kept.NOT_KEPT)])
    def test_a_form_that_is_too_large_is_not_lost_in_silence(self, client, address, size, said):
        typed = {**form_on(client, address), "first_name": "x" * size}
        end_session(client)
        way = client.post(address, typed)["Location"]
        assert way.startswith("/account/login/?next=")
        assert said in shown(client, way)
        assert KeptForm.objects.exists() is (said == kept.KEPT_UNTIL_LOG_IN)

    def test_where_nothing_was_typed_nothing_is_said(self, client, address):
        sent = {name: form_on(client, address)[name] for name in (kept.OWNER, "csrfmiddlewaretoken")}
        end_session(client)
        assert kept.NOT_KEPT not in shown(client, client.post(address, sent)["Location"])

    def test_passwords_and_tokens_are_not_kept(self, way):
        names = {name for name, _ in fields_of(KeptForm.objects.get())}
        assert "first_name" in names
        assert not names & {"password", "csrfmiddlewaretoken", kept.OWNER}

    def test_what_is_kept_is_sealed_and_on_the_trail_without_what_was_typed(self, way, user):
        assert b"Nora" not in bytes(KeptForm.objects.get().content)
        event = AuditEvent.objects.get(action="formulier.bewaard")
        assert (event.actor, event.object_id, event.changes) == (None, str(user.uuid), {})

    def test_a_browser_that_lost_every_cookie_loses_nothing(self, client, user, address):
        typed = {**form_on(client, address), "first_name": "Nora"}
        client.cookies.clear()
        back = log_in(client, user, client.post(address, typed)["Location"])["Location"]
        assert 'value="Nora"' in shown(client, back)

    def test_who_logged_in_in_another_tab_meanwhile_loses_nothing(self, client, user, address):
        typed = {**form_on(client, address), "first_name": "Nora"}
        client.cookies.clear()
        log_in(client, user, "/account/login/")
        assert 'value="Nora"' in shown(client, client.post(address, typed)["Location"])

    def test_a_page_that_shows_it_not_itself_has_one_button_for_it(self, client, candidate):
        administrator = UserFactory(administrator=True)
        client.force_login(administrator)
        address = reverse("admin:employers_employer_change", args=[candidate.owner.pk])
        typed = {**form_on(client, address), "name": "Gemeente Anders", "_continue": "1"}
        end_session(client)
        back = log_in(client, administrator, client.post(address, typed)["Location"])["Location"]

        page = Page(shown(client, back))
        again = next(form.data for form in page.forms if form.data.get("name") == "Gemeente Anders" and not form.boxes)
        assert "Ga verder met wat was ingevuld" in " ".join(page.text)
        assert client.post(back, again).status_code == 302
        candidate.owner.refresh_from_db()
        assert candidate.owner.name == "Gemeente Anders"


class TestWhoItIsOf:
    @pytest.mark.parametrize("owner", ["", "nonsense", "00000000-0000-4000-8000-000000000000:1:x"])
    def test_a_form_that_says_not_whose_it_is_is_not_kept(self, client, address, owner):
        typed = {**form_on(client, address), kept.OWNER: owner}
        end_session(client)
        assert client.post(address, typed)["Location"] == f"/account/login/?next={address}"
        assert not KeptForm.objects.exists()

    def test_nor_one_of_more_than_a_day_ago(self, client, address):
        with time_machine.travel(timezone.now() - timedelta(hours=25)):
            typed = form_on(client, address)
        end_session(client)
        client.post(address, typed)
        assert not KeptForm.objects.exists()

    def test_nor_one_of_who_may_not_log_in_any_more(self, client, address, user):
        typed = form_on(client, address)
        end_session(client)
        type(user).objects.update(is_active=False)
        client.post(address, typed)
        assert not KeptForm.objects.exists()

    def test_a_forged_form_of_who_is_logged_in_is_refused_and_not_kept(self, client, address, user):
        other = UserFactory(coordinator=user.memberships.get().employer)
        for owner in ("", kept.owner_field(other)):
            assert client.post(address, {"first_name": "Nora", kept.OWNER: owner}).status_code == 403
        assert not KeptForm.objects.exists()


class TestAnotherRole:
    @pytest.fixture
    def elsewhere(self, user):
        return MembershipFactory(user=user, employer=EmployerFactory(name="Provincie Tweede"))

    def test_after_switching_the_form_is_filled_in(self, client, user, elsewhere, address):
        typed = {**form_on(client, address), "first_name": "Nora"}
        client.post("/wissel/", {**form_on(client, "/wissel/"), "membership": elsewhere.uuid})
        token = form_on(client, "/wissel/")["csrfmiddlewaretoken"]
        answer = client.post(address, {**typed, "csrfmiddlewaretoken": token})
        assert answer.status_code == 409
        assert "staat dan weer klaar" in answer.content.decode()

        offer = next(form.data for form in Page(answer.content.decode()).forms if "next" in form.data)
        own = user.memberships.exclude(pk=elsewhere.pk).get()
        back = client.post("/wissel/", {**offer, "membership": own.uuid})["Location"]
        assert 'value="Nora"' in shown(client, back)

    def test_choosing_a_role_itself_is_nothing_to_keep(self, client, elsewhere):
        data = form_on(client, "/wissel/") | {"membership": str(elsewhere.uuid)}
        end_session(client)
        assert client.post("/wissel/", data)["Location"] == "/account/login/?next=/wissel/"
        assert not KeptForm.objects.exists()


class TestHowLong:
    NOW = timezone.make_aware(timezone.datetime(2026, 11, 22, 12))

    def keep(self, user, *, at=NOW, value="Nora"):
        return keep_form(by=None, user=user, path="/ergens/", fields=[("naam", value)], now=at)

    @pytest.mark.parametrize(("minutes", "waits"), [(59, True), (60, False)])
    def test_it_waits_for_an_hour(self, user, minutes, waits):
        self.keep(user)
        later = self.NOW + timedelta(minutes=minutes)
        assert KeptForm.objects.waiting_for(user, later).exists() is waits

    def test_the_daily_command_wipes_an_old_one(self, user, capsys):
        self.keep(user, at=timezone.now() - timedelta(hours=2))
        call_command("daily")
        assert "bewaarde formulieren: 1 gewist" in capsys.readouterr().out

    def test_only_the_newest_of_a_user_wait(self, user):
        for minute in range(MOST_FORMS + 1):
            last = self.keep(user, at=self.NOW + timedelta(minutes=minute))
        assert user.kept_forms.count() == MOST_FORMS
        assert user.kept_forms.first() == last

    def test_a_form_that_is_too_large_is_not_kept(self, user):
        assert self.keep(user, value="x" * 200_000) is None

    def test_what_no_key_can_read_is_nothing(self, user, settings):
        from cryptography.fernet import Fernet

        form = self.keep(user)
        settings.NOTE_KEYS = [Fernet.generate_key().decode()]
        assert fields_of(form) == []
