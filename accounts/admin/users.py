"""Users and their roles: inviting, correcting, ending, blocking. Nobody is deleted: the trail names them."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.html import format_html_join

from accounts.admin_forms import RecordForm, ServiceForm
from accounts.models import Membership, Role, User
from accounts.service_admin import ServiceAdmin
from accounts.service_inlines import ServiceInline
from accounts.services.invitations import invite, resend_invitation
from accounts.services.memberships import change_membership, grant_membership
from accounts.services.users import change_user, deactivate_user, reactivate_user
from ui import dutch

_PLACE = ("role", "employer", "sector", "all_sectors")
_TERMS = ("first_day", "last_day", "read_only", "stands_in_for")


#: When a field of a role is filled in; what the model says of a field goes before.
_HINTS = {
    "employer": "Alleen bij een P&O-coördinator: naam of code.",
    "sector": "Alleen bij een sectoradviseur van één sector: naam of code.",
    "all_sectors": "Alleen bij een sectoradviseur van alle sectoren.",
    "last_day": "Leeg als er geen einde is.",
}


def _with_hints(fields: dict[str, forms.Field]) -> dict[str, forms.Field]:
    """Say at the fields of a role when they are needed; nothing else shows which role asks for which."""
    for name, hint in _HINTS.items():
        fields[name].help_text = hint
    return fields


class RoleFilter(admin.SimpleListFilter):
    """A role that holds today."""

    title = "rol vandaag"
    parameter_name = "rol"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [*Role.choices, ("geen", "Geen rol")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        active = Membership.objects.active_on(timezone.localdate())
        if self.value() == "geen":
            return queryset.exclude(pk__in=active.values("user"))
        return queryset.filter(pk__in=active.filter(role=self.value()).values("user")) if self.value() else queryset


class StateFilter(admin.SimpleListFilter):
    """Whether someone can log in and ever did."""

    title = "toegang"
    parameter_name = "toegang"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("actief", "Actief"), ("uitgenodigd", "Uitgenodigd, nog niet ingelogd"), ("geblokkeerd", "Geblokkeerd")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        wanted = {
            "actief": {"is_active": True, "last_login__isnull": False},
            "uitgenodigd": {"is_active": True, "last_login__isnull": True},
            "geblokkeerd": {"is_active": False},
        }
        return queryset.filter(**wanted.get(self.value() or "", {}))


class MembershipForm(RecordForm):
    """A role; role and place of one that exists are fixed: another role is another membership."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance._state.adding:
            _with_hints(self.fields)
            return
        for name in _PLACE:
            self.fields[name].disabled = True
        for name in ("employer", "sector", "stands_in_for"):
            self.initial[name] = getattr(self.instance, name)


class MembershipInline(ServiceInline):
    """The roles of a user, also those that have ended."""

    model = Membership
    form = MembershipForm
    fk_name = "user"
    fields = (*_PLACE, *_TERMS)
    lookups = ("employer", "sector", "stands_in_for")
    can_delete = False
    verbose_name = "rol"
    verbose_name_plural = "rollen"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Membership]:
        return Membership.objects.visible_to(request.user).for_list().order_by("-first_day", "pk")  # type: ignore[arg-type]

    def write(self, request: HttpRequest, form: Any, row: Membership) -> None:
        values = form.cleaned_data
        if row.pk is None:
            names = (*_PLACE, *_TERMS)
            grant_membership(by=request.user, user=row.user, **{name: values[name] for name in names})  # type: ignore[arg-type]
            return
        change_membership(
            by=request.user,  # type: ignore[arg-type]
            membership=row,
            today=timezone.localdate(),
            expected_revision=form.expected_revision,
            acknowledged=True,
            **{name: values[name] for name in _TERMS},
        )


@admin.register(User)
class UserAdmin(ServiceAdmin):
    """Everyone who may or might log in."""

    section = "Gebruikers"
    order = 10
    intro = "Wie mag inloggen, met welke rollen. Een nieuwe gebruiker krijgt een uitnodiging per e-mail."
    lookup_fields = ("email",)
    list_display = ("name", "email", "roles_today", "state", "seen")
    list_filter = (StateFilter, RoleFilter)
    search_fields = ("name_folded", "email")
    search_help_text = "Naam of e-mailadres."
    ordering = ("name_folded", "pk")
    fields = ("name", "email")
    lookups = ("employer", "sector", "stands_in_for")
    inlines = (MembershipInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        active = Membership.objects.active_on(timezone.localdate()).select_related("employer", "sector")
        return super().get_queryset(request).prefetch_related(Prefetch("memberships", active, to_attr="today"))

    def get_urls(self) -> list[URLPattern]:
        views = (("invitation", self.invitation_view), ("block", self.block_view), ("release", self.release_view))
        own = [
            path(f"<int:pk>/{name}/", self.admin_site.admin_view(view), name=f"accounts_user_{name}")
            for name, view in views
        ]
        return [*own, *super().get_urls()]

    def get_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        return self.fields if obj else (*self.fields, *_PLACE, *_TERMS)

    def get_form(self, request: HttpRequest, obj: User | None = None, change: bool = False, **kwargs: Any) -> Any:
        """A new user comes with a first role, on the same form."""
        if obj is None:
            kwargs["form"] = type("InvitationForm", (ServiceForm,), self._role_fields(request))
        return super().get_form(request, obj, change, **kwargs)

    def _role_fields(self, request: HttpRequest) -> dict[str, forms.Field]:
        def field(db_field: models.Field, **kwargs: Any) -> forms.Field | None:
            return self.formfield_for_dbfield(db_field, request, **kwargs)

        return _with_hints(forms.models.fields_for_model(Membership, (*_PLACE, *_TERMS), formfield_callback=field))

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"first_day": timezone.localdate(), **super().get_changeform_initial_data(request)}

    def get_inlines(self, request: HttpRequest, obj: User | None) -> Any:
        return self.inlines if obj else ()

    def tools(self, request: HttpRequest, record: User) -> list[tuple[str, str]]:
        if not self.has_change_permission(request):
            return []
        if not record.is_active:
            return [("Weer toelaten", self.url("release", record))]
        invited = [("Uitnodiging opnieuw versturen", self.url("invitation", record))] if not record.last_login else []
        return [*invited, ("Blokkeren", self.url("block", record))]

    # --- columns ---------------------------------------------------------------------------------

    @admin.display(description="rollen vandaag")
    def roles_today(self, user: User) -> str:
        rows = ((str(row),) for row in user.today)  # type: ignore[attr-defined]
        return format_html_join("", "<div>{}</div>", rows) or dutch.MISSING

    @admin.display(description="toegang", ordering="is_active")
    def state(self, user: User) -> str:
        if not user.is_active:
            return "geblokkeerd"
        return "actief" if user.last_login else "uitgenodigd"

    @admin.display(description="laatst ingelogd", ordering="last_login")
    def seen(self, user: User) -> str:
        return dutch.moment(user.last_login)

    # --- writing ---------------------------------------------------------------------------------

    def write(self, request: HttpRequest, form: Any, record: User, *, change: bool) -> User:
        if change:
            values = {name: form.cleaned_data[name] for name in self.fields}
            return change_user(by=request.user, user=record, expected_revision=form.expected_revision, **values)  # type: ignore[arg-type]
        base_url = request.build_absolute_uri("/")
        return invite(by=request.user, base_url=base_url, **form.cleaned_data).user  # type: ignore[arg-type]

    def invitation_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        user = self.writable(request, pk)
        return self.confirm(
            request,
            user,
            act=lambda: resend_invitation(
                by=request.user,  # type: ignore[arg-type]
                user=user,
                base_url=request.build_absolute_uri("/"),
                today=timezone.localdate(),
            ),
            done=f"De uitnodiging aan {user} is opnieuw verstuurd.",
            title=f"{user} opnieuw uitnodigen?",
            text=f"Er gaat een e-mail met een nieuwe link naar {user.email}.",
            confirm_label="Uitnodiging versturen",
        )

    def block_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        user = self.writable(request, pk)
        return self.confirm(
            request,
            user,
            act=lambda: deactivate_user(by=request.user, user=user),  # type: ignore[arg-type]
            done=f"{user} is geblokkeerd.",
            title=f"{user} blokkeren?",
            consequences=["Inloggen kan niet meer; wie nu is ingelogd, is dat bij de volgende klik niet meer.",
                          "Rollen en alles wat is vastgelegd blijven staan. Later weer toelaten kan."],
            confirm_label="Blokkeren",
            danger=True,
        )  # fmt: skip

    def release_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        user = self.writable(request, pk)
        return self.confirm(
            request,
            user,
            act=lambda: reactivate_user(by=request.user, user=user),  # type: ignore[arg-type]
            done=f"{user} kan weer inloggen.",
            title=f"{user} weer toelaten?",
            text="Inloggen kan dan weer, met de rollen die nog gelden.",
            confirm_label="Weer toelaten",
        )
