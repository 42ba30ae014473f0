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
from placements.models import CountLine, Placement
from placements.moments import Moment
from placements.statements import Statement, half_year_of, months_later

#: After how many months it is asked who still counts.
MILESTONES = (6, 12, 18, 24)

#: What stands for the reason of a departure when none was recorded.
UNKNOWN = "onbekend"

#: What is read of a line, and its name in the statement.
_COLUMNS = {
    "placement": "placement_id",
    "person": "person_id",
    "first_day": "first_day",
    "last_day": "last_day",
    "place": "place",
    "employer": "employer_id",
    "reason": "period__end_reason",
    "period_last": "period__last_day",
}


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
        for employer, kind, detail, number in self._statement().fetch(*self._questions()):
            if employer in self._employers:
                _add(found[employer], kind, detail, number)
        return found

    def stays_over_time(self, months: int) -> "list[tuple[int, str, int, int]]":
        """Return when persons had been gone or kept for so many months: rows of employer, kind, half-year and number.

        ``began`` counts persons in the half-year in which their first chain was so many months old, ``kept`` in that
        in which the first chain that still counted was; up to a half-year they add up to :attr:`Flows.retention` on
        its last day. A half-year is twice its year, and one more after June. One query, as :meth:`flows`.
        """
        after, kept = f"after_{int(months)}", f"kept_{int(months)}"
        firsts = (
            f"SELECT latest_employer AS employer, MIN({after}) AS began, "  # noqa: S608  # own names only
            f"MIN(CASE WHEN {kept} = 1 THEN {after} END) AS kept "
            f"FROM chains WHERE {after} <= %s GROUP BY latest_employer, person"
        )
        sql = " UNION ALL ".join(
            f"SELECT employer, '{name}', {half_year_of(name)}, COUNT(*) FROM ({firsts}) {name}_first "  # noqa: S608
            f"WHERE {name} IS NOT NULL GROUP BY 1, 3"
            for name in ("began", "kept")
        )
        rows = self._statement().fetch(sql, _adapted([self._at.day] * 2))
        return [row for row in rows if row[0] in self._employers]

    def placements(self, flow: Flow, *, reason: str | None = None) -> "QuerySet[Placement]":
        """Return one placement for each chain that is counted in a figure: the one it began or ended with.

        ``reason`` narrows departures to one reason, ``UNKNOWN`` to those without.
        """
        return self._chosen(*_which(flow, self._at.day, reason))

    def retained(self, months: int, *, kept: bool | None = None) -> "QuerySet[Placement]":
        """Return one placement for each person whose chain began at least so many months ago, kept after them or not.

        Someone with several such chains was kept when one of them still counted. ``None`` for all of them.
        """
        after, was_kept = f"after_{int(months)}", f"kept_{int(months)}"
        order = f"{was_kept} DESC, started DESC, chain DESC"
        persons = (
            f"SELECT latest_placement AS placement, {was_kept} AS kept, "  # noqa: S608  # own names only
            f"ROW_NUMBER() OVER (PARTITION BY person ORDER BY {order}) AS place "
            f"FROM chains WHERE latest_employer IN ({self._marks}) AND {after} <= %s"
        )
        which = "" if kept is None else " AND kept = %s"
        values = [*self._employers, self._at.day, *([] if kept is None else [int(kept)])]
        return self._placements(f"SELECT placement FROM ({persons}) persons WHERE place = 1{which}", values)  # noqa: S608

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

    def _placements(self, sql: str, values: Iterable[Any]) -> "QuerySet[Placement]":
        keys = RawSQL(*self._statement().select(sql, _adapted(values)))  # noqa: S611
        return Placement.objects.filter(pk__in=keys)

    @property
    def _marks(self) -> str:
        return ", ".join(["%s"] * len(self._employers))

    def _statement(self) -> Statement:
        statement = Statement()
        statement.rows("here", self._lines(), list(_COLUMNS))
        statement.part("climb (placement, at)", _CLIMB)
        statement.part("spans", _SPANS, _adapted([self._at.day]))
        statement.part("chains", _chains())
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
        return lines.values_list(*_COLUMNS.values())

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
            for kind, condition in (("began", ""), ("kept", f"AND kept_{months} = 1")):
                count = f"SELECT latest_employer, '{kind}', '{months}', COUNT(DISTINCT person)"
                questions.append((f"{count} FROM chains WHERE after_{months} <= %s {condition} GROUP BY 1", [day]))
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


#: Climbs from each placement that continues another to the one its chain begins with.
_CLIMB = """
    SELECT id, continues_id FROM placements_placement
    WHERE continues_id IS NOT NULL AND id IN (SELECT placement FROM here)
    UNION
    SELECT climb.placement, earlier.continues_id
    FROM climb JOIN placements_placement earlier ON earlier.id = climb.at
    WHERE earlier.continues_id IS NOT NULL
"""

#: Every line with the chain and place it belongs to, and the chain's first and last counted day there.
_SPANS = """
    SELECT here.*, COALESCE(roots.root, here.placement) AS chain,
        MIN(first_day) OVER chain AS started,
        MAX(last_day) OVER chain AS ended,
        MAX(CASE WHEN first_day <= %s THEN first_day END) OVER chain AS latest
    FROM here
    LEFT JOIN (
        SELECT climb.placement AS below, climb.at AS root
        FROM climb JOIN placements_placement top ON top.id = climb.at
        WHERE top.continues_id IS NULL
    ) roots ON roots.below = here.placement
    WINDOW chain AS (PARTITION BY COALESCE(roots.root, here.placement), here.place)
"""


def _chains() -> str:
    """Return SQL for one row per chain and place."""
    at_ends = ", ".join(
        f"MAX(CASE WHEN {day} = {edge} THEN {column} END) AS {name}_{column}"
        for name, day, edge in (
            ("first", "first_day", "started"),
            ("last", "last_day", "ended"),
            ("latest", "first_day", "latest"),
        )
        for column in ("placement", "employer")
    )
    milestones = ", ".join(
        f"{after} AS after_{months}, "
        f"MAX(CASE WHEN first_day <= {after} AND last_day >= {after} THEN 1 ELSE 0 END) AS kept_{months}"
        for months in MILESTONES
        for after in [months_later("started", months)]
    )
    reason = "MAX(CASE WHEN last_day = ended AND period_last = ended THEN reason ELSE '' END)"
    return (
        f"SELECT chain, place, started, ended, MIN(person) AS person, {reason} AS reason, {at_ends}, {milestones} "  # noqa: S608  # own names only
        "FROM spans GROUP BY chain, place, started, ended"
    )
