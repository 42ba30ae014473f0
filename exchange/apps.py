"""This room's places in the main navigation and in the daily work."""

from datetime import date, timedelta

from django.apps import AppConfig
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from accounts import daily
from accounts.scope import scope_of
from ui import menu

#: How long the results of background jobs are kept.
JOBS_KEPT = timedelta(days=30)


class ExchangeConfig(AppConfig):
    """Reading and writing files in the exchange format."""

    name = "exchange"
    verbose_name = "Uitwisseling"

    def ready(self) -> None:
        menu.register(menu.Entry("import", label, order=80, url=import_page, also=beside_import))
        daily.register("imports", clean_up_imports)
        daily.register("taken", forget_jobs)


def label(request: HttpRequest) -> str:
    """What there is to do: who may only read can take a file along."""
    return "Exporteren" if scope_of(request.user).read_only else "Importeren"


def import_page(request: HttpRequest) -> str | None:
    """Where this user uploads: for the own employer, or as an administrator for all; a reader downloads there."""
    return export_page(request) if scope_of(request.user).read_only else _page(request, "import_upload", "import_all")


def export_page(request: HttpRequest) -> str | None:
    """Where this user downloads everything."""
    return _page(request, "export_employer", "export_all")


def beside_import(request: HttpRequest) -> list[str | None]:
    """The pages that belong to reading in: everything as a file, and what its columns mean."""
    return [export_page(request), reverse("import_format")]


def _page(request: HttpRequest, own: str, of_all: str) -> str | None:
    """Return a page of the coordinator's own employer, or the administrators' page of that kind."""
    scope = scope_of(request.user)
    if scope.is_coordinator:
        return reverse(own, kwargs={"employer": request.user.membership.employer.uuid})  # type: ignore[union-attr]
    return reverse(of_all) if scope.is_administrator else None


def clean_up_imports(today: date) -> str:
    """Wipe uploads that nobody confirmed."""
    from exchange.services import clean_up

    return clean_up(now=timezone.now())


def forget_jobs(today: date) -> str:
    """Forget the results of background jobs that ended long ago."""
    from django_tasks_db.models import DBTaskResult

    count, _ = DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - JOBS_KEPT).delete()
    return f"taken: {count} vergeten"
