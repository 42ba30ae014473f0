"""Headers Django does not set, addresses no database takes, the page for a locked database, and the one for a
page that can't be opened so.
"""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.template.loader import render_to_string

from ui.busy import busy_response, is_busy

Handler = Callable[[HttpRequest], HttpResponse]

PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "geolocation",
        "gyroscope", "magnetometer", "microphone", "midi", "payment", "usb",
    )
)  # fmt: skip

logger = logging.getLogger(__name__)


class SecurityHeadersMiddleware:
    """Adds ``Permissions-Policy``, and ``Cache-Control: no-store`` to whatever a known user is shown.

    ``no-store`` holds for files as well as pages: an export is personal data too.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated:
            response.headers["Cache-Control"] = "no-store"
        return response


class NullCharacterMiddleware:
    """Answers 400 to an address with a null character: no text here holds one, and PostgreSQL takes none."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "%00" in request.META.get("QUERY_STRING", "") or "\0" in request.path_info:
            return HttpResponseBadRequest(render_to_string("400.html"))
        return self.get_response(request)


class BusyDatabaseMiddleware:
    """Answers a database lock that outlasted its waiting time with a page that says to wait."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Handle a view's exception; ``ui.views`` has the handlers that catch those of the middleware inside us."""
        if not is_busy(exception):
            return None
        logger.warning("database busy: %s %s", request.method, request.path)
        return busy_response(request, in_view=True)


class NotAllowedMiddleware:
    """Puts our page in an answer that says, with nothing else, that a page can't be asked for in this way."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 405 or response.content:
            return response
        page = render(request, "405.html", status=405)
        page.headers["Allow"] = response.headers["Allow"]
        return page
