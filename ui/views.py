"""The living page with every component, the two pages in the foot, and the page for a fault of ours."""

import sys
from collections.abc import Callable
from datetime import date
from functools import wraps

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseServerError
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone

from ui import living as examples
from ui.busy import busy_response, is_busy
from ui.reference import ReferenceDate

View = Callable[..., HttpResponse]


def staff_only(view: View) -> View:
    """Show a page to staff; to everybody else it does not exist."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not (request.user.is_authenticated and request.user.is_staff):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@staff_only
def living(request: HttpRequest) -> HttpResponse:
    """Show every component with example content; the reference for who builds a page."""
    today = timezone.localdate()
    filterset = examples.ExampleFilter(request.GET, queryset=examples.no_rows(), request=request)
    table = examples.PlacementTable(examples.PLACEMENTS, totals={"hours": examples.total_hours()})
    form = examples.ExampleForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        messages.success(request, "Voorbeeld opgeslagen. Er is niets bewaard.")
        return redirect("ui:living")
    context = {
        "title": "Onderdelen",
        "lead": "Alles waarmee de schermen zijn gebouwd, met verzonnen inhoud.",
        "breadcrumbs": [("Beheer", "/"), ("Onderdelen", None)],
        "reference": ReferenceDate.from_request(request, today=today),
        "meter": examples.METER,
        "meter_above": examples.METER_ABOVE,
        "chart": examples.chart(),
        "tabs": examples.TABS,
        "events": examples.EVENTS,
        "reasons": examples.REASONS,
        "todo": examples.DEADLINES,
        "details": examples.DETAILS,
        "first": date(2026, 3, 5),
        "last": date(2027, 3, 4),
        "filterset": filterset,
        "table": table.configure(request, per_page=5),
        "small_table": examples.UnitTable(examples.UNITS, totals=examples.UNIT_TOTALS, orderable=False),
        "form": form,
        "faulty_form": examples.faulty_form(),
        "exports": False,
    }
    return render(request, "ui/living.html", context)


@staff_only
def living_confirm(request: HttpRequest) -> HttpResponse:
    """Show the confirmation page."""
    if request.method == "POST":
        messages.success(request, "Voorbeeld bevestigd. Er is niets gewijzigd.")
        return redirect("ui:living")
    context = {
        "title": "Plaatsing P-0231 beëindigen?",
        "breadcrumbs": [("Onderdelen", "../"), ("Beëindigen", None)],
        "text": "De plaatsing van de archiefmedewerker eindigt op 31 december 2026.",
        "consequences": [
            "Vanaf 1 januari 2027 telt de plaatsing niet meer mee: 0,9 baan minder.",
            "De jobcoach krijgt bericht.",
            "De gegevens blijven twee jaar bewaard.",
        ],
        "confirm_label": "Plaatsing beëindigen",
        "danger": True,
        "cancel_url": "../",
    }
    return render(request, "ui/confirm.html", context)


def accessibility(request: HttpRequest) -> HttpResponse:
    """Show the accessibility statement."""
    return render(request, "ui/accessibility.html", {"title": "Toegankelijkheid"})


def privacy(request: HttpRequest) -> HttpResponse:
    """Show what happens with personal data."""
    return render(request, "ui/privacy.html", {"title": "Privacy"})


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that makes no sense: handler400. A session that could not be saved for a lock is none."""
    if is_busy(exception):
        return busy_response(request, in_view=False)
    return HttpResponseBadRequest(render_to_string("400.html"))


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer a fault: handler500. A lock met outside a view gets the page that says to wait."""
    if is_busy(sys.exc_info()[1]):
        return busy_response(request, in_view=False)
    return HttpResponseServerError(render_to_string("500.html"))
