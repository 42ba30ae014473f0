"""Which days count as registered: the whole wage-return period, as it is filed on the day itself."""

import pytest

from placements.counting.facts import FOREVER, ReturnKind, ReturnKindFact, Rule
from placements.counting.lines import kind_on
from tests.placements.counting.examples import START, day, lines_of, period, placement, stretch, version


@pytest.mark.parametrize(
    ("kind", "register", "counting"),
    [
        # By the month, registered from or until one day only.
        ("maand", ("2019-06-30", "2019-06-30"), ("2019-06-01", "2019-06-30")),
        ("maand", ("2019-06-30", "2019-07-01"), ("2019-06-01", "2019-07-31")),
        ("maand", ("2019-06-01", "2019-06-01"), ("2019-06-01", "2019-06-30")),
        ("maand", ("2020-02-29", "2020-02-29"), ("2020-02-01", "2020-02-29")),
        ("maand", ("2019-12-31", "2020-01-01"), ("2019-12-01", "2020-01-31")),
        ("maand", ("2019-06-15", ""), ("2019-06-01", "")),
        # By four weeks: the examples of 2026.
        ("vier_weken", ("2026-01-25", "2026-01-25"), ("2026-01-01", "2026-01-25")),
        ("vier_weken", ("2026-01-26", "2026-01-26"), ("2026-01-26", "2026-02-22")),
        ("vier_weken", ("2026-02-22", "2026-02-23"), ("2026-01-26", "2026-03-22")),
        ("vier_weken", ("2026-12-31", "2026-12-31"), ("2026-11-30", "2026-12-31")),
        ("vier_weken", ("2026-12-31", "2027-01-01"), ("2026-11-30", "2027-01-31")),
        # A year of 53 weeks, and a 31 December in week 1 of the year after.
        ("vier_weken", ("2020-12-31", "2020-12-31"), ("2020-11-30", "2020-12-31")),
        ("vier_weken", ("2021-01-01", "2021-01-01"), ("2021-01-01", "2021-01-31")),
        ("vier_weken", ("2024-12-31", "2024-12-31"), ("2024-12-02", "2024-12-31")),
    ],
)
def test_registered_one_day_of_a_return_period_counts_all_of_it(kind: str, register: tuple, counting: tuple) -> None:
    lines = lines_of(
        placement("dienstverband", period("2013-01-01")),
        registrations=(stretch(*register),),
        return_kinds=(ReturnKindFact(START, FOREVER, kind),),
    )

    assert [(line.first, line.last) for line in lines if line.counts] == [stretch(*counting)]
    assert {line.reason for line in lines if not line.counts} == {"not_registered"}


def test_register_periods_of_several_owners_count_together() -> None:
    lines = lines_of(
        placement("dienstverband", period("2019-01-01", "2019-12-31")),
        registrations=(stretch("2019-08-10", "2019-09-20"), stretch("2019-02-05", "2019-03-01"), stretch("2019-02-01")),
    )

    assert [(line.first, line.rule) for line in lines] == [
        (day("2019-01-01"), Rule.NOT_REGISTERED),
        (day("2019-02-01"), Rule.AT_RECORD),
    ]


def test_the_kind_of_return_on_the_day_itself_decides_and_its_period_is_taken_whole() -> None:
    kinds = (
        ReturnKindFact(START, day("2026-03-14"), "maand"),
        ReturnKindFact(day("2026-03-15"), FOREVER, "vier_weken"),
    )
    lines = lines_of(
        placement("dienstverband", period("2026-01-01", "2026-12-31")),
        registrations=(stretch("2026-02-24", "2026-02-24"),),
        return_kinds=kinds,
    )

    # February by the month; then the four weeks from 23 February to 22 March, as far as filed by four weeks.
    assert [(line.first, line.last) for line in lines if line.counts] == [
        stretch("2026-02-01", "2026-02-28"),
        stretch("2026-03-15", "2026-03-22"),
    ]


def test_days_before_and_after_dated_kinds_are_filed_by_the_month() -> None:
    kinds = (ReturnKindFact(day("2026-02-01"), day("2026-02-28"), "vier_weken"),)
    lines = lines_of(
        placement("dienstverband", period("2026-01-01", "2026-12-31")),
        registrations=(stretch("2026-01-20", "2026-01-20"), stretch("2026-03-31", "2026-03-31")),
        return_kinds=kinds,
    )

    assert [(line.first, line.last) for line in lines if line.counts] == [
        stretch("2026-01-01", "2026-01-31"),
        stretch("2026-03-01", "2026-03-31"),
    ]
    assert [kind_on(kinds, day(text)) for text in ("2026-01-31", "2026-02-01", "2026-03-01")] == [
        ReturnKind.MONTH,
        ReturnKind.FOUR_WEEKS,
        ReturnKind.MONTH,
    ]


def test_an_outside_partner_files_by_the_month() -> None:
    lines = lines_of(
        placement("uitzend", period("2026-01-01", "2026-12-31"), record=None),
        registrations=(stretch("2026-01-31", "2026-01-31"),),
        return_kinds=(ReturnKindFact(START, FOREVER, "vier_weken"),),
    )

    assert [(line.first, line.last) for line in lines if line.counts] == [stretch("2026-01-01", "2026-01-31")]


def test_the_day_test_looks_at_the_day_itself() -> None:
    lines = lines_of(
        placement("dienstverband", period("2019-01-01", "2019-12-31")),
        registrations=(stretch("2019-06-10", "2019-06-20"),),
        versions=(version(test="day"),),
    )

    assert [(line.first, line.last) for line in lines if line.counts] == [stretch("2019-06-10", "2019-06-20")]
