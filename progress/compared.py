"""The end of the year without and with what somebody considers, line by line: on the page and in its file."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from placements.counting.figures import Exact, TargetUnit
from progress import wording
from progress.figures import Figures
from ui import dutch

#: What a line is a number of, beside the units of targets.
HOURS, PERCENT = "uren", "procent"


@dataclass(frozen=True, slots=True)
class Compared:
    """A figure of the year's end without and with what is asked, exactly; ``unit`` is what it is a number of."""

    label: str
    unit: str
    before: Exact
    after: Exact

    @property
    def before_text(self) -> str:
        return self._text(self.before)

    @property
    def after_text(self) -> str:
        return self._text(self.after)

    @property
    def difference(self) -> Fraction:
        return Fraction(self.after) - Fraction(self.before)

    @property
    def difference_text(self) -> str:
        if self.unit == PERCENT:
            return f"{dutch.signed(self.difference, 1)} procentpunt"
        return wording.signed(self.difference, self.unit) if self.unit != HOURS else dutch.signed(self.difference, 2)

    @property
    def cells(self) -> list[Decimal]:
        """Return both figures and the difference, rounded as they are shown."""
        return [
            dutch.rounded(each, 2 if self.unit == HOURS else 1) for each in (self.before, self.after, self.difference)
        ]

    def _text(self, value: Exact) -> str:
        if self.unit == PERCENT:
            return dutch.percent(Fraction(value) / 100)
        return wording.amount(value, self.unit) if self.unit != HOURS else dutch.number(value, 2)


def compared(base: Figures, then: Figures, *, with_target: bool) -> list[Compared]:
    """Return what changes; the target only where the employer steers by one."""
    rows = [
        Compared("Banen", TargetUnit.JOBS, base.jobs, then.jobs),
        Compared("Personen", TargetUnit.PERSONS, base.persons, then.persons),
        Compared("Uren per week", HOURS, base.hours, then.hours),
    ]
    return [*rows, *_against_target(base, then)] if with_target else rows


def _against_target(base: Figures, then: Figures) -> list[Compared]:
    """Return the lines about the target: what is realised of it, in percent, and what is still to go."""
    aim = base.target
    if aim is None or base.realised is None or then.realised is None or base.gap is None or then.gap is None:
        return []
    what = wording.unit_of(aim)
    rows = [Compared(f"Streefcijfer, {what}", aim.unit, aim.amount, aim.amount)]
    if aim.unit == TargetUnit.EXTRA_JOBS:
        rows.append(Compared("Extra banen", aim.unit, base.realised, then.realised))
    share, later = base.progress_percent, then.progress_percent
    if share is not None and later is not None:
        rows.append(Compared("Deel van het streefcijfer", PERCENT, share, later))
    return [*rows, Compared(f"Nog te gaan, {what}", aim.unit, base.gap, then.gap)]
