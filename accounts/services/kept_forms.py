"""Keeping what was typed for an hour, sealed with the key ring of confidential notes, until its user is back."""

import json
from collections.abc import Sequence
from datetime import datetime

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import transaction

from accounts import audit
from accounts.models import KeptForm, User

#: Names with their values, in the order in which they were sent.
Fields = Sequence[tuple[str, str]]

#: Bytes of one form beyond which it is not kept.
MOST_BYTES = 200_000
#: Forms of one user that wait at the same time; the oldest gives way.
MOST_FORMS = 20


@transaction.atomic
def keep_form(*, by: User | None, user: User, path: str, fields: Fields, now: datetime) -> KeptForm | None:
    """Keep the fields of a form of ``user`` at ``path``; ``by`` is None while nobody is logged in.

    Returns None, and keeps nothing, when there is nothing to keep or too much, or the user may not log in (any more).
    """
    content = json.dumps(list(fields), ensure_ascii=False).encode()
    if not fields or not user.is_active or len(content) > MOST_BYTES or len(path) > _longest_path():
        return None
    wipe_kept_forms(now=now)
    kept = KeptForm.objects.create(user=user, path=path, content=_ring().encrypt(content), created_at=now)
    newest = user.kept_forms.values_list("pk", flat=True)[:MOST_FORMS]
    user.kept_forms.exclude(pk__in=list(newest)).delete()
    audit.record(action="formulier.bewaard", by=by, obj=user)
    return kept


def fields_of(kept: KeptForm) -> list[tuple[str, str]]:
    """Return the names and values; nothing when its key has left the ring."""
    try:
        return [(name, value) for name, value in json.loads(_ring().decrypt(bytes(kept.content)))]
    except InvalidToken:
        return []


def forget_form(*, user: User, uuid: str) -> None:
    """Wipe a kept form of this user that has been sent after all; one that is gone is no fault."""
    user.kept_forms.filter(uuid=uuid).delete()


def wipe_kept_forms(*, now: datetime) -> str:
    """Wipe what is too old; safe to run twice."""
    wiped, _ = KeptForm.objects.expired(now).delete()
    return f"bewaarde formulieren: {wiped} gewist"


def _longest_path() -> int:
    return KeptForm._meta.get_field("path").max_length or 0


def _ring() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in settings.NOTE_KEYS])
