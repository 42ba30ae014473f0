"""Chains: placements that continue one another, seen as one stay. In- and outflow and retention follow them.

A chain is joined by ``Placement.continues`` and read from the counting lines of the ledger. Its *first* and *last
counted day* are those of all lines credited to one employer, or to employers that became one by a merger: what goes
on at the successor has not left, and did not start there. A move to another employer is a departure at one and an
arrival at the other; another unit, other hours or another contract are neither. Members of purchased teams have no
chain at a buyer, who sees shares only.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from django.db import connection
from django.db.models import Case, F, IntegerField, QuerySet, Value, When
from django.db.models.expressions import RawSQL

from employers.models import Employer, OrgUnit
from placements.chain_sql import CLIMB, COLUMNS, ENDS, LINES, SPANS, chains, retained
from placements.counting.calendar import months_before
from placements.models import CountLine, Placement
from placements.moments import Moment
from placements.statements import Statement, half_year_of

#: After how many months it is asked who still counts.
MILESTONES = (6, 12, 18, 24)

#: What stands for the reason of a departure when none was recorded.
UNKNOWN = "onbekend"


class Flow(StrEnum):
    """What a chain can do in the year of a reference date, or by it; the values stand in addresses."""

    STARTED = "ingestroomd"
    LEFT = "uitgestroomd"


@dataclass(slots=True)
class Retention:
    """Of the ``started`` persons whose chain began at least so many months ago, ``kept`` still counted then."""

    started: int = 0
    kept: int = 0


@dataclass(slots=True)
class Flows:
    """What the chains of one employer or unit did; numbers of chains, and of persons for retention and ``ever``.

    ``started`` and ``left`` fall in the year of the reference date, of which ``started_by_now`` and the first number
    in ``left`` up to and including that date. ``left`` has two numbers per reason: by now, and in the whole year.
    """

    started: int = 0
    started_by_now: int = 0
    left: dict[str, tuple[int, int]] = field(default_factory=dict)
    retention: dict[int, Retention] = field(default_factory=lambda: {months: Retention() for months in MILESTONES})
    ever: int = 0

    @property
    def left_by_now(self) -> int:
        return sum(by_now for by_now, _ in self.left.values())

    @property
    def left_in_year(self) -> int:
        return sum(in_year for _, in_year in self.left.values())


class Chains:
    """The chains of some employers, or of a unit with everything below it, as known now under one regime."""

    def __init__(self, at: Moment, employers: Collection[int], unit: OrgUnit | None = None) -> None:
        """Look at the chains of these employers (keys) on a reference date; with a ``unit`` at its lines only."""
        self._at = at
        self._employers = employers
        self._unit = unit

    def flows(self) -> "dict[int, Flows]":
        """Return what happened, per employer; one query, and one more where employers ever merged."""
        found: defaultdict[int, Flows] = defaultdict(Flows)
        statement = self._statement(*MILESTONES)
        before = [months_before(self._at.day, months) for months in MILESTONES]
        statement.part("retained", retained(MILESTONES), _adapted([*before, before[0]]))
        for employer, kind, detail, number in statement.fetch(*self._questions()):
            if employer in self._employers:
                _add(found[employer], kind, detail, number)
        return found

    def stays_over_time(self, months: int) -> "list[tuple[int, str, int, int]]":
        """Return when persons had been gone or kept for so many months: rows of employer, kind, half-year and number.

        ``months`` are whole half-years.

        ``began`` counts persons in the half-year in which their first chain was so many months old, ``kept`` in that
        in which the first chain that still counted was; up to a half-year they add up to :attr:`Flows.retention` on
        its last day. A half-year is twice its year, and one more after June. One query, as :meth:`flows`.
        """
        statement = self._statement(months, so_far=True)
        statement.part(
            "firsts",
            "SELECT latest_employer AS employer, MIN(started) AS began, "  # noqa: S608  # own names only
            f"MIN(CASE WHEN kept_{int(months)} = 1 THEN started END) AS kept "
            "FROM chains WHERE started <= %s GROUP BY latest_employer, person",
            _adapted([months_before(self._at.day, months)]),
        )
        halves = months // 6  # the end of a month never falls into the next one, so this many half-years later
        sql = " UNION ALL ".join(
            f"SELECT employer, '{name}', {half_year_of(name)} + {int(halves)}, COUNT(*) FROM firsts "  # noqa: S608
            f"WHERE {name} IS NOT NULL GROUP BY 1, 3"
            for name in ("began", "kept")
        )
        return [row for row in statement.fetch(sql) if row[0] in self._employers]

    def placements(self, flow: Flow, *, reason: str | None = None) -> "QuerySet[Placement]":
        """Return one placement for each chain that is counted in a figure: the one it began or ended with.

        ``reason`` narrows departures to one reason, ``UNKNOWN`` to those without.
        """
        return self._chosen(*_which(flow, self._at.day, reason))

    def retained(self, months: int, *, kept: bool | None = None) -> "QuerySet[Placement]":
        """Return one placement for each person whose chain began at least so many months ago, kept after them or not.

        Someone with several such chains was kept when one of them still counted. ``None`` for all of them.
        """
        was_kept = f"kept_{int(months)}"
        order = f"{was_kept} DESC, started DESC, chain DESC"
        persons = (
            f"SELECT latest_placement AS placement, {was_kept} AS kept, "  # noqa: S608  # own names only
            f"ROW_NUMBER() OVER (PARTITION BY person ORDER BY {order}) AS place "
            f"FROM chains WHERE latest_employer IN ({self._marks}) AND started <= %s"
        )
        which = "" if kept is None else " AND kept = %s"
        values = [*self._employers, months_before(self._at.day, months), *([] if kept is None else [int(kept)])]
        sql = f"SELECT placement FROM ({persons}) persons WHERE place = 1{which}"  # noqa: S608
        return self._placements(sql, values, months)

    def ever(self) -> "QuerySet[Placement]":
        """Return one placement for each person who counted on any day up to the reference date: the latest."""
        persons = (
            "SELECT placement, "  # noqa: S608  # own names only
            "ROW_NUMBER() OVER (PARTITION BY person ORDER BY first_day DESC, placement DESC) AS place "
            f"FROM here WHERE employer IN ({self._marks}) AND first_day <= %s"
        )
        values = [*self._employers, self._at.day]
        return self._placements(f"SELECT placement FROM ({persons}) persons WHERE place = 1", values)  # noqa: S608

    def _chosen(self, column: str, employer: str, condition: str, values: Iterable[Any]) -> "QuerySet[Placement]":
        sql = f"SELECT {column} FROM chains WHERE {employer} IN ({self._marks}) AND {condition}"  # noqa: S608  # own names
        return self._placements(sql, [*self._employers, *values])

    def _placements(self, sql: str, values: Iterable[Any], *months: int) -> "QuerySet[Placement]":
        keys = RawSQL(*self._statement(*months).select(sql, _adapted(values)))  # noqa: S611
        return Placement.objects.filter(pk__in=keys)

    @property
    def _marks(self) -> str:
        return ", ".join(["%s"] * len(self._employers))

    def _statement(self, *months: int, so_far: bool = False) -> Statement:
        """Return the chains as a statement, with who was kept after so many months; ``so_far`` leaves out the future.

        Most chains are one line. Only of the others it is to be looked up in what line a day falls.
        """
        statement, lines = Statement(), self._lines()
        day, year = self._at.day, _year_of(self._at.day)
        before = [months_before(day, each) for each in months]
        if so_far:
            lines = lines.filter(first_day__lte=day)
        statement.rows("here", lines, list(COLUMNS))
        statement.part("climb (placement, at)", CLIMB)
        statement.part("lines", LINES)
        statement.part("ends", ENDS)
        statement.part("spans", SPANS, _adapted([day]))
        alone = [*year, day, day, *(value for each in before for value in (each, day))]
        statement.part("chains", chains(months), _adapted([*alone, *year, *before]))
        return statement

    def _lines(self) -> QuerySet:
        """Return the counting lines to look at, each with the place that employers share who merged."""
        lines = CountLine.objects.filter(regime=self._at.regime, counts=True)
        if self._unit:
            lines = lines.filter(unit__above__ancestor=self._unit).annotate(place=F("employer_id"))
        else:
            places = merged_into(self._employers)
            last = [When(employer=key, then=Value(place)) for key, place in places.items()]
            place = Case(*last, default=F("employer_id"), output_field=IntegerField())
            lines = lines.filter(employer__in={*self._employers, *places}).annotate(place=place)
        return lines.values_list(*COLUMNS.values())

    def _questions(self) -> tuple[str, list[Any]]:
        """Return what is asked of the chains: rows of employer, kind of figure, detail and number."""
        day, (first, last) = self._at.day, _year_of(self._at.day)
        questions: list[tuple[str, list[date]]] = [
            (
                "SELECT first_employer, CASE WHEN started <= %s THEN 'in' ELSE 'in_later' END, '', COUNT(*) "
                "FROM chains WHERE started BETWEEN %s AND %s GROUP BY 1, 2",
                [day, first, last],
            ),
            (
                "SELECT last_employer, CASE WHEN ended <= %s THEN 'out' ELSE 'out_later' END, reason, COUNT(*) "
                "FROM chains WHERE ended BETWEEN %s AND %s GROUP BY 1, 2, 3",
                [day, first, last],
            ),
            ("SELECT employer, 'ever', '', COUNT(DISTINCT person) FROM here WHERE first_day <= %s GROUP BY 1", [day]),
        ]
        for months in MILESTONES:
            for kind in ("began", "kept"):
                questions.append((f"SELECT employer, '{kind}', '{months}', {kind}_{months} FROM retained", []))  # noqa: S608
        sql = " UNION ALL ".join(sql for sql, _ in questions)
        return sql, _adapted(value for _, values in questions for value in values)


def merged_into(employers: Collection[int]) -> dict[int, int]:
    """Return every employer that became one with one of these by mergers → the last successor; one query.

    Employers that never merged are not among them.
    """
    successors = dict(Employer.objects.filter(successor__isnull=False).values_list("pk", "successor_id"))
    ends = {key: _end_of(key, successors) for key in {*successors, *successors.values()}}
    wanted = {ends.get(key, key) for key in employers}
    return {key: end for key, end in ends.items() if end in wanted}


def _end_of(key: int, successors: dict[int, int]) -> int:
    passed = {key}
    while (following := successors.get(key)) is not None and following not in passed:
        passed.add(following)
        key = following
    return key


def _year_of(day: date) -> tuple[date, date]:
    return date(day.year, 1, 1), date(day.year, 12, 31)


def _adapted(values: Iterable[Any]) -> list[Any]:
    """Return values as the database takes them."""
    adapt = connection.ops.adapt_datefield_value
    return [adapt(value) if isinstance(value, date) else value for value in values]


def _add(flows: Flows, kind: str, detail: str, number: int) -> None:
    """Add a row of the answer to the figures of its employer."""
    match kind:
        case "in" | "in_later":
            flows.started += number
            flows.started_by_now += number if kind == "in" else 0
        case "out" | "out_later":
            by_now, in_year = flows.left.get(detail or UNKNOWN, (0, 0))
            flows.left[detail or UNKNOWN] = (by_now + (number if kind == "out" else 0), in_year + number)
        case "ever":
            flows.ever = number
        case "began":
            flows.retention[int(detail)].started = number
        case "kept":
            flows.retention[int(detail)].kept = number


def _which(flow: Flow, day: date, reason: str | None) -> tuple[str, str, str, list[Any]]:
    """Return which placement of which chains a figure is about: columns and condition with its values."""
    first, last = _year_of(day)
    match flow:
        case Flow.STARTED:
            return "first_placement", "first_employer", "started BETWEEN %s AND %s", [first, last]
        case Flow.LEFT if reason is None:
            return "last_placement", "last_employer", "ended BETWEEN %s AND %s", [first, last]
        case Flow.LEFT:
            code = "" if reason == UNKNOWN else reason
            return "last_placement", "last_employer", "ended BETWEEN %s AND %s AND reason = %s", [first, last, code]
