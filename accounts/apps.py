"""This room says for whom and as what someone works; the frame shows it in the header."""

from datetime import date

from django.apps import AppConfig
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst

from accounts import daily
from accounts.scope import scope_of
from ui import menu


class AccountsConfig(AppConfig):
    """Users, memberships, scope and the audit trail."""

    name = "accounts"
    verbose_name = "Gebruikers en toegang"

    def ready(self) -> None:
        daily.register("formulieren", wipe_kept_forms)
        menu.register_identity(identity)
        menu.register(menu.Entry(key="beheer", label="Beheer", order=90, url=beheer))


def wipe_kept_forms(today: date) -> str:
    """Wipe what was typed and never fetched."""
    from accounts.services.kept_forms import wipe_kept_forms as wipe

    return wipe(now=timezone.now())


def beheer(request: HttpRequest) -> str | None:
    """The administrator's site."""
    return reverse("admin:index") if scope_of(request.user).is_administrator else None


def identity(request: HttpRequest) -> menu.Identity | None:
    """Return organisation and role of the membership the user works in, and where to choose another one."""
    membership = getattr(request.user, "membership", None)
    if membership is None:
        return None
    several = len(getattr(request, "memberships", ())) > 1
    return menu.Identity(
        organisation=capfirst(membership.place),
        role=membership.get_role_display() + (", alleen lezen" if membership.read_only else ""),
        switch_url=reverse("switch_role") if several else None,
        account_url=reverse("account_change_password"),
    )
