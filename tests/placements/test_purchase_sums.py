import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placements.counting.calendar import FOREVER, ONE_DAY
from placements.purchase_sums import Bought, add_up

JAN, FEB, MAR = date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)


@pytest.mark.parametrize(
    ("purchases", "summed"),
    [
        ([], []),
        ([Bought(JAN, FOREVER, 5)], [Bought(JAN, FOREVER, 5)]),
        ([Bought(JAN, FOREVER, 5), Bought(JAN, FOREVER, 3)], [Bought(JAN, FOREVER, 8)]),
        (
            [Bought(JAN, FOREVER, 5), Bought(FEB, date(2026, 2, 28), 3)],
            [Bought(JAN, date(2026, 1, 31), 5), Bought(FEB, date(2026, 2, 28), 8), Bought(MAR, FOREVER, 5)],
        ),
        ([Bought(JAN, date(2026, 1, 31), 5), Bought(FEB, FOREVER, 5)], [Bought(JAN, FOREVER, 5)]),
        (
            [Bought(JAN, date(2026, 1, 31), 5), Bought(MAR, FOREVER, 5)],
            [Bought(JAN, date(2026, 1, 31), 5), Bought(MAR, FOREVER, 5)],
        ),
    ],
)
def test_places_are_added_per_day(purchases, summed):
    assert add_up(purchases) == summed


DAYS = st.dates(date(2026, 1, 1), date(2026, 1, 20))


@st.composite
def bought(draw):
    first = draw(DAYS)
    last = draw(st.one_of(st.just(FOREVER), st.dates(first, date(2026, 1, 20))))
    return Bought(first, last, draw(st.integers(1, 9)))


@given(st.lists(bought(), max_size=6))
def test_the_sum_equals_a_count_day_by_day(purchases):
    summed = add_up(purchases)
    day = date(2025, 12, 31)
    while day < date(2026, 1, 25):
        expected = sum(p.places for p in purchases if p.first <= day <= p.last)
        assert sum(s.places for s in summed if s.first <= day <= s.last) == expected
        day += ONE_DAY
    assert all(one.last < other.first for one, other in itertools.pairwise(summed))
