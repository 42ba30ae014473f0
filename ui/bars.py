"""A bar chart over steps that are no days (month 1, 2, 3 …): inline SVG with its text and its table.

As with :mod:`ui.charts` colours come from the stylesheet by class, and every number stands in the table under it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.text import slugify

from ui import dutch
from ui.charts import NARROW, WIDE, Frame, nice_step

#: Room for the label under a bar, in units of the drawing.
_LABEL = 26
#: Share of its place that a bar takes.
_FULL = 0.7


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar as drawn; without ``label`` there was no room for one."""

    x: float
    y: float
    width: float
    height: float
    middle: float
    label: str


@dataclass
class BarChart:
    """Bars in order: title and description for who can't see them, a table for who wants the numbers."""

    title: str
    description: str
    heading: str
    value_heading: str
    bars: Sequence[tuple[str, Fraction | float | int]]
    decimals: int = 0
    table_label: str = "Toon als tabel"

    def __html__(self) -> SafeString:
        return render_to_string("ui/bars.html", {"chart": self, "drawings": self.drawings()})

    __str__ = __html__

    @property
    def key(self) -> str:
        """Return a name for ids on the page."""
        return slugify(self.title)

    @property
    def is_empty(self) -> bool:
        return not any(value for _, value in self.bars)

    def rows(self) -> list[tuple[str, str]]:
        """Return the table under the chart."""
        return [(label, dutch.number(value, self.decimals)) for label, value in self.bars]

    def drawings(self) -> list["BarDrawing"]:
        return [] if self.is_empty else [BarDrawing(self, WIDE), BarDrawing(self, NARROW)]


class BarDrawing:
    """The chart worked out for one frame."""

    def __init__(self, chart: BarChart, frame: Frame) -> None:
        self.frame = frame
        self.name = frame.name
        self.number_x = frame.left - 8
        self.labels_y = frame.height - 8
        highest = max(float(value) for _, value in chart.bars)
        self.step = nice_step(highest)
        self.top = self.step * max(1, -(-Fraction(highest) // self.step))
        place = (frame.plot_right - frame.left) / len(chart.bars)
        every = max(1, -(-_LABEL // int(place or 1)))
        self.bars = [
            self._bar(index, place, float(value), label if index % every == 0 else "")
            for index, (label, value) in enumerate(chart.bars)
        ]

    def grid(self) -> list[tuple[float, str]]:
        """Return the horizontal lines: height and the number beside it."""
        decimals = 0 if self.step >= 1 else 1
        values = [self.step * index for index in range(int(self.top / self.step) + 1)]
        return [(self._y(float(value)), dutch.number(value, decimals)) for value in values]

    def _y(self, value: float) -> float:
        height = self.frame.plot_bottom - self.frame.top
        return round(self.frame.plot_bottom - height * value / float(self.top), 1)

    def _bar(self, index: int, place: float, value: float, label: str) -> Bar:
        left = self.frame.left + index * place
        y = self._y(value)
        return Bar(
            x=round(left + place * (1 - _FULL) / 2, 1),
            y=y,
            width=round(place * _FULL, 1),
            height=round(self.frame.plot_bottom - y, 1),
            middle=round(left + place / 2, 1),
            label=label,
        )
