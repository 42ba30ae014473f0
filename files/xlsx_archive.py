"""The package around an XLSX workbook: a ZIP of XML parts, from a stranger.

Nothing is trusted. Declared sizes are checked before anything is unpacked, and zipfile gives no more than what
was declared. Parts are read as a stream of events, so that memory does not grow with what is in them. A DTD is
refused, and with it every entity: no XXE, no "billion laughs".
"""

import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from xml.parsers import expat

from files.content import OLE_MAGIC, ZIP_MAGIC, Content, recognise
from files.limits import MAX_COMPRESSION, MAX_UNZIPPED_BYTES

PART_MAGIC = b"PK\x01\x02"
MAX_PARTS = 5_000
PIECE_BYTES = 64 * 1024
MAX_TAG_BYTES = 1024**2
MAX_DEPTH = 50
MAX_TEXTS = 2_000
"""Pieces of text, of at most 8 kB each, that one cell may be made of."""

SMALL_BYTES = 10 * 1024**2
"""Parts below this size may be compressed as well as they like."""

ENCRYPTED_MARK = "EncryptedPackage".encode("utf-16-le")
PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    expat.ExpatError,
    struct.error,
    OSError,
    EOFError,
    KeyError,
    ValueError,
    IndexError,
    OverflowError,
    NotImplementedError,
)


class Events:
    """Receives what stands in one part. Subclasses answer `start` and `end`; tags come without namespace.

    Text is heard between `listen` and `ignore`, and kept until it is taken.
    """

    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.finished = False
        self._texts: list[str] = []
        self._depth = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        raise NotImplementedError

    def end(self, tag: str) -> None:
        """By default the end of an element is no news."""

    def listen(self) -> None:
        self.parser.CharacterDataHandler = self._hear

    def ignore(self) -> None:
        self.parser.CharacterDataHandler = None

    def finish(self) -> None:
        """Hear nothing more."""
        self.finished = True
        self.parser.StartElementHandler = self.parser.EndElementHandler = None

    def take_text(self) -> str | None:
        """What was heard since the last time; None when there was nothing to listen to."""
        if not self._texts:
            return None
        text = "".join(self._texts)
        self._texts.clear()
        return text

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise ValueError("nested too deep")
        self.start(tag.rpartition(" ")[2], attributes)

    def _end(self, tag: str) -> None:
        self._depth -= 1
        self.end(tag.rpartition(" ")[2])

    def _hear(self, text: str) -> None:
        self._texts.append(text)
        if len(self._texts) > MAX_TEXTS:
            raise ValueError("a text too long")

    def _refuse(self, *_: object) -> None:
        raise ValueError("a document type declaration")


class Archive:
    """An opened package whose kind and sizes are found good. Every method raises FileFault only."""

    def __init__(self, content: Content) -> None:
        self.content = content
        content.check_size()
        self._check_kind()
        source = content.source
        with self.readable():
            self._zip = zipfile.ZipFile(BytesIO(source) if isinstance(source, bytes) else source)
            self._parts = {_normal(part.filename): part for part in self._zip.infolist()}
            self._check_parts()

    @contextmanager
    def readable(self) -> Iterator[None]:
        """Turns every way in which a damaged file fails into a FileFault."""
        try:
            yield
        except DAMAGED:
            raise self.content.fault("het bestand is beschadigd; open het in Excel en sla het opnieuw op") from None

    def has(self, part: str) -> bool:
        return _normal(part) in self._parts

    def parse(self, part: str, events: Events) -> Iterator[None]:
        """Send a part to `events`, yielding after each piece so that the caller can use what came."""
        parser, fed = events.parser, 0
        with self._zip.open(self._parts[_normal(part)]) as stream:
            while piece := stream.read(PIECE_BYTES):
                parser.Parse(piece)
                fed += len(piece)
                if fed - parser.CurrentByteIndex > MAX_TAG_BYTES:
                    raise ValueError("a tag too long")
                yield
        parser.Parse(b"", True)
        yield

    def parse_all(self, part: str, events: Events) -> None:
        with self.readable():
            for _ in self.parse(part, events):
                pass

    def _check_kind(self) -> None:
        head = self.content.head()
        if head.startswith(OLE_MAGIC):
            with self.content.open() as stream:
                encrypted = ENCRYPTED_MARK in stream.read()
            if encrypted:
                raise self.content.fault("het bestand heeft een wachtwoord; sla het zonder wachtwoord op")
            raise self.content.fault("dit is een oud Excel-bestand (.xls); sla het op als .xlsx")
        if not head.startswith(ZIP_MAGIC):
            kind = recognise(head)
            raise self.content.fault(f"dit is {kind}, geen XLSX" if kind else "dit is geen XLSX-bestand")
        with self.content.open() as stream:
            if stream.read().count(PART_MAGIC) > MAX_PARTS:
                raise self.content.fault("het bestand heeft te veel onderdelen en wordt niet gelezen")

    def _check_parts(self) -> None:
        parts = self._zip.infolist()
        if sum(part.file_size for part in parts) > MAX_UNZIPPED_BYTES:
            raise self.content.fault(
                f"het bestand is uitgepakt te groot; hooguit {MAX_UNZIPPED_BYTES // 1024**2} MB mag"
            )
        for part in parts:
            if part.flag_bits & 1:
                raise self.content.fault("het bestand heeft een wachtwoord; sla het zonder wachtwoord op")
            if part.compress_type not in PACKINGS:
                raise NotImplementedError("a compression that XLSX does not know")
            if part.file_size > max(SMALL_BYTES, MAX_COMPRESSION * part.compress_size):
                raise self.content.fault("het bestand is verdacht sterk ingepakt en wordt niet gelezen")


def _normal(part: str) -> str:
    """One name for one part: producers differ in case, slashes and a leading one."""
    return posixpath.normpath(part.replace("\\", "/").lstrip("/")).casefold()
