"""The bytes of one file, and what they are, whatever the file's name says."""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from files.faults import Fault, FileFault
from files.limits import MAX_FILE_BYTES

HEAD_BYTES = 4096
ZIP_MAGIC = b"PK\x03\x04"
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

SIGNATURES = (
    (b"%PDF", "een PDF-bestand"),
    (ZIP_MAGIC, "een XLSX- of ZIP-bestand"),
    (OLE_MAGIC, "een oud Excel-bestand (.xls) of een bestand met een wachtwoord"),
    (b"\x1f\x8b", "een ingepakt bestand (gzip)"),
    (b"7z\xbc\xaf", "een ingepakt bestand (7z)"),
    (b"\x89PNG", "een afbeelding"),
    (b"\xff\xd8\xff", "een afbeelding"),
    (b"{\\rtf", "een RTF-document"),
    (b"<", "een HTML- of XML-bestand"),
)


@dataclass(frozen=True, slots=True)
class Content:
    """One file under the name by which people know it: a path, or the bytes of an upload."""

    label: str
    source: Path | bytes

    def open(self) -> BinaryIO:
        return BytesIO(self.source) if isinstance(self.source, bytes) else self.source.open("rb")

    def size(self) -> int:
        return len(self.source) if isinstance(self.source, bytes) else self.source.stat().st_size

    def head(self) -> bytes:
        with self.open() as stream:
            return stream.read(HEAD_BYTES)

    def fault(self, message: str, line: int | None = None) -> FileFault:
        return FileFault(Fault(self.label, line, None, message))

    def check_size(self) -> None:
        """Refuse, before anything is read, what is empty or above MAX_FILE_BYTES."""
        size = self.size()
        if size == 0:
            raise self.fault("het bestand is leeg")
        if size > MAX_FILE_BYTES:
            raise self.fault(f"het bestand is {size // 1024**2} MB groot; hooguit {MAX_FILE_BYTES // 1024**2} MB mag")


def recognise(head: bytes) -> str | None:
    """What a file that is no plain text looks like, in Dutch, or None when it may be text."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n")
    return next((kind for magic, kind in SIGNATURES if start.startswith(magic)), None)
