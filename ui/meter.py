"""The target meter: realised against target as a bar of inline SVG, told in a sentence as well."""

from dataclasses import dataclass
from fractions import Fraction

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from ui import dutch


@dataclass
class Meter:
    """Realised against target, with (when known) what is expected and where one should be today.

    All numbers share one unit; ``heads`` says that it is one of people or places, each whole where it can be.
    Without a target there is nothing to measure and only the number shows.
    """

    value: Fraction
    target: Fraction | None
    unit: str = "banen"
    expected: Fraction | None = None
    expected_label: str = "verwacht op 31 december"
    on_track: Fraction | None = None
    on_track_label: str = "op schema vandaag"
    heads: bool = False

    def __html__(self) -> SafeString:
        return render_to_string("ui/meter.html", {"meter": self})

    __str__ = __html__

    @property
    def share(self) -> Fraction | None:
        """Return realised / target as a fraction; ``None`` without a target above zero."""
        return Fraction(self.value) / Fraction(self.target) if self.target and self.target > 0 else None

    @property
    def description(self) -> str:
        """Return the whole meter in one sentence."""
        if self.share is None:
            return f"{self._text(self.value)} {self.unit}, geen streefcijfer"
        parts = [f"{self._text(self.value)} van {self._text(self.target)} {self.unit}, {dutch.percent(self.share)}"]
        if self.expected is not None:
            parts.append(f"{self.expected_label} {self._text(self.expected)}")
        if self.on_track is not None:
            parts.append(f"{self.on_track_label} {self._text(self.on_track)}")
        return "; ".join(parts)

    @property
    def bars(self) -> dict[str, str]:
        """Return widths and places in percent of the bar, which ends at the largest number shown."""
        shown = [Fraction(n) for n in (self.value, self.target, self.expected, self.on_track) if n is not None]
        full = max([*shown, Fraction(1, 1000)])

        def place(number: Fraction | None) -> str:
            return _percentage(Fraction(number or 0), full)

        grows = self.expected is not None and self.expected > self.value
        return {
            "value": place(self.value),
            "expected": place(Fraction(self.expected or 0) - Fraction(self.value)) if grows else "",
            "on_track": place(self.on_track) if self.on_track is not None else "",
            "target": place(self.target) if self.target is not None and self.target < full else "",
        }

    @property
    def fall(self) -> dict[str, str] | None:
        """Return place and width, in percent of what is realised, of the part that is expected to go."""
        if self.expected is None or self.expected >= self.value or self.value <= 0:
            return None
        left = max(Fraction(0), Fraction(self.expected))
        value = Fraction(self.value)
        return {"x": _percentage(left, value), "width": _percentage(value - left, value)}

    @property
    def texts(self) -> dict[str, str]:
        """Return the numbers as they are shown."""
        return {name: self._text(getattr(self, name)) for name in ("value", "expected", "on_track", "target")}

    def _text(self, value: Fraction | None) -> str:
        return dutch.heads(value) if self.heads else dutch.number(value, 1)


def _percentage(part: Fraction, whole: Fraction) -> str:
    return f"{float(max(Fraction(0), part / whole)) * 100:.2f}%"
