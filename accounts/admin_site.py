"""The administrator's site: Django admin, open only to someone who works as administrator now."""

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.http import HttpRequest

from accounts.scope import scope_of


class BeheerSite(AdminSite):
    """Django admin with our names and our rule for who gets in."""

    site_header = "Banenafspraak beheer"
    site_title = "Beheer"
    index_title = "Beheer"
    site_url = "/"
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_active and scope_of(request.user).is_administrator)


class BeheerConfig(AdminConfig):
    """Makes :class:`BeheerSite` the default admin site."""

    default_site = "accounts.admin_site.BeheerSite"
