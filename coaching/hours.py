"""What coaching costs in hours: per coach and month of a year, and per month since someone's first day.

Minutes are added up in the database; what is added here are the few sums it gives, into the totals of a table.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Count, DateField, Exists, F, Min, OuterRef, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce, ExtractDay, ExtractMonth, ExtractYear, Least
from django.db.models.lookups import LessThan

from coaching.models import Assignment, CheckIn, JobCoach
from coaching.querysets.chains import BegunOn
from employers.models import Employer
from placements.models import Placement, PlacementPeriod
from ui import dutch
from ui.bars import BarChart

if TYPE_CHECKING:
    from accounts.models import User

#: Months since the first day that the curve shows.
MONTHS_SHOWN = 24


@dataclass(frozen=True, slots=True)
class Line:
    """A coach's minutes per month, January first. ``key`` leads to the coach; empty for totals and who is unknown."""

    name: str
    key: str
    months: list[int]

    @property
    def total(self) -> int:
        return sum(self.months)

    @property
    def hours(self) -> list[str]:
        """The months and the total in hours with one decimal; a dash for none."""
        shown = [*self.months, self.total]
        return [dutch.number(Fraction(minutes, 60), 1) if minutes else dutch.MISSING for minutes in shown]


@dataclass(frozen=True, slots=True)
class Year:
    """The minutes of a year: of contacts and, apart from them, of travel. ``known`` are the coaches one may open."""

    year: int
    sums: list[dict[str, Any]]
    known: frozenset[str]

    def lines(self, what: str) -> list[Line]:
        """Return a line for each coach, by name; ``what`` is ``minutes`` or ``travel``."""
        lines: dict[str, Line] = {}
        for cell in self.sums:
            key = str(cell["coach"])
            line = lines.setdefault(key, Line(cell["name"], key if key in self.known else "", [0] * 12))
            line.months[cell["month"] - 1] = cell[what]
        return list(lines.values())

    def totals(self, what: str) -> Line:
        """Return the line under all others."""
        lines = self.lines(what)
        return Line("Samen", "", [sum(line.months[month] for line in lines) for month in range(12)])


def years_of(user: "User", employer: Employer, today: date) -> list[int]:
    """Return the years from the first recorded contact up to this one, latest first."""
    first = _contacts(user, employer).order_by().aggregate(first=Min("day"))["first"]
    return list(range(today.year, (first.year if first else today.year) - 1, -1))


def year_of(user: "User", employer: Employer, year: int) -> Year:
    """Return the minutes of a year at an employer, per coach and month; two queries."""
    rows = _contacts(user, employer).filter(day__gte=date(year, 1, 1), day__lte=date(year, 12, 31)).order_by()
    coach = "assignment__coach__"
    grouped = rows.annotate(month=ExtractMonth("day")).values(
        "month", coach=F(f"{coach}uuid"), name=F(f"{coach}name"), folded=F(f"{coach}name_folded")
    )
    sums: QuerySet[Any, Any] = grouped.annotate(
        minutes=Sum("minutes"), travel=Sum("travel_minutes"), contacts=Count("pk")
    )
    known = JobCoach.objects.visible_to(user).of_employer(employer.pk).values_list("uuid", flat=True)
    return Year(year, list(sums.order_by("folded", "coach", "month")), frozenset(map(str, known)))


def file_rows(of: Year) -> Iterable[Sequence[Any]]:
    """Yield a row for each coach and month: the same sums as on the page, in minutes."""
    for cell in of.sums:
        yield of.year, cell["month"], cell["name"], cell["contacts"], cell["minutes"], cell["travel"]


FILE_HEADER = ("jaar", "maand", "coach", "gesprekken", "minuten", "reisminuten")


# --- the curve ----------------------------------------------------------------------------------------


def curve(user: "User", employer: Employer, today: date) -> list[tuple[int, Fraction]]:
    """Return for each month since the first day the mean minutes of coaching per person who was coached in it.

    A placement that continues another one goes on counting its months. It counts in the months in which somebody
    coached it, also when nothing was recorded then. Two queries.
    """
    minutes = _minutes_by_month(user, employer)
    spans = _coached_months(user, employer, today)
    found = []
    for month in range(1, MONTHS_SHOWN + 1):
        people = sum(span["number"] for span in spans if span["begun"] <= month <= span["ended"])
        if people:
            found.append((month, Fraction(minutes.get(month, 0), people)))
    return found


def chart(points: list[tuple[int, Fraction]]) -> BarChart:
    """Return the curve as a chart."""
    told = ""
    if points:
        (first, most), (last, least) = points[0], points[-1]
        told = f"Van {dutch.number(most)} minuten in maand {first} naar {dutch.number(least)} in maand {last}."
    return BarChart(
        title="Minuten begeleiding per persoon",
        description=told,
        heading="Maand sinds de eerste dag",
        value_heading="Minuten per persoon",
        bars=[(str(month), value) for month, value in points],
    )


def _minutes_by_month(user: "User", employer: Employer) -> dict[int, int]:
    rows = _contacts(user, employer).filter(assignment__placement__isnull=False).order_by()
    rows = rows.annotate(start=_start("assignment__placement")).annotate(nth=_nth_month("day"))
    return dict(rows.values("nth").annotate(total=Sum("minutes")).values_list("nth", "total"))


def _coached_months(user: "User", employer: Employer, today: date) -> list[dict[str, int]]:
    """Return from which month to which, since the first day, how many placements were coached."""
    coached = Assignment.objects.filter(placement=OuterRef("pk"), first_day__lte=today)
    latest = coached.order_by(F("last_day").desc(nulls_first=True)).values("last_day")[:1]
    day = DateField()
    rows = (
        Placement.objects.visible_to(user)
        .of_employer(employer.pk)
        .filter(Exists(coached))
        .annotate(
            start=_start("pk", "continues"),
            coached_from=Subquery(coached.order_by("first_day").values("first_day")[:1]),
            coached_until=Least(Coalesce(Subquery(latest), Value(today, day)), Value(today, day)),
        )
        .annotate(begun=_nth_month("coached_from"), ended=_nth_month("coached_until"))
    )
    return list(rows.order_by().values("begun", "ended").annotate(number=Count("pk")))


def _contacts(user: "User", employer: Employer) -> "QuerySet[CheckIn]":
    """Return what was recorded at an employer, led by its assignments: else every contact of a year is read."""
    here = Assignment.objects.of_employer(employer.pk).order_by().values("pk")
    return CheckIn.objects.visible_to(user).filter(assignment__in=here)


def _start(placement: str, before: str = "") -> Case:
    """Return the first day of the work that the placement at this path is part of; few continue an earlier one."""
    periods = PlacementPeriod.objects.filter(placement=OuterRef(placement)).order_by("first_day")
    first = Subquery(periods.values("first_day")[:1])
    begins_here = When(**{f"{before or f'{placement}__continues'}__isnull": True}, then=first)
    return Case(begins_here, default=BegunOn(placement))


def _nth_month(day: str) -> Any:
    """Return in which month since ``start`` a day lies, 1 for the first; a month begins on the day of the first one."""
    months = (ExtractYear(day) - ExtractYear("start")) * 12 + ExtractMonth(day) - ExtractMonth("start") + 1
    unfinished = LessThan(ExtractDay(day), ExtractDay("start"))
    return months - Case(When(unfinished, then=Value(1)), default=Value(0))
