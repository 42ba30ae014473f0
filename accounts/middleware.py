"""Per request: where it comes from, the membership the user works in, and that nothing typed is lost."""

from collections.abc import Callable
from ipaddress import ip_address
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import resolve_url

from accounts import kept
from accounts.access import refuse_once
from accounts.audit import origin
from accounts.scope import SESSION_KEY, active_memberships, choose

Handler = Callable[[HttpRequest], HttpResponse]


def client_address(request: HttpRequest) -> str | None:
    """Return the client's address: the last hop a trusted proxy reports, else the peer itself; ``None`` for rubbish."""
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    trusted = settings.TRUSTED_PROXY_COUNT
    return address_in(hops[-trusted] if trusted and len(hops) >= trusted else request.META.get("REMOTE_ADDR", ""))


def address_in(text: str) -> str | None:
    """Return the IP address in what a proxy or server says, without the port and the zone that some of them add."""
    host = text.strip().removeprefix("[").partition("]")[0] if text.strip().startswith("[") else text.strip()
    if host.count(":") == 1:
        host = host.partition(":")[0]
    try:
        return str(ip_address(host.partition("%")[0]))
    except ValueError:
        return None


class OriginMiddleware:
    """Makes address and user agent known to the audit trail."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with origin(client_address(request), request.headers.get("User-Agent", "")):
            return self.get_response(request)


class ScopeMiddleware:
    """Sets ``request.memberships`` and lets the user work in the chosen one (one query per request)."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        memberships = active_memberships(request.user)
        request.memberships = memberships  # type: ignore[attr-defined]
        if request.user.is_authenticated:
            choose(request.user, memberships, request.session.get(SESSION_KEY))
        return self.get_response(request)


class RefusalMiddleware:
    """Puts on the trail what a view refuses a known user (403) or hides (404), after its work was rolled back."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        if isinstance(exception, Http404 | PermissionDenied):
            refuse_once(request, exception)


class KeptFormMiddleware:
    """Keeps a form that is answered with the log-in page, and wipes it once it was sent after all."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method != "POST" or response.status_code != 302:
            return response
        if request.user.is_authenticated:
            kept.forget(request)
            return response
        return (keep_until_log_in(request) or _lost(request, response)) if _asks(request, response) else response


def keep_until_log_in(request: HttpRequest) -> HttpResponse | None:
    """Keep what was sent for the user the form was made for and go to the log-in page; None when nothing is kept."""
    owner = kept.owner_of(request)
    address = kept.keep(request, owner) if owner else None
    if address is None:
        return None
    messages.info(request, kept.KEPT_UNTIL_LOG_IN)
    return redirect_to_login(address)


def _lost(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Say on the log-in page that what somebody typed could not be kept."""
    if kept.is_typed(request) and kept.owner_of(request):
        messages.warning(request, kept.NOT_KEPT)
    return response


def _asks(request: HttpRequest, response: HttpResponse) -> bool:
    """Tell whether this is the way to the log-in page and back here."""
    way = urlsplit(response.headers["Location"])
    back = parse_qs(way.query).get(REDIRECT_FIELD_NAME)
    return way.path == resolve_url(settings.LOGIN_URL) and back == [request.get_full_path()]
