"""Placements and trials, to read, with a link to the page where a service changes them."""

from uuid import UUID

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from accounts.person_admin import PersonAdmin
from employers.models import Employer
from placements.models import ContractKind, Placement, Trial
from ui import dutch


def page_of(name: str, employer: Employer | None, record: UUID, label: str) -> list[tuple[str, str]]:
    """Return the link to a record's page below an employer; none when no employer may see it."""
    return [(label, reverse(name, args=[employer.uuid, record]))] if employer else []


@admin.register(Placement)
class PlacementAdmin(PersonAdmin):
    """Placements of all employers."""

    opened_as = "plaatsing.bekeken"
    searched_as = "plaatsingen.gezocht"
    section = "Personen en plaatsingen"
    intro = "Alleen om te lezen. Wijzigen kan in de toepassing."
    list_display = ("code", "candidate", "host", "formal_employer", "route", "owner")
    list_filter = ("route",)
    list_select_related = ("candidate", "host", "employer_of_record", "partner", "team__employer", "owner")
    search_fields = ("code", "candidate__name_folded", "host__name_folded", "host__code")
    search_help_text = "Plaatsingcode, naam of werkgever."
    ordering = ("code", "pk")
    fields = readonly_fields = (
        "code", "candidate", "host", "formal_employer", "route", "team", "owner", "continues", "stretches",
    )  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[Placement]:
        return Placement.objects.visible_to(request.user)  # type: ignore[arg-type]

    def tools(self, request: HttpRequest, record: Placement) -> list[tuple[str, str]]:
        return page_of("placement_detail", record.host, record.uuid, "Naar de plaatsing")

    @admin.display(description="formele werkgever")
    def formal_employer(self, placement: Placement) -> str:
        return placement.formal_employer_name

    @admin.display(description="periodes")
    def stretches(self, placement: Placement) -> str:
        return "; ".join(
            f"{dutch.stretch_short(row.first_day, row.last_day)}: {dutch.number(row.hours, 2)} uur, "
            f"{ContractKind(row.contract_kind).label.lower()}, {row.job_title}"
            for row in placement.periods.order_by("first_day")
        )


@admin.register(Trial)
class TrialAdmin(PersonAdmin):
    """Trial placements and internships of all employers."""

    opened_as = "proefplaatsing.bekeken"
    searched_as = "proefplaatsingen.gezocht"
    section = "Personen en plaatsingen"
    intro = "Alleen om te lezen. Wijzigen kan in de toepassing."
    list_display = ("code", "candidate", "host", "kind", "days", "outcome")
    list_filter = ("kind", "outcome")
    list_select_related = ("candidate", "host")
    search_fields = ("code", "candidate__name_folded", "host__name_folded", "host__code")
    search_help_text = "Code, naam of werkgever."
    ordering = ("-first_day", "pk")
    fields = readonly_fields = ("code", "candidate", "host", "kind", "days", "outcome", "owner")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Trial]:
        return Trial.objects.visible_to(request.user)  # type: ignore[arg-type]

    def tools(self, request: HttpRequest, record: Trial) -> list[tuple[str, str]]:
        return page_of("trial_detail", record.host, record.uuid, "Naar de proefplaatsing")

    @admin.display(description="periode", ordering="first_day")
    def days(self, trial: Trial) -> str:
        return dutch.stretch_short(trial.first_day, trial.last_day)
