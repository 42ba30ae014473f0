"""Recognising a locked database and answering with a page that says to wait.

A view that meets the lock stored nothing: the page carries what was sent, so that one button sends it again.
Outside the view (the session is saved after it) the work may be done already; then the page says to look first.
"""

from typing import Any

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.template.loader import render_to_string

RETRY_AFTER_SECONDS = 10
SQLITE_MESSAGES = ("database is locked", "database table is locked")
# lock_not_available (lock_timeout) and deadlock_detected
POSTGRESQL_CODES = {"55P03", "40P01"}


def is_busy(error: BaseException | None) -> bool:
    """Tell whether this error, or one behind it, means that someone else holds the lock."""
    while error is not None:
        if isinstance(error, OperationalError):
            code = getattr(error.__cause__, "pgcode", None) or getattr(error.__cause__, "sqlstate", None)
            if code in POSTGRESQL_CODES or any(text in str(error).lower() for text in SQLITE_MESSAGES):
                return True
        error = error.__cause__ or error.__context__
    return False


def busy_response(request: HttpRequest, *, in_view: bool) -> HttpResponse:
    """Return the 503 page; it reads nothing from the database."""
    context = {
        "again": _sent(request) if in_view else None,
        "in_view": in_view,
        "path": request.get_full_path(),
        "method": request.method,
    }
    response = HttpResponse(render_to_string("503.html", context), status=503)
    response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    response.headers["Cache-Control"] = "no-store"
    return response


def _sent(request: HttpRequest) -> list[tuple[str, Any]] | None:
    """Return the fields of a sent form, or ``None`` where they can't be sent again from the page."""
    if request.method != "POST":
        return None
    try:
        if request.FILES or any("password" in name for name in request.POST):
            return None
        return [(name, value) for name, values in request.POST.lists() for value in values]
    except (UnreadablePostError, OSError):
        return None
