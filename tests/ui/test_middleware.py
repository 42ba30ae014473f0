"""The headers we add, and what a user meets when the database is locked."""

import logging
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.exceptions import SessionInterrupted
from django.core.exceptions import SuspiciousOperation
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.test import Client, RequestFactory
from django.urls import get_resolver

from accounts.models import User
from tests.ui.html import parse
from ui import views
from ui.busy import is_busy
from ui.middleware import BusyDatabaseMiddleware, NotAllowedMiddleware, SecurityHeadersMiddleware

FACTORY = RequestFactory()


def answered(user: Any, **headers: str) -> HttpResponse:
    request = FACTORY.get("/")
    request.user = user
    return SecurityHeadersMiddleware(lambda request: HttpResponse("", headers=headers))(request)


def test_a_page_may_not_use_the_camera() -> None:
    assert "camera=()" in answered(AnonymousUser()).headers["Permissions-Policy"]


def test_what_a_known_user_is_shown_is_stored_nowhere() -> None:
    assert answered(User()).headers["Cache-Control"] == "no-store"
    assert answered(User(), **{"Cache-Control": "max-age=60"}).headers["Cache-Control"] == "no-store"


def test_a_public_page_may_be_stored() -> None:
    assert "Cache-Control" not in answered(AnonymousUser())


def test_a_request_that_never_met_a_user_is_answered_too() -> None:
    response = SecurityHeadersMiddleware(lambda request: HttpResponse())(FACTORY.get("/"))

    assert "Permissions-Policy" in response


# --- a locked database ----------------------------------------------------------------------------


class LockTimeoutError(Exception):
    """Looks like psycopg2's LockNotAvailable."""

    pgcode = "55P03"


def caused(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "busy"),
    [
        (OperationalError("database is locked"), True),
        (OperationalError("database table is locked: accounts_user"), True),
        (caused(OperationalError("canceling statement due to lock timeout"), LockTimeoutError()), True),
        (caused(RuntimeError("while storing"), OperationalError("database is locked")), True),
        (OperationalError("no such table: accounts_user"), False),
        (IntegrityError("database is locked"), False),
        (ValueError("database is locked"), False),
        (None, False),
    ],
)
def test_only_a_lock_counts_as_busy(error: Exception | None, busy: bool) -> None:
    assert is_busy(error) is busy


def met(request: HttpRequest, error: Exception | None = None) -> HttpResponse | None:
    middleware = BusyDatabaseMiddleware(lambda request: HttpResponse())
    return middleware.process_exception(request, error or OperationalError("database is locked"))


def test_a_reader_gets_a_page_that_says_to_wait(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "ui.middleware"):
        response = met(FACTORY.get("/plaatsingen/?page=2"))

    assert response is not None
    assert (response.status_code, response.headers["Retry-After"]) == (503, "10")
    html = parse(response.content.decode())
    assert html.one("h1").text == "Even wachten: er worden gegevens opgeslagen"
    assert "/plaatsingen/?page=2" in [link["href"] for link in html.all("a")]
    assert "database busy: GET /plaatsingen/" in caplog.text


def test_what_was_typed_can_be_sent_again_with_one_button() -> None:
    sent = {"naam": '"Noor" <b>', "route": ["a", "b"], "csrfmiddlewaretoken": "abc"}
    response = met(FACTORY.post("/plaatsingen/nieuw/?van=1", sent))

    assert response is not None
    html = parse(response.content.decode())
    boxes = [(box["name"], box["value"]) for box in html.all("input")]
    assert html.one("form")["action"] == "/plaatsingen/nieuw/?van=1"
    assert boxes == [("naam", '"Noor" <b>'), ("route", "a"), ("route", "b"), ("csrfmiddlewaretoken", "abc")]


@pytest.mark.parametrize(
    "sent", [{"password": "geheim"}, {"oldpassword": "geheim"}, {"file": SimpleUploadedFile("a.csv", b"a")}]
)
def test_a_password_or_file_never_stands_in_the_page(sent: dict[str, Any]) -> None:
    response = met(FACTORY.post("/account/login/", sent))

    assert response is not None
    assert "geheim" not in response.content.decode()
    assert "F5" in response.content.decode()


def test_another_fault_is_left_to_django() -> None:
    assert met(FACTORY.get("/"), ZeroDivisionError()) is None


@pytest.mark.parametrize(
    ("error", "status"), [(OperationalError("database is locked"), 503), (ZeroDivisionError(), 500)]
)
def test_a_fault_outside_a_view_is_a_lock_or_a_fault(error: Exception, status: int) -> None:
    def fail() -> HttpResponse:
        try:
            raise error
        except Exception:
            return views.server_error(FACTORY.get("/"))

    assert fail().status_code == status


def test_a_session_that_could_not_be_saved_says_to_look_before_sending_again() -> None:
    interrupted = SessionInterrupted("deleted")
    interrupted.__context__ = OperationalError("database is locked")
    response = views.bad_request(FACTORY.post("/plaatsingen/nieuw/", {"naam": "Noor"}), interrupted)
    html = parse(response.content.decode())

    assert response.status_code == 503
    assert "kan al uitgevoerd zijn" in html.one("main").text
    assert "nog niet uitgevoerd" not in html.one("main").text
    assert not html.all("form")


def test_a_request_that_makes_no_sense_is_told_so() -> None:
    response = views.bad_request(FACTORY.get("/"), SuspiciousOperation())

    assert response.status_code == 400
    assert parse(response.content.decode()).one("h1").text == "Dit verzoek is niet te begrijpen"


def test_the_house_asks_us_about_every_fault() -> None:
    assert get_resolver().resolve_error_handler(400) is views.bad_request
    assert get_resolver().resolve_error_handler(500) is views.server_error


@pytest.mark.parametrize("address", ["/privacy/?zoek=%00", "/privacy/?a=b%00c&d", "/priv\0acy/"])
def test_a_null_character_in_an_address_makes_no_sense(client: Client, address: str) -> None:
    answer = client.get(address)

    assert answer.status_code == 400
    assert "<h1" in answer.content.decode()


# --- a page that can't be asked for in this way ---------------------------------------------------


def test_a_page_that_takes_no_form_says_so_in_our_words() -> None:
    response = NotAllowedMiddleware(lambda request: HttpResponseNotAllowed(["GET"]))(FACTORY.post("/"))

    assert (response.status_code, response.headers["Allow"]) == (405, "GET")
    assert parse(response.content.decode()).one("h1").text == "Zo gaat deze pagina niet open"


def test_an_answer_with_words_of_its_own_is_left_alone() -> None:
    answer = HttpResponseNotAllowed(["GET"], content=b"anders")

    assert NotAllowedMiddleware(lambda request: answer)(FACTORY.post("/")) is answer
