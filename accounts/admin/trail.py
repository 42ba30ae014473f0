"""The audit trail: to read, filter and take along as a file. Nothing here changes it."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.html import format_html_join

from accounts import audit
from accounts.admin.targets import Targets
from accounts.models import AuditEvent
from accounts.service_admin import FoldedList, ReadOnlyAdmin
from files.sheets import Table
from ui import dutch
from ui.downloads import download

HEADINGS = (
    "moment", "handeling", "resultaat", "door", "e-mailadres", "rol", "werkgever", "soort", "kenmerk", "wijzigingen",
    "adres", "programma",
)  # fmt: skip
_DETAILS_SHOWN = 200


class Trail(FoldedList):
    """A page of events, which know together what they were about."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.result_list = list(self.result_list)
        targets = Targets(self.result_list, self.model_admin.admin_site)
        for row in self.result_list:
            row.targets = targets


@admin.register(AuditEvent)
class AuditEventAdmin(ReadOnlyAdmin):
    """Who did or was refused what, when and from where."""

    section = "Gebruikers"
    heading = "Auditspoor"
    on_trail = False
    intro = "Wie wat deed, of wie iets werd geweigerd. Kandidaten staan er met een code in, nooit met hun naam."
    list_display = ("when", "action", "result", "actor", "employer", "subject")
    list_display_links = ("when",)
    list_filter = ("result", "action")
    list_select_related = ("actor", "employer")
    search_fields = ("action", "object_id", "actor__name_folded", "actor__email", "address")
    search_help_text = "Handeling, kenmerk, naam of e-mailadres van wie het deed, of internetadres."
    date_hierarchy = "moment"
    ordering = ("-moment", "-pk")
    fields = readonly_fields = (
        "when", "action", "result", "actor", "membership", "employer", "subject", "object_id", "what", "details",
        "address", "agent",
    )  # fmt: skip

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[Trail]:
        return Trail

    def get_queryset(self, request: HttpRequest) -> QuerySet[AuditEvent]:
        return AuditEvent.objects.visible_to(request.user)  # type: ignore[arg-type]

    def get_urls(self) -> list[URLPattern]:
        export = path("bestand/", self.admin_site.admin_view(self.export_view), name="accounts_auditevent_export")
        return [export, *super().get_urls()]

    def list_tools(self, request: HttpRequest) -> list[tuple[str, str]]:
        query = request.GET.urlencode()
        return [("Deze gebeurtenissen als CSV", f"{self.url('export')}?{query}" if query else self.url("export"))]

    def export_view(self, request: HttpRequest) -> HttpResponseBase:
        """Send the events the list shows under these filters as a file; that is an event of its own."""
        try:
            shown = self.get_changelist_instance(request).queryset
        except IncorrectLookupParameters as error:
            raise Http404 from error
        rows = shown.filter(moment__lte=timezone.now())
        rows = rows.select_related("actor", "employer", "membership__employer", "membership__sector")
        audit.record(action="trail.geexporteerd", by=request.user, changes={"rows": rows.count()})  # type: ignore[arg-type]
        table = Table("auditspoor", HEADINGS, (_cells(row) for row in rows.iterator(chunk_size=2000)))
        return download([table], name="auditspoor", file_type="csv")

    @admin.display(description="moment", ordering="moment")
    def when(self, row: AuditEvent) -> str:
        return dutch.moment(row.moment)

    @admin.display(description="onderwerp", ordering="object_type")
    def subject(self, row: AuditEvent) -> str:
        targets = getattr(row, "targets", None) or Targets([row], self.admin_site)
        return targets.shown(row)

    @admin.display(description="wijzigingen")
    def what(self, row: AuditEvent) -> str:
        pairs = ((name, "(persoonlijk)" if value is None else value) for name, value in row.changes.items())
        return format_html_join("", "<div>{}: {}</div>", pairs) or dutch.MISSING

    @admin.display(description="onderdelen")
    def details(self, row: AuditEvent) -> str:
        parts = list(row.details.all()[:_DETAILS_SHOWN])
        targets = Targets(parts, self.admin_site)
        cells = ((targets.shown(part), part.fields) for part in parts)
        return format_html_join("", "<div>{}: {}</div>", cells) or dutch.MISSING


def _cells(row: AuditEvent) -> list[Any]:
    actor = row.actor
    changes = "; ".join(f"{name}={'' if value is None else value}" for name, value in row.changes.items())
    return [
        dutch.moment(row.moment),
        row.action,
        row.result,
        actor.name if actor else "",
        actor.email if actor else "",
        str(row.membership or ""),
        row.employer.code if row.employer else "",
        row.object_type,
        row.object_id,
        changes,
        row.address or "",
        row.agent,
    ]
