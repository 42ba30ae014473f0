"""Uploads and their outcome at rest: compressed, and encrypted with the key ring of BSNs (they hold personal data)."""

import io
import json
import zipfile
import zlib
from collections.abc import Sequence
from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings

#: Files with their names.
Files = Sequence[tuple[str, bytes]]


def seal_files(files: Files) -> bytes:
    """Return files as one sealed packet."""
    packet = io.BytesIO()
    with zipfile.ZipFile(packet, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return _ring().encrypt(packet.getvalue())


def open_files(sealed: bytes | memoryview) -> list[tuple[str, bytes]]:
    """Return the files of a sealed packet. Raises ``InvalidToken`` when no key of the ring fits."""
    with zipfile.ZipFile(io.BytesIO(_ring().decrypt(bytes(sealed)))) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


def seal_document(document: Any) -> bytes:
    """Return plain data (what JSON holds) as a sealed packet."""
    return _ring().encrypt(zlib.compress(json.dumps(document, ensure_ascii=False).encode(), 6))


def open_document(sealed: bytes | memoryview) -> Any:
    """Return the data of a sealed packet. Raises ``InvalidToken`` when no key of the ring fits."""
    return json.loads(zlib.decompress(_ring().decrypt(bytes(sealed))))


def _ring() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in settings.BSN_KEYS])
