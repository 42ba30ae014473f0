"""Decisions about days, parties and endings, held against a day-by-day look where that is possible."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placements.counting.calendar import FOREVER, Stretch
from placements.rules import (
    Closing,
    Ending,
    Parties,
    Situation,
    Step,
    closing,
    day_faults,
    ending,
    gaps,
    hours_faults,
    makes_circle,
    next_step,
    overlapping,
    parties_faults,
    stretch,
    unbroken,
)

START = date(2026, 1, 1)


def day(number: int) -> date:
    return START + timedelta(days=number)


def days(first: int, last: int | None) -> Stretch:
    return stretch(day(first), None if last is None else day(last))


#: Short stretches near each other, so that they meet, touch and miss.
stretches = st.tuples(st.integers(0, 20), st.integers(0, 6)).map(lambda pair: days(pair[0], pair[0] + pair[1]))


def days_in(some: list[Stretch]) -> set[int]:
    return {number for number in range(40) for one in some if one.contains(day(number))}


@st.composite
def disjoint(draw) -> list[tuple[int, Stretch]]:
    """Stretches that never overlap, each with a key; the last one may run on."""
    found, start = [], 0
    for key in range(draw(st.integers(0, 4))):
        first = start + draw(st.integers(0, 3))
        last = first + draw(st.integers(0, 4))
        found.append((key, days(first, last)))
        start = last + 1
    if found and draw(st.booleans()):
        key, last_one = found[-1]
        found[-1] = (key, Stretch(last_one.first, FOREVER))
    return found


@pytest.mark.parametrize(
    ("first", "last", "fields"),
    [
        (date(2026, 1, 1), None, set()),
        (date(2026, 1, 1), date(2026, 1, 1), set()),
        (date(2026, 1, 2), date(2026, 1, 1), {"last_day"}),
        (date(1899, 12, 31), None, {"first_day"}),
        (date(1900, 1, 1), date(2199, 12, 31), set()),
        (date(2200, 1, 1), date(2200, 1, 2), {"first_day", "last_day"}),
        (date(2026, 1, 1), date(9999, 12, 31), {"last_day"}),
    ],
)
def test_days_lie_between_1900_and_2199_and_end_after_they_begin(first, last, fields):
    assert set(day_faults(first, last)) == fields


@given(new=stretches, others=disjoint())
def test_a_stretch_overlaps_exactly_when_it_shares_a_day(new, others):
    sharing = [key for key, other in others if days_in([new]) & days_in([other])]
    assert overlapping(new, others) == (sharing[0] if sharing else None)


@given(disjoint())
def test_gaps_are_the_days_between_that_belong_to_nothing(others):
    some = [one for _, one in others]
    inside = days_in(some)
    between = set(range(min(inside), max(inside))) - inside if inside else set()
    assert days_in(gaps(some)) == between


@given(new=stretches, others=disjoint())
def test_a_change_ends_the_running_period_and_loses_no_day(new, others):
    before = days_in([one for _, one in others])
    verdict = closing(new, others)
    if verdict.blocks is not None:
        assert verdict.closes is None
        return
    kept = [Stretch(one.first, new.first - timedelta(days=1)) if key == verdict.closes else one for key, one in others]
    assert not days_in(kept) & days_in([new])
    assert before <= days_in([*kept, new])


@pytest.mark.parametrize(
    ("others", "new", "verdict"),
    [
        ([], days(10, None), Closing()),
        ([(1, days(0, None))], days(10, None), Closing(closes=1)),
        ([(1, days(0, 30))], days(10, 30), Closing(closes=1)),
        ([(1, days(0, 30))], days(10, None), Closing(closes=1)),
        ([(1, days(0, 30))], days(10, 20), Closing(blocks=1)),
        ([(1, days(0, None))], days(10, 20), Closing(blocks=1)),
        ([(1, days(10, None))], days(10, None), Closing(blocks=1)),
        ([(1, days(0, 5))], days(10, None), Closing()),
        ([(1, days(0, 12)), (2, days(15, None))], days(10, None), Closing(blocks=2)),
        ([(1, days(0, 12)), (2, days(15, None))], days(10, 14), Closing(closes=1)),
    ],
)
def test_how_a_change_fits_between_the_periods(others, new, verdict):
    assert closing(new, others) == verdict


@pytest.mark.parametrize(
    ("hours", "right"),
    [("0", False), ("0.01", True), ("-4", False), ("60", True), ("60.01", False), ("25.505", False), ("80", False)],
)
def test_hours_lie_above_0_and_are_60_at_most(hours, right):
    assert (not hours_faults(Decimal(hours))) is right


OWN, HOST, PARTNER, TEAM = "own", "host", "partner", "team"


@pytest.mark.parametrize(
    ("parties", "fields"),
    [
        (Parties(route="dienstverband", host=HOST), set()),
        (Parties(route="dienstverband", host=HOST, named=OWN), set()),
        (Parties(route="dienstverband", host=HOST, partner=PARTNER), {"partner"}),
        (Parties(route="traineeship", host=HOST, partner=PARTNER), {"partner"}),
        (Parties(route="detachering", host=HOST, partner=PARTNER), set()),
        (Parties(route="uitzend", host=HOST, named=OWN, partner=PARTNER), {"partner"}),
        (Parties(route="inkoop", host=HOST, team=TEAM, team_employer=HOST), {"team"}),
        (Parties(route="teaminkoop", host=HOST), {"team"}),
        (Parties(route="teaminkoop", host=HOST, team=TEAM, team_employer=HOST), set()),
        (Parties(route="teaminkoop", host=HOST, team=TEAM, team_employer=OWN), {"host"}),
        (Parties(route="teaminkoop", host=HOST, team=TEAM, team_employer=HOST, named=OWN), {"employer_of_record"}),
        (Parties(route="teaminkoop", host=HOST, team=TEAM, team_employer=HOST, partner=PARTNER), {"partner"}),
    ],
)
def test_the_parties_fit_the_route(parties, fields):
    assert set(parties_faults(parties)) == fields


@pytest.mark.parametrize(
    ("parties", "record", "writer"),
    [
        (Parties(route="dienstverband", host=HOST), HOST, HOST),
        (Parties(route="detachering", host=HOST, named=OWN), OWN, OWN),
        (Parties(route="detachering", host=HOST, partner=PARTNER), None, HOST),
        (Parties(route="teaminkoop", host=HOST, team=TEAM, team_employer=HOST), HOST, HOST),
    ],
)
def test_the_employer_of_record_writes_and_the_host_for_a_partner(parties, record, writer):
    assert (parties.record, parties.contract_writer) == (record, writer)


@pytest.mark.parametrize(
    ("start", "after", "circle"),
    [
        ("a", {}, False),
        ("a", {"a": "mine"}, True),
        ("a", {"a": "b", "b": "c", "c": None}, False),
        ("a", {"a": "b", "b": "mine", "mine": None}, True),
        ("mine", {}, True),
        ("a", {"a": "b", "b": "a"}, False),
    ],
)
def test_a_chain_never_comes_back_to_its_start(start, after, circle):
    assert makes_circle(start, after, mine="mine") is circle


@pytest.mark.parametrize(
    ("periods", "start", "last"),
    [
        ([days(0, None)], 0, 0),
        ([days(0, 10), days(11, 20), days(21, None)], 0, 2),
        ([days(0, 10), days(11, 20), days(22, None)], 0, 1),
        ([days(0, 10), days(12, None)], 0, 0),
        ([days(0, 10), days(12, 20), days(21, None)], 1, 2),
    ],
)
def test_a_contract_goes_on_past_renewals_on_the_next_day(periods, start, last):
    assert unbroken(periods, start) == last


RUNNING = Situation(
    today=day(0), starts=day(-10), ends=None, has_reason=False, goes_on=False, registered=True, unit_missing=False
)
SOON, LATER = day(56), day(57)


@pytest.mark.parametrize(
    ("changes", "step"),
    [
        ({}, None),
        ({"registered": False, "unit_missing": True}, Step.REGISTER),
        ({"lapses": SOON, "ends": SOON}, Step.REGISTER),
        ({"lapses": LATER}, None),
        ({"starts": day(3), "lapses": day(3)}, Step.REGISTER),
        ({"ends": SOON}, Step.DECIDE),
        ({"ends": LATER}, None),
        ({"ends": SOON, "goes_on": True}, None),
        ({"ends": SOON, "has_reason": True}, None),
        ({"ends": day(-1)}, Step.REASON),
        ({"unit_missing": True}, Step.UNIT),
        ({"starts": day(3), "unit_missing": True}, None),
    ],
)
def test_the_most_urgent_step_is_the_one_to_do(changes, step):
    assert next_step(replace(RUNNING, **changes)) is step


@pytest.mark.parametrize(
    ("last_day", "expected"),
    [
        (5, Ending(1, (2, 3))),
        (0, Ending(1, (2, 3))),
        (11, Ending(None, (2, 3))),
        (12, Ending(2, (3,))),
        (40, Ending(3)),
    ],
)
def test_an_end_falls_in_the_period_that_runs_then(last_day, expected):
    periods = [(1, days(0, 10)), (2, days(12, 20)), (3, days(21, None))]
    assert ending(day(last_day), periods) == expected


def test_an_end_before_the_beginning_meets_only_plans():
    assert ending(day(0), [(1, days(3, None))]) == Ending(None, (1,))
