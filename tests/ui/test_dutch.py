"""Numbers, days and stretches as Dutch readers write them."""

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from ui import dutch

FIRST, LAST = date(2019, 3, 5), date(2020, 3, 4)


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (1234.5, 1, "1.234,5"),
        (Decimal("1234567.891"), 2, "1.234.567,89"),
        (Fraction(1, 3), 2, "0,33"),
        ("12.5", 1, "12,5"),
        (24, 0, "24"),
        (0, 1, "0,0"),
        # half up, away from zero, from the exact value
        (Decimal("0.05"), 1, "0,1"),
        (Decimal("-0.05"), 1, "−0,1"),
        (2.675, 2, "2,68"),
        (Fraction(32 * 10, 255), 1, "1,3"),
        # never a negative zero
        (Decimal("-0.04"), 1, "0,0"),
        (-6, 1, "−6,0"),
        (None, 1, "–"),
        ("", 1, "–"),
    ],
)
def test_number(value: object, decimals: int, text: str) -> None:
    assert dutch.number(value, decimals) == text


@pytest.mark.parametrize("value", ["twaalf", Decimal("NaN"), Decimal("Infinity"), float("nan")])
def test_what_is_no_number_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="not a number"):
        dutch.number(value)


@pytest.mark.parametrize(
    ("value", "text"), [(Decimal("18.4"), "+18,4"), (-3, "−3,0"), (0, "0,0"), (Decimal("0.04"), "0,0"), (None, "–")]
)
def test_signed(value: object, text: str) -> None:
    assert dutch.signed(value, 1) == text


@pytest.mark.parametrize(
    ("value", "text", "signed"),
    [
        (7, "7", "+7"),
        (Decimal("7.0"), "7", "+7"),
        ("7.0", "7", "+7"),
        (Fraction(15, 2), "7,5", "+7,5"),
        (Fraction(699, 100), "7,0", "+7,0"),
        (Fraction(-1, 3), "−0,3", "−0,3"),
        (1234, "1.234", "+1.234"),
        (0, "0", "0"),
        (None, "–", "–"),
        ("", "–", "–"),
    ],
)
def test_people_are_whole_where_they_are(value: object, text: str, signed: str) -> None:
    assert (dutch.heads(value), dutch.signed_heads(value)) == (text, signed)


@pytest.mark.parametrize(
    ("share", "decimals", "text"),
    [(Fraction(4, 5), 1, "80,0 %"), (0.78, 0, "78 %"), (Fraction(81, 80), 1, "101,3 %"), (None, 1, "–")],
)
def test_percent_takes_a_fraction_and_keeps_the_sign_on_the_line(share: object, decimals: int, text: str) -> None:
    assert dutch.percent(share, decimals) == text.replace(" ", dutch.NO_BREAK)


@pytest.mark.parametrize(
    ("value", "text"), [("32.00", "32"), ("32.50", "32,5"), ("0.25", "0,25"), ("1234.5", "1234,5"), ("100", "100")]
)
def test_a_decimal_in_a_box_has_no_thousands_point(value: str, text: str) -> None:
    assert dutch.plain_decimal(Decimal(value)) == text


@pytest.mark.parametrize(
    ("function", "text"),
    [(dutch.day, "05-03-2019"), (dutch.day_long, "5 maart 2019"), (dutch.day_short, "5 mrt")],
)
def test_a_day_in_three_lengths(function: object, text: str) -> None:
    assert function(FIRST) == text
    assert function(None) == "–"


def test_a_moment_is_shown_in_local_time() -> None:
    assert dutch.moment(datetime(2026, 7, 1, 22, 30, tzinfo=UTC)) == "2 juli 2026, 00:30"
    assert dutch.day(datetime(2026, 7, 1, 22, 30, tzinfo=UTC)) == "02-07-2026"
    assert dutch.moment(None) == "–"


@pytest.mark.parametrize(
    ("first", "last", "words", "short"),
    [
        (FIRST, LAST, "van 5 maart 2019 tot en met 4 maart 2020", "05-03-2019 t/m 04-03-2020"),
        (FIRST, None, "vanaf 5 maart 2019", "vanaf 05-03-2019"),
        (None, LAST, "tot en met 4 maart 2020", "t/m 04-03-2020"),
        (None, None, "–", "–"),
    ],
)
def test_a_stretch_includes_both_days(first: date | None, last: date | None, words: str, short: str) -> None:
    assert dutch.stretch(first, last) == words
    assert dutch.stretch_short(first, last) == short


def test_a_stretch_of_one_day_is_that_day() -> None:
    assert dutch.stretch(FIRST, FIRST) == "op 5 maart 2019"


@pytest.mark.parametrize(("count", "text"), [(0, "0 plaatsingen"), (1, "1 plaatsing"), (1234, "1.234 plaatsingen")])
def test_plural(count: int, text: str) -> None:
    assert dutch.plural(count, "plaatsing", "plaatsingen") == text


@pytest.mark.parametrize(
    ("text", "places", "value"),
    [
        ("32,5", 2, "32.5"),
        ("32.5", 2, "32.5"),
        (" 1 234,50 ", 2, "1234.50"),
        ("1.234,5", 2, "1234.5"),
        ("1.234.567", 2, "1234567"),
        ("−4", 2, "-4"),
        ("+4", 2, "4"),
        (",5", 2, "0.5"),
        # a lone point before three digits: thousands where three decimals can't be
        ("1.234", 2, "1234"),
        ("1.234", 3, "1.234"),
        ("1.234", None, "1.234"),
    ],
)
def test_a_typed_decimal(text: str, places: int | None, value: str) -> None:
    assert dutch.parse_decimal(text, places) == Decimal(value)


@pytest.mark.parametrize("text", ["", ",", "-", "32 uur", "1.23.4", "12.34,5", "1,2,3", "1e5", "٣", "NaN"])
def test_what_is_no_decimal_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a number"):
        dutch.parse_decimal(text, 2)


@pytest.mark.parametrize(
    ("number", "word"),
    [(1, "baan"), (Decimal("0.96"), "baan"), (Fraction(26, 25), "baan"), (Decimal("1.05"), "banen"), (0, "banen")],
)
def test_a_noun_fits_the_number_as_it_is_shown(number: dutch.Numeric, word: str) -> None:
    assert dutch.noun(number, "baan", "banen") == word
