"""This room's places in the main navigation."""

from django.apps import AppConfig
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from accounts.scope import scope_of
from placements import demonstration
from ui import menu


class ProgressConfig(AppConfig):
    """Dashboards and rollups."""

    name = "progress"
    verbose_name = "Voortgang"

    def ready(self) -> None:
        from progress.actions import caseload, guiding, placing, registry
        from progress.actions import rounds as half_years
        from progress.actions import sectors as advising
        from progress.demonstration import show_rounds

        registry.register(*placing.RULES, *guiding.RULES, *caseload.RULES, *advising.RULES, *half_years.RULES)
        demonstration.register("rondes", show_rounds)
        menu.register(menu.Entry("progress", "Voortgang", order=10, url=own_progress, also=explained))
        menu.register(menu.Entry("sector_progress", "Sectorvoortgang", order=11, url=sector_progress, also=explained))
        menu.register(menu.Entry("sectors", "Alle sectoren", order=12, url=sectors, also=explained_to_all))
        menu.register(menu.Entry("rounds", "Rondes", order=13, url=rounds))
        menu.register(menu.Entry(key="actions", label="Actielijst", order=15, url=actions, badge=pressing))
        menu.register(menu.Entry(key="national", label="Landelijk beeld", order=90, url=national))


def own_progress(request: HttpRequest) -> str | None:
    """The own employer's dashboard; for an administrator the list of all employers."""
    scope = scope_of(request.user)
    if scope.is_administrator:
        return reverse("all_progress")
    if not scope.is_coordinator:
        return None
    return reverse("progress", kwargs={"employer": request.user.membership.employer.uuid})  # type: ignore[union-attr]


def sector_progress(request: HttpRequest) -> str | None:
    """The adviser's own sector."""
    scope = scope_of(request.user)
    if not scope.is_adviser or scope.all_sectors:
        return None
    return reverse("sector_progress", kwargs={"sector": request.user.membership.sector.uuid})  # type: ignore[union-attr]


def sectors(request: HttpRequest) -> str | None:
    """The fourteen sectors side by side, for advisers and administrators."""
    scope = scope_of(request.user)
    return reverse("sector_list") if scope.is_adviser or scope.is_administrator else None


def explained(request: HttpRequest) -> list[str | None]:
    """What the figures mean; it belongs to the page that a user comes for."""
    return [reverse("progress_definitions")]


def explained_to_all(request: HttpRequest) -> list[str | None]:
    """The same, for who has no dashboard of an own employer or sector."""
    return explained(request) if own_progress(request) is None and sector_progress(request) is None else []


def rounds(request: HttpRequest) -> str | None:
    """The half-year rounds: of the own employer, or those an adviser runs and an administrator reads."""
    scope = scope_of(request.user)
    if scope.is_coordinator:
        return reverse("employer_rounds", kwargs={"employer": request.user.membership.employer.uuid})  # type: ignore[union-attr]
    return reverse("round_list") if scope.is_adviser or scope.is_administrator else None


def actions(request: HttpRequest) -> str | None:
    """What is due for this role; for an administrator that of the employer whose page this is."""
    from accounts.models import Role
    from placements.navigation import address

    if scope_of(request.user).role in (Role.COACH, Role.ADVISER):
        return reverse("own_actions")
    return address(request, "action_list")


def national(request: HttpRequest) -> str | None:
    """What was published about the country; a coordinator finds it beside the own figures."""
    scope = scope_of(request.user)
    return reverse("national") if scope.role and not scope.is_coordinator else None


def pressing(request: HttpRequest) -> menu.Badge | None:
    """How much of the own list is late or due this week; an administrator looks along and has no list."""
    from progress.actions.reading import badge
    from progress.actions.registry import Asking, rules_for

    scope = scope_of(request.user)
    if scope.is_administrator:
        return None
    employer = request.user.membership.employer if scope.is_coordinator else None  # type: ignore[union-attr]
    return badge(request, rules_for(scope.role), Asking(request.user, timezone.localdate(), employer))  # type: ignore[arg-type]
