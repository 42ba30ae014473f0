"""Everything in the exchange format as a file, and what the columns mean."""

from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone
from django.views.generic import TemplateView

from accounts.scope import scope_of
from exchange.explanation import explained
from exchange.exporting import record_export, tables
from exchange.sheets import CHECK_INS, schemas
from exchange.snapshot import snapshot
from exchange.views.places import AdministratorPlace, EmployerPlace, Placed
from ui.downloads import FILE_TYPES, download_all


class ExportView(Placed, TemplateView):
    """Says what the file holds; sending the form downloads it and puts that on the trail."""

    template_name = "exchange/export.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        name = f"banenafspraak-{timezone.localdate().isoformat()}"
        file_type = request.POST.get("bestandstype")
        if file_type not in FILE_TYPES:
            raise Http404
        record_export(owner=self.employer, by=self.user)
        with snapshot():
            found = tables(self.employer, with_contacts=CHECK_INS in self.exported)
            return download_all(found, name=name, file_type=file_type)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(
            title="Alle gegevens als bestand", sheets=self.exported, breadcrumbs=self._trail(), **context
        )

    def _trail(self) -> list[tuple[str, str | None]]:
        return [("Importeren", self.url("upload")), ("Alle gegevens als bestand", None)]


class EmployerExport(EmployerPlace, ExportView):
    """What the own employer owns; who may only read may have it as well."""

    writes = False
    reads_by_post = True

    def _trail(self) -> list[tuple[str, str | None]]:
        return super()._trail() if self.may_change else []


class AdministratorExport(AdministratorPlace, ExportView):
    """The whole installation, but for what is said between coach and person: that is no reference data.

    Who may only read may have it as well.
    """

    writes = False


class FormatView(LoginRequiredMixin, TemplateView):
    """Explains every sheet and column; to a coordinator those that she may read in."""

    template_name = "exchange/format.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        place = EmployerPlace if scope_of(self.request.user).is_coordinator else AdministratorPlace
        known = schemas([])
        sheets = [explained(known[name], without=place.left_out) for name in place.sheets]
        return super().get_context_data(title="Uitleg bij het bestand", sheets=sheets, **context)
