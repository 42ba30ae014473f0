"""What an administrator manages of this room: sectors, employers, units, targets and partners.

An employer's dated facts, merger and hand-over change what counts; ``placements.admin`` adds them to its page.
"""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from accounts.admin_forms import RecordForm
from accounts.service_admin import ServiceAdmin
from accounts.service_inlines import ServiceInline
from employers.models import Employer, OrgUnit, Partner, PartnerAlias, ReturnPeriod, Sector, Target
from employers.services.employers import add_employer, change_employer, change_sector
from employers.services.partners import add_partner, change_partner, merge_partners, remove_alias, uses_of
from employers.services.targets import change_target, remove_target, set_target
from employers.services.units import add_unit, change_unit, remove_unit
from ui import dutch


@admin.register(Sector)
class SectorAdmin(ServiceAdmin):
    """The fourteen sectors; code and number of them are fixed."""

    section = "Werkgevers"
    intro = "De veertien sectoren van overheid en onderwijs."
    may_add = False
    list_display = ("name", "code", "umbrella", "organisation_count")
    search_fields = ("name_folded", "code")
    fields = ("code", "name", "umbrella", "organisation_count")
    readonly_fields = ("code",)

    def write(self, request: HttpRequest, form: Any, record: Sector, *, change: bool) -> Sector:
        values = {name: form.cleaned_data[name] for name in ("name", "umbrella", "organisation_count")}
        return change_sector(by=request.user, sector=record, expected_revision=form.expected_revision, **values)  # type: ignore[arg-type]


class SectorFilter(admin.SimpleListFilter):
    """The sector an employer belongs to today."""

    title = "sector"
    parameter_name = "sector"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return list(Sector.objects.values_list("code", "name"))

    def queryset(self, request: HttpRequest, queryset: QuerySet[Employer]) -> QuerySet[Employer]:
        return queryset.filter(sector_code=self.value()) if self.value() else queryset


class ExistsFilter(admin.SimpleListFilter):
    """Employers that are there today, or have ended."""

    title = "stand"
    parameter_name = "stand"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("actief", "Bestaat nu"), ("beeindigd", "Opgeheven of samengevoegd")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Employer]) -> QuerySet[Employer]:
        ended = queryset.filter(last_day__lt=timezone.localdate())
        if self.value() == "beeindigd":
            return ended
        return queryset.exclude(pk__in=ended.values("pk")) if self.value() == "actief" else queryset


class EmployerForm(RecordForm):
    """An employer; a new one says to which sector it belongs from the start."""

    sector = forms.ModelChoiceField(label="Sector", queryset=Sector.objects.all(), empty_label="Kies")
    return_period = forms.ChoiceField(label="Aangiftetijdvak", choices=ReturnPeriod.choices)


class EmployerAdmin(ServiceAdmin):
    """Employers. Registered by ``placements.admin``, which adds what touches the count."""

    section = "Werkgevers"
    order = 10
    intro = "Werkgevers met hun sector en aangiftetijdvak van vandaag."
    list_display = ("name", "code", "sector_today", "return_period_today", "last_day_shown", "successor")
    list_filter = (ExistsFilter, SectorFilter)
    list_select_related = ("successor",)
    search_fields = ("name_folded", "name", "code")
    search_help_text = "Naam of code."
    ordering = ("name_folded", "pk")
    fields = (
        "code", "name", "headcount", "hours_per_week", "baseline_jobs", "placement_word", "show_target",
        "last_day_shown", "successor",
    )  # fmt: skip
    readonly_fields = ("last_day_shown", "successor")
    _start = ("sector", "return_period")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Employer]:
        return Employer.objects.visible_to(request.user).with_facts_on(timezone.localdate())  # type: ignore[arg-type]

    def get_fields(self, request: HttpRequest, obj: Employer | None = None) -> Any:
        return self.fields if obj else (*self.fields[:2], *self._start, *self.fields[2:7])

    def get_form(self, request: HttpRequest, obj: Employer | None = None, change: bool = False, **kwargs: Any) -> Any:
        if obj is None:
            kwargs["form"] = EmployerForm
        return super().get_form(request, obj, change, **kwargs)

    def tools(self, request: HttpRequest, record: Employer) -> list[tuple[str, str]]:
        links = [("Afdelingen", "unit_list"), ("Streefcijfers", "target_list"), ("Collega's", "colleague_list")]
        return [(label, reverse(name, kwargs={"employer": record.uuid})) for label, name in links]

    @admin.display(description="sector", ordering="sector_name")
    def sector_today(self, employer: Employer) -> str:
        return employer.sector_name or dutch.MISSING  # type: ignore[attr-defined]

    @admin.display(description="aangiftetijdvak", ordering="return_period")
    def return_period_today(self, employer: Employer) -> str:
        return dict(ReturnPeriod.choices).get(employer.return_period, dutch.MISSING)  # type: ignore[attr-defined]

    @admin.display(description="laatste dag", ordering="last_day")
    def last_day_shown(self, employer: Employer) -> str:
        return dutch.day(employer.last_day)

    def write(self, request: HttpRequest, form: Any, record: Employer, *, change: bool) -> Employer:
        names = (*self.fields[:7], *(() if change else self._start))
        values = {name: form.cleaned_data[name] for name in names}
        if not change:
            return add_employer(by=request.user, **values)  # type: ignore[arg-type]
        expected = form.expected_revision
        return change_employer(by=request.user, employer=record, expected_revision=expected, **values)  # type: ignore[arg-type]


@admin.register(OrgUnit)
class OrgUnitAdmin(ServiceAdmin):
    """Units of all employers."""

    section = "Werkgevers"
    order = 20
    intro = "Afdelingen, faculteiten, diensten en locaties. Zoek op werkgever om er één te vinden."
    may_delete = True
    lookup_fields = ("employer__code", "code")
    lookup_related = ("employer",)
    list_display = ("name", "code", "employer", "parent")
    list_select_related = ("employer", "parent")
    search_fields = ("name_folded", "code", "employer__name_folded", "employer__code")
    search_help_text = "Afdeling of werkgever, naam of code."
    fields = ("employer", "code", "name", "parent")
    lookups = ("employer", "parent")

    def get_readonly_fields(self, request: HttpRequest, obj: OrgUnit | None = None) -> tuple[str, ...]:
        return ("employer",) if obj else ()

    def write(self, request: HttpRequest, form: Any, record: OrgUnit, *, change: bool) -> OrgUnit:
        values = form.cleaned_data
        terms = {name: values[name] for name in ("code", "name", "parent")}
        if not change:
            return add_unit(by=request.user, employer=values["employer"], **terms)  # type: ignore[arg-type]
        return change_unit(by=request.user, unit=record, expected_revision=form.expected_revision, **terms)  # type: ignore[arg-type]

    def remove(self, request: HttpRequest, record: OrgUnit) -> None:
        remove_unit(by=request.user, unit=record)  # type: ignore[arg-type]


class LevelFilter(admin.SimpleListFilter):
    """What a target belongs to."""

    title = "niveau"
    parameter_name = "niveau"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("sector", "Sector"), ("employer", "Werkgever"), ("unit", "Afdeling")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Target]) -> QuerySet[Target]:
        level = self.value()
        return queryset.filter(**{f"{level}__isnull": False}) if level in ("sector", "employer", "unit") else queryset


@admin.register(Target)
class TargetAdmin(ServiceAdmin):
    """Targets of sectors, employers and units."""

    section = "Werkgevers"
    order = 30
    intro = "Streefcijfers per jaar van sectoren, werkgevers en afdelingen."
    may_delete = True
    list_display = ("scope", "year", "amount", "kind")
    list_display_links = ("scope",)
    list_filter = (LevelFilter, "year", "kind")
    search_fields = (
        "sector__name_folded",
        "employer__name_folded",
        "employer__code",
        "unit__name_folded",
        "unit__employer__code",
    )
    search_help_text = "Sector, werkgever of afdeling."
    ordering = ("-year", "pk")
    fields = ("sector", "employer", "unit", "year", "number", "kind")
    lookups = ("sector", "employer", "unit")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Target]:
        return Target.objects.visible_to(request.user).for_list()  # type: ignore[arg-type]

    def get_readonly_fields(self, request: HttpRequest, obj: Target | None = None) -> tuple[str, ...]:
        return ("sector", "employer", "unit") if obj else ()

    @admin.display(description="voor")
    def scope(self, target: Target) -> str:
        unit = target.unit
        return f"{unit} ({unit.employer})" if unit else str(target.employer or target.sector)

    @admin.display(description="aantal", ordering="number")
    def amount(self, target: Target) -> str:
        return dutch.plain_decimal(target.number)

    def write(self, request: HttpRequest, form: Any, record: Target, *, change: bool) -> Target:
        values = {name: form.cleaned_data[name] for name in ("year", "number", "kind")}
        if change:
            return change_target(by=request.user, target=record, expected_revision=form.expected_revision, **values)  # type: ignore[arg-type]
        scope = {name: form.cleaned_data[name] for name in ("sector", "employer", "unit")}
        return set_target(by=request.user, **values, **scope)  # type: ignore[arg-type]

    def remove(self, request: HttpRequest, record: Target) -> None:
        remove_target(by=request.user, target=record)  # type: ignore[arg-type]


class PartnerMergerForm(forms.Form):
    """Under which other name a partner goes on."""

    into = forms.ModelChoiceField(
        label="Gaat verder als",
        queryset=Partner.objects.none(),
        empty_label="Kies een partner",
        help_text="De schrijfwijze die blijft.",
    )

    def offer(self, partner: Partner) -> None:
        """Offer all other partners."""
        self.fields["into"].queryset = Partner.objects.exclude(pk=partner.pk)  # type: ignore[attr-defined]


def _merging(partner: Partner, into: Partner) -> list[str]:
    """Say in Dutch what merging two partners does."""
    moved = ", ".join(uses_of(partner).values())
    return [
        f"Naar {into} gaat over: {moved or 'niets'}.",
        f"{partner} verdwijnt. Terugdraaien kan niet met één knop.",
        f"Staat de naam {partner} later nog in een bestand, dan is dat voortaan {into}.",
    ]


class AliasInline(ServiceInline):
    """Other spellings, which come from renaming and merging; one that is wrong can go."""

    model = PartnerAlias
    fields = ("name",)
    readonly_fields = ("name",)
    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def remove(self, request: HttpRequest, row: PartnerAlias) -> None:
        remove_alias(by=request.user, alias=row)  # type: ignore[arg-type]


@admin.register(Partner)
class PartnerAdmin(ServiceAdmin):
    """Organisations outside the house."""

    section = "Werkgevers"
    intro = "Bureaus, sw-bedrijven, WSP en UWV: formele werkgever of leverancier, nooit werkgever in dit systeem."
    lookup_fields = ("name",)
    list_display = ("name",)
    search_fields = ("name_key", "name", "aliases__name_key")
    ordering = ("name_key", "pk")
    fields = ("name",)
    inlines = (AliasInline,)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.merge_view)
        return [path("<int:pk>/merge/", view, name="employers_partner_merge"), *super().get_urls()]

    def tools(self, request: HttpRequest, record: Partner) -> list[tuple[str, str]]:
        return [("Samenvoegen", self.url("merge", record))] if self.has_change_permission(request) else []

    def merge_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask which other spelling stays, say what moves, and do it when that is confirmed."""
        partner = self.writable(request, pk)
        form = PartnerMergerForm(request.POST or None)
        form.offer(partner)
        chosen = form.cleaned_data["into"] if request.method == "POST" and form.is_valid() else None
        if chosen is not None and "confirmed" in request.POST:
            return self._merge(request, partner, chosen)
        return self.page(
            request,
            "admin/merge.html",
            record=partner,
            title=f"{partner} samenvoegen",
            form=form,
            plan=chosen,
            why="Voor twee schrijfwijzen van dezelfde organisatie. Wat meetelt, verandert er niet door.",
            consequences=_merging(partner, chosen) if chosen else [],
            cancel_url=self.url("change", partner),
        )

    def _merge(self, request: HttpRequest, partner: Partner, into: Partner) -> HttpResponse:
        try:
            merge_partners(by=request.user, partner=partner, into=into)  # type: ignore[arg-type]
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect(self.url("change", partner))
        messages.success(request, f"{partner} heet nu overal {into}.")
        return redirect(self.url("change", into))

    def write(self, request: HttpRequest, form: Any, record: Partner, *, change: bool) -> Partner:
        name = form.cleaned_data["name"]
        if not change:
            return add_partner(by=request.user, name=name)  # type: ignore[arg-type]
        return change_partner(by=request.user, partner=record, name=name, expected_revision=form.expected_revision)  # type: ignore[arg-type]
