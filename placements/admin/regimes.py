"""Counting regimes. A version is succeeded from a date, never edited; one that waits can be taken back."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path

from accounts.admin_forms import ServiceForm, may_write
from accounts.records import FOREVER
from accounts.service_admin import ReadOnlyAdmin
from accounts.service_inlines import ServiceInline
from placements.models import Regime, RegimeVersion
from placements.services.regimes import queue_again, succeed_version, withdraw_version
from ui import dutch


class VersionForm(ServiceForm):
    """A new version starts from the rules in force."""


class VersionInline(ServiceInline):
    """The versions of a regime; the empty row succeeds the last one."""

    model = RegimeVersion
    form = VersionForm
    fields = ("first_day", "until", "hours_per_job", "procurement_counts", "registration_test", "source", "state")
    readonly_fields = ("until", "state")
    can_delete = False
    verbose_name = "versie"
    verbose_name_plural = "versies"

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_add_permission(self, request: HttpRequest, obj: Regime | None = None) -> bool:
        return may_write(request) and obj is not None and not obj.versions.filter(pending=True).exists()

    def title_of(self, row: RegimeVersion) -> str:
        return f"Versie vanaf {dutch.day_long(row.first_day)}"

    @admin.display(description="Tot en met")
    def until(self, version: RegimeVersion) -> str:
        return "loopt door" if version.last_day == FOREVER else dutch.day(version.last_day)

    @admin.display(description="Stand")
    def state(self, version: RegimeVersion) -> str:
        if version.pk is None:
            return "wordt van kracht na het hertellen"
        return "wacht op hertelling" if version.pending else "van kracht"

    def write(self, request: HttpRequest, form: Any, row: RegimeVersion) -> None:
        names = ("first_day", "hours_per_job", "procurement_counts", "registration_test", "source")
        values = {name: form.cleaned_data[name] for name in names}
        succeed_version(by=request.user, regime=row.regime, **values)  # type: ignore[arg-type]


@admin.register(Regime)
class RegimeAdmin(ReadOnlyAdmin):
    """Ways of counting."""

    section = "Telling"
    order = 10
    intro = "Hoe plaatsingen tellen. Een versie die is gebruikt ligt vast; nieuwe regels gelden vanaf een datum."
    may_change = True
    list_display = ("name", "code", "description")
    fields = readonly_fields = ("code", "name", "description")
    inlines = (VersionInline,)

    def get_urls(self) -> list[URLPattern]:
        views = (("queue", self.queue_view), ("withdraw", self.withdraw_view))
        own = [
            path(f"<int:pk>/{name}/", self.admin_site.admin_view(view), name=f"placements_regime_{name}")
            for name, view in views
        ]
        return [*own, *super().get_urls()]

    def tools(self, request: HttpRequest, record: Regime) -> list[tuple[str, str]]:
        if not may_write(request) or not record.versions.filter(pending=True).exists():
            return []
        return [
            ("Hertelling opnieuw starten", self.url("queue", record)),
            ("Wachtende versie intrekken", self.url("withdraw", record)),
        ]

    def write(self, request: HttpRequest, form: Any, record: Regime, *, change: bool) -> Regime:
        """Leave the regime itself as it is; only its versions change."""
        return record

    def queue_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        version = self._waiting(request, pk)
        return self.confirm(
            request,
            version.regime,
            act=lambda: queue_again(by=request.user, version=version),  # type: ignore[arg-type]
            done="De hertelling staat weer in de wachtrij.",
            title="Hertelling opnieuw starten?",
            text="Doe dit als de achtergrondtaak is mislukt. De oude regels gelden tot de hertelling klaar is.",
            confirm_label="Opnieuw starten",
        )

    def withdraw_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        version = self._waiting(request, pk)
        return self.confirm(
            request,
            version.regime,
            act=lambda: withdraw_version(by=request.user, version=version),  # type: ignore[arg-type]
            done="De wachtende versie is ingetrokken.",
            title=f"De versie vanaf {dutch.day_long(version.first_day)} intrekken?",
            text="Er is nog niets mee geteld. De regels van nu blijven gelden.",
            confirm_label="Intrekken",
            danger=True,
        )

    def _waiting(self, request: HttpRequest, pk: int) -> RegimeVersion:
        waiting = RegimeVersion.objects.filter(pending=True).select_related("regime")
        return get_object_or_404(waiting, regime=self.writable(request, pk))
