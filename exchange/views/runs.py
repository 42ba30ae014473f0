"""One upload: how far it is, what was found, the decision, and the result."""

from collections import Counter
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.generic import View

from exchange import services
from exchange.forms import DecisionForm
from exchange.models import ImportRun
from exchange.outcome import MAX_NAMED, Outcome
from exchange.tables import LineTable, SheetTable, lines, sheet_rows
from exchange.tasks import work_on
from exchange.views.places import AdministratorPlace, EmployerPlace, Placed
from exchange.views.uploads import STEPS
from ui.pages import Tab

TITLES = {
    ImportRun.State.CHECKING: "Bestand wordt gecontroleerd",
    ImportRun.State.CHECKED: "Controleer de import",
    ImportRun.State.FAULTY: "Het bestand bevat fouten",
    ImportRun.State.IMPORTING: "Bestand wordt ingelezen",
    ImportRun.State.DONE: "Ingelezen",
    ImportRun.State.FAILED: "Niet ingelezen",
    ImportRun.State.CANCELLED: "Import geannuleerd",
    ImportRun.State.EXPIRED: "Import verlopen",
}

GONE = "Deze import was al ingelezen, geannuleerd of verlopen."


class RunView(Placed, View):
    """Shows an upload and takes the decision about it. The page of one at work refreshes itself."""

    run: ImportRun

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.run_key: UUID = kwargs["run"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        run = self._run()
        if run.is_busy:
            quiet = services.is_quiet(run, timezone.now())
            more = {"quiet": quiet, "cancel_url": self.url("cancel", run=run.uuid)}
            return render(request, "exchange/busy.html", self._context(run) | more)
        if request.headers.get("HX-Request"):
            return HttpResponse(headers={"HX-Refresh": "true"})
        outcome = services.outcome_of(run)
        return self._page(run, outcome, self._decision(run, outcome) if outcome and run.is_waiting else None)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        run = self._run()
        if "again" in request.POST:
            return self._try_again(run)
        outcome = services.outcome_of(run)
        if not run.is_waiting or outcome is None:
            messages.warning(request, services.UNREADABLE if run.is_waiting else GONE)
            return redirect(self.url("run", run=run.uuid))
        form = self._decision(run, outcome, request.POST)
        valid = form.is_valid()
        replace = bool(form.cleaned_data.get("replace"))
        if "check" in request.POST:
            started = services.check_again(run=run, replace=replace)
        elif not valid:
            return self._page(run, outcome, form)
        else:
            started = services.confirm(run=run, replace=replace)
        if started:
            work_on(run, today=timezone.localdate())
        else:
            messages.warning(request, GONE)
        return redirect(self.url("run", run=run.uuid))

    def _try_again(self, run: ImportRun) -> HttpResponse:
        if services.try_again(run=run, now=timezone.now()):
            work_on(run, today=timezone.localdate())
        return redirect(self.url("run", run=run.uuid))

    def _run(self) -> ImportRun:
        return _run_of(self, self.run_key)

    def _decision(self, run: ImportRun, outcome: Outcome, data: Any = None) -> DecisionForm:
        return DecisionForm(
            data,
            partners=list(outcome.new_partners) if run.state == ImportRun.State.CHECKED else [],
            absent=len(outcome.absent),
            initial={"replace": run.replace},
        )

    def _page(self, run: ImportRun, outcome: Outcome | None, form: DecisionForm | None) -> HttpResponse:
        unreadable = outcome is None and run.outcome is not None
        context = self._context(run) | {"form": form, "cancel_url": self.url("cancel", run=run.uuid)}
        context["unreadable"] = services.UNREADABLE_OUTCOME if unreadable else ""
        if outcome is not None:
            context |= self._outcome_context(run, outcome)
        return render(self.request, "exchange/run.html", context)

    def _context(self, run: ImportRun) -> dict[str, Any]:
        title = TITLES[ImportRun.State(run.state)]
        return {
            "run": run,
            "title": title,
            "steps": STEPS,
            "step": 3 if run.state in (ImportRun.State.IMPORTING, ImportRun.State.DONE) else 2,
            "upload_url": self.url("upload"),
            "breadcrumbs": [("Importeren", self.url("upload")), (title, None)],
            "employer": self.employer,
        }

    def _outcome_context(self, run: ImportRun, outcome: Outcome) -> dict[str, Any]:
        found = lines(outcome)
        chosen = {name: self.request.GET.get(name, "") for name in ("uitkomst", "bestand")}
        shown = [
            line for line in found if chosen["uitkomst"] in ("", line.status) and chosen["bestand"] in ("", line.sheet)
        ]
        here = self.url("run", run=run.uuid)
        return {
            "outcome": outcome,
            "unchanged": outcome.changes_nothing,
            "remarks": [] if outcome.faults else outcome.remarks(with_partners=not run.is_waiting),
            "absent": outcome.absent[:MAX_NAMED] if run.is_waiting or not outcome.replaced else [],
            "absent_further": max(0, len(outcome.absent) - MAX_NAMED),
            "sheet_table": SheetTable(sheet_rows(outcome), orderable=False),
            "line_table": LineTable(shown, orderable=False).configure(self.request),
            "status_tabs": _tabs(here, chosen, "uitkomst", Counter(line.status for line in found), len(found)),
            "sheet_tabs": _tabs(here, chosen, "bestand", Counter(line.sheet for line in found), len(found)),
        }


class CancelView(Placed, View):
    """Wipes an upload that is not wanted (POST); who comes here by an address goes to the page with the button."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return redirect(self.url("run", run=_run_of(self, kwargs["run"]).uuid))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        run = _run_of(self, kwargs["run"])
        try:
            services.cancel(run=run, by=self.user, now=timezone.now())
        except ValidationError as error:
            messages.error(request, error.messages[0])
            return redirect(self.url("run", run=run.uuid))
        messages.success(request, "De import is geannuleerd en het bestand is gewist.")
        return redirect(self.url("upload"))


class EmployerRun(EmployerPlace, RunView):
    """An upload of the own employer."""


class AdministratorRun(AdministratorPlace, RunView):
    """An upload of an administrator."""


class EmployerCancel(EmployerPlace, CancelView):
    """Cancelling an upload of the own employer."""


class AdministratorCancel(AdministratorPlace, CancelView):
    """Cancelling an upload of an administrator."""


def _run_of(place: Placed, key: UUID) -> ImportRun:
    """Return the upload of this place that the address names. Raises ``Http404`` for any other."""
    runs = ImportRun.objects.visible_to(place.user).filter(employer=place.employer)
    return get_object_or_404(runs, uuid=key)


def _tabs(here: str, chosen: dict[str, str], name: str, counts: Counter[str], total: int) -> list[Tab]:
    """Return a tab for all and one per value, each keeping the other choice."""
    others = {key: value for key, value in chosen.items() if key != name and value}
    tabs = [Tab("Alle", f"{here}?{urlencode(others)}#regels", current=not chosen[name], count=total)]
    for value, count in counts.items():
        url = f"{here}?{urlencode({name: value, **others})}#regels"
        tabs.append(Tab(value.capitalize(), url, current=chosen[name] == value, count=count))
    return tabs
