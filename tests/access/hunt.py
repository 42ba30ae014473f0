"""Looking for a word in everything that is stored, plain or in a form that anybody can read back."""

import base64
import re
import zlib
from collections.abc import Iterator

from django.db import connection

#: What may be base64 of something: long enough to hold a word.
TOKEN = re.compile(r"[A-Za-z0-9+/_-]{16,}")


def dumped() -> str:
    """Return every row of every table as a database dump holds it; bytes in hexadecimals."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        return "\n".join(connection.connection.iterdump())
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()")
        tables = [name for (name,) in cursor.fetchall()]
        found = []
        for table in tables:
            cursor.execute(f'SELECT kept::text FROM "{table}" kept')
            found += [f"{table}: {row}" for (row,) in cursor.fetchall()]
    return "\n".join(found)


def holds(text: str, word: str) -> list[str]:
    """Return in which forms ``text`` holds ``word``: as it is, in hexadecimals, in base64, packed or not."""
    folded, forms = text.casefold(), {}
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        raw = word.encode(encoding)
        forms[f"{encoding}, hexadecimal"] = raw.hex()
    found = ["plain"] if word.casefold() in folded else []
    found += [name for name, form in forms.items() if form in folded]
    if any(word.casefold().encode() in raw.lower() for raw in _decoded(text)):
        found.append("base64")
    return found


def _decoded(text: str) -> Iterator[bytes]:
    """Yield what every run of letters that could be base64 stands for, also when it was packed before."""
    for token in set(TOKEN.findall(text)):
        for start in range(4):
            letters = token[start:].replace("-", "+").replace("_", "/")
            raw = base64.b64decode(letters[: len(letters) // 4 * 4])
            yield raw
            if raw.startswith(b"\x78"):
                try:
                    yield zlib.decompressobj().decompress(raw)
                except zlib.error:
                    continue
