"""Where someone starts, and in which role someone works."""

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.csrf import csrf_failure
from django.views.decorators.http import require_http_methods, require_safe

from accounts import audit, kept
from accounts.middleware import keep_until_log_in
from accounts.models import Membership, Role
from accounts.scope import SESSION_KEY, choose

NO_ROLE_YET = (
    "Er is nog geen rol voor dit account die vandaag geldt. Vraag de functioneel beheerder of een collega van P&O "
    "om een rol. Daarna staat hier het werk klaar."
)


@require_safe
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Go where this role starts; say plainly so when there is no role."""
    membership: Membership | None = request.user.membership  # type: ignore[union-attr]
    if membership is None:
        return render(request, "accounts/no_role.html", {"title": "Welkom", "text": NO_ROLE_YET})
    return redirect(start_of(membership))


def start_of(membership: Membership) -> str:
    """Return the address of a role's first page. The rooms above own these pages; only their names are known here."""
    if membership.role == Role.COORDINATOR:
        return reverse("progress", kwargs={"employer": membership.employer.uuid})  # type: ignore[union-attr]
    if membership.role == Role.ADVISER and membership.sector:
        return reverse("sector_progress", kwargs={"sector": membership.sector.uuid})
    return reverse({Role.ADVISER: "sector_list", Role.COACH: "caseload"}.get(Role(membership.role), "admin:index"))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def switch_role(request: HttpRequest) -> HttpResponse:
    """Show the roles of this user; a POST goes on in the chosen one, at ``next`` or at its start."""
    target = _safe_next(request)
    if request.method != "POST":
        return render(request, "accounts/switch_role.html", {"title": "Rol kiezen", "next": target})
    _switch(request, request.POST.get("membership", ""))
    return HttpResponseRedirect(target or reverse("home"))


@transaction.atomic
def _switch(request: HttpRequest, chosen: str) -> None:
    """Work in another own membership from now on. Raises ``Http404`` for one that is not the user's today."""
    memberships = request.memberships  # type: ignore[attr-defined]
    membership = next((m for m in memberships if str(m.uuid) == chosen), None)
    if membership is None:
        raise Http404
    request.session[SESSION_KEY] = chosen
    choose(request.user, memberships, chosen)
    audit.record(action="rol.gekozen", by=request.user, obj=membership, employer_id=membership.employer_id)  # type: ignore[arg-type]


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token against forged requests is too old: CSRF_FAILURE_VIEW.

    Nothing it asks for is done. When it says, signed, that it was made for this user, what was typed is shown again
    on its page, with a fresh token; without a session that waits for the log-in. Anything else is refused.
    """
    if not request.user.is_authenticated:
        return keep_until_log_in(request) or csrf_failure(request, reason)
    address = kept.keep(request, request.user) if kept.owner_of(request) == request.user else None
    return redirect(address) if address else csrf_failure(request, reason)


def _safe_next(request: HttpRequest) -> str:
    """Return where to go on, when that is a page of this site; else nothing."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe and wanted.startswith("/") else ""


@login_required
@require_safe
def account_address(request: HttpRequest) -> HttpResponse:
    """Show the address someone logs in with; only an administrator changes it."""
    return render(request, "account/email.html")
