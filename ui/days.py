"""Reading a day the way Dutch people type it, with an explanation when it is none.

Read: ``5-3-2019``, ``05-03-2019`` (also with ``/``, ``.`` or spaces), ``5 maart 2019``, ``5 mrt 2019``,
``05032019`` (a telephone's number pad has no dash) and ISO ``2019-03-05``.
"""

import re
from calendar import monthrange
from datetime import date

from ui.dutch import MONTHS, SHORT_MONTHS

FIRST_YEAR = 1900
LAST_YEAR = 2199
EXAMPLE = "bijvoorbeeld 5-3-2019 of 5 maart 2019"

_NUMERIC = re.compile(r"(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{1,4})", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_DIGITS = re.compile(r"(\d{2})(\d{2})(\d{4})", re.ASCII)
_WORDS = re.compile(r"(\d{1,2})(?:e|ste|de)?[ -]+([a-z]+)\.?[ -]+(\d{1,4})", re.ASCII)
_MONTH_NUMBERS = {name: index for index, name in enumerate(MONTHS, 1)}
_MONTH_NUMBERS |= {name: index for index, name in enumerate(SHORT_MONTHS, 1)}
_MONTH_NUMBERS |= {"mar": 3, "maa": 3, "sept": 9}


def parse_day(text: str) -> date:
    """Return the day that is meant. Raises :class:`ValueError` with a Dutch explanation."""
    compact = " ".join(text.lower().replace("\N{NO-BREAK SPACE}", " ").replace("‑", "-").split())
    if match := _ISO.fullmatch(compact):
        year, month, number = match.groups()
    elif match := _NUMERIC.fullmatch(compact) or _DIGITS.fullmatch(compact):
        number, month, year = match.groups()
    elif match := _WORDS.fullmatch(compact):
        number, name, year = match.groups()
        if name not in _MONTH_NUMBERS:
            raise ValueError(f"“{name}” is geen maand. Schrijf de datum als dag, maand en jaar, {EXAMPLE}.")
        month = str(_MONTH_NUMBERS[name])
    else:
        raise ValueError(f"“{text.strip()}” is geen datum. Schrijf dag, maand en jaar, {EXAMPLE}.")
    if len(year) != 4:
        raise ValueError(f"Schrijf het jaar met vier cijfers, {EXAMPLE}.")
    return _existing(int(number), int(month), int(year))


def _existing(number: int, month: int, year: int) -> date:
    """Return the day, or explain which part of it does not exist."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"Het jaar {year} kan niet: kies een jaar van {FIRST_YEAR} tot en met {LAST_YEAR}.")
    if not 1 <= month <= 12:
        raise ValueError(f"Maand {month} bestaat niet. Schrijf dag, maand en jaar, {EXAMPLE}.")
    length = monthrange(year, month)[1]
    if not 1 <= number <= length:
        name = MONTHS[month - 1]
        raise ValueError(f"{number} {name} {year} bestaat niet: {name} {year} heeft {length} dagen.")
    return date(year, month, number)
