"""Wage-return periods and the merging of stretches."""

from calendar import monthrange
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placements.counting.calendar import (
    FOREVER,
    ONE_DAY,
    ReturnKind,
    Stretch,
    merge,
    months_before,
    return_period,
    return_periods_of_year,
)
from tests.placements.counting.naive import days_of_return_period


def stretch(first: str, last: str) -> Stretch:
    return Stretch(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("kind", "day", "first", "last"),
    [
        ("maand", "2019-06-01", "2019-06-01", "2019-06-30"),
        ("maand", "2019-06-30", "2019-06-01", "2019-06-30"),
        ("maand", "2024-02-29", "2024-02-01", "2024-02-29"),
        ("maand", "2023-02-28", "2023-02-01", "2023-02-28"),
        ("maand", "2019-12-31", "2019-12-01", "2019-12-31"),
        ("vier_weken", "2026-01-01", "2026-01-01", "2026-01-25"),
        ("vier_weken", "2026-01-25", "2026-01-01", "2026-01-25"),
        ("vier_weken", "2026-01-26", "2026-01-26", "2026-02-22"),
        ("vier_weken", "2026-11-29", "2026-11-02", "2026-11-29"),
        ("vier_weken", "2026-11-30", "2026-11-30", "2026-12-31"),
        ("vier_weken", "2026-12-31", "2026-11-30", "2026-12-31"),
        # 2020 has 53 ISO weeks: the last one ends in 2021, the period does not.
        ("vier_weken", "2020-12-31", "2020-11-30", "2020-12-31"),
        ("vier_weken", "2021-01-01", "2021-01-01", "2021-01-31"),
        # 30 and 31 December 2024 lie in ISO week 1 of 2025.
        ("vier_weken", "2024-12-31", "2024-12-02", "2024-12-31"),
        ("vier_weken", "2025-01-01", "2025-01-01", "2025-01-26"),
        ("vier_weken", "2024-02-29", "2024-02-26", "2024-03-24"),
        ("maand", "9999-12-31", "9999-12-01", "9999-12-31"),
        ("vier_weken", "9999-12-31", "9999-12-06", "9999-12-31"),
    ],
)
def test_return_period_contains_the_day(kind: str, day: str, first: str, last: str) -> None:
    assert return_period(kind, date.fromisoformat(day)) == stretch(first, last)


@pytest.mark.parametrize("kind", list(ReturnKind))
@pytest.mark.parametrize("year", [2013, 2015, 2016, 2020, 2024, 2026, 2028, 2032])
def test_return_periods_fill_the_year_without_crossing_it(kind: ReturnKind, year: int) -> None:
    periods = return_periods_of_year(kind, year)

    assert len(periods) == (12 if kind is ReturnKind.MONTH else 13)
    assert (periods[0].first, periods[-1].last) == (date(year, 1, 1), date(year, 12, 31))
    assert all(before.last + ONE_DAY == after.first for before, after in pairwise(periods))


@pytest.mark.parametrize("year", range(2013, 2031))
def test_four_week_periods_agree_with_counting_iso_weeks(year: int) -> None:
    for period in return_periods_of_year("vier_weken", year):
        days = days_of_return_period("vier_weken", period.first)
        assert (min(days), max(days)) == period


def test_four_week_periods_between_start_on_monday_and_last_four_weeks() -> None:
    between = return_periods_of_year("vier_weken", 2026)[1:-1]

    assert {(period.first.isoweekday(), (period.last - period.first).days + 1) for period in between} == {(1, 28)}


def test_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="kwartaal"):
        return_period("kwartaal", date(2019, 1, 1))


@pytest.mark.parametrize(
    ("stretches", "merged"),
    [
        ([], []),
        ([("2019-01-01", "2019-01-05"), ("2019-01-06", "2019-01-09")], [("2019-01-01", "2019-01-09")]),
        ([("2019-01-07", "2019-01-09"), ("2019-01-01", "2019-01-05")], None),
        ([("2019-01-01", "2019-01-31"), ("2019-01-05", "2019-01-06")], [("2019-01-01", "2019-01-31")]),
        ([("2019-01-01", "9999-12-31"), ("2020-01-01", "2020-01-02")], [("2019-01-01", "9999-12-31")]),
    ],
)
def test_merge_joins_what_overlaps_or_touches(stretches: list, merged: list | None) -> None:
    given = [stretch(*pair) for pair in stretches]

    assert merge(given) == (sorted(given) if merged is None else [stretch(*pair) for pair in merged])


def test_a_stretch_contains_both_its_days_and_may_run_on() -> None:
    june = stretch("2019-06-01", "2019-06-30")

    assert [june.contains(date(2019, month, day)) for month, day in ((5, 31), (6, 1), (6, 30), (7, 1))] == [
        False,
        True,
        True,
        False,
    ]
    assert Stretch(date(2019, 6, 1)).last == FOREVER


@given(day=st.dates(date(2013, 1, 1), date(2030, 12, 31)), months=st.sampled_from([1, 6, 12, 18, 24]))
def test_months_before_is_the_last_day_that_long_ago(day: date, months: int) -> None:
    last = months_before(day, months)
    assert later(last, months) <= day < later(last + ONE_DAY, months)


def later(day: date, months: int) -> date:
    """Return the same day of a later month, or the last one of a month that does not have it."""
    number = day.year * 12 + day.month - 1 + months
    year, month = number // 12, number % 12 + 1
    return next(date(year, month, each) for each in range(day.day, 0, -1) if each <= monthrange(year, month)[1])
