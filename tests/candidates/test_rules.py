"""What candidates may look like, decided without a database."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from candidates.rules import birth_faults, clean_bsn, folded_name, keeps_company, masked, next_code
from tests.factories.candidates import test_bsn

GOOD = test_bsn(0)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (GOOD, GOOD),
        (f" {GOOD[:4]}.{GOOD[4:6]}.{GOOD[6:]} ", GOOD),
        (f"{GOOD[:3]} {GOOD[3:6]} {GOOD[6:]}", GOOD),
        ("", ""),
        ("   ", ""),
    ],
)
def test_a_bsn_is_stored_as_nine_digits(typed, stored):
    assert clean_bsn(typed) == stored


@pytest.mark.parametrize(
    ("typed", "code"),
    [("9999000", "bsn_length"), ("99990000", "bsn_eleven_test"), ("999900000", "bsn_eleven_test")],
)
def test_eight_or_nine_digits_come_as_far_as_the_eleven_test(typed, code):
    with pytest.raises(ValidationError) as refused:
        clean_bsn(typed)
    assert refused.value.code == code


@pytest.mark.parametrize("typed", ["123456789", "99990000", "12345", "9999000000", "abc", "9999٠001", "000000000"])
def test_what_is_no_bsn_is_refused_without_repeating_it(typed):
    with pytest.raises(ValidationError) as refused:
        clean_bsn(typed)
    assert typed not in str(refused.value)


@given(st.integers(0, 999_999_999))
def test_of_all_numbers_that_differ_in_the_last_digit_at_most_one_is_a_bsn(number):
    stem = f"{number:09d}"[:-1]
    accepted = []
    for last in "0123456789":
        try:
            accepted.append(clean_bsn(stem + last))
        except ValidationError:
            continue
    assert len(accepted) <= 1


def test_a_masked_bsn_shows_three_digits():
    assert masked(GOOD) == f"••• ••• {GOOD[-3:]}"
    assert masked("") == ""


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ([], "K-0001"),
        (["K-0001", "K-0007", "K-0003"], "K-0008"),
        (["K0009", "X-0044", "K-12a", "K-"], "K-0001"),
        (["K-9999"], "K-10000"),
        (["K-1234567890123"], "K-0001"),
    ],
)
def test_the_next_code_follows_the_highest_made_the_same_way(codes, expected):
    assert next_code("K", codes) == expected


def test_a_name_is_folded_with_the_last_name_first():
    assert folded_name(first_name="Zoë", last_name="van  Dongen-Çelik") == "van dongen-celik zoe"


@pytest.mark.parametrize(("day", "wrong"), [(None, False), (date(1900, 1, 1), False), (date(1899, 12, 31), True)])
def test_nobody_was_born_before_1900(day, wrong):
    assert bool(birth_faults(day)) is wrong


@pytest.mark.parametrize(
    ("bsn", "others", "together"),
    [
        ("1", [], True),
        ("1", ["1", ""], True),
        ("1", ["", ""], True),
        ("1", ["2"], False),
        ("", ["", ""], True),
        ("", ["1"], False),
    ],
)
def test_only_a_different_number_proves_another_human_being(bsn, others, together):
    assert keeps_company(bsn=bsn, others=others) is together
