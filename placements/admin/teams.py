"""Teams whose places are bought, and by whom."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.admin_forms import RecordForm
from accounts.service_admin import ServiceAdmin
from accounts.service_inlines import ServiceInline
from placements.models import Team, TeamPurchase
from placements.services.teams import (
    add_purchase,
    add_team,
    change_purchase,
    change_team,
    remove_purchase,
    remove_team,
)

_TERMS = ("buyer", "places", "first_day", "last_day")


class PurchaseForm(RecordForm):
    """A purchase; the buyer is shown without asking the database again."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance._state.adding:
            self.initial["buyer"] = self.instance.buyer


class PurchaseInline(ServiceInline):
    """Who buys how many places of a team."""

    model = TeamPurchase
    form = PurchaseForm
    fields = _TERMS
    lookups = ("buyer",)
    verbose_name = "inkoop"
    verbose_name_plural = "inkopen"

    def get_queryset(self, request: HttpRequest) -> QuerySet[TeamPurchase]:
        return super().get_queryset(request).select_related("buyer", "team").order_by("-first_day", "pk")

    def title_of(self, row: TeamPurchase) -> str:
        return str(row.buyer)

    def write(self, request: HttpRequest, form: Any, row: TeamPurchase) -> None:
        values = {name: form.cleaned_data[name] for name in _TERMS}
        if row.pk is None:
            add_purchase(by=request.user, team=row.team, **values)  # type: ignore[arg-type]
        else:
            expected = form.expected_revision
            change_purchase(by=request.user, purchase=row, expected_revision=expected, **values)  # type: ignore[arg-type]

    def remove(self, request: HttpRequest, row: TeamPurchase) -> None:
        remove_purchase(by=request.user, purchase=row)  # type: ignore[arg-type]


@admin.register(Team)
class TeamAdmin(ServiceAdmin):
    """Teams with their formal employer."""

    section = "Telling"
    intro = "Teams waarvan werkgevers plaatsen kopen; de leden tellen naar rato bij de kopers."
    may_delete = True
    list_display = ("name", "code", "employer")
    list_select_related = ("employer",)
    search_fields = ("name_folded", "code", "employer__name_folded", "employer__code")
    search_help_text = "Team of formele werkgever, naam of code."
    fields = ("code", "name", "employer")
    lookups = ("employer",)
    inlines = (PurchaseInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Team]:
        return Team.objects.visible_to(request.user).select_related("employer")  # type: ignore[arg-type]

    def get_inlines(self, request: HttpRequest, obj: Team | None) -> Any:
        return self.inlines if obj else ()

    def write(self, request: HttpRequest, form: Any, record: Team, *, change: bool) -> Team:
        values = {name: form.cleaned_data[name] for name in self.fields}
        if not change:
            return add_team(by=request.user, **values)  # type: ignore[arg-type]
        change_team(by=request.user, team=record, expected_revision=form.expected_revision, **values)  # type: ignore[arg-type]
        return Team.objects.get(pk=record.pk)

    def remove(self, request: HttpRequest, record: Team) -> None:
        remove_team(by=request.user, team=record)  # type: ignore[arg-type]
