"""What may happen in a round, and when."""

from datetime import date
from fractions import Fraction

import pytest

from progress import rules
from progress.models import State

DAY = date(2026, 6, 30)


@pytest.mark.parametrize(
    ("day", "ends"), [(DAY, True), (date(2026, 12, 31), True), (date(2026, 6, 29), False), (date(2026, 12, 30), False)]
)
def test_only_the_ends_of_half_years_are_reference_days(day, ends):
    assert rules.is_half_year_end(day) is ends


@pytest.mark.parametrize(
    ("day", "before"),
    [
        (DAY, date(2025, 12, 31)),
        (date(2026, 12, 31), DAY),
        (date(2013, 6, 30), date(2012, 12, 31)),
        (date(2026, 9, 1), DAY),
    ],
)
def test_the_half_year_before(day, before):
    assert rules.half_year_before(day) == before


@pytest.mark.parametrize(
    ("day", "last"),
    [
        (DAY, DAY),
        (date(2026, 6, 29), date(2025, 12, 31)),
        (date(2026, 11, 22), DAY),
        (date(2026, 12, 31), date(2026, 12, 31)),
        (date(2027, 1, 1), date(2026, 12, 31)),
    ],
)
def test_the_last_half_year_that_is_over(day, last):
    assert rules.last_half_year_end(day) == last


@pytest.mark.parametrize(
    ("today", "first", "last"),
    [
        (date(2026, 6, 30), date(2024, 12, 31), date(2026, 6, 30)),
        (date(2026, 7, 1), date(2025, 6, 30), date(2026, 12, 31)),
        (date(2026, 1, 1), date(2024, 12, 31), date(2026, 6, 30)),
    ],
)
def test_the_days_to_choose_from_are_the_one_to_come_and_the_three_before(today, first, last):
    offered = rules.half_year_ends(today)
    assert (offered[-1], offered[0], len(offered)) == (first, last, 4)


@pytest.mark.parametrize(
    ("state", "is_open", "today", "says"),
    [
        (State.OPEN, True, DAY, ""),
        (State.RETURNED, True, DAY, ""),
        (State.APPROVED, True, DAY, ""),
        (State.SUBMITTED, True, DAY, "Dit is al ingediend."),
        (State.OPEN, False, DAY, "Deze ronde is gesloten."),
        (State.OPEN, True, date(2026, 6, 29), "Indienen kan vanaf 30 juni 2026"),
    ],
)
def test_when_an_employer_hands_in(state, is_open, today, says):
    fault = rules.submit_fault(state=state, is_open=is_open, day=DAY, today=today)
    assert fault.startswith(says)
    assert bool(fault) == bool(says)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("is_open", [True, False])
def test_an_adviser_decides_on_what_waits_in_an_open_round(state, is_open):
    assert (rules.decide_fault(state=state, is_open=is_open) == "") == (is_open and state == State.SUBMITTED)


@pytest.mark.parametrize("state", State)
def test_late_is_what_has_not_come_in_after_the_deadline(state):
    deadline = date(2026, 9, 1)
    waits = state in (State.OPEN, State.RETURNED)
    assert rules.is_late(state=state, deadline=deadline, today=date(2026, 9, 2)) is waits
    assert not rules.is_late(state=state, deadline=deadline, today=deadline)


@pytest.mark.parametrize(
    ("before", "after", "jumped"),
    [(10, 13, True), (10, 12, False), (100, 109, False), (100, 110, True), (0, 3, True), (20, 17, True), (4, 4, False)],
)
def test_a_jump_is_three_and_a_tenth(before, after, jumped):
    assert rules.has_jumped(Fraction(before), Fraction(after)) is jumped
