from datetime import date

import pytest
from django.test import override_settings
from django.urls import path, reverse
from django.views.generic import View

from accounts.access import RoleMixin
from accounts.models import AuditEvent, Role
from accounts.scope import SESSION_KEY, scope_of
from accounts.views import start_of
from banenafspraak.urls import urlpatterns as house
from tests.factories import PASSWORD, EmployerFactory, MembershipFactory, SectorFactory, UserFactory

pytestmark = pytest.mark.django_db


class CoachPage(RoleMixin, View):
    roles = (Role.COACH,)

    def get(self, request):
        from django.http import HttpResponse

        return HttpResponse(scope_of(request.user).role)

    post = get


urlpatterns = [*house, path("alleen-coaches/", CoachPage.as_view())]


def sent_on(client, user):
    client.force_login(user)
    return client.get("/")


def test_home_asks_to_log_in(client):
    answer = client.get("/")
    assert (answer.status_code, answer["Location"]) == (302, "/account/login/?next=/")


def test_home_says_plainly_that_there_is_no_role(client):
    answer = sent_on(client, UserFactory())
    assert answer.status_code == 200
    assert "Er is nog geen rol" in answer.content.decode()


@pytest.mark.parametrize(
    ("role", "name", "place"),
    [
        ("coordinator", "progress", "employer"),
        ("adviser", "sector_progress", "sector"),
        ("all sectors", "sector_list", None),
        ("coach", "caseload", None),
        ("administrator", "admin:index", None),
    ],
)
def test_every_role_starts_at_its_own_page(monkeypatch, role, name, place):
    membership = {
        "coordinator": lambda: MembershipFactory(),
        "adviser": lambda: MembershipFactory(sector=SectorFactory()),
        "all sectors": lambda: MembershipFactory(all_sectors=True),
        "coach": lambda: MembershipFactory(coach=True),
        "administrator": lambda: MembershipFactory(administrator=True),
    }[role]()
    asked = []

    def reverse_name(name, kwargs=None):
        asked.append((name, kwargs))
        return "/ergens/"

    monkeypatch.setattr("accounts.views.reverse", reverse_name)
    assert start_of(membership) == "/ergens/"
    assert asked == [(name, {place: getattr(membership, place).uuid} if place else None)]


def test_home_sends_on(client):
    answer = sent_on(client, UserFactory(administrator=True))
    assert (answer.status_code, answer["Location"]) == (302, "/beheer/")


@pytest.fixture
def two_roles(client):
    """A user who is coordinator (works in that first) and administrator."""
    user = UserFactory(coordinator=EmployerFactory(name="Gemeente Eén"), administrator=True)
    client.force_login(user)
    return user


def chosen(user, role):
    return str(user.memberships.get(role=role).uuid)


def test_the_page_lists_the_roles_and_marks_the_chosen_one(client, two_roles):
    page = client.get("/wissel/").content.decode()
    assert page.count("Nu gekozen") == 1
    assert page.count("Kies deze rol") == 1
    assert chosen(two_roles, Role.ADMINISTRATOR) in page


def test_a_chosen_role_stays_for_the_session(client, two_roles):
    membership = chosen(two_roles, Role.ADMINISTRATOR)
    answer = client.post("/wissel/", {"membership": membership})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.session[SESSION_KEY] == membership
    assert client.get("/wissel/").wsgi_request.user.scope.is_administrator


def test_the_choice_is_on_the_trail_in_the_new_role(client, two_roles):
    membership = two_roles.memberships.get(role=Role.ADMINISTRATOR)
    client.post("/wissel/", {"membership": membership.uuid})
    event = AuditEvent.objects.get(action="rol.gekozen")
    assert (event.membership, event.object_id, event.actor) == (membership, str(membership.uuid), two_roles)


@pytest.mark.parametrize(
    ("next_page", "target"),
    [
        ("/werkgevers/x/?a=1", "/werkgevers/x/?a=1"),
        ("", "/"),
        ("https://elders.example/", "/"),
        ("//elders.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("progress", "/"),
        ("zomaar-iets", "/"),
    ],
)
def test_going_on_stays_on_this_site(client, two_roles, next_page, target):
    answer = client.post("/wissel/", {"membership": chosen(two_roles, Role.ADMINISTRATOR), "next": next_page})
    assert answer["Location"] == target


@pytest.mark.parametrize("which", ["somebody else's", "ended", "nonsense"])
def test_only_an_own_role_of_today_is_chosen(client, two_roles, which):
    membership = {
        "somebody else's": lambda: MembershipFactory(administrator=True).uuid,
        "ended": lambda: MembershipFactory(user=two_roles, sector=SectorFactory(), last_day=date(2014, 1, 1)).uuid,
        "nonsense": lambda: "x",
    }[which]()
    assert client.post("/wissel/", {"membership": membership}).status_code == 404
    assert SESSION_KEY not in client.session
    assert not AuditEvent.objects.exists()


def test_a_role_that_ends_meanwhile_gives_way_to_the_first(client, two_roles):
    client.post("/wissel/", {"membership": chosen(two_roles, Role.ADMINISTRATOR)})
    two_roles.memberships.filter(role=Role.ADMINISTRATOR).update(last_day=date(2014, 1, 1))
    assert client.get("/wissel/").wsgi_request.user.scope.is_coordinator


def test_the_header_says_for_whom_and_as_what(client, two_roles):
    page = client.get("/wissel/").content.decode()
    assert "Gemeente Eén" in page
    assert reverse("switch_role") in page


@override_settings(ROOT_URLCONF=__name__)
@pytest.mark.parametrize(
    ("role", "get", "post"), [("coach", 200, 200), ("other role", 200, 409), ("administrator", 404, 404)]
)
def test_a_page_of_a_role(client, role, get, post):
    user = UserFactory(coach=role == "coach", administrator=role == "administrator")
    if role == "other role":
        user = UserFactory(coordinator=EmployerFactory(), coach=True)
    client.force_login(user)
    page = client.get("/alleen-coaches/")
    assert page.status_code == get
    assert ("Wissel en ga verder" in page.content.decode()) is (role == "other role")
    assert client.post("/alleen-coaches/").status_code == post
    assert AuditEvent.objects.filter(result="geweigerd").count() == (2 if get == 404 else 0)


@override_settings(ROOT_URLCONF=__name__)
def test_a_page_of_a_role_asks_to_log_in(client):
    assert client.get("/alleen-coaches/")["Location"] == "/account/login/?next=/alleen-coaches/"


class TestLoggingIn:
    def log_in(self, client, password, email="iemand@voorbeeld.example"):
        client.post("/account/login/", {"login": email, "password": password}, HTTP_USER_AGENT="Proef/1.0")
        return AuditEvent.objects.get()

    def test_it_is_on_the_trail_with_where_it_came_from(self, client):
        user = UserFactory(email="iemand@voorbeeld.example")
        event = self.log_in(client, PASSWORD)
        assert (event.action, event.result, event.actor, event.object_id) == (
            "ingelogd",
            "gelukt",
            user,
            str(user.uuid),
        )
        assert (event.address, event.agent) == ("127.0.0.1", "Proef/1.0")

    @pytest.mark.parametrize("known", [True, False])
    def test_a_failure_is_on_the_trail_without_what_was_typed(self, client, known):
        user = UserFactory(email="iemand@voorbeeld.example") if known else None
        event = self.log_in(client, "verkeerd wachtwoord")
        assert (event.action, event.result, event.actor) == ("ingelogd", "geweigerd", None)
        assert event.object_id == (str(user.uuid) if user else "")
        assert event.changes == {}
