"""Health of the process and its database, for load balancers and containers."""

from django.http import HttpRequest, HttpResponse


def healthz(request: HttpRequest) -> HttpResponse:
    """Answer 200."""
    return HttpResponse("ok", content_type="text/plain")
