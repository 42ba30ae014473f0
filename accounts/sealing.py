"""Encrypting at rest with a ring of keys: the first one encrypts, all of them decrypt, so that keys can be replaced.

``BSN_KEYS`` is for service numbers and uploads, ``NOTE_KEYS`` for what coaches keep in confidence.
"""

import json
import zlib
from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


def ring(name: str) -> MultiFernet:
    """Return the key ring of the setting ``name``."""
    return MultiFernet([Fernet(key) for key in getattr(settings, name)])


def seal_text(text: str, keys: str) -> str:
    """Return text as a sealed token."""
    return ring(keys).encrypt(text.encode()).decode()


def open_text(token: str, keys: str) -> str:
    """Return the text of a sealed token. Raises ``InvalidToken`` when no key of the ring fits."""
    return ring(keys).decrypt(token.encode()).decode()


def seal_document(document: Any, keys: str) -> bytes:
    """Return plain data (what JSON holds) as a sealed packet."""
    return ring(keys).encrypt(zlib.compress(json.dumps(document, ensure_ascii=False).encode(), 6))


def open_document(sealed: bytes | memoryview, keys: str) -> Any:
    """Return the data of a sealed packet. Raises ``InvalidToken`` when no key of the ring fits."""
    return json.loads(zlib.decompress(ring(keys).decrypt(bytes(sealed))))
