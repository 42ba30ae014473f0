"""Candidates, to read. Services in the application change them; the page links there."""

from django.contrib import admin
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest

from accounts.person_admin import PersonAdmin
from candidates.models import Access, Candidate, RegisterPeriod
from ui import dutch


class CandidateAdmin(PersonAdmin):
    """Candidates of all owners. No BSN: revealing one is a logged act in the application."""

    opened_as = "kandidaat.bekeken"
    searched_as = "kandidaten.gezocht"
    section = "Personen en plaatsingen"
    intro = "Alleen om te lezen. Wijzigen kan in de toepassing."
    list_display = ("name", "code", "owner", "registered")
    list_display_links = ("name",)
    list_select_related = ("owner",)
    search_fields = ("name_folded", "code", "owner__code", "owner__name_folded")
    search_help_text = "Naam, kandidaatcode of eigenaar."
    ordering = ("name_folded", "pk")
    fields = readonly_fields = ("name", "code", "owner", "date_of_birth_shown", "registered", "seen_by", "same_person")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Candidate]:
        periods = Prefetch("register_periods", RegisterPeriod.objects.order_by("first_day"))
        return Candidate.objects.visible_to(request.user).select_related("owner").prefetch_related(periods)  # type: ignore[arg-type]

    @admin.display(description="naam", ordering="name_folded")
    def name(self, candidate: Candidate) -> str:
        return candidate.full_name

    @admin.display(description="geboortedatum")
    def date_of_birth_shown(self, candidate: Candidate) -> str:
        return dutch.day(candidate.date_of_birth)

    @admin.display(description="doelgroepregister")
    def registered(self, candidate: Candidate) -> str:
        periods = (dutch.stretch_short(row.first_day, row.last_day) for row in candidate.register_periods.all())
        return ", ".join(periods) or "niet geregistreerd"

    @admin.display(description="te zien voor")
    def seen_by(self, candidate: Candidate) -> str:
        rows = Access.objects.filter(candidate=candidate).select_related("employer", "coach")
        return "; ".join(
            f"{row.employer or row.coach}, {dutch.stretch_short(row.first_day, row.last_day)}" for row in rows
        )

    @admin.display(description="zelfde persoon als")
    def same_person(self, candidate: Candidate) -> str:
        others = Candidate.objects.same_person_as(candidate).select_related("owner").order_by("owner__code", "code")
        return "; ".join(f"{row.code} ({row.owner or 'de installatie'})" for row in others) or "geen ander"
