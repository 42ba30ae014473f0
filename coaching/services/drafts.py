"""What a coach was typing: kept sealed on the server, one per user and assignment, until saved or thrown away."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from cryptography.fernet import InvalidToken
from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.records import take
from accounts.sealing import open_document, seal_document
from coaching.fields import KEYS
from coaching.models import Assignment, CheckIn, CheckInDraft
from placements.services.rights import require

if TYPE_CHECKING:
    from accounts.models import User

#: Fields and characters a draft may hold; far beyond any real form.
MAX_FIELDS = 60
MAX_CHARACTERS = 100_000
#: How long an abandoned draft is kept.
KEPT = timedelta(days=30)


@transaction.atomic
def save_draft(*, user: "User", assignment: Assignment, values: dict[str, str], key: UUID | None = None) -> None:
    """Keep what was typed about one of the user's own assignments. No audit event: nothing has been recorded yet.

    What was recorded meanwhile as the check-in with this ``key`` is no draft any more: on a slow line the last words
    arrive after the form itself. Raises ``PermissionDenied`` for anybody else's assignment, ``ValidationError`` for
    more than a form can hold.
    """
    require(Assignment.objects.visible_to(user).filter(pk=assignment.pk, coach__user=user).exists())
    if len(values) > MAX_FIELDS or sum(map(len, values.values())) > MAX_CHARACTERS:
        raise ValidationError("Dit is te veel om als concept te bewaren.")
    take(assignment)
    if key is not None and CheckIn.objects.filter(key=key, author=user).exists():
        return
    content = seal_document(values, KEYS)
    CheckInDraft.objects.update_or_create(user=user, assignment=assignment, defaults={"content": content})


def draft_of(*, user: "User", assignment: Assignment) -> dict[str, Any]:
    """Return what the user was typing about this assignment; empty when nothing is kept, or no key can read it."""
    draft = CheckInDraft.objects.filter(user=user, assignment=assignment).first()
    try:
        return open_document(draft.content, KEYS) if draft else {}
    except InvalidToken:
        return {}


def discard_draft(*, user: "User", assignment: Assignment) -> None:
    """Throw away what the user was typing about this assignment."""
    CheckInDraft.objects.filter(user=user, assignment=assignment).delete()


def clean_up(*, now: datetime) -> str:
    """Wipe drafts nobody came back to; safe to run twice."""
    wiped, _ = CheckInDraft.objects.filter(changed_at__lt=now - KEPT).delete()
    return f"concepten: {wiped} verlopen"
