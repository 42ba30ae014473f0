"""The pages of this room and allauth's pages in our layout."""

import re

import pytest
from django.conf import settings
from django.core.mail import EmailMessage
from django.test import Client

from accounts.models import User
from tests.factories.accounts import PASSWORD, UserFactory
from tests.ui.html import Page, parse

pytestmark = pytest.mark.django_db

PUBLIC = ["/toegankelijkheid/", "/privacy/"]
ENTRANCE = [
    "/account/login/",
    "/account/signup/",
    "/account/inactive/",
    "/account/password/reset/",
    "/account/password/reset/done/",
    "/account/password/reset/key/done/",
    "/account/password/reset/key/x-verlopen/",
]
OWN = ["/account/logout/", "/account/password/change/", "/account/reauthenticate/", "/account/email/"]
ADDRESSING = re.compile(r"\b(u|uw|je|jij|jou|jouw)\b", re.IGNORECASE)


def page(client: Client, path: str, status: int = 200) -> Page:
    response = client.get(path)
    assert response.status_code == status
    return parse(response.content.decode())


@pytest.fixture
def user() -> User:
    return UserFactory(name="Noor Bakker", email="noor@example.org")


@pytest.fixture
def known(client: Client, user: User) -> Client:
    client.force_login(user)
    return client


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(UserFactory(administrator=True))
    return client


def check_frame(html: Page, path: str) -> None:
    assert html.one("html")["lang"] == "nl"
    assert html.all("title")[0].text.endswith(" – Banenafspraak")
    assert len(html.all("title")[0].text) > len(" – Banenafspraak") + 3
    assert html.one("h1").text
    assert html.one("main")["id"] == "main"
    assert html.by_class("skip-link")["href"] == "#main"
    ids = [element["id"] for element in html.elements if "id" in element]
    assert len(ids) == len(set(ids))
    assert not ADDRESSING.findall(html.one("main").text), path


@pytest.mark.parametrize("path", [*PUBLIC, *ENTRANCE])
def test_a_page_for_strangers_stands_in_our_frame_without_menu(client: Client, path: str) -> None:
    html = page(client, path)

    check_frame(html, path)
    assert not list(html.with_class("site-nav"))
    assert not list(html.with_class("who"))


@pytest.mark.parametrize("path", [*PUBLIC, *OWN])
def test_a_page_for_who_is_logged_in_stands_in_our_frame(known: Client, path: str) -> None:
    check_frame(page(known, path), path)


def test_titles_differ(client: Client, user: User) -> None:
    titles = [page(client, path).all("title")[0].text for path in [*PUBLIC, *ENTRANCE]]
    client.force_login(user)
    titles += [page(client, path).all("title")[0].text for path in OWN]

    assert len(titles) == len(set(titles))


def test_the_header_names_the_user_and_logs_out_by_post(known: Client) -> None:
    html = page(known, "/privacy/")

    assert "Noor Bakker" in html.by_class("who").text
    forms = [form for form in html.all("form") if form.get("action") == "/account/logout/"]
    assert {form["method"] for form in forms} == {"post"}


def test_on_a_phone_the_menu_is_a_link_to_the_menu_at_the_foot(known: Client) -> None:
    html = page(known, "/privacy/")
    order = [element for element in html.elements if element.get("id") == "menu" or element.name == "main"]

    assert html.by_class("menu-link")["href"] == "#menu"
    assert [element.name for element in order] == ["main", "nav"]


def test_every_answer_carries_the_strict_policy(known: Client) -> None:
    response = known.get("/privacy/")

    assert "default-src 'self'" in response.headers["Content-Security-Policy"]
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    assert response.headers["Cache-Control"] == "no-store"


# --- the living page ------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/ui/", "/ui/bevestigen/"])
def test_the_living_page_exists_for_staff_only(client: Client, user: User, path: str) -> None:
    assert client.get(path).status_code == 404
    client.force_login(user)
    assert client.get(path).status_code == 404
    client.force_login(UserFactory(administrator=True))
    check_frame(page(client, path), path)


def test_the_living_page_answers_its_filters_sorting_and_day(staff: Client) -> None:
    html = page(staff, "/ui/?zoek=archief&route=inkoop&sort=-hours&peildatum=1-1-2027")

    assert [chip.text for chip in html.with_class("chip")] == [
        "Haal dit filter weg: Zoek op functie of code: archief",
        "Haal dit filter weg: Route: Ingekochte dienst",
    ]
    assert html.by_id("id_peildatum")["value"] == "01-01-2027"


def test_the_living_form_explains_and_then_thanks(staff: Client) -> None:
    faulty = parse(staff.post("/ui/", {"job": ""}).content.decode())
    sent = {
        "job": "Archiefmedewerker", "unit": "bv", "first": "5 maart 2026", "hours": "24,5",
        "kind": "bezoek", "route": "detachering", "informed": "on",
    }  # fmt: skip
    thanked = parse(staff.post("/ui/", sent, follow=True).content.decode())

    assert 'href="#id_job"' in staff.post("/ui/", {"job": ""}).content.decode()
    assert faulty.by_id("id_job")["aria-invalid"] == "true"
    assert "Voorbeeld opgeslagen." in thanked.by_class("messages").text
    assert thanked.by_class("messages")["role"] == "status"


def test_the_living_confirmation_is_a_page_that_posts(staff: Client) -> None:
    html = page(staff, "/ui/bevestigen/")
    response = staff.post("/ui/bevestigen/", follow=True)

    assert html.one("h1").text == "Plaatsing P-0231 beëindigen?"
    assert [button.text for button in html.all("button") if "danger" in button["class"]] == ["Plaatsing beëindigen"]
    assert "Voorbeeld bevestigd." in response.content.decode()


# --- logging in -----------------------------------------------------------------------------------


def test_one_logs_in_with_address_and_password(client: Client, user: User) -> None:
    html = page(client, "/account/login/?next=/privacy/")
    response = client.post(
        "/account/login/", {"login": user.email, "password": PASSWORD, "next": "/privacy/"}, follow=True
    )

    assert html.by_id("id_login")["autocomplete"] in {"email", "username"}
    assert html.by_id("id_password")["autocomplete"] == "current-password"
    assert "/privacy/" in [box.get("value") for box in html.all("input")]
    assert response.redirect_chain[-1][0] == "/privacy/"


def test_coming_in_needs_no_message_and_going_out_has_a_neutral_one(client: Client, user: User) -> None:
    sent = {"login": user.email, "password": PASSWORD, "next": "/privacy/"}
    inside = parse(client.post("/account/login/", sent, follow=True).content.decode())
    outside = parse(client.post("/account/logout/", follow=True).content.decode())

    assert inside.by_class("messages").text == ""
    assert outside.by_class("messages").text.endswith("Uitgelogd.")


@pytest.mark.parametrize("address", ["noor@example.org", "niemand@example.org"])
def test_our_mail_addresses_nobody_and_tells_nothing_on_screen(
    client: Client, user: User, address: str, mailoutbox: list[EmailMessage]
) -> None:
    html = parse(client.post("/account/password/reset/", {"email": address}, follow=True).content.decode())
    (mail,) = mailoutbox

    assert html.one("h1").text == "Kijk in de mailbox"
    assert mail.to == [address]
    assert not ADDRESSING.findall(mail.subject + mail.body)
    assert ("/password/reset/key/" in mail.body) is (address == user.email)


def test_a_wrong_password_is_explained_without_telling_who_exists(client: Client, user: User) -> None:
    texts = set()
    for address in (user.email, "niemand@example.org"):
        html = parse(client.post("/account/login/", {"login": address, "password": "onjuist-woord"}).content.decode())
        assert html.all("title")[0].text.startswith("Fout: ")
        texts.add(html.by_class("error-summary").text)
    assert len(texts) == 1


def test_nobody_signs_up(client: Client) -> None:
    assert page(client, "/account/signup/").one("h1").text == "Alleen op uitnodiging"


def test_a_forgotten_password_is_chosen_anew(client: Client, user: User, mailoutbox: list[EmailMessage]) -> None:
    client.post("/account/password/reset/", {"email": user.email})
    (address,) = re.findall(r"https?://testserver(\S+)", mailoutbox[0].body)
    form = parse(client.get(address, follow=True).content.decode())
    action = client.get(address).url
    new = {"password1": "een-heel-nieuw-woord", "password2": "een-heel-nieuw-woord"}
    done = client.post(action, new, follow=True)

    assert form.one("h1").text == "Nieuw wachtwoord kiezen"
    assert parse(done.content.decode()).one("h1").text == "Wachtwoord ingesteld"
    assert User.objects.get().check_password("een-heel-nieuw-woord")


def test_the_address_is_the_administrators_to_change(known: Client) -> None:
    html = page(known, "/account/email/")

    assert "noor@example.org" in html.one("main").text
    assert not [form for form in html.all("form") if form.get("action") != "/account/logout/"]


# --- faults ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("known_user", [False, True])
def test_a_page_that_is_not_there_says_so_in_our_frame(client: Client, user: User, known_user: bool) -> None:
    if known_user:
        client.force_login(user)
    html = page(client, "/bestaat/niet/", status=404)

    check_frame(html, "/bestaat/niet/")
    assert html.one("h1").text == "Deze pagina is er niet"


def test_a_form_that_has_expired_is_explained(user: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    response = strict.post("/account/login/", {"login": user.email})

    assert response.status_code == 403
    html = parse(response.content.decode())
    check_frame(html, "403_csrf")
    assert html.one("h1").text == "Dit formulier is verlopen"


@pytest.mark.parametrize("name", ["400.html", "403_csrf.html", "429.html", "500.html", "503.html"])
def test_a_page_for_bad_times_needs_no_request(name: str) -> None:
    from django.template.loader import render_to_string

    check_frame(parse(render_to_string(name)), name)


def test_the_theme_of_the_settings_is_worn(client: Client, settings: object) -> None:
    settings.THEME_STYLESHEET, settings.THEME_CLASS = "themes/voorbeeld.css", "voorbeeld-theme"
    html = page(client, "/privacy/")

    assert html.one("html")["class"] == "voorbeeld-theme"
    assert "data-theme" in html.one("html")
    assert "/static/themes/voorbeeld.css" in [link["href"] for link in html.all("link")]


def test_without_a_theme_the_device_chooses_light_or_dark(client: Client) -> None:
    assert not settings.THEME_STYLESHEET
    assert "data-theme" not in page(client, "/privacy/").one("html")
