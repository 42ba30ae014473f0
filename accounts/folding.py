"""Names stored once more for searching and sorting, so that SQLite and PostgreSQL agree."""

import unicodedata
from collections.abc import Iterable

#: Letters that Unicode does not take apart into a base letter and an accent.
_LETTERS = str.maketrans({"ı": "i", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "ß": "ss", "æ": "ae"})

#: Every column of a folded name holds as many characters as the name's own, and at least these.
NARROWEST = 120


def fold(text: str) -> str:
    """Return ``text`` without accents, in lower case and with single spaces: "Yılmaz" becomes "yilmaz".

    Some characters grow when they are folded ("ß", "½", "ﷺ"); what then no longer fits its column is cut off.
    """
    plain = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    folded = " ".join("".join(c for c in plain if not unicodedata.combining(c)).casefold().split())
    return fitting(folded, " ".join(text.split()))


def fitting(folded: str, name: str) -> str:
    """Return ``folded`` cut to what the column of the folded ``name`` always holds."""
    return folded[: max(len(name), NARROWEST)].rstrip()


def without_folded(names: Iterable[str]) -> list[str]:
    """Return names of fields as people know them, for the trail: a folded one only follows the field it is made of."""
    return [name for name in names if not name.endswith("_folded")]
