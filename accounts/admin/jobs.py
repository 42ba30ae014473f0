"""Background jobs: what waits, runs, is done or failed."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.utils.html import format_html
from django_tasks_db.models import DBTaskResult

from accounts.service_admin import ReadOnlyAdmin
from ui import dutch

_STATES = {"READY": "wacht", "RUNNING": "bezig", "SUCCESSFUL": "klaar", "FAILED": "mislukt"}


class StateFilter(admin.SimpleListFilter):
    """How a job stands."""

    title = "stand"
    parameter_name = "stand"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, str]]:
        return list(_STATES.items())

    def queryset(self, request: Any, queryset: Any) -> Any:
        return queryset.filter(status=self.value()) if self.value() in _STATES else queryset


@admin.register(DBTaskResult)
class JobAdmin(ReadOnlyAdmin):
    """The results of background jobs."""

    singular = "achtergrondtaak"
    plural = "achtergrondtaken"
    section = "Techniek"
    on_trail = False
    intro = "Importeren en hertellen gebeurt op de achtergrond."
    list_display = ("job", "state", "waiting_since", "begun", "ended")
    list_filter = (StateFilter,)
    ordering = ("-enqueued_at",)
    fields = readonly_fields = ("job", "arguments", "state", "waiting_since", "begun", "ended", "result", "fault")

    @admin.display(description="taak", ordering="task_path")
    def job(self, row: DBTaskResult) -> str:
        return row.task_path

    @admin.display(description="gegevens")
    def arguments(self, row: DBTaskResult) -> str:
        values = [*row.args_kwargs["args"], *(f"{k}={v}" for k, v in row.args_kwargs["kwargs"].items())]
        return ", ".join(map(str, values)) or dutch.MISSING

    @admin.display(description="stand", ordering="status")
    def state(self, row: DBTaskResult) -> str:
        return _STATES.get(row.status, row.status)

    @admin.display(description="in de wachtrij", ordering="enqueued_at")
    def waiting_since(self, row: DBTaskResult) -> str:
        return _moment(row.enqueued_at)

    @admin.display(description="begonnen", ordering="started_at")
    def begun(self, row: DBTaskResult) -> str:
        return _moment(row.started_at)

    @admin.display(description="afgelopen", ordering="finished_at")
    def ended(self, row: DBTaskResult) -> str:
        return _moment(row.finished_at)

    @admin.display(description="uitkomst")
    def result(self, row: DBTaskResult) -> str:
        return dutch.MISSING if row.return_value is None else str(row.return_value)

    @admin.display(description="fout")
    def fault(self, row: DBTaskResult) -> str:
        return format_html("<pre>{}</pre>", row.traceback) if row.traceback else dutch.MISSING


def _moment(value: datetime | None) -> str:
    return dutch.moment(value)
