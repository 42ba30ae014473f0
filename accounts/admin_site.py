"""The administrator's site: Django admin, open only to someone who works as administrator now.

This module is read before the applications are ready, so what needs a model is imported when it is used.
"""

from collections.abc import Callable
from functools import update_wrapper
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from accounts.scope import scope_of
from ui import dutch

#: Django's own pages that are not here.
_LEFT_OUT = frozenset({"logout", "password_change", "password_change_done", "jsi18n", "view_on_site"})

#: The headings of the start page, in order; every admin class names the one it stands under.
SECTIONS = (
    "Gebruikers",
    "Werkgevers",
    "Telling",
    "Personen en plaatsingen",
    "Begeleiding",
    "Halfjaarrondes",
    "Techniek",
)


class LookupView(AutocompleteJsonView):
    """Suggestions for a lookup box: each with the key that finds it."""

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related(*self.model_admin.lookup_related)

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        from accounts.lookups import label_of

        return {"id": str(obj.pk), "text": label_of(obj, self.model_admin.lookup_fields)}


class BeheerSite(AdminSite):
    """Django admin with our names, our frame and our rule for who gets in.

    Only classes that write through services are taken in: what third parties register is left out.
    """

    site_header = "Beheer"
    site_title = "Beheer"
    index_title = "Beheer"
    site_url = "/"
    enable_nav_sidebar = False
    empty_value_display = dutch.MISSING

    def has_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_active and scope_of(request.user).is_administrator)

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        from accounts.service_admin import ServiceAdmin

        if admin_class is not None and issubclass(admin_class, ServiceAdmin):
            super().register(model_or_iterable, admin_class, **options)

    def admin_view(self, view: Callable, cacheable: bool = False) -> Callable:
        """Let administrators in, offer the role to who has it, ask who is not known to log in; else 404."""
        inner = super().admin_view(view, cacheable)

        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if self.has_permission(request):
                return inner(request, *args, **kwargs)
            return _turned_away(request)

        return update_wrapper(guarded, view)

    def get_urls(self) -> list[Any]:
        """Leave out what the application does itself (logging out, passwords) and what nothing here uses."""
        return [url for url in super().get_urls() if getattr(url, "name", None) not in _LEFT_OUT]

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return redirect("admin:index")

    def autocomplete_view(self, request: HttpRequest) -> HttpResponseBase:
        return LookupView.as_view(admin_site=self)(request)

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict[str, Any]]:
        """Return the models under our own headings instead of a heading per application."""
        models = [model for app in super().get_app_list(request, app_label) for model in app["models"]]
        for model in models:
            admin_class = self.get_model_admin(model["model"])
            model |= {"name": admin_class.names()["heading"], "intro": admin_class.intro}
            model |= {"section": admin_class.section, "order": admin_class.order}
        models.sort(key=lambda model: (model["order"], model["name"]))
        return [
            {"name": section, "models": [model for model in models if model["section"] == section]}
            for section in SECTIONS
        ]


def _turned_away(request: HttpRequest) -> HttpResponseBase:
    from django.contrib.auth.views import redirect_to_login

    from accounts.access import offer_other_role

    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    return offer_other_role(request, lambda scope: scope.is_administrator, action="toegang.beheer")


class BeheerConfig(AdminConfig):
    """Makes :class:`BeheerSite` the default admin site."""

    default_site = "accounts.admin_site.BeheerSite"
