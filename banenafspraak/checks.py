"""What a production installation must have in order: ``manage.py check --deploy``.

Django's own checks cover DEBUG, SECRET_KEY, cookies and HTTPS; these add what only this product knows.
Operators read them, so they are Dutch.
"""

from collections.abc import Iterable
from typing import Any

from cryptography.fernet import Fernet
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connection

KEY_RINGS = ("BSN_KEYS", "NOTE_KEYS")
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
def check_key_rings(**kwargs: Any) -> Iterable[CheckMessage]:
    """Every key must be a Fernet key (32 bytes, base64), or the first BSN to be stored fails."""
    for name in KEY_RINGS:
        for position, key in enumerate(getattr(settings, name), start=1):
            if not _is_fernet_key(key):
                yield Error(
                    f"{name}: sleutel {position} is geen geldige sleutel.",
                    hint="Maak een sleutel zoals docs/installatie.md beschrijft.",
                    id="banenafspraak.E001",
                )


@register(Tags.security, deploy=True)
def check_separate_keys(**kwargs: Any) -> Iterable[CheckMessage]:
    """One leaked key may not open both the BSNs and the confidential notes."""
    if set(settings.BSN_KEYS) & set(settings.NOTE_KEYS):
        yield Warning(
            "BSN_KEYS en NOTE_KEYS delen een sleutel.",
            hint="Maak voor elk een eigen sleutel.",
            id="banenafspraak.W002",
        )


@register(Tags.security, deploy=True)
def check_hosts(**kwargs: Any) -> Iterable[CheckMessage]:
    """Any host name would do for a link in a mail, so an attacker could choose it."""
    if "*" in settings.ALLOWED_HOSTS:
        yield Warning(
            "ALLOWED_HOSTS laat elke naam toe.",
            hint="Noem de namen waaronder de toepassing bereikbaar is.",
            id="banenafspraak.W003",
        )


@register(Tags.security, deploy=True)
def check_mail(**kwargs: Any) -> Iterable[CheckMessage]:
    """Invitations and reminders are of no use on a console."""
    if any(kind in settings.EMAIL_BACKEND for kind in SILENT_MAIL):
        yield Warning(
            "E-mail wordt niet verstuurd: uitnodigingen komen dan niet aan.",
            hint="Zet EMAIL_URL op bijvoorbeeld smtp+tls://gebruiker:wachtwoord@server:587.",
            id="banenafspraak.W004",
        )


def _is_fernet_key(key: str) -> bool:
    try:
        Fernet(key)
    except ValueError:
        return False
    return True
