"""The main navigation: what is in it, in what order, and which entry is the current one."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import RequestFactory

from accounts.models import User
from tests.ui.html import parse
from ui import menu
from ui.context import frame


@pytest.fixture(autouse=True)
def _own_entries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(menu, "_entries", {})
    monkeypatch.setattr(menu, "_identity", [])
    menu.register(menu.Entry("list", "Plaatsingen", lambda request: "/plaatsingen/", order=20))
    menu.register(menu.Entry("home", "Voortgang", lambda request: "/", order=10))
    menu.register(menu.Entry("secret", "Beheer", lambda request: None, order=5))
    menu.register(
        menu.Entry(
            "todo",
            "Actielijst",
            lambda request: "/plaatsingen/acties/?vanaf=nu",
            order=30,
            badge=lambda request: menu.Badge("4", "4 acties open", "warning"),
        )
    )


def request(path: str = "/") -> HttpRequest:
    found = RequestFactory().get(path)
    found.user = User(name="Noor Bakker", email="noor@example.org")
    return found


def test_the_menu_holds_in_order_what_the_user_may_use() -> None:
    assert [item.label for item in menu.items(request())] == ["Voortgang", "Plaatsingen", "Actielijst"]


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/", ["home"]),
        ("/plaatsingen/", ["list"]),
        ("/plaatsingen/P-1/", ["list"]),
        ("/plaatsingen/acties/3/", ["todo"]),
        ("/plaatsingenoverzicht/", []),
        ("/elders/", []),
    ],
)
def test_the_entry_that_leads_furthest_to_the_page_is_the_current_one(path: str, current: list[str]) -> None:
    assert [item.key for item in menu.items(request(path)) if item.current] == current


def test_pages_at_a_second_address_belong_to_an_entry_as_well() -> None:
    menu.register(
        menu.Entry(
            "list", "Plaatsingen", lambda request: "/plaatsingen/", order=20, also=lambda request: [None, "/elders/"]
        )
    )
    assert [item.key for item in menu.items(request("/elders/3/")) if item.current] == ["list"]


def test_a_later_entry_takes_the_place_of_one_with_the_same_key() -> None:
    menu.register(menu.Entry("home", "Mijn caseload", lambda request: "/", order=10))

    assert menu.items(request())[0].label == "Mijn caseload"


def test_a_badge_shows_a_number_and_says_what_it_means() -> None:
    html = parse(render_to_string("ui/menu_items.html", {"menu_items": menu.items(request("/"))}))
    link = html.all("a")[-1]

    assert link.text == "Actielijst 4(4 acties open)"
    assert [mark["class"] for mark in html.with_class("tag")] == ["tag warning"]
    assert html.all("a")[0]["aria-current"] == "page"


def test_the_frame_asks_for_menu_and_identity_only_when_they_are_drawn() -> None:
    def fail(request: HttpRequest) -> menu.Identity | None:
        raise AssertionError("asked")

    menu.register_identity(fail)
    menu.register(menu.Entry("fail", "Fout", fail, order=1))

    assert frame(request())["version"]


def test_a_stranger_has_no_menu_and_no_identity() -> None:
    menu.register_identity(lambda request: menu.Identity("Provincie Voorbeeld", "P&O"))
    stranger = request()
    stranger.user = AnonymousUser()

    assert not frame(stranger)["menu_items"]
    assert not frame(stranger)["identity"]
    assert menu.identity(request()) == menu.Identity("Provincie Voorbeeld", "P&O")
