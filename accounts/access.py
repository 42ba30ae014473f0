"""Who may open a page: logged in, in the right role, and when another of the user's roles fits, an offer to switch.

A page out of reach answers 404, the same as one that does not exist. When another membership of the user does reach
it, the page offers that role instead (200; 409 for a form that was sent, since nothing was saved).
"""

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib.auth.mixins import AccessMixin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from accounts import audit, kept
from accounts.models import Membership, Role
from accounts.scope import Scope, scope_of

READ_ONLY = "Deze rol mag alleen lezen. Vraag een collega of de functioneel beheerder om deze wijziging."
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
    """Put a refusal on the trail."""
    audit.record(action=action, by=request.user, obj=obj, employer_id=employer_id, refused=True)  # type: ignore[arg-type]


class RoleMixin(AccessMixin):
    """Lets a view be used in the roles it names only. Put it before the view class."""

    roles: ClassVar[tuple[Role, ...]] = ()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        if scope_of(request.user).role in self.roles:
            return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return offer_other_role(request, lambda scope: scope.role in self.roles, action="toegang.pagina")
