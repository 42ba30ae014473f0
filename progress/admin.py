"""What an administrator reads of half-year rounds: which there are, and every version that was handed in."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from accounts.service_admin import ReadOnlyAdmin
from progress.models import Round, Snapshot
from ui import dutch


@admin.register(Round)
class RoundAdmin(ReadOnlyAdmin):
    """Rounds of all sectors."""

    section = "Halfjaarrondes"
    order = 10
    intro = "Alleen om te lezen. De sectoradviseur opent, wijzigt en sluit een ronde in de toepassing."
    list_display = ("sector", "day_shown", "deadline_shown", "standing")
    list_select_related = ("sector",)
    search_fields = ("sector__name_folded", "sector__code")
    search_help_text = "Sector."
    ordering = ("-day", "sector__name_folded", "pk")
    fields = readonly_fields = (
        "sector", "day_shown", "deadline_shown", "text", "opened_by", "opened_on", "standing",
    )  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[Round]:
        return Round.objects.visible_to(request.user)  # type: ignore[arg-type]

    def tools(self, request: HttpRequest, record: Round) -> list[tuple[str, str]]:
        place = {"sector": record.sector.uuid, "round": record.uuid}
        return [("Naar de ronde", reverse("round_detail", kwargs=place))]

    @admin.display(description="peildatum", ordering="day")
    def day_shown(self, round: Round) -> str:
        return dutch.day(round.day)

    @admin.display(description="indienen uiterlijk", ordering="deadline")
    def deadline_shown(self, round: Round) -> str:
        return dutch.day(round.deadline)

    @admin.display(description="geopend op")
    def opened_on(self, round: Round) -> str:
        return dutch.moment(round.created_at)

    @admin.display(description="stand", ordering="closed_at")
    def standing(self, round: Round) -> str:
        return "open" if round.is_open else f"gesloten op {dutch.moment(round.closed_at)}"


@admin.register(Snapshot)
class SnapshotAdmin(ReadOnlyAdmin):
    """Versions that employers handed in; the lines stand on a page of the employer."""

    section = "Halfjaarrondes"
    order = 20
    intro = "Alleen om te lezen. Wat is goedgekeurd, kan ook de database niet meer wijzigen."
    list_display = ("employer", "day", "version", "kind", "made_on", "approved_on")
    list_select_related = ("submission__employer", "submission__round")
    list_filter = ("kind",)
    search_fields = ("submission__employer__name_folded", "submission__employer__code")
    search_help_text = "Werkgever: naam of code."
    ordering = ("-made_at", "pk")
    fields = readonly_fields = (
        "employer", "day", "version", "kind", "way", "hours", "jobs", "persons", "made_on", "made_by", "approved_on",
        "approved_by", "checksum",
    )  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[Snapshot]:
        return Snapshot.objects.visible_to(request.user)  # type: ignore[arg-type]

    def tools(self, request: HttpRequest, record: Snapshot) -> list[tuple[str, str]]:
        place = {"employer": record.submission.employer.uuid, "snapshot": record.uuid}
        return [("Naar de stand", reverse("snapshot_detail", kwargs=place))]

    @admin.display(description="werkgever", ordering="submission__employer__name_folded")
    def employer(self, snapshot: Snapshot) -> Any:
        return snapshot.submission.employer

    @admin.display(description="peildatum", ordering="submission__round__day")
    def day(self, snapshot: Snapshot) -> str:
        return dutch.day(snapshot.submission.round.day)

    @admin.display(description="uren per week")
    def hours(self, snapshot: Snapshot) -> str:
        return dutch.number(snapshot.figures["hours"], 2)

    @admin.display(description="banen")
    def jobs(self, snapshot: Snapshot) -> str:
        return dutch.number(snapshot.figures["jobs"], 1)

    @admin.display(description="personen")
    def persons(self, snapshot: Snapshot) -> str:
        return dutch.heads(snapshot.figures["persons"])

    @admin.display(description="ingediend op", ordering="made_at")
    def made_on(self, snapshot: Snapshot) -> str:
        return dutch.moment(snapshot.made_at)

    @admin.display(description="goedgekeurd op", ordering="approved_at")
    def approved_on(self, snapshot: Snapshot) -> str:
        return dutch.moment(snapshot.approved_at)
