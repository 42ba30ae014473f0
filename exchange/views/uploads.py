"""Choosing files, and the empty file to start from."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.generic import FormView, View

from exchange import services
from exchange.explanation import explained
from exchange.forms import UploadForm
from exchange.models import ImportRun
from exchange.reading import NOT_HANDED_OVER
from exchange.sheets import schemas
from exchange.tables import RunTable
from exchange.tasks import work_on
from exchange.views.places import AdministratorPlace, EmployerPlace, Placed
from files.faults import FileFault
from files.limits import MAX_ROWS
from files.sheets import Table
from placements.services.hand_over import has_records_to_hand_over
from ui.downloads import download

#: Earlier uploads on the page.
RECENT = 10

STEPS = ("Bestand kiezen", "Controleren", "Inlezen")


class UploadView(Placed, FormView):
    """Takes files. They are checked at once or, when they have many rows, in the background."""

    template_name = "exchange/upload.html"
    form_class = UploadForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "max_files": len(self.sheets)}

    def form_valid(self, form: UploadForm) -> HttpResponse:
        try:
            run = services.upload(files=form.cleaned_data["files"], employer=self.employer, by=self.user)
        except FileFault as fault:
            for each in fault.faults:
                form.add_error("files", str(each))
            return self.form_invalid(form)
        work_on(run, today=timezone.localdate())
        return redirect(self.url("run", run=run.uuid))

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        known = schemas([])
        earlier = ImportRun.objects.visible_to(self.user).filter(employer=self.employer).for_list()[:RECENT]
        return super().get_context_data(
            **{
                "title": "Importeren",
                "steps": STEPS,
                "sheets": [explained(known[name], without=self.left_out) for name in self.sheets],
                "max_rows": MAX_ROWS,
                "template_url": self.url("template"),
                "export_url": self.url("export"),
                "refused": NOT_HANDED_OVER if self._is_refused() else "",
                "earlier": RunTable(earlier, address=lambda run: self.url("run", run=run.uuid)),
                **context,
            }
        )

    def _is_refused(self) -> bool:
        return self.employer is not None and has_records_to_hand_over(self.employer, today=timezone.localdate())


class TemplateView(Placed, View):
    """Hands out an empty workbook: a sheet for each file, with its columns."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        known = schemas([])
        tables = [
            Table(name, [column for column in known[name].header if column not in self.left_out], [])
            for name in self.sheets
        ]
        return download(tables, name="sjabloon", file_type="xlsx")


class EmployerUpload(EmployerPlace, UploadView):
    """Upload of the own employer's files."""


class AdministratorUpload(AdministratorPlace, UploadView):
    """Upload of any file of the format."""


class EmployerTemplate(EmployerPlace, TemplateView):
    """The empty file for a coordinator."""


class AdministratorTemplate(AdministratorPlace, TemplateView):
    """The empty file for an administrator."""
