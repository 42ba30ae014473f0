"""Nothing an adviser sees gives a hidden pair away: every world that agrees with what is shown is tried."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from progress.breakdowns import NOTHING, Contracts, Pair
from progress.shielding import Shown, shield_contracts, shield_country, shield_stays, stays_of_country

COUNTS = st.sampled_from([0, 0, 1, 1, 2, 3, 4])
PAIRS = st.builds(Pair, COUNTS, COUNTS)


def sectors(most_sectors=3, most_employers=3):
    """Return sectors as lists of pairs, small enough to try everything."""
    return st.lists(st.lists(PAIRS, min_size=1, max_size=most_employers), min_size=1, max_size=most_sectors)


def contracts(pairs):
    """Return a protected sector of employers with these pairs, every placement of somebody else."""
    return shield_contracts({key: Contracts(pair, pair) for key, pair in enumerate(pairs)}, sum(pairs, NOTHING))


def country_of(shields):
    return shield_country(shields, sum((shield.total for shield in shields.values()), NOTHING))


def worlds(country):
    """Yield every set of sectors that agrees with what is shown, for who knows every whole; as lists of parts."""
    ways = []
    for shield, pairs in country:
        own = []
        for key, pair in enumerate(pairs):
            shown = shield.employers.get(key)
            own.append(range(pair.whole + 1) if shown and shown.pair is None else [pair.part])
        known = shield.whole and shield.whole.pair
        ways.append([parts for parts in product(*own) if not known or sum(parts) == known.part])
    yield from product(*ways)


def agreeing(found, whole):
    """Return the worlds whose sum is that of the country, where it is shown."""
    known = whole and whole.pair
    return [world for world in worlds(found) if not known or sum(map(sum, world)) == known.part]


def told(found, whole):
    """Yield every place whose pair is hidden although there is but one possibility."""
    possible = agreeing(found, whole)
    for index, (shield, pairs) in enumerate(found):
        for key in range(len(pairs)):
            shown = shield.employers.get(key)
            if shown and shown.pair is None and len({world[index][key] for world in possible}) < 2:
                yield index, key
        if shield.whole and shield.whole.pair is None and len({sum(world[index]) for world in possible}) < 2:
            yield index, "whole"


def is_small(pair):
    return pair.part in (1, 2) or pair.rest in (1, 2)


@given(made=sectors())
def test_no_hidden_contract_can_be_worked_out(made):
    shields = {str(index): contracts(pairs) for index, pairs in enumerate(made)}
    country = country_of(shields)
    found = list(zip(shields.values(), made, strict=True))
    for shield, pairs in found:
        assert not is_small(shield.total) or shield.whole.pair is None
        for key, pair in enumerate(pairs):
            shown = shield.employers.get(key)
            assert (shown is None) == (pair == NOTHING)
            assert not is_small(pair) or (shown and shown.pair is None)
            assert not shown or shown.pair in (None, pair)
    assert not (country.whole and country.whole.pair and is_small(country.whole.pair))
    assert not list(told(found, country.whole)), (made, country)


@given(made=sectors())
def test_what_is_shown_adds_up(made):
    shields = {str(index): contracts(pairs) for index, pairs in enumerate(made)}
    country = country_of(shields)
    for shield, pairs in zip(shields.values(), made, strict=True):
        if shield.whole and shield.whole.pair:
            assert shield.whole.pair == sum(pairs, NOTHING)
    if country.whole and country.whole.pair:
        assert country.whole.pair == sum((sum(pairs, NOTHING) for pairs in made), NOTHING)


@given(pairs=st.lists(st.builds(Pair, st.integers(3, 9), st.integers(3, 9)), min_size=1, max_size=4))
def test_without_small_counts_everything_is_shown(pairs):
    shield = contracts(pairs)
    country = country_of({"a": shield})
    assert [shown.pair for shown in shield.employers.values()] == pairs
    assert shield.whole.pair == country.whole.pair == sum(pairs, NOTHING)


def test_a_count_of_many_placements_of_two_persons_is_small():
    found = {1: Contracts(Pair(5, 9), Pair(2, 9)), 2: Contracts(Pair(7, 8), Pair(7, 8))}
    shield = shield_contracts(found, Pair(8, 12))
    assert [shown.pair for shown in shield.employers.values()] == [None, None]


@pytest.mark.parametrize(("persons", "is_shown"), [(Pair(2, 12), False), (Pair(12, 1), False), (Pair(3, 12), True)])
def test_a_sum_of_many_placements_of_two_persons_is_small(persons, is_shown):
    """Each of two employers has the same two persons on a permanent contract, or bought them in one team."""
    found = {key: Contracts(Pair(2, 9), Pair(2, 9)) for key in (1, 2)}
    assert bool(shield_contracts(found, persons).whole.pair) is is_shown


def test_a_sum_of_all_sectors_about_two_persons_is_hidden():
    shields = {code: contracts([Pair(1, 6)]) for code in "ab"}
    assert country_of(shields).whole.pair is None
    shields |= {"c": contracts([Pair(1, 6)])}
    assert country_of(shields).whole.pair == Pair(3, 18)
    assert shield_country(shields, Pair(1, 18)).whole.pair is None


@pytest.mark.parametrize(
    ("pairs", "hidden", "total"),
    [
        ([Pair(5, 6)], [], True),
        ([Pair(1, 6)], [0], False),
        ([Pair(1, 6), Pair(4, 4), Pair(9, 9)], [0, 1], True),
        ([Pair(1, 6), Pair(2, 3), Pair(9, 9)], [0, 1], True),
        ([Pair(1, 0), Pair(1, 0), Pair(0, 4)], [0, 1, 2], False),
        ([NOTHING], [], True),
    ],
)
def test_the_fewest_are_hidden_with_it(pairs, hidden, total):
    shield = contracts(pairs)
    assert [key for key, shown in shield.employers.items() if shown.pair is None] == hidden
    assert (shield.whole is None or shield.whole.pair is not None) is total


def test_the_limit_is_a_setting(settings):
    settings.SMALL_CELL_LIMIT = 4
    assert contracts([Pair(4, 9), Pair(9, 9)]).employers[0].pair is None


STEPS = st.lists(st.lists(PAIRS, min_size=3, max_size=3), min_size=1, max_size=3)


def over_time(steps):
    """Return pairs that only ever add up, of each employer for every half-year."""
    found = {}
    for key, own in enumerate(steps):
        so_far, found[key] = NOTHING, []
        for step in own:
            so_far += step
            found[key].append(so_far)
    return found


@given(made=st.lists(STEPS, min_size=1, max_size=3))
def test_of_who_stayed_a_small_count_is_hidden_and_sums_are_those_of_what_is_shown(made):
    series = [over_time(steps) for steps in made]
    shields = [shield_stays(each, 3) for each in series]
    for half in range(3):
        here = {str(index): halves[half] for index, halves in enumerate(shields)}
        for shield, found in zip(here.values(), series, strict=True):
            pairs = {key: of_halves[half] for key, of_halves in found.items() if of_halves[half].whole}
            assert set(shield.employers) == set(pairs)
            assert all(not is_small(pair) or shield.employers[key].pair is None for key, pair in pairs.items())
            assert shown_sum(shield.employers.values()) == shield.whole
        country = stays_of_country(here)
        assert shown_sum(each for shield in here.values() for each in shield.employers.values()) == country.whole


def shown_sum(shown):
    """Return the sum of the pairs that are shown, as something that may be shown."""
    shown = list(shown)
    pairs = [each.pair for each in shown if each.pair]
    return (Shown(sum(pairs, NOTHING)) if pairs else Shown(None)) if shown else None


@given(steps=STEPS)
def test_nor_what_became_of_a_few_in_between(steps):
    found = over_time(steps)
    shields = shield_stays(found, 3)
    for key in found:
        seen = [NOTHING, *(pair for shield in shields if (shown := shield.employers.get(key)) and (pair := shown.pair))]
        gaps = [(abs(a.part - b.part), abs(a.rest - b.rest)) for a in seen for b in seen]
        assert not {1, 2} & {number for gap in gaps for number in gap}


@given(steps=STEPS)
def test_what_was_shown_does_not_hang_on_what_came_after(steps):
    found = over_time(steps)
    for half in range(1, 3):
        earlier = shield_stays({key: pairs[:half] for key, pairs in found.items()}, half)
        assert earlier == shield_stays(found, 3)[:half]


FEW = st.sampled_from([0, 0, 1, 3])


@given(steps=st.lists(st.builds(Pair, FEW, FEW), min_size=4, max_size=4))
def test_nor_a_hidden_small_count_from_all_half_years_together(steps):
    """What is shown of one employer is all that hangs on it: every course that agrees with that is tried."""
    found = over_time([steps])[0]
    shown = [shield.employers.get(0) for shield in shield_stays({0: found}, 4)]
    hidden = [each is not None and each.pair is None for each in shown]
    for side in ("part", "rest"):
        true = [getattr(pair, side) for pair in found]
        ways = [range(true[-1] + 2) if secret else [value] for secret, value in zip(hidden, true, strict=True)]
        possible = [course for course in product(*ways) if list(course) == sorted(course)]
        for half, secret in enumerate(hidden):
            if secret and true[half] in (1, 2):
                assert len({course[half] for course in possible}) > 1, (steps, half, side)


@given(steps=STEPS, merged=st.integers(0, 3))
def test_a_merger_does_not_tell_what_the_parts_told_before(steps, merged):
    """What became one was told in parts, so that the sum of any half-year before may be known."""
    found = over_time(steps)
    shields = shield_stays(found, 3, dict.fromkeys(found, merged))
    for key, pairs in found.items():
        for half in range(merged, 3):
            shown = shields[half].employers.get(key)
            if shown and shown.pair:
                gaps = [(abs(pairs[half].part - was.part), abs(pairs[half].rest - was.rest)) for was in pairs[:merged]]
                assert not {1, 2} & {number for gap in gaps for number in gap}


@pytest.mark.parametrize(
    ("pairs", "shown"),
    [
        ([Pair(6, 3), Pair(6, 3)], None),  # one showed (5, 3) before, so that the other was one person
        ([Pair(6, 3), Pair(9, 3)], None),
        ([Pair(6, 3), Pair(9, 6)], Pair(9, 6)),
        ([Pair(6, 0), Pair(9, 0)], Pair(9, 0)),
        ([NOTHING, Pair(3, 3)], Pair(3, 3)),
    ],
)
def test_nor_what_one_part_had_beside_another_that_was_shown(pairs, shown):
    assert shield_stays({0: pairs}, 2, {0: 1})[1].employers[0] == Shown(shown)
