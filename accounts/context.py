"""What every page needs to lose nothing that was typed (:mod:`accounts.kept`)."""

from functools import partial
from typing import Any

from django.http import HttpRequest

from accounts import kept


def forms(request: HttpRequest) -> dict[str, Any]:
    """Return the hidden field for every form of a known user, and what waits on this page to be sent after all."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"form_owner": ""}
    return {"form_owner": kept.owner_field(user), "kept_fields": partial(kept.waiting, request)}
