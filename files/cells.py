"""From a raw cell to a typed value.

Each function here makes a parser: it gives None for a blank cell, the typed value for a good one, and raises
CellFault with a Dutch message, which says how to mend it, for any other.
"""

import re
import sys
from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from decimal import Decimal

from files import dates, numbers
from files.faults import shown, suggest
from files.sheets import Raw

Parser = Callable[[Raw], object]

CONTROL_CHARACTERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_LINE_ENDS = re.compile("[\t\n\r]")
EXCEL_ERRORS = frozenset(
    "#N/A #N/B #REF! #VERW! #VALUE! #WAARDE! #DIV/0! #DEEL/0! #NAME? #NAAM? #NUM! #GETAL! #NULL! #LEEG!".split()  # noqa: SIM905
)


class CellFault(ValueError):  # noqa: N818 - a fault is what people see
    """The cell can't be read; the text is the Dutch message."""


class Unreadable(str):
    """A cell of which the codec knows that it has no usable value; the text is the Dutch message."""

    __slots__ = ()


class Number1904(float):
    """A number from a workbook that counts its days from 1904, so that a date column can tell."""

    __slots__ = ()


def text(*, max_length: int) -> Callable[[Raw], str | None]:
    """Any text, stripped; a number or a date becomes the text that Dutch Excel shows."""

    def parse(raw: Raw) -> str | None:
        value = _stripped(raw)
        return _checked(value, max_length) if value else None

    return parse


def code(*, max_length: int = 50) -> Callable[[Raw], str | None]:
    """A short text on one line that names something; case is kept, the number 32.0 is `32`."""

    def parse(raw: Raw) -> str | None:
        if isinstance(raw, date):
            raise CellFault("Excel heeft van deze code een datum gemaakt; geef de kolom de celopmaak Tekst")
        value = _stripped(raw)
        if not value:
            return None
        if _LINE_ENDS.search(value):
            raise CellFault(f"{shown(value)} bevat een regeleinde of tab; een code staat op één regel")
        return sys.intern(_checked(value, max_length))

    return parse


def choice(options: Iterable[str]) -> Callable[[Raw], str | None]:
    """One of `options`, whatever the case, and with a space or hyphen for an underscore."""
    known = {_option(option): option for option in options}

    def parse(raw: Raw) -> str | None:
        value = _stripped(raw)
        if not value:
            return None
        found = known.get(_option(value))
        if found is None:
            near = suggest(_option(value), known)
            hint = f"misschien bedoeld: {known[near]}" if near else f"kies uit: {', '.join(known.values())}"
            raise CellFault(f"{shown(value)} is onbekend; {hint}")
        return found

    return parse


def day(*, open_ended: bool = False) -> Callable[[Raw], date | None]:
    """A date from 1900 to 2199: dd-mm-jjjj, ISO, a real date, or Excel's number for one.

    `open_ended` is for a last day: there any day in 9999 means "no end" and gives None.
    """

    def parse(raw: Raw) -> date | None:
        if isinstance(raw, datetime):
            if raw.time() != time():
                raise CellFault(f"{raw:%d-%m-%Y %H:%M} heeft een tijd; laat de tijd weg")
            raw = raw.date()
        if isinstance(raw, date):
            return _in_range(raw, open_ended)
        try:
            if isinstance(raw, int | float | Decimal) and not isinstance(raw, bool):
                found = dates.from_number(raw, since_1904=isinstance(raw, Number1904))
            else:
                value = _stripped(raw)
                if not value:
                    return None
                found = dates.from_text(value)
        except ValueError as fault:
            raise CellFault(str(fault)) from None
        return _in_range(found, open_ended)

    return parse


def decimal(
    *,
    places: int = 2,
    digits: int = 12,
    above: int | None = None,
    at_least: int | None = None,
    at_most: int | None = None,
) -> Callable[[Raw], Decimal | None]:
    """A number with at most `places` decimals and `digits` digits in all, with comma or point, exact."""
    bounds = numbers.Bounds(places, digits, above, at_least, at_most)

    def parse(raw: Raw) -> Decimal | None:
        value = _number(raw)
        if value is None:
            return None
        try:
            return bounds.choose(numbers.readings(value, places))
        except ValueError as fault:
            raise CellFault(str(fault)) from None

    return parse


def whole(
    *, above: int | None = None, at_least: int | None = None, at_most: int | None = None
) -> Callable[[Raw], int | None]:
    """A whole number of at most nine digits, so that it fits a database integer."""
    parse_number = decimal(places=0, digits=9, above=above, at_least=at_least, at_most=at_most)

    def parse(raw: Raw) -> int | None:
        value = parse_number(raw)
        return None if value is None else int(value)

    return parse


def is_blank(raw: Raw) -> bool:
    """Whether a cell is empty or holds nothing but white space."""
    return raw is None or (isinstance(raw, str) and not raw.strip())


def has_control_character(value: str, *, one_line: bool) -> bool:
    """Whether a text holds a character that no cell may hold; on `one_line` a tab or line end is one as well."""
    return bool(CONTROL_CHARACTERS.search(value) or (one_line and _LINE_ENDS.search(value)))


def _stripped(raw: Raw) -> str | None:
    if isinstance(raw, Unreadable):
        raise CellFault(str(raw))
    if isinstance(raw, str):
        value = raw.strip()
        if value[:1] == "#" and value in EXCEL_ERRORS:
            raise CellFault(f"de cel bevat een fout van Excel ({value})")
        return value
    if isinstance(raw, bool):
        return "WAAR" if raw else "ONWAAR"
    if isinstance(raw, int | float | Decimal):
        return numbers.as_text(raw)
    if isinstance(raw, date):
        return f"{raw:%d-%m-%Y}"
    return None


def _checked(value: str, max_length: int) -> str:
    if len(value) > max_length:
        raise CellFault(f"{shown(value)} is {len(value)} tekens lang; hooguit {max_length} mag")
    if CONTROL_CHARACTERS.search(value):
        raise CellFault("bevat een onzichtbaar stuurteken; typ de tekst opnieuw")
    return value


def _option(value: str) -> str:
    return value.casefold().replace(" ", "_").replace("-", "_")


def _number(raw: Raw) -> str | int | float | Decimal | None:
    if isinstance(raw, date):
        raise CellFault(f"{raw:%d-%m-%Y} is een datum, geen getal; geef de cel de celopmaak Getal")
    if isinstance(raw, bool) or not isinstance(raw, int | float | Decimal):
        return _stripped(raw) or None
    return raw


def _in_range(found: date, open_ended: bool) -> date | None:
    if dates.FIRST_YEAR <= found.year <= dates.LAST_YEAR:
        return found
    if open_ended and found.year == dates.NO_END_YEAR:
        return None
    hint = "; laat de cel leeg als er geen einde is" if open_ended else ""
    raise CellFault(
        f"{found.day:02}-{found.month:02}-{found.year:04} valt buiten de jaren "
        f"{dates.FIRST_YEAR} tot en met {dates.LAST_YEAR}{hint}"
    )
