"""CSV: any usual dialect in; UTF-8 with BOM, `;`, dd-mm-jjjj and a comma out.

Text that a spreadsheet would run as a formula is written behind an apostrophe, which reading takes away again.
Text that itself begins with apostrophes before such a character gets one more, so that both ways are exact.
"""

import codecs
import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import StringIO, TextIOWrapper

from files.content import Content, recognise
from files.limits import MAX_COLUMNS, MAX_ROWS
from files.sheets import Raw, RawSheet, Value

DELIMITERS = (";", ",", "\t")
FOREIGN_DELIMITERS = "|^~:;,\t"
SAMPLE_CHARACTERS = 64 * 1024
CHUNK_BYTES = 1024**2
ROWS_PER_CHUNK = 500

QUOTED = re.compile('"[^"]*"')
LINE = re.compile(r"[^\r\n]+")
NEEDS_APOSTROPHE = re.compile(r"'*[=+\-@\t\r]")
HAS_APOSTROPHE = re.compile(r"'+[=+\-@\t\r]")


def read_csv(content: Content, name: str) -> RawSheet:
    """The header of a CSV file and, read as they are asked for, its rows. Raises FileFault."""
    content.check_size()
    if kind := recognise(content.head()):
        raise content.fault(f"dit is {kind}, geen CSV")
    encoding = _encoding(content)
    records = _records(content, encoding, _delimiter(content, encoding))
    first = next(records, None)
    if first is None:
        raise content.fault("het bestand is leeg")
    header = first[1]
    if len(header) > MAX_COLUMNS:
        raise content.fault(f"het bestand heeft meer dan {MAX_COLUMNS} kolommen")
    if len(header) == 1 and (sign := next((c for c in FOREIGN_DELIMITERS if c in header[0]), None)):
        raise content.fault(
            f"scheidingsteken niet herkend: de kopregel is één cel met daarin “{sign}”; "
            "sla het bestand op als CSV met puntkomma’s"
        )
    return RawSheet(name, list(header), _limited(records, content))


def csv_chunks(header: Sequence[str], rows: Iterable[Sequence[Value]]) -> Iterator[bytes]:
    """A CSV file in pieces of some hundreds of rows, for a file or a streamed answer."""
    buffer = StringIO(newline="")
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow(map(as_csv, header))
    yield codecs.BOM_UTF8
    for count, row in enumerate(rows, start=1):
        writer.writerow(map(as_csv, row))
        if count % ROWS_PER_CHUNK == 0:
            yield _emptied(buffer)
    yield _emptied(buffer)


def as_csv(value: Value) -> str:
    """A value as it stands in a CSV cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, int):
        return str(int(value))
    if isinstance(value, float | Decimal):
        return format(Decimal(str(value)), "f").replace(".", ",")
    if isinstance(value, datetime):
        return f"{value.day:02}-{value.month:02}-{value.year:04} {value:%H:%M}"
    if isinstance(value, date):
        return f"{value.day:02}-{value.month:02}-{value.year:04}"
    text = str(value)
    return "'" + text if NEEDS_APOSTROPHE.match(text) else text


def _emptied(buffer: StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode()


def _encoding(content: Content) -> str:
    """UTF-8, UTF-16 (with BOM) or else Windows-1252: the first in which every byte can be read."""
    head = content.head()
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        candidates = ["utf-16"]
    elif head.startswith(codecs.BOM_UTF8):
        candidates = ["utf-8-sig"]
    else:
        candidates = ["utf-8", "cp1252"]
    for encoding in candidates:
        if _decodes(content, encoding):
            return encoding
    raise content.fault("de tekens zijn niet te lezen; sla het bestand op als “CSV UTF-8”")


def _decodes(content: Content, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    with content.open() as stream:
        while True:
            chunk = stream.read(CHUNK_BYTES)
            try:
                text = decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError:
                return False
            if "\0" in text:
                raise content.fault("dit is geen tekstbestand; sla het op als “CSV UTF-8”")
            if not chunk:
                return True


def _delimiter(content: Content, encoding: str) -> str:
    """The separator that stands most often in the first line with text, outside quotes."""
    with content.open() as stream, TextIOWrapper(stream, encoding, newline="") as text:
        sample = QUOTED.sub("", text.read(SAMPLE_CHARACTERS))
    first_line = LINE.search(sample)
    return max(DELIMITERS, key=first_line[0].count) if first_line else DELIMITERS[0]


def _records(content: Content, encoding: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Every record that is not blank, with the row number that a spreadsheet gives it."""
    line = 0
    with content.open() as stream, TextIOWrapper(stream, encoding, newline="") as text:
        try:
            for line, cells in enumerate(csv.reader(text, delimiter=delimiter, strict=True), start=1):
                if "".join(cells).strip():
                    yield line, [_without_apostrophe(cell) if cell[:1] == "'" else cell for cell in cells]
        except csv.Error:
            raise content.fault(
                "de aanhalingstekens kloppen niet: binnen een cel tussen aanhalingstekens moet "
                'een aanhalingsteken dubbel staan ("")',
                line + 1,
            ) from None


def _without_apostrophe(cell: str) -> str:
    return cell[1:] if HAS_APOSTROPHE.match(cell) else cell


def _limited(records: Iterator[tuple[int, list[str]]], content: Content) -> Iterator[tuple[int, list[Raw]]]:
    for count, (line, cells) in enumerate(records, start=1):
        if count > MAX_ROWS:
            raise content.fault(f"het bestand heeft meer dan {MAX_ROWS} regels")
        yield line, cells  # type: ignore[misc]
