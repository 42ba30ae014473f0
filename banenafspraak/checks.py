"""What a production installation must have in order: ``manage.py check --deploy``.

Django's own checks cover DEBUG, SECRET_KEY, cookies and HTTPS; these add what only this product knows.
Operators read them, so they are Dutch.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connection
from django.db.models import QuerySet

from banenafspraak import safety
from candidates.models import Candidate
from coaching.models import ConfidentialNote

#: Notes that are tried, of the oldest and of the newest: old ones were sealed with old keys.
TRIED = 500

PUT_BACK = "Zet de oude sleutel weer achter de nieuwe: nieuw,oud."
SILENT_MAIL = ("console", "dummy", "filebased", "locmem")


@register(Tags.security, deploy=True)
def check_database(**kwargs: Any) -> Iterable[CheckMessage]:
    """SQLite lets one writer in at a time and keeps no constraint on overlapping periods."""
    if connection.vendor == "sqlite":
        yield Warning(
            "De database is SQLite. Dat is om uit te proberen; gebruik PostgreSQL voor het werk.",
            hint="Zet DATABASE_URL op postgres://gebruiker:wachtwoord@server:5432/naam.",
            id="banenafspraak.W001",
        )


@register(Tags.security)
def check_safety(**kwargs: Any) -> Iterable[CheckMessage]:
    """What keeps the web server from starting keeps every command from running that does something."""
    for fault in safety.faults():
        yield Error(fault.message, hint=fault.hint, id=f"banenafspraak.{fault.number}")


@register(Tags.security, deploy=True)
def check_mail(**kwargs: Any) -> Iterable[CheckMessage]:
    """Invitations and reminders are of no use on a console."""
    if any(kind in settings.EMAIL_BACKEND for kind in SILENT_MAIL):
        yield Warning(
            "E-mail wordt niet verstuurd: uitnodigingen komen dan niet aan.",
            hint="Zet EMAIL_URL op bijvoorbeeld smtp+tls://gebruiker:wachtwoord@server:587.",
            id="banenafspraak.W004",
        )


@register(Tags.database, deploy=True)
def check_keys(databases: Sequence[str] | None = None, **kwargs: Any) -> Iterable[CheckMessage]:
    """A key that was taken out of its ring too early leaves numbers and notes that nobody can read.

    Looks at the oldest and the newest only, and only when asked to look into the database (``--database default``).
    """
    if not databases:
        return
    if Candidate.objects.all().misses_keys():
        yield Warning("Niet elk burgerservicenummer is te lezen met BSN_KEYS.", hint=PUT_BACK, id="banenafspraak.W005")
    if any(row.reveal() is None for row in _some(ConfidentialNote.objects.order_by("pk"))):
        yield Warning("Niet elke notitie is te lezen met NOTE_KEYS.", hint=PUT_BACK, id="banenafspraak.W006")


def _some(rows: QuerySet) -> Iterator[Any]:
    yield from rows[:TRIED]
    yield from rows.reverse()[:TRIED]
