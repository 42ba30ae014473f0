"""What may never run in production: weak secrets, keys that are no keys, one key for two purposes, any host name.

The web server refuses to start with such settings (:func:`refuse_unsafe_start`), and every management command that
looks at the system checks refuses to run (``banenafspraak.checks``): those that need no secret do not.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cryptography.fernet import Fernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

KEY_RINGS = ("BSN_KEYS", "NOTE_KEYS")
#: Of the secret that signs sessions; Django's own deployment check asks the same.
LEAST_LENGTH = 50
LEAST_CHARACTERS = 5

MAKE_ONE = "Maak een sleutel zoals docs/installatie.md beschrijft."
NAME_HOSTS = "Zet daarin de namen waaronder de toepassing bereikbaar is, gescheiden door komma's."


@dataclass(frozen=True, slots=True)
class Fault:
    """Something unsafe: what is wrong, what to do, and its number among the system checks."""

    message: str
    hint: str
    number: str


def faults() -> Iterator[Fault]:
    """Yield all that is unsafe about the settings; under DEBUG only what could not work anyway."""
    yield from _keys()
    if not settings.DEBUG:
        yield from _secret(settings.SECRET_KEY)
        yield from _hosts(settings.ALLOWED_HOSTS)


def refuse_unsafe_start() -> None:
    """Raise ``ImproperlyConfigured`` with every fault and what to set."""
    found = [f"{fault.message} {fault.hint}" for fault in faults()]
    if found:
        raise ImproperlyConfigured("\n".join(["De instellingen zijn niet veilig.", *found]))


def _keys() -> Iterator[Fault]:
    """Every ring needs a key that can be used, or the first BSN to be stored fails."""
    for name in KEY_RINGS:
        ring = getattr(settings, name)
        if not ring:
            yield Fault(f"{name} bevat geen sleutel.", MAKE_ONE, "E002")
        for position, key in enumerate(ring, start=1):
            if not _is_fernet_key(key):
                yield Fault(f"{name}: sleutel {position} is geen geldige sleutel.", MAKE_ONE, "E001")
    if not settings.DEBUG and set(settings.BSN_KEYS) & set(settings.NOTE_KEYS):
        # One leaked key may not open both the BSNs and the confidential notes.
        yield Fault("BSN_KEYS en NOTE_KEYS delen een sleutel.", "Maak voor elk een eigen sleutel.", "E003")


def _secret(secret: str) -> Iterator[Fault]:
    if len(secret) < LEAST_LENGTH or len(set(secret)) < LEAST_CHARACTERS:
        hint = f"Zet daarin ten minste {LEAST_LENGTH} willekeurige tekens, zoals docs/installatie.md beschrijft."
        yield Fault("SECRET_KEY is te kort of te eenvoudig.", hint, "E004")


def _hosts(hosts: Sequence[str]) -> Iterator[Fault]:
    """With any name allowed, an attacker could choose the one in the link of a mail."""
    names = [host.strip() for host in hosts if host.strip()]
    if not names:
        yield Fault("ALLOWED_HOSTS is leeg.", NAME_HOSTS, "E005")
    if "*" in names:
        yield Fault("ALLOWED_HOSTS laat elke naam toe.", NAME_HOSTS, "E006")


def _is_fernet_key(key: str) -> bool:
    try:
        Fernet(key)
    except ValueError:
        return False
    return True
