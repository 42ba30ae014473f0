"""Per request: where it comes from, and the membership the user works in."""

from collections.abc import Callable
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from accounts.audit import origin
from accounts.scope import SESSION_KEY, active_memberships, choose

Handler = Callable[[HttpRequest], HttpResponse]


def client_address(request: HttpRequest) -> str | None:
    """Return the client's address: the last hop a trusted proxy reports, else the peer itself; ``None`` for rubbish."""
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    trusted = settings.TRUSTED_PROXY_COUNT
    return address_in(hops[-trusted] if trusted and len(hops) >= trusted else request.META.get("REMOTE_ADDR", ""))


def address_in(text: str) -> str | None:
    """Return the IP address in what a proxy or server says, without the port that some of them add."""
    host = text.strip().removeprefix("[").partition("]")[0] if text.strip().startswith("[") else text.strip()
    if host.count(":") == 1:
        host = host.partition(":")[0]
    try:
        return str(ip_address(host))
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
