"""Reading the exchange format for the independent count: the standard library and nothing of the product."""

import csv
import io
from datetime import date
from fractions import Fraction
from pathlib import Path

SHEETS = (
    "werkgevers",
    "afdelingen",
    "streefcijfers",
    "kandidaten",
    "teams",
    "teaminkoop",
    "plaatsingen",
    "proefplaatsingen",
)


def read_folder(folder):
    """Return the sheets of a folder of CSV files: name -> list of rows as dictionaries of texts."""
    sheets = {}
    for name in SHEETS:
        path = Path(folder) / f"{name}.csv"
        sheets[name] = read_csv(path.read_bytes()) if path.exists() else []
    return sheets


def read_csv(content):
    """Return the rows of one CSV file in UTF-8 or Windows-1252 with `;`, `,` or tab."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252")
    header = text.splitlines()[0]
    separator = max(";,\t", key=header.count)
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator)
    return [{key: (value or "").strip() for key, value in row.items()} for row in rows]


def to_date(text):
    """Return a date from dd-mm-yyyy or yyyy-mm-dd, None from an empty text."""
    if not text:
        return None
    a, b, c = text.split("-")
    return date(int(a), int(b), int(c)) if len(a) == 4 else date(int(c), int(b), int(a))


def to_number(text):
    """Return a fraction from a decimal with comma or point, None from an empty text."""
    return Fraction(text.replace(",", ".")) if text else None


def active(first, last, day):
    """Tell whether a stretch without or with ends holds on the day."""
    return (first is None or first <= day) and (last is None or day <= last)
