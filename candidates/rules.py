"""Decisions about candidates that need no database."""

import re
from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from stdnum.exceptions import ValidationError as InvalidNumber
from stdnum.nl import bsn as number

from accounts.folding import fold

#: Days of business facts lie between these two (an earlier or later one is a typing error).
FIRST_DAY = date(1900, 1, 1)
LAST_DAY = date(2199, 12, 31)

#: What codes made by the application start with.
CANDIDATE_PREFIX = "K"

_TYPED_BSN = re.compile(r"[0-9 .-]+")


def clean_bsn(text: str) -> str:
    """Return a citizen service number as nine digits; empty for an empty text.

    Accepts eight or nine digits, also with spaces, points or dashes between them. Raises ``ValidationError`` when
    it does not pass the eleven-test. The message never repeats the number.
    """
    text = text.strip()
    if not text:
        return ""
    digits = re.sub(r"[^0-9]", "", text)
    if not _TYPED_BSN.fullmatch(text) or len(digits) not in (8, 9):
        raise ValidationError("Een burgerservicenummer heeft 8 of 9 cijfers.", code="bsn_length")
    try:
        return number.validate(digits)
    except InvalidNumber as error:
        raise ValidationError(
            "Dit is geen geldig burgerservicenummer. Controleer de cijfers.", code="bsn_eleven_test"
        ) from error


def folded_name(*, first_name: str, last_name: str) -> str:
    """Return a name as it is stored for searching and sorting: last name first, accents and case folded."""
    return fold(f"{last_name} {first_name}")


def masked(bsn: str) -> str:
    """Return a citizen service number with only its last three digits readable."""
    return f"••• ••• {bsn[-3:]}" if bsn else ""


def next_code(prefix: str, codes: Iterable[str]) -> str:
    """Return the first code after the highest of ``codes`` that is made the same way: ``K-0001``, ``K-0002``."""
    pattern = re.compile(rf"{re.escape(prefix)}-([0-9]{{1,9}})")
    numbers = (int(found[1]) for found in map(pattern.fullmatch, codes) if found)
    return f"{prefix}-{max(numbers, default=0) + 1:04d}"


def birth_faults(day: date | None) -> dict[str, str]:
    """Return what is wrong with a date of birth, by field."""
    if day is not None and not FIRST_DAY <= day <= LAST_DAY:
        return {"date_of_birth": "Kies een geboortedatum vanaf 1900."}
    return {}


def keeps_company(*, bsn: str, others: Iterable[str]) -> bool:
    """Tell whether a candidate whose number became ``bsn`` can still be the same human being as the ``others``.

    A different number proves two human beings; no number proves nothing, so a candidate who lost the number keeps
    company only with those who have none either.
    """
    return all(not other or other == bsn for other in others)
