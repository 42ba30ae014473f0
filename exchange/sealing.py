"""Uploads and their outcome at rest: compressed, and encrypted with the key ring of BSNs (they hold personal data)."""

import io
import zipfile
from collections.abc import Sequence
from typing import Any

from accounts import sealing

KEYS = "BSN_KEYS"

#: Files with their names.
Files = Sequence[tuple[str, bytes]]


def seal_files(files: Files) -> bytes:
    """Return files as one sealed packet."""
    packet = io.BytesIO()
    with zipfile.ZipFile(packet, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return sealing.ring(KEYS).encrypt(packet.getvalue())


def open_files(sealed: bytes | memoryview) -> list[tuple[str, bytes]]:
    """Return the files of a sealed packet. Raises ``InvalidToken`` when no key of the ring fits."""
    with zipfile.ZipFile(io.BytesIO(sealing.ring(KEYS).decrypt(bytes(sealed)))) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


def seal_document(document: Any) -> bytes:
    """Return plain data (what JSON holds) as a sealed packet."""
    return sealing.seal_document(document, KEYS)


def open_document(sealed: bytes | memoryview) -> Any:
    """Return the data of a sealed packet. Raises ``InvalidToken`` when no key of the ring fits."""
    return sealing.open_document(sealed, KEYS)
