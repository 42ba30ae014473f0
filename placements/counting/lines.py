"""From the facts of one placement to its count lines: on which days it counts, for whom, and by which rule.

No function here looks at single days. A timeline of rules is cut from the stretches in the facts, and the
placement's periods are laid over it, so a contract without an end costs no more than one of a week.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from operator import attrgetter
from typing import NamedTuple

from placements.counting.calendar import FOREVER, ONE_DAY, ReturnKind, Stretch, merge, return_period
from placements.counting.facts import (
    CountLine,
    Key,
    PlacementFacts,
    RegimeVersion,
    RegistrationTest,
    ReturnKindFact,
    Route,
    Rule,
)

_AT_THE_HOST = frozenset(
    {
        Route.BESCHUT,
        Route.WSW_DIENSTVERBAND,
        Route.INKOOP,
        Route.DETACHERING,
        Route.UITZEND,
        Route.WSW_DETACHERING,
    }
)
"""Routes that are credited to, or shown at, the host; the others belong to the employer of record."""


class _Decision(NamedTuple):
    """Days on which one rule decides, whatever the placement period."""

    first: date
    last: date
    rule: Rule


def count_lines(
    placement: PlacementFacts,
    *,
    registrations: Sequence[Stretch],
    return_kinds: Sequence[ReturnKindFact],
    purchased: Sequence[Stretch],
    versions: Sequence[RegimeVersion],
) -> list[CountLine]:
    """Return the count lines of a placement in order of time, none outside the versions.

    `registrations` are all register periods of the person, whoever owns them, in any order.
    `return_kinds` belong to the employer of record; a day they leave out, and every day of an outside
    partner, is filed by the month. `purchased` are the days on which the placement's team has a purchase,
    merged (`shares.purchased_stretches`). `versions` are those of one regime; they do not overlap.

    Lines join where one rule goes on, also into a new version of the regime, but never over the end of a
    placement period.
    Raises ValueError when a route lacks the team or the employer it is credited to.
    """
    route = Route(placement.route)
    _refuse_uncreditable(route, placement)
    kinds = return_kinds if placement.record is not None else ()
    decisions: list[_Decision] = []
    for version in sorted(versions, key=attrgetter("first")):
        rule = _rule_whatever_registered(route, version)
        if rule is not None:
            decisions.append(_Decision(version.first, version.last, rule))
        else:
            covered = registered_days(registrations, return_kinds=kinds, test=version.registration_test)
            decisions.extend(_by_registration(route, version, covered, purchased))
    return _lay_periods_over(placement, route, _joined(decisions))


def line_on(lines: Iterable[CountLine], day: date) -> CountLine | None:
    """Return the line that holds on the day, or None when no placement period or no version does."""
    return next((line for line in lines if line.first <= day <= line.last), None)


def kind_on(return_kinds: Iterable[ReturnKindFact], day: date) -> ReturnKind:
    """Return how the wage return is filed on the day: by the month where no fact says otherwise."""
    return next(
        (ReturnKind(fact.kind) for fact in return_kinds if fact.first <= day <= fact.last),
        ReturnKind.MONTH,
    )


def registered_days(
    registrations: Iterable[Stretch], *, return_kinds: Iterable[ReturnKindFact], test: str
) -> list[Stretch]:
    """Return the days that count as registered, merged.

    With the test `return_period` a day counts as registered when some register period overlaps the
    wage-return period that contains the day, even by one day (Wfsv art. 38g lid 8). The kind of return on
    the day itself decides which period that is, and the period is taken whole, also where the employer
    changed its kind of return inside it.
    """
    if test == RegistrationTest.DAY:
        return merge(registrations)
    registrations = list(registrations)
    covered = []
    for segment in _kind_segments(return_kinds):
        for first, last in registrations:
            start = max(segment.first, return_period(segment.kind, first).first)
            end = min(segment.last, return_period(segment.kind, last).last)
            if start <= end:
                covered.append(Stretch(start, end))
    return merge(covered)


def _kind_segments(return_kinds: Iterable[ReturnKindFact]) -> list[ReturnKindFact]:
    """Return the kinds in order with every gap filled by months, from the first day there is to the last."""
    segments = []
    start = date.min
    for fact in sorted(return_kinds, key=attrgetter("first")):
        if start < fact.first:
            segments.append(ReturnKindFact(start, fact.first - ONE_DAY, ReturnKind.MONTH))
        segments.append(fact)
        if fact.last == FOREVER:
            return segments
        start = fact.last + ONE_DAY
    return [*segments, ReturnKindFact(start, FOREVER, ReturnKind.MONTH)]


def _refuse_uncreditable(route: Route, placement: PlacementFacts) -> None:
    """Refuse facts that would leave hours without an owner."""
    if route is Route.TEAMINKOOP and placement.team is None:
        raise ValueError("A placement by team purchase needs its team.")
    if route not in _AT_THE_HOST and placement.record is None:
        raise ValueError(f"A placement by {route} needs an employer of record, not an outside partner.")


def _rule_whatever_registered(route: Route, version: RegimeVersion) -> Rule | None:
    """Return the rule of lines 1 to 3, which come before the register, if one applies."""
    if route is Route.BESCHUT:
        return Rule.SHELTERED_WORK
    if route is Route.WSW_DIENSTVERBAND:
        return Rule.WSW_NOT_SECONDED
    if route is Route.INKOOP and not version.procurement_counts:
        return Rule.PROCUREMENT_NOT_COUNTED
    return None


def _by_registration(
    route: Route, version: RegimeVersion, covered: Sequence[Stretch], purchased: Sequence[Stretch]
) -> Iterator[_Decision]:
    """Yield the decisions of lines 4 to 8 on the days of one version."""
    counting = Rule.AT_HOST if route in _AT_THE_HOST else Rule.AT_RECORD
    for piece in _cut(version.first, version.last, covered, inside=counting, outside=Rule.NOT_REGISTERED):
        if route is Route.TEAMINKOOP and piece.rule is counting:
            yield from _cut(piece.first, piece.last, purchased, inside=Rule.TEAM_SHARE, outside=Rule.NOT_PURCHASED)
        else:
            yield piece


def _cut(first: date, last: date, cover: Sequence[Stretch], *, inside: Rule, outside: Rule) -> Iterator[_Decision]:
    """Cut a stretch in consecutive pieces inside and outside a merged cover."""
    for start, end in cover:
        if end < first:
            continue
        if start > last:
            break
        if start > first:
            yield _Decision(first, start - ONE_DAY, outside)
            first = start
        if end >= last:
            yield _Decision(first, last, inside)
            return
        yield _Decision(first, end, inside)
        first = end + ONE_DAY
    yield _Decision(first, last, outside)


def _joined(decisions: Iterable[_Decision]) -> list[_Decision]:
    """Join decisions that follow each other to the day and rest on the same rule."""
    joined: list[_Decision] = []
    for decision in decisions:
        before = joined[-1] if joined else None
        if before and before.rule is decision.rule and before.last + ONE_DAY == decision.first:
            joined[-1] = _Decision(before.first, decision.last, decision.rule)
        else:
            joined.append(decision)
    return joined


def _lay_periods_over(placement: PlacementFacts, route: Route, decisions: Sequence[_Decision]) -> list[CountLine]:
    """Return a line for every stretch that a placement period and a decision share."""
    shown_at = placement.host if route in _AT_THE_HOST else placement.record
    lines = []
    for period in sorted(placement.periods, key=attrgetter("first")):
        for first, last, rule in decisions:
            if last < period.first or first > period.last:
                continue
            employer, team = (None, placement.team) if rule is Rule.TEAM_SHARE else (shown_at, None)
            lines.append(
                CountLine(
                    max(first, period.first),
                    min(last, period.last),
                    period.key,
                    period.hours,
                    rule,
                    employer,
                    team,
                    _unit(period.unit, employer, placement.host),
                )
            )
    return lines


def _unit(unit: Key | None, employer: Key | None, host: Key) -> Key | None:
    """Return the unit only where the employer owns it: every unit of a placement is the host's."""
    return unit if employer is not None and employer == host else None
