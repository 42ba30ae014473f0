"""Chains of placements: in- and outflow and retention, against a count day by day and by hand."""

import calendar
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from employers.models import Employer
from placements.chains import MILESTONES, UNKNOWN, Chains, Flow, merged_into
from placements.counting.calendar import FOREVER
from placements.models import CountLine, Placement, PlacementPeriod
from placements.models.regime import STATUTORY
from placements.moments import moment
from tests.factories import CandidateFactory, EmployerFactory, OrgUnitFactory, PlacementFactory

DAYS = st.dates(date(2017, 1, 1), date(2020, 12, 31))


class Stretch(NamedTuple):
    """A counting line: whose, where, from, until, and what it continues (an index, or None)."""

    person: int
    employer: int
    first: date
    last: date
    continues: int | None
    reason: str


@st.composite
def stretches(draw: st.DrawFn) -> list[Stretch]:
    found: list[Stretch] = []
    for index in range(draw(st.integers(1, 7))):
        before = draw(st.one_of(st.none(), st.integers(0, index - 1))) if index else None
        first = draw(DAYS)
        last = draw(st.one_of(st.just(FOREVER), st.integers(0, 900).map(lambda n, day=first: day + timedelta(n))))
        person = found[before].person if before is not None else draw(st.integers(0, 2))
        reason = draw(st.sampled_from(["", "uitval", "beter_passend"]))
        found.append(Stretch(person, draw(st.integers(0, 2)), first, last, before, reason))
    return found


def months_after(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


class Naive:
    """The same figures, worked out one chain at a time. Employer 1 went up in employer 0."""

    def __init__(self, found: list[Stretch], day: date) -> None:
        self.day = day
        groups: dict[tuple[int, bool], list[Stretch]] = {}
        for index, stretch in enumerate(found):
            groups.setdefault((self._root(found, index), stretch.employer == 2), []).append(stretch)
        self.groups = list(groups.values())
        self.all = found

    def _root(self, found: list[Stretch], index: int) -> int:
        while (before := found[index].continues) is not None:
            index = before
        return index

    def started(self, employer: int) -> int:
        firsts = [min(group, key=lambda each: each.first) for group in self.groups]
        return sum(
            first.first.year == self.day.year and employer in self._at(group, first.first, "first")
            for group, first in zip(self.groups, firsts, strict=True)
        )

    def left(self, employer: int) -> int:
        lasts = [max(each.last for each in group) for group in self.groups]
        return sum(
            last.year == self.day.year and max(self._at(group, last, "last")) == employer
            for group, last in zip(self.groups, lasts, strict=True)
        )

    def _at(self, group: list[Stretch], day: date, edge: str) -> set[int]:
        return {max(each.employer for each in group if getattr(each, edge) == day)}

    def retention(self, employer: int, months: int) -> tuple[int, int]:
        began, kept = set(), set()
        for group in self.groups:
            milestone = months_after(min(each.first for each in group), months)
            begun = [each.first for each in group if each.first <= self.day]
            if milestone > self.day or max(self._at(group, max(begun), "first")) != employer:
                continue
            began.add(group[0].person)
            if any(each.first <= milestone <= each.last for each in group):
                kept.add(group[0].person)
        return len(began), len(kept)


class ChainsAgainstNaive(TestCase):
    def setUp(self) -> None:
        self.employers = EmployerFactory.create_batch(3)
        into, gone = self.employers[0], self.employers[1]
        Employer.objects.filter(pk=gone.pk).update(successor=into, last_day=date(2019, 12, 31))
        self.employers.sort(key=lambda employer: employer.pk)
        self.people = [CandidateFactory(owner=self.employers[0]) for _ in range(3)]

    def store(self, found: list[Stretch]) -> None:
        regime = moment(date(2019, 1, 1), STATUTORY).regime
        CountLine.objects.all().delete()
        Placement.objects.all().delete()
        made: list[Placement] = []
        for index, stretch in enumerate(found):
            candidate, host = self.people[stretch.person], self.employers[stretch.employer]
            before = made[stretch.continues] if stretch.continues is not None else None
            placement = Placement.objects.create(
                code=f"P{index}", candidate=candidate, host=host, route="dienstverband", continues=before
            )
            made.append(placement)
            period = PlacementPeriod.objects.create(
                placement=placement,
                hours=Decimal(24),
                contract_kind="tijdelijk",
                job_title="Gastheer",
                first_day=stretch.first,
                last_day=None if stretch.last == FOREVER else stretch.last,
                end_reason="" if stretch.last == FOREVER else stretch.reason,
            )
            CountLine.objects.create(
                regime=regime,
                placement=placement,
                period=period,
                person=candidate.person,
                first_day=stretch.first,
                last_day=stretch.last,
                counts=True,
                rule="at_record",
                employer=host,
                hours=2400,
            )

    @given(found=stretches(), day=DAYS)
    def test_the_same_as_one_chain_at_a_time(self, found: list[Stretch], day: date) -> None:
        self.store(found)
        naive = Naive(found, day)
        chains = Chains(moment(day, STATUTORY), [employer.pk for employer in self.employers])
        flows = chains.flows()
        for index, employer in enumerate(self.employers):
            figures = flows[employer.pk]
            assert figures.started == naive.started(index)
            assert figures.left_in_year == naive.left(index)
            for months in MILESTONES:
                retention = figures.retention[months]
                assert (retention.started, retention.kept) == naive.retention(index, months)
            ever = {each.person for each in found if each.employer == index and each.first <= day}
            assert figures.ever == len(ever)
            mine = Chains(moment(day, STATUTORY), [employer.pk])
            assert mine.placements(Flow.STARTED).count() == figures.started
            assert mine.placements(Flow.LEFT).count() == figures.left_in_year
            by_reason = {reason: mine.placements(Flow.LEFT, reason=reason).count() for reason in figures.left}
            assert by_reason == {reason: number for reason, (_, number) in figures.left.items()}


pytestmark = pytest.mark.django_db


def flows_of(employer: Employer, day: date, **more: Any) -> Any:
    return Chains(moment(day, STATUTORY), [employer.pk], **more).flows()[employer.pk]


def period(first: date, last: date | None = None, **more: Any) -> dict[str, Any]:
    return {f"period__{name}": value for name, value in {"first_day": first, "last_day": last, **more}.items()}


def test_a_contract_that_is_continued_is_no_departure() -> None:
    employer = EmployerFactory()
    first = PlacementFactory(host=employer, seconded_in=True, **period(date(2024, 3, 1), date(2025, 2, 28)))
    PlacementFactory(host=employer, candidate=first.candidate, continues=first, **period(date(2025, 3, 1)))
    flows = flows_of(employer, date(2025, 12, 31))
    assert (flows.started, flows.left_in_year) == (0, 0)
    assert flows.retention[12].kept == 1
    assert flows_of(employer, date(2024, 12, 31)).started == 1


def test_a_move_to_another_employer_is_a_departure_and_an_arrival() -> None:
    old, new = EmployerFactory(), EmployerFactory()
    reason = {"end_reason": "beter_passend"}
    first = PlacementFactory(host=old, **period(date(2024, 3, 1), date(2025, 2, 28), **reason))
    PlacementFactory(host=new, candidate=first.candidate, continues=first, **period(date(2025, 3, 1)))
    assert flows_of(old, date(2025, 6, 30)).left == {"beter_passend": (1, 1)}
    assert flows_of(new, date(2025, 6, 30)).started_by_now == 1


def test_what_is_known_to_come_falls_in_the_year_and_is_told_apart() -> None:
    employer = EmployerFactory()
    PlacementFactory(host=employer, **period(date(2025, 9, 1), date(2025, 11, 30)))
    flows = flows_of(employer, date(2025, 6, 30))
    assert (flows.started, flows.started_by_now) == (1, 0)
    assert flows.left == {UNKNOWN: (0, 1)}


@pytest.mark.parametrize(
    ("start", "end", "day", "expected"),
    [
        (date(2024, 8, 31), date(2025, 2, 28), date(2025, 3, 1), (1, 1)),  # six months later is 28 February
        (date(2024, 8, 31), date(2025, 2, 27), date(2025, 3, 1), (1, 0)),
        (date(2024, 8, 31), None, date(2025, 2, 27), (0, 0)),
        (date(2024, 8, 31), None, date(2025, 2, 28), (1, 1)),
        (date(2023, 8, 31), date(2024, 2, 29), date(2024, 2, 29), (1, 1)),  # a leap year
    ],
)
def test_months_end_where_the_calendar_does(
    start: date, end: date | None, day: date, expected: tuple[int, int]
) -> None:
    employer = EmployerFactory()
    PlacementFactory(host=employer, **period(start, end))
    retention = flows_of(employer, day).retention[6]
    assert (retention.started, retention.kept) == expected


def test_a_unit_has_chains_of_its_own() -> None:
    employer = EmployerFactory()
    top = OrgUnitFactory(employer=employer)
    below, other = OrgUnitFactory(employer=employer, parent=top), OrgUnitFactory(employer=employer)
    PlacementFactory(host=employer, **period(date(2025, 2, 1), unit=below))
    PlacementFactory(host=employer, **period(date(2025, 2, 1), unit=other))
    assert flows_of(employer, date(2025, 6, 30)).started == 2
    assert flows_of(employer, date(2025, 6, 30), unit=top).started == 1


def test_who_came_along_with_a_merger_has_not_left_and_did_not_start() -> None:
    gone, into = EmployerFactory(), EmployerFactory()
    first = PlacementFactory(host=gone, **period(date(2023, 1, 1), date(2024, 12, 31)))
    Employer.objects.filter(pk=gone.pk).update(last_day=date(2024, 12, 31), successor=into)
    PlacementFactory(host=into, candidate=first.candidate, continues=first, **period(date(2025, 1, 1)))
    assert flows_of(gone, date(2024, 12, 31)).left == {}
    flows = flows_of(into, date(2025, 6, 30))
    assert flows.started == 0
    assert (flows.retention[24].started, flows.retention[24].kept) == (1, 1)


def test_mergers_one_after_another_are_one_place() -> None:
    first, second, third, alone = EmployerFactory.create_batch(4)
    Employer.objects.filter(pk=first.pk).update(last_day=date(2020, 12, 31), successor=second)
    Employer.objects.filter(pk=second.pk).update(last_day=date(2022, 12, 31), successor=third)
    places = merged_into([second.pk, alone.pk])
    assert Counter(places) == Counter({key.pk: third.pk for key in (first, second, third)})


def test_two_queries_for_any_number_of_employers() -> None:
    employers = EmployerFactory.create_batch(3)
    for employer in employers:
        PlacementFactory(host=employer)
    at = moment(date(2025, 6, 30), STATUTORY)
    with CaptureQueriesContext(connection) as queries:
        Chains(at, [employer.pk for employer in employers]).flows()
    assert len(queries) == 2
