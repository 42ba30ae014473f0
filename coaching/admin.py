"""What an administrator manages of this room: the toolkit of all employers. Coaches are there to read."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.service_admin import ReadOnlyAdmin, ServiceAdmin
from coaching.models import JobCoach, PartnerLink, ToolkitItem
from coaching.services.toolkit import FIELDS, add_item, change_item, remove_item
from coaching.toolkit import with_outcomes
from placements.admin.people import page_of
from ui import dutch


@admin.register(ToolkitItem)
class ToolkitItemAdmin(ServiceAdmin):
    """Interventions to choose from, with how often they were chosen and what came of it."""

    section = "Begeleiding"
    order = 10
    heading = "Toolkit"
    intro = "Interventies waaruit alle jobcoaches kiezen. De aantallen gaan over alle werkgevers samen."
    may_delete = True
    lookup_fields = ("name",)
    list_display = ("name", "problem", "offered", "used", "helped", "partly", "did_not")
    list_filter = ("is_offered",)
    search_fields = ("name", "problem")
    search_help_text = "Naam of probleem."
    ordering = ("name", "pk")
    fields = FIELDS

    def get_queryset(self, request: HttpRequest) -> QuerySet[ToolkitItem]:
        return with_outcomes(ToolkitItem.objects.visible_to(request.user))  # type: ignore[arg-type]

    @admin.display(description="wordt aangeboden", ordering="is_offered")
    def offered(self, item: ToolkitItem) -> str:
        return "ja" if item.is_offered else "nee"

    @admin.display(description="gekozen", ordering="used")
    def used(self, item: ToolkitItem) -> str:
        return dutch.number(item.used)  # type: ignore[attr-defined]

    @admin.display(description="geholpen", ordering="helped")
    def helped(self, item: ToolkitItem) -> str:
        return dutch.number(item.helped)  # type: ignore[attr-defined]

    @admin.display(description="deels", ordering="partly")
    def partly(self, item: ToolkitItem) -> str:
        return dutch.number(item.partly)  # type: ignore[attr-defined]

    @admin.display(description="niet", ordering="did_not")
    def did_not(self, item: ToolkitItem) -> str:
        return dutch.number(item.did_not)  # type: ignore[attr-defined]

    def write(self, request: HttpRequest, form: Any, record: ToolkitItem, *, change: bool) -> ToolkitItem:
        values = {name: form.cleaned_data[name] for name in FIELDS}
        if not change:
            return add_item(by=request.user, **values)  # type: ignore[arg-type]
        change_item(by=request.user, item=record, expected_revision=form.expected_revision, **values)  # type: ignore[arg-type]
        return ToolkitItem.objects.get(pk=record.pk)

    def remove(self, request: HttpRequest, record: ToolkitItem) -> None:
        remove_item(by=request.user, item=record)  # type: ignore[arg-type]


@admin.register(JobCoach)
class JobCoachAdmin(ReadOnlyAdmin):
    """Coaches of all employers and of partners; whom they coach stands elsewhere."""

    section = "Begeleiding"
    order = 20
    intro = "Alleen om te lezen. Wijzigen kan in de toepassing, bij de werkgever."
    list_display = ("name", "code", "place", "user", "days")
    list_select_related = ("employer", "partner", "user")
    search_fields = ("name_folded", "code", "employer__name_folded", "partner__name_key")
    search_help_text = "Naam, coachcode, werkgever of organisatie."
    ordering = ("name_folded", "pk")
    fields = readonly_fields = (
        "name", "code", "place", "user", "capacity", "training", "trained_on_shown", "released_hours",
        "protocol_on_shown", "recognised_until_shown", "days",
    )  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[JobCoach]:
        return JobCoach.objects.visible_to(request.user)  # type: ignore[arg-type]

    def tools(self, request: HttpRequest, record: JobCoach) -> list[tuple[str, str]]:
        link = PartnerLink.objects.filter(partner=record.partner_id).select_related("employer").order_by("pk").first()
        employer = record.employer or (link.employer if link else None)
        return page_of("coach_detail", employer, record.uuid, "Naar de coach")

    @admin.display(description="werkt voor", ordering="employer__name_folded")
    def place(self, coach: JobCoach) -> str:
        return coach.place

    @admin.display(description="in dienst", ordering="first_day")
    def days(self, coach: JobCoach) -> str:
        return dutch.stretch_short(coach.first_day, coach.last_day)

    @admin.display(description="opgeleid op")
    def trained_on_shown(self, coach: JobCoach) -> str:
        return dutch.day(coach.trained_on)

    @admin.display(description="begeleidingsprotocol van")
    def protocol_on_shown(self, coach: JobCoach) -> str:
        return dutch.day(coach.protocol_on)

    @admin.display(description="erkend tot en met")
    def recognised_until_shown(self, coach: JobCoach) -> str:
        return dutch.day(coach.recognised_until)
