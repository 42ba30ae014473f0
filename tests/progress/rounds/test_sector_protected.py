"""A sector's sums per cause give away no cell that an employer's own report hides."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from progress.differences import GROUPS, Cause, Report, Row, Sum
from progress.protected import cells
from progress.sector_protected import Line, sector_cells


def line(*rows):
    """Return an employer's report of these rows, each (cause, people)."""
    made = [Row(cause, "P", Fraction(0), Fraction(people), Fraction(people), people) for cause, people in rows]
    report = Report(None, None, made)
    return Line(report.sums(), frozenset(cell.cause for cell in cells(report) if cell.sum is None))


def shown(*lines, final=True):
    return {cell.cause: cell.sum.persons if cell.sum else None for cell in sector_cells(lines, final=final)}


def test_what_no_employer_hides_is_added_up():
    assert shown(line((Cause.STARTED, 4)), line((Cause.STARTED, 3), (Cause.ENDED, 5))) == {
        Cause.STARTED: 7,
        Cause.ENDED: 5,
    }


def test_one_hidden_cell_among_many_employers_hides_the_sum():
    found = shown(line((Cause.STARTED, 1)), *(line((Cause.STARTED, 5)) for _ in range(5)))
    assert found == {Cause.STARTED: None, Cause.COUNTS_NOW: None}


def test_cells_that_protect_each_other_let_the_sum_be_shown():
    alike = [line((Cause.STARTED, 2), (Cause.COUNTS_NOW, 2)) for _ in range(3)]
    assert shown(*alike) == {Cause.STARTED: 6, Cause.COUNTS_NOW: 6}


def test_but_not_as_long_as_employers_may_come_in():
    """What the sum of tomorrow is more than that of today would be somebody's hidden cell."""
    alike = [line((Cause.STARTED, 2), (Cause.COUNTS_NOW, 2), (Cause.ENDED, 3)) for _ in range(3)]
    assert shown(*alike, final=False) == {Cause.STARTED: None, Cause.COUNTS_NOW: None, Cause.ENDED: 9}


def test_a_sum_that_a_correction_changed_is_hidden():
    corrected = replace(line((Cause.STARTED, 5)), corrected=frozenset({Cause.STARTED}))
    assert shown(corrected, line((Cause.STARTED, 4))) == {Cause.STARTED: None, Cause.COUNTS_NOW: None}


def test_two_people_behind_a_sum_are_few_even_at_two_employers():
    alike = [line((Cause.STARTED, 1), (Cause.COUNTS_NOW, 4)) for _ in range(2)]
    assert shown(*alike) == {Cause.STARTED: None, Cause.COUNTS_NOW: None}


def test_someone_at_three_employers_is_one_person():
    rows = [Row(Cause.STARTED, "P", Fraction(0), Fraction(20), Fraction(1), people=frozenset({7}))] * 3
    lines = [Line(Report(None, None, [row]).sums(), frozenset({Cause.STARTED, Cause.COUNTS_NOW})) for row in rows] + [
        line((Cause.STARTED, 4), (Cause.COUNTS_NOW, 1)) for _ in range(3)
    ]
    assert shown(*lines[:3])[Cause.STARTED] is None
    assert sum((each.sums[Cause.STARTED] for each in lines[:3]), Sum()).touched == 1


def test_nothing_is_hidden_behind_a_sum_that_says_it_is_nothing():
    """With shares in teams known to be nothing, two employers with one hidden cause each have no way round."""
    alike = [line((Cause.HOURS, 2)) for _ in range(3)]
    assert shown(*alike) == dict.fromkeys(GROUPS[2])


def test_without_employers_there_is_nothing():
    assert sector_cells([], final=True) == []


PEOPLE = st.lists(st.tuples(st.sampled_from(list(Cause)), st.integers(1, 4)), max_size=5)


@given(st.lists(PEOPLE, max_size=6))
def test_no_hidden_cell_follows_from_all_that_is_shown(employers):
    """Everything an adviser knows is a sum of hidden cells: solve all of it, and none may come out."""
    lines = [line(*rows) for rows in employers]
    found = {cell.cause: cell.sum for cell in sector_cells(lines, final=True)}
    for group in GROUPS:
        hidden = [(at, cause) for at, each in enumerate(lines) for cause in group if cause in each.hidden]
        known = [[at == each for at, _ in hidden] for each in range(len(lines))]
        # A sum that is not there at all is nothing.
        known += [[cause == each for _, cause in hidden] for each in group if found.get(each, True)]
        assert not any(solved(known, place) for place in range(len(hidden)))
        for cause in group:
            few = sum(lines[at].sums[cause].touched for at, each in hidden if each == cause)
            assert not (found.get(cause) and 1 <= few <= 2)


def solved(equations, place):
    """Tell whether the unknown at a place follows from equations of noughts and ones."""
    wanted = [Fraction(at == place) for at in range(len(equations[0]))] if equations else []
    rows = [[Fraction(number) for number in row] for row in equations]
    return bool(rows) and rank(rows) == rank([*rows, wanted])


def rank(rows):
    rows, found = [list(row) for row in rows], 0
    for column in range(len(rows[0])):
        pivot = next((at for at in range(found, len(rows)) if rows[at][column]), None)
        if pivot is None:
            continue
        rows[found], rows[pivot] = rows[pivot], rows[found]
        for at in range(found + 1, len(rows)):
            factor = rows[at][column] / rows[found][column]
            rows[at] = [mine - factor * other for mine, other in zip(rows[at], rows[found], strict=True)]
        found += 1
    return found
