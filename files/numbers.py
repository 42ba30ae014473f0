"""Numbers as people and spreadsheets write them: comma or point, with or without thousands."""

import re
from dataclasses import dataclass
from decimal import Decimal
from math import isfinite

from files.faults import shown

MAX_TEXT = 30
PLAIN = re.compile(r"[+-]?(?:[0-9]+(?:[.,][0-9]+)?|[.,][0-9]+)")
DUTCH_THOUSANDS = re.compile("[+-]?[1-9][0-9]{0,2}(?:[. \u00a0\u202f'][0-9]{3})+(?:,[0-9]+)?")
ENGLISH_THOUSANDS = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:(?:,[0-9]{3})+\.[0-9]+|(?:,[0-9]{3}){2,})")
ANY_NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?")


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a number in a column may be: decimals, digits in all, and a range."""

    places: int
    digits: int
    above: int | None = None
    at_least: int | None = None
    at_most: int | None = None

    def choose(self, readings: list[Decimal]) -> Decimal:
        """The one reading that fits, with exactly `places` decimals; ValueError with a Dutch message if none
        or several do."""
        good = [value for value in readings if not self.complaint(value)]
        if len(good) > 1:
            apart = " of ".join(format(value.normalize(), "f").replace(".", ",") for value in good)
            raise ValueError(f"is niet duidelijk: {apart}? Schrijf het getal zonder punt voor duizendtallen")
        if not good:
            raise ValueError(self.complaint(readings[0]))
        return good[0].quantize(Decimal(1).scaleb(-self.places))

    def complaint(self, value: Decimal) -> str | None:
        """What is wrong with `value`, in Dutch, or None."""
        number = as_text(value)
        if self.above is not None and value <= self.above:
            return f"{number} is te laag; het moet meer dan {self.above} zijn"
        if self.at_least is not None and value < self.at_least:
            return f"{number} is te laag; het moet minstens {self.at_least} zijn"
        if self.at_most is not None and value > self.at_most:
            return f"{number} is te hoog; hooguit {self.at_most} mag"
        if abs(value) >= 10 ** (self.digits - self.places):
            return f"{number} is te groot; hooguit {self.digits - self.places} cijfers voor de komma"
        if value != round(value, self.places):
            if self.places == 0:
                return f"{number} is geen heel getal"
            return f"{number} heeft te veel decimalen; hooguit {self.places} mag"
        return None


def readings(raw: str | int | float | Decimal, places: int) -> list[Decimal]:
    """Every number that `raw` may stand for: `1.234` is one with three decimals or one of four digits.

    A float that differs from a number with `places` decimals by its binary form only, is that number.
    """
    if isinstance(raw, float):
        if not isfinite(raw):
            raise ValueError("is geen getal")
        nearest = round(Decimal(raw), places) if abs(raw) < 1e15 else Decimal(raw)
        return [nearest if abs(Decimal(raw) - nearest) < Decimal("1e-9") else Decimal(repr(float(raw)))]
    if not isinstance(raw, str):
        return [Decimal(raw)]
    text = raw.replace("\u2212", "-")
    if len(text) > MAX_TEXT:
        raise ValueError(f"{shown(text)} is geen getal")
    found = _from_text(text)
    if not found:
        inside = ANY_NUMBER.findall(text)
        hint = f"; schrijf alleen {inside[0]}" if len(inside) == 1 else ""
        raise ValueError(f"{shown(text)} is geen getal{hint}")
    return found


def as_text(number: int | float | Decimal) -> str:
    """A number as Dutch people write it: no exponent, a comma, no needless zeros after it."""
    value = Decimal(repr(float(number))) if isinstance(number, float) else Decimal(number)
    plain = format(value, "f")
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return plain.replace(".", ",")


def _from_text(text: str) -> list[Decimal]:
    found = []
    if PLAIN.fullmatch(text):
        found.append(Decimal(text.replace(",", ".")))
    if DUTCH_THOUSANDS.fullmatch(text):
        found.append(Decimal(re.sub("[^0-9,+-]", "", text).replace(",", ".")))
    elif ENGLISH_THOUSANDS.fullmatch(text):
        found.append(Decimal(text.replace(",", "")))
    return found
