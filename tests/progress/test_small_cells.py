"""No hidden count can be worked out: every table that agrees with what is shown is tried."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from progress.small_cells import hide


def lines(most=5):
    """Return tables of up to three lines and four columns, with many small counts."""
    width = st.integers(1, 4)
    cell = st.sampled_from([0, 0, 1, 1, 2, 3, most])
    return width.flatmap(lambda n: st.lists(st.lists(cell, min_size=n, max_size=n), min_size=1, max_size=3))


def splits(total, parts):
    """Yield every way to write a total as that many counts."""
    if parts == 0:
        if total == 0:
            yield ()
        return
    for first in range(total + 1):
        for rest in splits(total - first, parts - 1):
            yield (first, *rest)


def candidates(table, hidden):
    """Yield every table of counts that agrees with all that a reader is shown."""
    ways = []
    for number, cells in enumerate(table):
        shown = {c: v for c, v in enumerate(cells) if (number, c) not in hidden.cells}
        open_columns = [c for c in range(len(cells)) if c not in shown]
        rest = sum(cells) - sum(shown.values())
        ways.append(
            [
                tuple(shown[c] if c in shown else values[open_columns.index(c)] for c in range(len(cells)))
                for values in splits(rest, len(open_columns))
            ]
        )
    fixed = [c for c in range(len(table[0])) if c not in hidden.column_totals]
    totals = [sum(row[c] for row in table) for c in fixed]
    for made in product(*ways):
        if [sum(row[c] for row in made) for c in fixed] == totals:
            yield made


def small_places(table):
    return [(r, c) for r, row in enumerate(table) for c, value in enumerate(row) if 1 <= value <= 2]


@given(table=lines())
def test_a_small_count_may_be_something_else_as_well(table):
    hidden = hide(table, limit=2)
    if len(table[0]) == 1:
        return  # the line's own total is the cell
    found = list(candidates(table, hidden))
    for line, column in small_places(table):
        assert (line, column) in hidden.cells
        assert len({made[line][column] for made in found}) > 1, (table, hidden)


@given(table=lines())
def test_a_small_total_of_a_column_may_be_something_else_as_well(table):
    hidden = hide(table, limit=2)
    if len(table[0]) == 1:
        return
    found = list(candidates(table, hidden))
    for column in range(len(table[0])):
        if 1 <= sum(row[column] for row in table) <= 2:
            assert column in hidden.column_totals
            assert len({sum(row[column] for row in made) for made in found}) > 1, (table, hidden)


@given(table=lines())
def test_without_small_counts_nothing_is_hidden(table):
    large = [[value if value == 0 or value > 2 else value + 2 for value in row] for row in table]
    assert hide(large, limit=2) == hide([[0] * len(table[0])] * len(table), limit=2)


@pytest.mark.parametrize(
    ("table", "cells"),
    [
        ([[5, 6, 7]], set()),
        ([[1, 6, 7]], {(0, 0), (0, 1)}),
        ([[1, 1, 7]], {(0, 0), (0, 1)}),
        ([[1, 0, 7]], {(0, 0), (0, 1)}),
        ([[2, 2, 0]], {(0, 0), (0, 1)}),
        ([[1]], {(0, 0)}),
        ([], set()),
    ],
)
def test_the_fewest_persons_are_hidden_with_it(table, cells):
    assert hide(table, limit=2).cells == cells


def test_with_totals_of_columns_a_rectangle_is_hidden():
    hidden = hide([[1, 9, 8], [5, 7, 9], [6, 6, 6]], limit=2)
    assert hidden.cells == {(0, 0), (0, 2), (2, 0), (2, 2)}
    assert not hidden.column_totals


def test_the_limit_is_a_setting(settings):
    settings.SMALL_CELL_LIMIT = 4
    assert (0, 0) in hide([[4, 9, 9]]).cells
    assert not hide([[5, 9, 9]]).cells


def test_a_large_table_is_quick_enough_to_be_made_for_a_page():
    """Some 340 municipalities by 11 reasons: the same set again and again, and every line protected."""
    table = [[(line * 7 + column * 3) % 5 for column in range(11)] for line in range(340)]
    hidden = hide(table, limit=2)
    assert hidden == hide(table, limit=2)
    assert set(small_places(table)) <= hidden.cells
