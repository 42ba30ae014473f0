"""Every way to type a Dutch date, and what is said when it is none."""

import re
from datetime import date

import pytest

from ui.days import parse_day


@pytest.mark.parametrize(
    "text",
    [
        "5-3-2019",
        "05-03-2019",
        "5/3/2019",
        "5.3.2019",
        "5 3 2019",
        "5 maart 2019",
        "5 Maart 2019",
        "  5  mrt  2019 ",
        "5 mrt. 2019",
        "5-mrt-2019",
        "05032019",
        "2019-03-05",
    ],
)
def test_a_day_is_read_however_it_is_typed(text: str) -> None:
    assert parse_day(text) == date(2019, 3, 5)


@pytest.mark.parametrize(
    ("text", "explanation"),
    [
        ("29-02-2019", "29 februari 2019 bestaat niet: februari 2019 heeft 28 dagen."),
        ("31 april 2026", "31 april 2026 bestaat niet: april 2026 heeft 30 dagen."),
        ("0-3-2019", "0 maart 2019 bestaat niet"),
        ("5-13-2019", "Maand 13 bestaat niet."),
        ("5 brumaire 2019", "“brumaire” is geen maand."),
        ("5-3-19", "Schrijf het jaar met vier cijfers"),
        ("31-12-1899", "Het jaar 1899 kan niet: kies een jaar van 1900 tot en met 2199."),
        ("31-12-9999", "Het jaar 9999 kan niet"),
        ("morgen", "“morgen” is geen datum. Schrijf dag, maand en jaar"),
        ("", "is geen datum"),
        ("٥-٣-2019", "is geen datum"),
    ],
)
def test_what_is_no_day_is_explained(text: str, explanation: str) -> None:
    with pytest.raises(ValueError, match=re.escape(explanation)):
        parse_day(text)


@pytest.mark.parametrize("day", [date(1900, 1, 1), date(2000, 2, 29), date(2199, 12, 31)])
def test_the_first_and_last_day_are_included(day: date) -> None:
    assert parse_day(day.isoformat()) == day
