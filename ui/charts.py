"""Line and step charts: figures as inline SVG, each with its text and table.

Pure geometry in, presentation attributes out; colours come from the stylesheet by class, so that
light, dark and print follow. Nothing is told by colour alone: dashes and words say the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.text import slugify

from ui import dutch

Kind = Literal["line", "area", "forecast", "step", "level"]
STEPS = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Series:
    """One line. ``area`` fills the ground under it and ``forecast`` is dashed.

    ``step`` holds until the next day, ``level`` has held since the day before. A point without a value breaks the line.
    """

    label: str
    points: Sequence[tuple[date, Fraction | float | int | None]]
    kind: Kind = "line"


@dataclass(frozen=True, slots=True)
class Frame:
    """The drawing's measures in its own units: text stays readable because narrow screens get their own."""

    name: str
    width: int
    height: int
    left: int = 58
    right: int = 12
    top: int = 20
    bottom: int = 26

    @property
    def plot_bottom(self) -> int:
        return self.height - self.bottom

    @property
    def plot_right(self) -> int:
        return self.width - self.right


WIDE = Frame("wide", 760, 260)
NARROW = Frame("narrow", 340, 230, left=54, right=8)


#: Days from which on a chart names years, no months.
MONTHLY = 730


def nice_step(top: float, lines: int = 4) -> Fraction:
    """Return a round distance (1, 2 or 5 × a power of ten) that divides 0…top in about ``lines`` parts."""
    if top <= 0:
        return Fraction(1)
    power = Fraction(1)
    rough = Fraction(top) / lines
    while power * 10 <= rough:
        power *= 10
    while power > rough:
        power /= 10
    return next((power * step for step in STEPS if power * step >= rough), power * 10)


@dataclass
class Chart:
    """A line chart over days: title and description for who can't see it, a table for who wants the numbers."""

    title: str
    description: str
    series: Sequence[Series]
    unit: str = ""
    decimals: int = 1
    #: The values are people or places: whole where they are, whatever ``decimals`` says.
    heads: bool = False
    marker: tuple[date, str] | None = None
    table_label: str = "Toon als tabel"
    #: The lowest and the highest mark there is, where values are marks on a scale of whole numbers.
    scale: tuple[int, int] | None = None
    #: Name the days of the points themselves: they are few and far apart, as half-years are.
    by_day: bool = False

    def __html__(self) -> SafeString:
        return render_to_string("ui/chart.html", {"chart": self, "drawings": self.drawings()})

    __str__ = __html__

    @property
    def key(self) -> str:
        """Return a name for ids on the page: two charts on one page need different titles."""
        return slugify(self.title)

    @property
    def is_empty(self) -> bool:
        return not any(value is not None for series in self.series for _, value in series.points)

    def days(self) -> list[date]:
        """Return every day that has a value, in order."""
        return sorted({day for series in self.series for day, _ in series.points})

    def rows(self) -> list[tuple[date, list[str]]]:
        """Return the table under the chart: a day and each series' value, a dash where it has none."""
        columns = [dict(series.points) for series in self.series]
        return [(day, [self._text(values.get(day)) for values in columns]) for day in self.days()]

    def _text(self, value: Fraction | float | int | None) -> str:
        return dutch.heads(value) if self.heads else dutch.number(value, self.decimals)

    def drawings(self) -> list["Drawing"]:
        return [] if self.is_empty else [Drawing(self, WIDE), Drawing(self, NARROW)]


class Drawing:
    """The chart worked out for one frame."""

    def __init__(self, chart: Chart, frame: Frame) -> None:
        self.frame = frame
        self.by_day = chart.by_day
        self.days = days = chart.days()
        self.first, self.last = days[0], days[-1]
        values = [float(value) for series in chart.series for _, value in series.points if value is not None]
        highest, lowest = max(0.0, *values), min(0.0, *values)
        self.step = nice_step(highest - lowest)
        self.bottom = self.step * (Fraction(lowest) // self.step)
        self.top = max(self.step * -(-Fraction(highest) // self.step), self.bottom + self.step)
        if chart.scale is not None:
            self.step, self.bottom, self.top = Fraction(1), Fraction(chart.scale[0]), Fraction(chart.scale[1])
        self.lines = [(series, self._path(series), self._area(series)) for series in chart.series if series.points]
        self.marker = self._marker(chart.marker)

    @property
    def name(self) -> str:
        return self.frame.name

    @property
    def number_x(self) -> int:
        return self.frame.left - 8

    @property
    def years_y(self) -> int:
        return self.frame.height - 8

    def x(self, day: date) -> float:
        span = (self.last - self.first).days or 1
        width = self.frame.plot_right - self.frame.left
        return round(self.frame.left + width * (day - self.first).days / span, 1)

    def y(self, value: Fraction | float | int) -> float:
        height = self.frame.plot_bottom - self.frame.top
        return round(self.frame.plot_bottom - height * float(value - self.bottom) / float(self.top - self.bottom), 1)

    def grid(self) -> list[tuple[float, str, bool]]:
        """Return the horizontal lines: height, the number beside it, and whether it is the line of zero."""
        decimals = 0 if self.step >= 1 else 1
        first, last = int(self.bottom / self.step), int(self.top / self.step)
        values = [self.step * index for index in range(first, last + 1)]
        return [(self.y(value), dutch.number(value, decimals), not value) for value in values]

    @property
    def anchor(self) -> str:
        """Return which part of a mark's text stands at its place."""
        return "middle" if self.by_day else "start"

    def marks(self) -> list[tuple[float, str]]:
        """Return where each year starts or, in less than two years, each month; as many as have room.

        By day, the days themselves, the last one always.
        """
        if self.by_day:
            return self._named_days()
        if (self.last - self.first).days >= MONTHLY:
            return self.years()
        room, count = 66, (self.last.year - self.first.year) * 12 + self.last.month - self.first.month
        every = max(1, -(-(count + 1) * room // (self.frame.plot_right - self.frame.left)))
        months = [divmod(self.first.month - 1 + step, 12) for step in range(0, count + 1, every)]
        days = [max(date(self.first.year + years, month + 1, 1), self.first) for years, month in months]
        marks = [(self.x(day), f"{dutch.SHORT_MONTHS[day.month - 1]} {day.year}") for day in days]
        if len(marks) > 1 and marks[1][0] - marks[0][0] < room:
            del marks[0]  # a first month of which only the last days are drawn
        return [(x, text) for x, text in marks if x <= self.frame.plot_right - room + 8]

    def _named_days(self) -> list[tuple[float, str]]:
        room, inside = 66, self.frame.width - 30  # half a text
        found: list[tuple[float, str]] = []
        for day in reversed(self.days):
            x = min(self.x(day), inside)
            if not found or found[-1][0] - x >= room:
                found.append((x, f"{dutch.SHORT_MONTHS[day.month - 1]} {day.year}"))
        return found[::-1]

    def years(self) -> list[tuple[float, str]]:
        """Return where each year starts, leaving years out where they would touch."""
        years = range(self.first.year, self.last.year + 1)
        room = 44
        every = max(1, -(-len(years) * room // (self.frame.plot_right - self.frame.left)))
        marks = [(self.x(max(date(year, 1, 1), self.first)), str(year)) for year in years[::every]]
        if len(marks) > 1 and marks[1][0] - marks[0][0] < room:
            del marks[0]  # a first year of which only the last days are drawn
        return [(x, text) for x, text in marks if x <= self.frame.plot_right - room / 2 + 8]

    def _path(self, series: Series) -> str:
        parts: list[str] = []
        drawn = False
        for day, value in series.points:
            if value is not None:
                x, y = self.x(day), self.y(value)
                ways = {"step": f"H{x}V{y}", "level": f"V{y}H{x}"}
                parts.append(ways.get(series.kind, f"L{x} {y}") if drawn else f"M{x} {y}")
            drawn = value is not None
        return "".join(parts)

    def _area(self, series: Series) -> str:
        if series.kind != "area":
            return ""
        first, last = self.x(series.points[0][0]), self.x(series.points[-1][0])
        return f"{self._path(series)}L{last} {self.y(0)}H{first}Z"

    def _marker(self, marker: tuple[date, str] | None) -> dict[str, object] | None:
        if not marker or not self.first <= marker[0] <= self.last:
            return None
        x = self.x(marker[0])
        anchor = "end" if x > self.frame.width / 2 else "start"
        return {
            "x": x,
            "top": self.frame.top - 12,
            "text": marker[1],
            "anchor": anchor,
            "text_x": x - 5 if anchor == "end" else x + 5,
            "text_y": self.frame.top - 4,
        }
