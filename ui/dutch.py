"""Numbers, days and stretches of days as Dutch readers write and read them.

Everything here is pure: no settings, no clock, no markup. Missing values show as an en dash.
"""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from django.utils import timezone

Numeric = Decimal | Fraction | int | float | str

MISSING = "–"
NO_BREAK = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
SHORT_MONTHS = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")


def rounded(value: Numeric, decimals: int) -> Decimal:
    """Round half up, away from zero, from the exact value (a Fraction is never turned into a float).

    Raises :class:`ValueError` for text that is no number in programming notation, NaN and infinity.
    """
    if isinstance(value, float):
        value = repr(value)
    try:
        exact = Fraction(value)
    except (ValueError, OverflowError) as error:
        raise ValueError(f"not a number: {value!r}") from error
    scaled = abs(exact) * 10**decimals
    whole = (scaled.numerator * 2 + scaled.denominator) // (scaled.denominator * 2)
    return Decimal(whole if exact >= 0 else -whole).scaleb(-decimals)


def number(value: Numeric | None, decimals: int = 0) -> str:
    """Return ``1.234,5``; never "-0,0". ``None`` and an empty text give a dash."""
    if value is None or value == "":
        return MISSING
    result = rounded(value, decimals)
    digits = f"{abs(result):,.{decimals}f}".translate(str.maketrans(",.", ".,"))
    return f"{MINUS}{digits}" if result < 0 else digits


def signed(value: Numeric | None, decimals: int = 0) -> str:
    """Return the number with its sign, also when positive: ``+18,4``. Zero has none."""
    text = number(value, decimals)
    if text == MISSING or text.startswith(MINUS) or not text.strip("0,"):
        return text
    return f"+{text}"


def heads(value: Numeric | None) -> str:
    """Return a number of people or places: whole when it is, else (a share in a team) with one decimal."""
    return number(value, _of_heads(value))


def signed_heads(value: Numeric | None) -> str:
    """Return the same with its sign."""
    return signed(value, _of_heads(value))


def _of_heads(value: Numeric | None) -> int:
    return 0 if value is None or value == "" or Fraction(value).denominator == 1 else 1


def percent(share: Numeric | None, decimals: int = 1) -> str:
    """Return a share (a fraction of one) as ``78,0 %``."""
    if share is None or share == "":
        return MISSING
    return f"{number(hundredfold(share), decimals)}{NO_BREAK}%"


def hundredfold(share: Numeric) -> Fraction:
    """Return a share as an exact percentage; a float counts as the decimal it is written as."""
    return Fraction(repr(share) if isinstance(share, float) else share) * 100


def plain_decimal(value: Decimal) -> str:
    """Return a decimal as it is typed: comma, no thousands points, no trailing zeros."""
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(".", ",")


def _as_date(value: date | datetime) -> date:
    """Return the local day of a moment, and a day as it is."""
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


def day(value: date | None) -> str:
    """Return ``05-03-2019``, for tables and fields."""
    if not value:
        return MISSING
    value = _as_date(value)
    return f"{value.day:02}-{value.month:02}-{value.year:04}"


def day_long(value: date | None) -> str:
    """Return ``5 maart 2019``, for text."""
    if not value:
        return MISSING
    value = _as_date(value)
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def day_short(value: date | None) -> str:
    """Return ``5 mrt``, where the year is plain from the context."""
    if not value:
        return MISSING
    value = _as_date(value)
    return f"{value.day} {SHORT_MONTHS[value.month - 1]}"


def moment(value: datetime | None) -> str:
    """Return ``5 maart 2019, 14:03`` in local time."""
    if not value:
        return MISSING
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{day_long(local)}, {local:%H:%M}"


def stretch(first: date | None, last: date | None) -> str:
    """Return a stretch of days in words; both days belong to it, a missing one leaves that side open."""
    if first and last:
        if first == last:
            return f"op {day_long(first)}"
        return f"van {day_long(first)} tot en met {day_long(last)}"
    if first:
        return f"vanaf {day_long(first)}"
    return f"tot en met {day_long(last)}" if last else MISSING


def stretch_short(first: date | None, last: date | None) -> str:
    """Return a stretch of days for a table cell: ``05-03-2019 t/m 04-03-2020``."""
    if first and last:
        return f"{day(first)} t/m {day(last)}"
    if first:
        return f"vanaf {day(first)}"
    return f"t/m {day(last)}" if last else MISSING


def plural(count: int, one: str, many: str) -> str:
    """Return ``1 plaatsing`` or ``1.234 plaatsingen``."""
    return f"{number(count)} {one if count == 1 else many}"


def noun(value: Numeric, one: str, many: str, decimals: int = 1) -> str:
    """Return the noun that fits a number as it is shown: one ``baan`` is 1, and also 0,98 shown as 1,0."""
    return one if rounded(value, decimals) == 1 else many


def parse_decimal(text: str, decimal_places: int | None = None) -> Decimal:
    """Read a number with a decimal comma or point: ``32,5``, ``32.5``, ``1.234,5``.

    A lone point before exactly three digits separates thousands where the field cannot have three
    decimals. Raises :class:`ValueError`.
    """
    compact = text.strip().replace(" ", "").replace(NO_BREAK, "").replace(MINUS, "-")
    sign, digits = ("-", compact[1:]) if compact[:1] == "-" else ("", compact.removeprefix("+"))
    whole, comma, decimals = digits.partition(",")
    if not comma and whole.count(".") == 1:
        before, _, after = whole.partition(".")
        thousands = len(after) == 3 and decimal_places is not None and decimal_places < 3
        if not (thousands and 1 <= len(before) <= 3):
            whole, decimals = before, after
    groups = whole.split(".")
    if len(groups) > 1 and not (1 <= len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])):
        raise ValueError(f"not a number: {text!r}")
    joined = "".join(groups)
    if not (joined + decimals).isascii() or not (joined or "0").isdigit() or not (decimals or "0").isdigit():
        raise ValueError(f"not a number: {text!r}")
    if not joined and not decimals:
        raise ValueError(f"not a number: {text!r}")
    return Decimal(f"{sign}{joined or 0}.{decimals or 0}" if decimals else f"{sign}{joined}")
