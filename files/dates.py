"""Dates as people and spreadsheets write them."""

import re
from calendar import monthrange
from datetime import date, datetime, timedelta
from decimal import Decimal

from files.faults import shown

FIRST_YEAR, LAST_YEAR = 1900, 2199
NO_END_YEAR = 9999

EXCEL_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a calendar, not a moment
DAYS_TO_1904 = 1462
FIRST_SERIAL, LAST_SERIAL = 10_000, 2_958_465
"""18 May 1927 and 31 December 9999; a smaller number in a date column is a year or an amount."""

DAY_FIRST = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4})")
YEAR_FIRST = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})|([0-9]{4})([0-9]{2})([0-9]{2})")
SHORT_YEAR = re.compile(r"[0-9]{1,2}([-/.])[0-9]{1,2}\1[0-9]{2}")
SERIAL = re.compile(r"[0-9]{5,7}(?:[.,]0+)?")
MIDNIGHT = re.compile(r"[T ]0?0:00(?::00(?:[.,]0+)?)?Z?")
TIME = re.compile(r"[T ][0-9]{1,2}:[0-9]{2}")

MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)


def from_text(text: str) -> date:
    """The date in `text`; ValueError with a Dutch message when there is none."""
    text = MIDNIGHT.sub("", text)
    if found := DAY_FIRST.fullmatch(text):
        return _real(int(found[4]), int(found[3]), int(found[1]), text)
    if found := YEAR_FIRST.fullmatch(text):
        year, month, day = (found[1], found[3], found[4]) if found[1] else (found[5], found[6], found[7])
        return _real(int(year), int(month), int(day), text)
    if SERIAL.fullmatch(text):
        return from_number(int(re.split("[.,]", text)[0]))
    if SHORT_YEAR.fullmatch(text):
        raise ValueError(f"{text} heeft een jaartal van twee cijfers; schrijf er vier (dd-mm-jjjj)")
    if TIME.search(text):
        raise ValueError(f"{shown(text)} heeft een tijd; laat de tijd weg")
    raise ValueError(f"{shown(text)} is geen datum; schrijf dd-mm-jjjj, bijvoorbeeld 01-03-2019")


def from_number(number: int | float | Decimal, *, since_1904: bool = False) -> date:
    """The date that Excel stores as `number`; ValueError with a Dutch message when it can't be one."""
    found = from_serial(number, since_1904=since_1904) if number >= FIRST_SERIAL else None
    if found is None:
        raise ValueError(f"{number:g} is geen datum; schrijf dd-mm-jjjj, bijvoorbeeld 01-03-2019")
    if isinstance(found, datetime):
        raise ValueError(f"{found:%d-%m-%Y %H:%M} heeft een tijd; laat de tijd weg")
    return found


def from_serial(number: int | float | Decimal, *, since_1904: bool = False) -> date | datetime | None:
    """Excel's count of days as a date, or with a time when it has a fraction; None when it is out of range."""
    days = float(number) + (DAYS_TO_1904 if since_1904 else 0)
    if not 1 <= days < LAST_SERIAL + 1:
        return None
    seconds = round(days % 1 * 86_400)
    moment = EXCEL_EPOCH + timedelta(days=int(days), seconds=seconds)
    return moment if moment.time() != EXCEL_EPOCH.time() else moment.date()


def _real(year: int, month: int, day: int, text: str) -> date:
    if not 1 <= month <= 12:
        raise ValueError(f"{text} bestaat niet: er is geen maand {month} (schrijf dag-maand-jaar)")
    if year < 1 or day < 1:
        raise ValueError(f"{text} bestaat niet; schrijf dd-mm-jjjj")
    last = monthrange(year, month)[1]
    if day > last:
        raise ValueError(f"{text} bestaat niet: {MONTHS[month - 1]} {year} heeft {last} dagen")
    return date(year, month, day)
