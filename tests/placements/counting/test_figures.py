"""Exact figures: hours add first, division comes last, rounding only when shown."""

from decimal import Decimal
from fractions import Fraction

import pytest

from placements.counting.figures import (
    Measured,
    Target,
    TargetUnit,
    exact,
    extra_jobs,
    gap,
    hours_of,
    jobs,
    one_decimal,
    progress_percent,
    quota_jobs,
    quota_shortfall,
    realised,
    sector_target,
    shared_sum,
    two_decimals,
    whole,
)

JOBS, PERSONS, EXTRA, SHELTERED = TargetUnit


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (Fraction(32) / Fraction("25.5"), "1.3"),
        (Fraction(24) / Fraction("25.5"), "0.9"),
        (Decimal("1.25"), "1.3"),
        (Decimal("-1.25"), "-1.3"),
        (Decimal("0.05"), "0.1"),
        (Decimal("-0.05"), "-0.1"),
        (Decimal("0.049999"), "0.0"),
        (Decimal("-0.049999"), "0.0"),
        (Decimal("-0.0"), "0.0"),
        (0, "0.0"),
        (-3, "-3.0"),
        (Fraction(1, 3), "0.3"),
        (Fraction(-2, 3), "-0.7"),
        (Decimal("9.95"), "10.0"),
        (Decimal("2.5"), "2.5"),
        (1234567, "1234567.0"),
    ],
)
def test_one_decimal_half_up_away_from_zero(number: object, shown: str) -> None:
    assert one_decimal(number) == shown


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (Fraction(1, 3), "0.33"),
        (Fraction(2, 3), "0.67"),
        (Decimal("0.005"), "0.01"),
        (Decimal("-0.005"), "-0.01"),
        (Decimal("-0.004"), "0.00"),
        (Decimal("2.675"), "2.68"),
        (0, "0.00"),
        (Decimal("597.5"), "597.50"),
    ],
)
def test_two_decimals_half_up_away_from_zero(number: object, shown: str) -> None:
    assert two_decimals(number) == shown


@pytest.mark.parametrize(
    ("number", "shown"),
    [(Decimal("68.1"), "68"), (Decimal("0.5"), "1"), (Decimal("-0.4"), "0"), (Decimal("-0.5"), "-1")],
)
def test_whole_half_up_away_from_zero(number: object, shown: str) -> None:
    assert whole(number) == shown


@pytest.mark.parametrize("function", [exact, one_decimal, two_decimals, whole, hours_of])
def test_a_float_is_refused(function: object) -> None:
    with pytest.raises(TypeError, match="never a float"):
        function(0.1)


def test_hours_add_before_they_are_divided() -> None:
    apart = [jobs(hours_of(hundredths)) for hundredths in (2400, 2400)]

    assert [one_decimal(each) for each in apart] == ["0.9", "0.9"]
    assert one_decimal(jobs(hours_of(2400 + 2400))) == "1.9"


def test_hours_per_job_follow_the_regime() -> None:
    assert jobs(51, Decimal("25.5")) == 2
    assert jobs(51, 17) == 3


def test_a_share_of_a_team_is_divided_last() -> None:
    # 45 of 225 places of a team of 220 members, and a third of a team of one hour.
    assert shared_sum([(220, 45, 225)]) == 44
    assert shared_sum([(100, 1, 3), (100, 1, 3), (100, 1, 3)]) == 100
    assert shared_sum([(100, 1, 3), (100, 1, 7)]) == Fraction(1000, 21)
    assert shared_sum([]) == 0


def test_shares_of_all_buyers_add_up_to_the_whole() -> None:
    hours = 561_000
    buyers = [45, 60, 30, 90]

    assert sum(shared_sum([(hours, places, 225)]) for places in buyers) == hours
    assert two_decimals(hours_of(shared_sum([(hours, 45, 225)]))) == "1122.00"


@pytest.mark.parametrize(
    ("counted", "baseline", "extra"),
    [(10, Decimal("12.5"), Fraction("-2.5")), (10, None, 10), (10, 0, 10), (Fraction(1, 3), 1, Fraction(-2, 3))],
)
def test_extra_jobs_are_above_the_baseline(counted: object, baseline: object, extra: object) -> None:
    assert extra_jobs(counted, baseline) == extra


@pytest.mark.parametrize(("unit", "amount"), [(JOBS, 20), (PERSONS, 24), (EXTRA, Fraction("7.5")), (SHELTERED, 3)])
def test_realised_follows_the_unit_of_the_target(unit: TargetUnit, amount: object) -> None:
    measured = Measured(jobs=20, persons=24, sheltered=3, baseline=Decimal("12.5"))

    assert realised(unit, measured) == amount
    assert realised(unit.value, measured) == amount


def test_names_of_target_units_in_json() -> None:
    assert [unit.json for unit in TargetUnit] == ["jobs", "persons", "extra_jobs", "sheltered_places"]


@pytest.mark.parametrize(
    ("amount", "target", "percent", "left"),
    [
        (24, 30, "80.0", "6.0"),
        (24, 20, "120.0", "-4.0"),
        (Decimal("-0.7"), 12, "-5.8", "12.7"),
        (Fraction(100, 3), 100, "33.3", "66.7"),
        (0, 5, "0.0", "5.0"),
    ],
)
def test_progress_and_gap(amount: object, target: object, percent: str, left: str) -> None:
    assert one_decimal(progress_percent(amount, target)) == percent
    assert one_decimal(gap(amount, target)) == left


def test_without_target_or_with_a_target_of_nothing_there_is_no_percentage() -> None:
    assert (progress_percent(5, None), gap(5, None)) == (None, None)
    assert (progress_percent(5, 0), gap(5, 0)) == (None, -5)
    assert progress_percent(0, Decimal("0.0")) is None


@pytest.mark.parametrize(
    ("own", "of_employers", "found"),
    [
        (Target(3531, JOBS), [Target(1, PERSONS)], Target(3531, JOBS)),
        (Target(0, JOBS), [Target(1, PERSONS)], Target(0, JOBS)),
        (None, [Target(30, PERSONS), Target(20, PERSONS), Target(10, PERSONS)], Target(60, PERSONS)),
        (None, [Target(Decimal("7.5"), EXTRA), Target(5, EXTRA)], Target(Fraction("12.5"), EXTRA)),
        (None, [Target(30, PERSONS), Target(20, JOBS)], None),
        (None, [], None),
    ],
)
def test_a_sector_takes_its_own_target_or_the_sum_of_one_unit(own: object, of_employers: list, found: object) -> None:
    assert sector_target(own, of_employers) == found


def test_quota_as_counted_and_as_published() -> None:
    quota = quota_jobs(2500 * 36, Decimal("1.93"))

    assert one_decimal(quota) == "68.1"
    assert one_decimal(quota_shortfall(quota, 40)) == "28.1"
    assert whole(quota) == "68"
    assert quota_shortfall(Decimal(whole(quota)), 40) == 28


@pytest.mark.parametrize(
    ("quota", "amount", "short"),
    [
        (Decimal("10.19"), 0, "10.1"),
        (Decimal("10.10"), 0, "10.1"),
        (Decimal("10.09"), 0, "10.0"),
        (Decimal("0.09"), 0, "0.0"),
        (10, 12, "0.0"),
        (10, Fraction(29, 3), "0.3"),
    ],
)
def test_a_shortfall_is_rounded_down_and_never_negative(quota: object, amount: object, short: str) -> None:
    assert one_decimal(quota_shortfall(quota, amount)) == short
