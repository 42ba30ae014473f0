"""The draft of what a coach is typing: kept on the server, and sealed on the device with a key that the page brings."""

import base64
import hashlib
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from coaching.services.drafts import MAX_CHARACTERS, MAX_FIELDS, discard_draft, save_draft
from coaching.views.base import NOT_TYPED, AssignmentPage


class DraftSave(AssignmentPage):
    """Keeps what is being typed (from the script), or throws it away (a button)."""

    writes = True

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "weggooien" in request.POST:
            discard_draft(user=self.user, assignment=self.assignment)
            messages.success(request, "Het concept is weggegooid.")
            return redirect(self.own_address("check_in_add"))
        values = {name: text for name, text in list(request.POST.items())[: MAX_FIELDS + 1] if name not in NOT_TYPED}
        values["participants"] = ",".join(request.POST.getlist("participants"))
        try:
            save_draft(user=self.user, assignment=self.assignment, values=values, key=_key(request.POST.get("key")))
        except ValidationError:
            return HttpResponse(f"Hoogstens {MAX_CHARACTERS} tekens.", status=413, content_type="text/plain")
        return HttpResponse(status=204)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Go to the form: an address that only takes what was typed is no page of its own."""
        return redirect(self.own_address("check_in_add"))


def device_key(user_key: int) -> str:
    """Return the key with which this user's browser seals a draft on the device, in base64.

    It is only ever part of a page for this very user, never stored on the device beside what it seals.
    """
    digest = hashlib.sha256(f"draft-on-device:{user_key}:{settings.SECRET_KEY}".encode()).digest()
    return base64.b64encode(digest).decode()


def as_initial(draft: dict[str, str]) -> dict[str, Any]:
    """Return a kept draft as the form shows it again."""
    if not draft:
        return {}
    return {**draft, "participants": [name for name in draft.get("participants", "").split(",") if name]}


def _key(sent: str | None) -> UUID | None:
    try:
        return UUID(sent or "")
    except ValueError:
        return None
