"""A buyer's share of a team changes whenever any buyer of that team does."""

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from placements.counting.facts import Purchase, Stretch, TeamShare
from placements.counting.shares import purchased_stretches, team_shares
from tests.placements.counting.examples import day, stretch
from tests.placements.counting.strategies import FAR_AHEAD, WINDOW, consecutive, on


def bought(buyer: str, places: int, first: str, last: str = "", *, team: str = "T") -> Purchase:
    return Purchase(team, buyer, day(first), day(last), places)


def share(buyer: str, places: int, all_places: int, first: str, last: str = "", *, team: str = "T") -> TeamShare:
    return TeamShare(team, buyer, day(first), day(last), places, all_places)


def test_four_buyers_of_one_team() -> None:
    purchases = [bought(code, places, "2018-01-01") for code, places in (("A", 45), ("B", 60), ("C", 30), ("D", 90))]

    shares = team_shares(purchases)

    assert [(each.buyer, each.places, each.all_places) for each in shares] == [
        ("A", 45, 225),
        ("B", 60, 225),
        ("C", 30, 225),
        ("D", 90, 225),
    ]
    assert {(each.first, each.last) for each in shares} == {stretch("2018-01-01")}


def test_a_share_changes_when_another_buyer_starts_and_stops() -> None:
    shares = team_shares([bought("A", 10, "2019-01-01"), bought("B", 30, "2019-03-01", "2019-03-31")])

    assert shares == [
        share("A", 10, 10, "2019-01-01", "2019-02-28"),
        share("A", 10, 40, "2019-03-01", "2019-03-31"),
        share("B", 30, 40, "2019-03-01", "2019-03-31"),
        share("A", 10, 10, "2019-04-01"),
    ]


def test_abutting_purchases_with_the_same_places_are_one_share() -> None:
    shares = team_shares([bought("A", 10, "2019-01-01", "2019-06-30"), bought("A", 10, "2019-07-01")])

    assert shares == [share("A", 10, 10, "2019-01-01")]


def test_abutting_purchases_with_other_places_are_two_shares() -> None:
    shares = team_shares([bought("A", 10, "2019-01-01", "2019-06-30"), bought("A", 20, "2019-07-01", "2019-07-01")])

    assert shares == [
        share("A", 10, 10, "2019-01-01", "2019-06-30"),
        share("A", 20, 20, "2019-07-01", "2019-07-01"),
    ]


def test_a_gap_between_purchases_keeps_shares_apart() -> None:
    shares = team_shares([bought("A", 10, "2019-01-01", "2019-01-31"), bought("A", 10, "2019-03-01", "2019-03-31")])

    assert [(each.first, each.last) for each in shares] == [
        stretch("2019-01-01", "2019-01-31"),
        stretch("2019-03-01", "2019-03-31"),
    ]


def test_teams_do_not_touch_each_other() -> None:
    shares = team_shares([bought("A", 1, "2019-01-01", team="T1"), bought("A", 9, "2019-01-01", team="T2")])

    assert shares == [share("A", 1, 1, "2019-01-01", team="T1"), share("A", 9, 9, "2019-01-01", team="T2")]


def test_no_purchases_no_shares() -> None:
    assert team_shares([]) == []
    assert purchased_stretches([]) == {}


def test_purchased_stretches_merge_over_buyers() -> None:
    purchases = [
        bought("B", 5, "2019-03-01", "2019-05-31"),
        bought("A", 5, "2019-01-01", "2019-03-31"),
        bought("A", 5, "2020-01-01"),
        bought("A", 5, "2019-01-01", "2019-01-31", team="T2"),
    ]

    assert purchased_stretches(purchases) == {
        "T": [stretch("2019-01-01", "2019-05-31"), stretch("2020-01-01")],
        "T2": [stretch("2019-01-01", "2019-01-31")],
    }


@st.composite
def purchases_of_teams(draw: st.DrawFn) -> list[Purchase]:
    """Draw purchases of two teams by three buyers; those of one buyer abut, leave gaps, never overlap."""
    return draw(
        st.permutations(
            [
                Purchase(team, buyer, first, last, draw(st.integers(1, 4)))
                for team in ("T1", "T2")
                for buyer in ("A", "B", "C")
                for first, last in draw(consecutive(at_most=3, gaps=True))
            ]
        )
    )


@settings(max_examples=150, deadline=None)
@given(purchases_of_teams())
def test_shares_of_every_day_are_what_was_bought_that_day(purchases: list[Purchase]) -> None:
    shares, stretches = team_shares(purchases), purchased_stretches(purchases)

    for each_day in [*WINDOW, FAR_AHEAD]:
        for team in ("T1", "T2"):
            held = {each.buyer: each.places for each in purchases if each.team == team and _holds(each, each_day)}
            parts = [each for each in shares if each.team == team and _holds(each, each_day)]
            assert {part.buyer: part.places for part in parts} == held
            assert len(parts) == len(held)
            assert sum(Fraction(part.places, part.all_places) for part in parts) == (1 if held else 0)
            assert bool(on(each_day, stretches.get(team, []))) is bool(held)


@settings(max_examples=150, deadline=None)
@given(purchases_of_teams())
def test_shares_are_as_few_as_can_be(purchases: list[Purchase]) -> None:
    shares = team_shares(purchases)

    for team, buyer in {(each.team, each.buyer) for each in shares}:
        own = [each for each in shares if (each.team, each.buyer) == (team, buyer)]
        for before, after in pairwise(own):
            assert before.last < after.first
            abut = before.last + timedelta(days=1) == after.first
            assert not (abut and before[4:] == after[4:])


def _holds(each: Purchase | TeamShare, on_day: date) -> bool:
    return Stretch(each.first, each.last).contains(on_day)
