"""Whatever the facts, the lines say for every day what a count of that one day says."""

from datetime import date, timedelta
from functools import cache
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from placements.counting.facts import (
    PeriodFact,
    PlacementFacts,
    RegimeVersion,
    ReturnKindFact,
    Route,
    Stretch,
)
from placements.counting.lines import count_lines
from tests.placements.counting.naive import days_of_return_period
from tests.placements.counting.strategies import FAR_AHEAD, WINDOW, consecutive, on


@st.composite
def facts(draw: st.DrawFn) -> dict:
    """Draw everything the lines of one placement depend on."""
    route = draw(st.sampled_from(Route))
    own = route in (Route.DIENSTVERBAND, Route.TRAINEESHIP, Route.TEAMINKOOP)
    record = draw(st.sampled_from(["host", "other"] if own else ["host", "other", None]))
    periods = tuple(
        PeriodFact(number, first, last, draw(st.sampled_from([50, 2550, 3200])), draw(st.sampled_from([None, "unit"])))
        for number, (first, last) in enumerate(draw(consecutive(at_most=4, gaps=True)))
    )
    kinds = [
        ReturnKindFact(first, last, draw(st.sampled_from(["maand", "vier_weken"])))
        for first, last in draw(consecutive(at_most=3, gaps=True))
    ]
    versions = [
        RegimeVersion(first, last, draw(st.booleans()), draw(st.sampled_from(["return_period", "day"])))
        for first, last in draw(consecutive(at_most=3, gaps=False))
    ]
    registrations = draw(consecutive(at_most=3, gaps=True)) + draw(consecutive(at_most=2, gaps=True))
    return {
        "placement": PlacementFacts(route, "host", record, periods, "team" if route == Route.TEAMINKOOP else None),
        "registrations": draw(st.permutations(registrations)),
        "return_kinds": draw(st.permutations(kinds)),
        "purchased": draw(consecutive(at_most=3, gaps=True)),
        "versions": draw(st.permutations(versions)),
    }


@cache
def return_period_by_day(kind: str, day: date) -> Stretch:
    days = days_of_return_period(kind, day)
    return Stretch(min(days), max(days))


def counted_on(day: date, placement, registrations, return_kinds, purchased, versions) -> tuple | None:
    """Return what the rules say of this one day: period, hours, rule, employer, team and unit."""
    period, regime = on(day, placement.periods), on(day, versions)
    if period is None or regime is None:
        return None
    asked = Stretch(day, day)
    if regime.registration_test == "return_period":
        fact = on(day, return_kinds) if placement.record else None
        asked = return_period_by_day(fact.kind if fact else "maand", day)
    registered = any(each.first <= asked.last and asked.first <= each.last for each in registrations)
    route, host, record = placement.route, placement.host, placement.record
    at_host = route not in ("dienstverband", "traineeship", "teaminkoop")
    if route == "beschut":
        rule, employer = "sheltered_work", host
    elif route == "wsw_dienstverband":
        rule, employer = "wsw_not_seconded", host
    elif route == "inkoop" and not regime.procurement_counts:
        rule, employer = "procurement_not_counted", host
    elif not registered:
        rule, employer = "not_registered", host if at_host else record
    elif route == "teaminkoop":
        bought = on(day, purchased)
        rule, employer = ("team_share", None) if bought else ("not_purchased", record)
    else:
        rule, employer = ("at_host", host) if at_host else ("at_record", record)
    team = placement.team if rule == "team_share" else None
    return period.key, period.hours, rule, employer, team, period.unit if employer == host else None


@settings(max_examples=300, deadline=None)
@given(facts())
def test_lines_equal_a_count_day_by_day(given_facts: dict) -> None:
    lines = count_lines(**given_facts)

    for day in [*WINDOW, FAR_AHEAD]:
        line = on(day, lines)
        said = line and (line.period, line.hours, line.rule.value, line.employer, line.team, line.unit)
        assert said == counted_on(day, **given_facts)


@settings(max_examples=300, deadline=None)
@given(facts())
def test_lines_follow_each_other_and_are_as_few_as_can_be(given_facts: dict) -> None:
    lines = count_lines(**given_facts)

    assert all(line.first <= line.last for line in lines)
    for before, after in pairwise(lines):
        assert before.last < after.first
        abut = before.last + timedelta(days=1) == after.first
        assert not (abut and before[2:] == after[2:])


@settings(max_examples=200, deadline=None)
@given(facts())
def test_lines_cover_the_period_days_inside_the_versions_and_no_others(given_facts: dict) -> None:
    def days(stretches: list) -> set[date]:
        return {day for day in [*WINDOW, FAR_AHEAD] if on(day, stretches)}

    assert days(count_lines(**given_facts)) == days(given_facts["placement"].periods) & days(given_facts["versions"])
