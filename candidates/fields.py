"""The citizen service number (BSN): encrypted at rest, found by keyed hash.

Legal ground for keeping it: Wfsv art. 38d (asking the register about an employee or someone about to be employed).
"""

import hashlib
import hmac
from typing import Any

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.core.exceptions import FieldError
from django.db import models

from accounts.sealing import open_text, seal_text

KEYS = "BSN_KEYS"


def bsn_hashes(bsn: str) -> list[str]:
    """Return the keyed hash of a BSN under every key of the ring, the one in use first."""
    return [
        hmac.new(hashlib.sha256(b"bsn-index:" + key.encode()).digest(), bsn.encode(), hashlib.sha256).hexdigest()
        for key in settings.BSN_KEYS
    ]


def bsn_hash(bsn: str) -> str:
    """Return the keyed hash to store beside an encrypted BSN; empty for no BSN."""
    return bsn_hashes(bsn)[0] if bsn else ""


class Unreadable:
    """A number that no key of the ring can read: it is there, is true, equals nothing, and is stored as it was."""

    __slots__ = ("token",)

    def __init__(self, token: str) -> None:
        self.token = token

    def __str__(self) -> str:
        return "(niet te lezen)"


class EncryptedField(models.TextField):
    """Text that is encrypted before it reaches the database with the key ring ``BSN_KEYS``.

    It can't be searched: filter on the keyed hash beside it. The empty string is stored as it is. What no key of the
    ring fits comes out as :class:`Unreadable`.
    """

    description = "Encrypted text"

    def get_prep_value(self, value: Any) -> Any:
        if isinstance(value, Unreadable):
            return value.token
        text = super().get_prep_value(value)
        return seal_text(text, KEYS) if text else text

    def to_python(self, value: Any) -> Any:
        return value if isinstance(value, Unreadable) else super().to_python(value)

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | Unreadable | None:
        if not value:
            return value
        try:
            return open_text(value, KEYS)
        except InvalidToken:
            return Unreadable(value)

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise FieldError("An encrypted field can't be searched; use the keyed hash beside it.")
        return super().get_lookup(lookup_name)
