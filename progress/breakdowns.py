"""What an adviser sees broken down: permanent contracts, and who stayed for a year. As counts, before protection.

Per employer two numbers that are each other's rest: with a permanent contract and without, still there after twelve
months and gone. Sectors and the country are the sums of their employers: a member of a team is one placement at every
buyer, as in ``counted``, and who leaves one employer for another was no longer there.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Any

from django.db.models import BooleanField, Case, Count, F, IntegerField, QuerySet, TextField, Value, When

from employers.models import Employer
from placements.chains import Chains
from placements.counting.calendar import ONE_DAY
from placements.models import ContractKind, CountLine
from placements.moments import Moment

#: After how many months it is asked who stayed.
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Pair:
    """A part and its rest."""

    part: int = 0
    rest: int = 0

    @property
    def whole(self) -> int:
        return self.part + self.rest

    def __add__(self, other: "Pair") -> "Pair":
        return Pair(self.part + other.part, self.rest + other.rest)


NOTHING = Pair()


@dataclass(frozen=True, slots=True)
class Contracts:
    """Placements that count with a permanent contract, and the rest; and how many persons each is surely about."""

    placements: Pair = NOTHING
    persons: Pair = NOTHING


@dataclass(frozen=True, slots=True)
class Found:
    """Contracts of employers by key, and how many persons the sums of them are surely about.

    The sums are those of each sector, by code, and under ``""`` that of all together. Persons do not add up: somebody
    may work at several employers, and members of a team are at every buyer.
    """

    employers: Mapping[int, Contracts]
    persons: Mapping[str, Pair]


def contracts_on(at: Moment, employers: Collection[int]) -> Found:
    """Return them; one query. Employers and sectors without counting placements are left out."""
    lines = CountLine.objects.on(at.day, at.regime.pk).filter(counts=True)
    queries: list[QuerySet[Any]] = []
    for path, more in (("employer", {}), ("team__shares__buyer", _share_days(at))):
        holds = {f"{path}__facts__first_day__lte": at.day, f"{path}__facts__last_day__gte": at.day}
        here = lines.filter(**{f"{path}__in": employers}, **holds, **more)
        nobody, nowhere = Value(0, IntegerField()), Value("", TextField())
        for key, code in ((F(f"{path}_id"), nowhere), (nobody, F(f"{path}__facts__sector__code")), (nobody, nowhere)):
            queries.append(_grouped(here, key, code))
    found: dict[tuple[int, str], list[tuple[bool, int, int]]] = defaultdict(list)
    for key, code, permanent, number, people in queries[0].union(*queries[1:], all=True):
        found[key, code].append((bool(permanent), number, people))
    return Found(
        {key: _contracts(rows) for (key, _), rows in found.items() if key},
        {code: _contracts(rows).persons for (key, code), rows in found.items() if not key},
    )


def _share_days(at: Moment) -> dict[str, date]:
    return {"team__shares__first_day__lte": at.day, "team__shares__last_day__gte": at.day}


def _contracts(rows: Sequence[tuple[bool, int, int]]) -> Contracts:
    """Add placements up; somebody may be there both directly and in a team, so of persons the most in one of them."""
    numbers = {kind: [row for row in rows if row[0] is kind] for kind in (True, False)}
    placements = Pair(*(sum(number for _, number, _ in numbers[kind]) for kind in (True, False)))
    persons = Pair(*(max((people for _, _, people in numbers[kind]), default=0) for kind in (True, False)))
    return Contracts(placements, persons)


def _grouped(lines: QuerySet, key: F | Value, code: F | Value) -> "QuerySet[Any]":
    permanent = Case(
        When(period__contract_kind=ContractKind.PERMANENT, then=Value(True)),
        default=Value(False),
        output_field=BooleanField(),
    )
    grouped = lines.order_by().values(key=key, code=code, permanent=permanent)
    return grouped.annotate(number=Count("*"), people=Count("person", distinct=True)).values_list(
        "key", "code", "permanent", "number", "people"
    )


def stays_until(at: Moment, employers: Collection[int]) -> tuple[range, Mapping[int, Sequence[Pair]]]:
    """Return who had stayed for a year and who had not, per employer, at the end of every half-year up to ``at``.

    The half-years from the first in which there was anyone, each as twice its year, and one more after June; the last
    one ends on ``at``, which is the end of a half-year. Two queries at most.
    """
    rows = Chains(at, employers).stays_over_time(MONTHS)
    last = half_year(at.day)
    halves = range(min((half for _, _, half, _ in rows), default=last), last + 1)
    steps: dict[int, dict[str, dict[int, int]]] = defaultdict(lambda: {"began": {}, "kept": {}})
    for employer, kind, half, number in rows:
        steps[employer][kind][half] = number
    found = {}
    for employer, kinds in steps.items():
        began, kept = (list(accumulate(kinds[kind].get(half, 0) for half in halves)) for kind in ("began", "kept"))
        found[employer] = [Pair(stayed, whole - stayed) for whole, stayed in zip(began, kept, strict=True)]
    return halves, found


def told_in_parts(employers: Collection[int], halves: range) -> dict[int, int]:
    """Return of how many of these half-years the pairs of an employer were told by those that merged into it.

    One query. Employers that nobody merged into are left out.
    """
    rows = Employer.objects.filter(successor__in=employers).values_list("successor_id", "last_day")
    found: dict[int, int] = {}
    for key, last_day in rows:
        if last_day and key:
            ended = half_year(last_day + ONE_DAY)  # the last one to end by then is the one before
            found[key] = max(found.get(key, 0), ended - halves.start)
    return found


def half_year(day: date) -> int:
    """Return the half-year of a day as a number: twice the year, and one more after June."""
    return day.year * 2 + (day.month > 6)
