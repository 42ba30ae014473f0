"""Who reaches the pages of an employer or a sector: every role against own, foreign and missing."""

from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.urls import path
from django.views.generic import View
from django.views.generic.base import ContextMixin

from accounts.models import AuditEvent
from banenafspraak.urls import urlpatterns as house
from employers.access import EmployerMixin, SectorMixin
from tests.factories import EmployerFactory, SectorFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


class Page(ContextMixin, View):
    def get(self, request, **kwargs):
        return HttpResponse(repr(sorted(self.get_context_data())))

    post = get


class EmployerPage(EmployerMixin, Page):
    pass


class EmployerForm(EmployerMixin, Page):
    writes = True


class EmployerSearch(EmployerMixin, Page):
    reads_by_post = True


class SectorPage(SectorMixin, Page):
    pass


urlpatterns = [
    path("werkgevers/<uuid:employer>/blad/", EmployerPage.as_view()),
    path("werkgevers/<uuid:employer>/formulier/", EmployerForm.as_view()),
    path("werkgevers/<uuid:employer>/zoeken/", EmployerSearch.as_view()),
    path("sectoren/<uuid:sector>/blad/", SectorPage.as_view()),
    *house,
]

OFFER = "Wissel en ga verder"


@pytest.fixture
def employer():
    return EmployerFactory()


def users(employer):
    elsewhere = EmployerFactory()
    own = {"coordinator": employer}
    return {
        "own": lambda: UserFactory(**own),
        "own, read only": lambda: UserFactory(**own, read_only=True),
        "another employer's": lambda: UserFactory(coordinator=elsewhere),
        "own and another's": lambda: _with_two(employer),
        "administrator": lambda: UserFactory(administrator=True),
        "administrator, read only": lambda: UserFactory(administrator=True, read_only=True),
        "another's and administrator": lambda: UserFactory(coordinator=elsewhere, administrator=True),
        "adviser": lambda: UserFactory(adviser=SectorFactory()),
        "coach": lambda: UserFactory(coach=True),
        "none": UserFactory,
    }


def _with_two(employer):
    """A coordinator of an employer that comes first in the list, and of this one."""
    user = UserFactory(coordinator=EmployerFactory(name="Aaa"))
    UserFactory._meta.model.objects.get(pk=user.pk).memberships.create(
        role="coordinator", employer=employer, first_day=user.memberships.get().first_day
    )
    return user


@pytest.mark.parametrize(
    ("who", "page", "form", "post", "search"),
    [
        ("own", 200, 200, 200, 200),
        ("own, read only", 200, 403, 403, 200),
        ("another employer's", 404, 404, 404, 404),
        ("own and another's", "offer", "offer", 409, 409),
        ("administrator", 200, 200, 200, 200),
        ("administrator, read only", 200, 403, 403, 200),
        ("another's and administrator", "offer", "offer", 409, 409),
        ("adviser", 404, 404, 404, 404),
        ("coach", 404, 404, 404, 404),
        ("none", 404, 404, 404, 404),
    ],
)
def test_pages_of_an_employer(client, employer, who, page, form, post, search):
    client.force_login(users(employer)[who]())
    base = f"/werkgevers/{employer.uuid}"
    answers = [
        client.get(f"{base}/blad/"),
        client.get(f"{base}/formulier/"),
        client.post(f"{base}/blad/"),
        client.post(f"{base}/zoeken/"),
    ]
    for answer, expected in zip(answers, (page, form, post, search), strict=True):
        assert answer.status_code == (200 if expected == "offer" else expected)
        assert (OFFER in answer.content.decode()) is (expected in ("offer", 409))


def test_a_page_asks_to_log_in(client, employer):
    page = f"/werkgevers/{employer.uuid}/blad/"
    assert client.get(page)["Location"] == f"/account/login/?next={page}"


def test_the_page_has_employer_and_right_to_change(client, employer):
    client.force_login(UserFactory(coordinator=employer))
    assert client.get(f"/werkgevers/{employer.uuid}/blad/").content == b"['employer', 'may_change', 'view']"


@pytest.mark.parametrize("role", ["coordinator", "administrator", "both"])
def test_what_does_not_exist_is_not_found(client, employer, role):
    user = UserFactory(coordinator=employer if role != "administrator" else None, administrator=role != "coordinator")
    client.force_login(user)
    assert client.get(f"/werkgevers/{uuid4()}/blad/").status_code == 404
    assert client.get(f"/sectoren/{uuid4()}/blad/").status_code == 404


def test_a_refusal_is_on_the_trail(client, employer):
    reader, stranger = UserFactory(coordinator=employer, read_only=True), UserFactory(coordinator=EmployerFactory())
    client.force_login(stranger)
    client.get(f"/werkgevers/{employer.uuid}/blad/")
    client.force_login(reader)
    client.post(f"/werkgevers/{employer.uuid}/blad/")
    refused = AuditEvent.objects.filter(result="geweigerd", employer=employer).order_by("pk")
    assert list(refused.values_list("action", "actor")) == [
        ("toegang.werkgever", stranger.pk),
        ("toegang.wijzigen", reader.pk),
    ]


def test_the_offer_leads_back_to_the_page(client, employer):
    user = _with_two(employer)
    client.force_login(user)
    page = f"/werkgevers/{employer.uuid}/blad/?peildatum=2026-06-30"
    offer = client.get(page).content.decode()
    membership = user.memberships.get(employer=employer)
    assert f'value="{page}"' in offer
    assert f'value="{membership.uuid}"' in offer
    answer = client.post("/wissel/", {"membership": membership.uuid, "next": page}, follow=True)
    assert answer.redirect_chain == [(page, 302)]
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ({"adviser": "gemeenten"}, 200),
        ({"adviser": True}, 200),
        ({"adviser": "provincies"}, 404),
        ({"administrator": True}, 200),
        ({"coach": True}, 404),
        ({"coordinator": True}, 404),
        ({"coordinator": True, "adviser": "gemeenten"}, "offer"),
        ({"coordinator": True, "adviser": True}, "offer"),
        ({"coordinator": True, "administrator": True}, "offer"),
        ({}, 404),
    ],
)
def test_pages_of_a_sector(client, who, expected):
    if "coordinator" in who:
        who = {**who, "coordinator": EmployerFactory()}
    if isinstance(who.get("adviser"), str):
        who = {**who, "adviser": SectorFactory(code=who["adviser"])}
    client.force_login(UserFactory(**who))
    answer = client.get(f"/sectoren/{SectorFactory().uuid}/blad/")
    assert answer.status_code == (200 if expected == "offer" else expected)
    assert (OFFER in answer.content.decode()) is (expected == "offer")


def test_a_page_of_a_sector_asks_to_log_in(client):
    assert client.get(f"/sectoren/{SectorFactory().uuid}/blad/").status_code == 302
