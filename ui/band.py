"""A band of stretches of days, as inline SVG: what holds from when to when at a glance. The words stand beside it.

Colours come from the stylesheet by class; what does not count is drawn lower, so that nothing is told by colour alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

#: Measures of the drawing in its own units; it is stretched to the width there is.
WIDTH, HEIGHT, LOW = 1000, 24, 12


class Part(NamedTuple):
    """A stretch of days with a tone (``success`` is drawn full); both days belong to it."""

    first: date
    last: date
    tone: str


class Box(NamedTuple):
    """A part as drawn."""

    x: float
    y: int
    width: float
    height: int
    tone: str


@dataclass(frozen=True, slots=True)
class Band:
    """Parts between two days; what lies outside is cut off."""

    description: str
    first: date
    last: date
    parts: Sequence[Part]

    def __html__(self) -> SafeString:
        return render_to_string("ui/band.html", {"band": self, "width": WIDTH, "height": HEIGHT})

    __str__ = __html__

    def boxes(self) -> list[Box]:
        """Return the parts with anything to draw, each at least a hair wide."""
        days = (self.last - self.first).days + 1
        found = []
        for part in self.parts:
            first, last = max(part.first, self.first), min(part.last, self.last)
            if first > last:
                continue
            x = WIDTH * (first - self.first).days / days
            width = WIDTH * ((last - first).days + 1) / days
            full = part.tone == "success"
            y, height = (0, HEIGHT) if full else (HEIGHT - LOW, LOW)
            found.append(Box(round(x, 1), y, round(max(width, 1), 1), height, part.tone))
        return found
