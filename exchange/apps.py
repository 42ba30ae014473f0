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
        menu.register(menu.Entry(key="import", label="Importeren", order=80, url=import_page))
        daily.register("imports", clean_up_imports)
        daily.register("taken", forget_jobs)


def import_page(request: HttpRequest) -> str | None:
    """Where this user uploads: for the own employer, or as an administrator for all."""
    scope = scope_of(request.user)
    if scope.read_only:
        return None
    if scope.is_coordinator:
        return reverse("import_upload", kwargs={"employer": request.user.membership.employer.uuid})  # type: ignore[union-attr]
    return reverse("import_all") if scope.is_administrator else None


def clean_up_imports(today: date) -> str:
    """Wipe uploads that nobody confirmed."""
    from exchange.services import clean_up

    return clean_up(now=timezone.now())


def forget_jobs(today: date) -> str:
    """Forget the results of background jobs that ended long ago."""
    from django_tasks_db.models import DBTaskResult

    count, _ = DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - JOBS_KEPT).delete()
    return f"taken: {count} vergeten"
