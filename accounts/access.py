"""Who may open a page: logged in, in the right role, and when another of the user's roles fits, an offer to switch.

A page out of reach answers 404, the same as one that does not exist. When another membership of the user does reach
it, the page offers that role instead (200; 409 for a form that was sent, since nothing was saved).
"""

from collections.abc import Callable
from typing import Any, ClassVar
from uuid import UUID

from django.contrib.auth.mixins import AccessMixin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from accounts import audit, kept
from accounts.models import Membership, Role
from accounts.scope import Scope, scope_of

READ_ONLY = "Deze rol mag alleen lezen. Vraag een collega of de functioneel beheerder om deze wijziging."
#: The parameter that names a candidate who was chosen (``?kandidaat=<uuid>``).
CHOSEN = "kandidaat"
_PLACES = frozenset({"employer", "sector"})
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def changes_something(request: HttpRequest) -> bool:
    """Whether the method of this request may write."""
    return request.method not in _SAFE


def offer_switch(request: HttpRequest, membership: Membership) -> HttpResponse:
    """Return the page that offers to go on in another role of the user; what was sent waits there."""
    sent = changes_something(request)
    waits_at = kept.keep(request, request.user) if sent else None  # type: ignore[arg-type]
    context = {
        "title": "Andere rol nodig",
        "membership": membership,
        "next": waits_at or request.get_full_path(),
        "sent": sent,
        "is_kept": waits_at is not None,
    }
    return render(request, "accounts/switch_offer.html", context, status=409 if sent else 200)


def offer_other_role(
    request: HttpRequest, fits: Callable[[Scope], bool], *, action: str, obj: Any = None, employer_id: int | None = None
) -> HttpResponse:
    """Offer the first role of the user that fits; without one put a refusal on the trail and raise ``Http404``."""
    other = next((m for m in request.memberships if fits(Scope.of(m))), None)  # type: ignore[attr-defined]
    if other is not None:
        return offer_switch(request, other)
    refuse(request, action=action, obj=obj, employer_id=employer_id)
    raise Http404


def refuse(request: HttpRequest, *, action: str, obj: Any = None, employer_id: int | None = None) -> None:
    """Put a refusal on the trail; :func:`refuse_once` then leaves this request alone."""
    request.is_refused = True  # type: ignore[attr-defined]
    audit.record(action=action, by=request.user, obj=obj, employer_id=employer_id, refused=True)  # type: ignore[arg-type]


def refuse_once(request: HttpRequest, exception: Exception) -> None:
    """Put on the trail that a view refused a known user, unless the view did so itself.

    A 403 always; a 404 when the address names a record, for outside someone's reach is answered as not there. The
    trail holds the page and the keys in its address.
    """
    if not request.user.is_authenticated or hasattr(request, "is_refused"):
        return
    named = _named_in(request)
    if not isinstance(exception, PermissionDenied) and not named:
        return
    action = "toegang.wijzigen" if isinstance(exception, PermissionDenied) else "toegang.gegeven"
    page = request.resolver_match.view_name if request.resolver_match else request.path
    audit.record(
        action=action,
        by=request.user,
        employer_id=scope_of(request.user).employer_id,
        changes={"pagina": page, **named},
        refused=True,
    )


def _named_in(request: HttpRequest) -> dict[str, str]:
    """Return the keys of records an address names, besides the place it stands under; never words someone typed."""
    match = request.resolver_match
    named: dict[str, Any] = dict(match.kwargs) if match else {}
    named[CHOSEN] = request.GET.get(CHOSEN, "")
    return {name: str(value) for name, value in named.items() if name not in _PLACES and _is_key(value)}


def _is_key(value: Any) -> bool:
    """Tell whether this is how an address names a record: a UUID, a day or a number."""
    if not isinstance(value, str):
        return True
    try:
        UUID(value)
    except ValueError:
        return value.isdecimal()
    return True


class RoleMixin(AccessMixin):
    """Lets a view be used in the roles it names only. Put it before the view class."""

    roles: ClassVar[tuple[Role, ...]] = ()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        if scope_of(request.user).role in self.roles:
            return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return offer_other_role(request, lambda scope: scope.role in self.roles, action="toegang.pagina")
