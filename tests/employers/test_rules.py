import pytest

from employers import rules

#: faculty 1 with schools 2 and 3; 4 below 3; 5 stands alone
TREE = {1: None, 2: 1, 3: 1, 4: 3, 5: None}


@pytest.mark.parametrize(
    ("unit", "parent", "circular"),
    [(1, 1, True), (1, 2, True), (1, 4, True), (3, 4, True), (4, 2, False), (3, 5, False), (1, None, False)],
)
def test_a_unit_never_comes_below_itself(unit, parent, circular):
    assert rules.would_be_circular(TREE, unit, parent) is circular


@pytest.mark.parametrize(("unit", "line"), [(4, [4, 3, 1]), (1, [1]), (5, [5])])
def test_the_line_above_starts_with_the_unit_itself(unit, line):
    assert list(rules.line_above(TREE, unit)) == line


def test_a_circle_is_noticed():
    with pytest.raises(ValueError, match="below itself"):
        list(rules.line_above({1: 2, 2: 1}, 1))


def test_a_tree_is_listed_from_the_top_with_siblings_in_the_given_order():
    assert rules.tree_order({5: None, 1: None, 3: 1, 2: 1, 4: 3}) == [(5, 0), (1, 0), (3, 1), (4, 2), (2, 1)]


def test_a_part_of_a_tree_starts_at_its_own_top():
    assert rules.tree_order({4: 3, 3: 1}) == [(3, 0), (4, 1)]
