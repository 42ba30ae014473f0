"""The eight rules, one by one, and the days on which they tip."""

from dataclasses import replace
from datetime import date

import pytest

from placements.counting.facts import (
    COUNTING_RULES,
    EXCLUDING_RULES,
    FOREVER,
    CountLine,
    Route,
    Rule,
)
from placements.counting.lines import count_lines, line_on
from tests.placements.counting.examples import (
    HOST,
    RECORD,
    TEAM,
    UNIT,
    day,
    lines_of,
    period,
    placement,
    stretch,
    version,
)

REGISTERED = (stretch("2013-01-01"),)
NEVER = ()
BOUGHT = (stretch("2018-01-01"),)
WITH, WITHOUT = True, False

RULE_TABLE = [
    # route, registered, purchased, procurement counts -> rule, employer, team
    ("beschut", REGISTERED, (), WITHOUT, Rule.SHELTERED_WORK, HOST, None),
    ("beschut", NEVER, (), WITH, Rule.SHELTERED_WORK, HOST, None),
    ("wsw_dienstverband", REGISTERED, (), WITHOUT, Rule.WSW_NOT_SECONDED, HOST, None),
    ("wsw_dienstverband", NEVER, (), WITH, Rule.WSW_NOT_SECONDED, HOST, None),
    ("inkoop", REGISTERED, (), WITHOUT, Rule.PROCUREMENT_NOT_COUNTED, HOST, None),
    ("inkoop", NEVER, (), WITHOUT, Rule.PROCUREMENT_NOT_COUNTED, HOST, None),
    ("inkoop", NEVER, (), WITH, Rule.NOT_REGISTERED, HOST, None),
    ("inkoop", REGISTERED, (), WITH, Rule.AT_HOST, HOST, None),
    ("detachering", NEVER, (), WITHOUT, Rule.NOT_REGISTERED, HOST, None),
    ("uitzend", NEVER, (), WITHOUT, Rule.NOT_REGISTERED, HOST, None),
    ("wsw_detachering", NEVER, (), WITHOUT, Rule.NOT_REGISTERED, HOST, None),
    ("dienstverband", NEVER, (), WITHOUT, Rule.NOT_REGISTERED, RECORD, None),
    ("traineeship", NEVER, (), WITHOUT, Rule.NOT_REGISTERED, RECORD, None),
    ("teaminkoop", NEVER, (), WITHOUT, Rule.NOT_REGISTERED, RECORD, None),
    ("teaminkoop", NEVER, BOUGHT, WITHOUT, Rule.NOT_REGISTERED, RECORD, None),
    ("teaminkoop", REGISTERED, (), WITHOUT, Rule.NOT_PURCHASED, RECORD, None),
    ("teaminkoop", REGISTERED, BOUGHT, WITHOUT, Rule.TEAM_SHARE, None, TEAM),
    ("teaminkoop", REGISTERED, BOUGHT, WITH, Rule.TEAM_SHARE, None, TEAM),
    ("detachering", REGISTERED, (), WITHOUT, Rule.AT_HOST, HOST, None),
    ("uitzend", REGISTERED, (), WITHOUT, Rule.AT_HOST, HOST, None),
    ("wsw_detachering", REGISTERED, (), WITHOUT, Rule.AT_HOST, HOST, None),
    ("dienstverband", REGISTERED, (), WITHOUT, Rule.AT_RECORD, RECORD, None),
    ("traineeship", REGISTERED, (), WITH, Rule.AT_RECORD, RECORD, None),
]


@pytest.mark.parametrize(("route", "registered", "purchased", "procurement", "rule", "employer", "team"), RULE_TABLE)
def test_first_rule_that_applies_decides(
    route: str, registered: tuple, purchased: tuple, procurement: bool, rule: Rule, employer: str, team: str
) -> None:
    (line,) = lines_of(
        placement(route),
        registrations=registered,
        purchased=purchased,
        versions=(version(procurement=procurement),),
    )

    assert (line.rule, line.employer, line.team) == (rule, employer, team)
    assert line.counts is (rule in COUNTING_RULES)
    assert line.reason == (rule.value if rule in EXCLUDING_RULES else "")
    assert (line.first, line.last, line.period, line.hours) == (date(2019, 1, 1), FOREVER, "p1", 3200)


def test_the_table_covers_every_route_and_every_rule() -> None:
    assert {row[0] for row in RULE_TABLE} == set(Route)
    assert {row[4] for row in RULE_TABLE} == set(Rule)
    assert [rule.line for rule in Rule] == list(range(1, 9))


@pytest.mark.parametrize(
    ("route", "record", "registered", "unit"),
    [
        ("detachering", RECORD, REGISTERED, UNIT),
        ("detachering", None, REGISTERED, UNIT),
        ("beschut", RECORD, REGISTERED, UNIT),
        ("inkoop", RECORD, NEVER, UNIT),
        ("dienstverband", HOST, REGISTERED, UNIT),
        ("dienstverband", RECORD, REGISTERED, None),
        ("dienstverband", RECORD, NEVER, None),
        ("dienstverband", HOST, NEVER, UNIT),
        ("teaminkoop", HOST, REGISTERED, UNIT),
    ],
)
def test_unit_only_at_the_employer_that_owns_it(route: str, record: str, registered: tuple, unit: str) -> None:
    (line,) = lines_of(placement(route, record=record), registrations=registered)

    assert line.unit == unit


def test_a_team_share_has_no_unit() -> None:
    (line,) = lines_of(placement("teaminkoop", record=HOST), purchased=BOUGHT)

    assert (line.team, line.unit) == (TEAM, None)


def test_a_period_without_unit_stays_without() -> None:
    (line,) = lines_of(placement("detachering", period("2019-01-01", unit=None)))

    assert line.unit is None


@pytest.mark.parametrize("route", ["dienstverband", "traineeship", "teaminkoop"])
def test_own_routes_need_an_employer_of_record(route: str) -> None:
    with pytest.raises(ValueError, match="outside partner"):
        lines_of(placement(route, record=None))


def test_a_team_purchase_needs_its_team_and_a_route_must_exist() -> None:
    with pytest.raises(ValueError, match="needs its team"):
        lines_of(replace(placement("teaminkoop"), team=None))
    with pytest.raises(ValueError, match="proefplaatsing"):
        lines_of(replace(placement("beschut"), route="proefplaatsing"))


def test_a_purchase_counts_on_both_its_days() -> None:
    lines = lines_of(
        placement("teaminkoop", period("2019-01-01", "2019-12-31")),
        purchased=(stretch("2018-01-01", "2019-01-31"), stretch("2019-06-10", "2019-06-20")),
    )

    assert [(line.first, line.last, line.rule) for line in lines] == [
        (*stretch("2019-01-01", "2019-01-31"), Rule.TEAM_SHARE),
        (*stretch("2019-02-01", "2019-06-09"), Rule.NOT_PURCHASED),
        (*stretch("2019-06-10", "2019-06-20"), Rule.TEAM_SHARE),
        (*stretch("2019-06-21", "2019-12-31"), Rule.NOT_PURCHASED),
    ]


def test_a_new_period_starts_a_new_line_and_a_gap_has_none() -> None:
    lines = lines_of(
        placement(
            "detachering",
            period("2019-09-01", key="p3", hours=1600),
            period("2019-01-01", "2019-05-31", key="p1"),
            period("2019-06-01", "2019-07-31", key="p2"),
        )
    )

    assert [(line.period, line.first, line.last, line.hours) for line in lines] == [
        ("p1", *stretch("2019-01-01", "2019-05-31"), 3200),
        ("p2", *stretch("2019-06-01", "2019-07-31"), 3200),
        ("p3", *stretch("2019-09-01"), 1600),
    ]


def test_a_period_of_one_day_has_a_line_of_one_day() -> None:
    (line,) = lines_of(placement("detachering", period("2020-02-29", "2020-02-29")))

    assert (line.first, line.last) == stretch("2020-02-29", "2020-02-29")


def test_a_new_version_that_changes_nothing_does_not_cut_a_line() -> None:
    versions = (version(first=day("2020-01-01")), version(last=day("2019-12-31")))
    (line,) = lines_of(placement("dienstverband"), versions=versions)

    assert (line.first, line.last) == (date(2019, 1, 1), FOREVER)


def test_a_new_version_cuts_where_the_verdict_changes() -> None:
    versions = (version(last=day("2019-12-31")), version(first=day("2020-01-01"), procurement=True))
    lines = lines_of(placement("inkoop"), versions=versions)

    assert [(line.first, line.last, line.rule) for line in lines] == [
        (*stretch("2019-01-01", "2019-12-31"), Rule.PROCUREMENT_NOT_COUNTED),
        (*stretch("2020-01-01"), Rule.AT_HOST),
    ]


@pytest.mark.parametrize("route", ["beschut", "dienstverband"])
def test_no_line_outside_the_versions(route: str) -> None:
    versions = (
        version(first=day("2019-03-01"), last=day("2019-03-31")),
        version(first=day("2019-05-01"), last=day("2019-05-31")),
    )
    lines = lines_of(placement(route), versions=versions)

    assert [(line.first, line.last) for line in lines] == [
        stretch("2019-03-01", "2019-03-31"),
        stretch("2019-05-01", "2019-05-31"),
    ]
    assert lines_of(placement(route), versions=()) == []


def test_line_on_a_day() -> None:
    lines = lines_of(placement("detachering", period("2019-01-01", "2019-01-31")))

    found = [line_on(lines, day(text)) for text in ("2018-12-31", "2019-01-01", "2019-01-31", "2019-02-01")]
    assert found == [None, lines[0], lines[0], None]


def test_keys_are_handed_back_as_they_came() -> None:
    facts = placement("detachering", period("2019-01-01"))
    (line,) = count_lines(facts, registrations=REGISTERED, return_kinds=(), purchased=(), versions=(version(),))

    assert line == CountLine(day("2019-01-01"), FOREVER, "p1", 3200, Rule.AT_HOST, HOST, None, UNIT)
