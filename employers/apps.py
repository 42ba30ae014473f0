"""This room's places in the main navigation."""

from django.apps import AppConfig
from django.http import HttpRequest
from django.urls import reverse

from accounts.scope import scope_of
from ui import menu


class EmployersConfig(AppConfig):
    """Sectors, employers, units, targets and partners."""

    name = "employers"
    verbose_name = "Werkgevers"

    def ready(self) -> None:
        menu.register(menu.Entry("targets", "Streefcijfers en afdelingen", order=60, url=targets, also=units))
        menu.register(menu.Entry(key="colleagues", label="Collega's", order=70, url=colleagues))


def targets(request: HttpRequest) -> str | None:
    """The targets of the coordinator's own employer."""
    return _of_own_employer(request, "target_list")


def units(request: HttpRequest) -> list[str | None]:
    """The units of that employer, which stand beside its targets."""
    return [_of_own_employer(request, "unit_list")]


def colleagues(request: HttpRequest) -> str | None:
    """The colleagues of the coordinator."""
    return _of_own_employer(request, "colleague_list")


def _of_own_employer(request: HttpRequest, name: str) -> str | None:
    if not scope_of(request.user).is_coordinator:
        return None
    return reverse(name, kwargs={"employer": request.user.membership.employer.uuid})  # type: ignore[union-attr]
