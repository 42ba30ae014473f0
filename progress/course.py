"""The course of an employer or unit over the years: realised month by month, what is known to come, and the targets."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from placements.counting import figures as exact
from placements.models import Regime
from placements.moments import Moment, Regimes
from progress import wording
from progress.series import MonthEnd
from ui import dutch
from ui.charts import Chart, Series


class Course:
    """The figures at the end of every month, in the unit that is asked for.

    ``baseline`` are the jobs of 1 January 2013, for a target in extra jobs; ``targets`` are those of every year.
    """

    def __init__(
        self,
        months: Sequence[MonthEnd],
        at: Moment,
        regimes: Regimes,
        *,
        unit: exact.TargetUnit,
        baseline: Decimal | None,
        targets: Mapping[int, exact.Target],
    ) -> None:
        self.unit = unit
        self._months = months
        self._at = at
        self._regimes = regimes
        self._baseline = baseline
        self._targets = targets

    def year_before(self) -> Fraction:
        """Return the amount on the last 31 December before the reference date."""
        before = date(self._at.day.year - 1, 12, 31)
        return next((self._value(month) for month in self._months if month.day == before), self._nothing)

    def on_track(self) -> Fraction | None:
        """Return where a straight line from last 31 December to this year's target would be on the reference date.

        None without a target in this unit, and on 31 December itself, when the line has arrived.
        """
        day, aim = self._at.day, self._targets.get(self._at.day.year)
        before, end = date(day.year - 1, 12, 31), date(day.year, 12, 31)
        if aim is None or aim.unit != self.unit or day == end:
            return None
        start = self.year_before()
        return start + (Fraction(aim.amount) - start) * Fraction((day - before).days, (end - before).days)

    def chart(self, *, today: date) -> Chart | None:
        """Return the chart with its table; None when nothing ran, ever."""
        if not self._months:
            return None
        realised = [(month.day, self._value(month)) for month in self._months if month.day <= today]
        coming = [(month.day, self._value(month)) for month in self._months if month.day > today]
        series = [Series("gerealiseerd", realised, "area")] if realised else []
        if coming:
            series.append(Series("verwacht, zonder verlengingen", [*realised[-1:], *coming], "forecast"))
        levels = [(month.day, self._target(month.day)) for month in self._months]
        if any(level is not None for _, level in levels):
            series.append(Series("streefcijfer", levels, "level"))
        name = wording.UNITS[self.unit]
        return Chart(
            title=f"{name[:1].upper()}{name[1:]} per maand",
            description=self._description(realised or coming, coming),
            series=series,
            unit=name,
            heads=wording.in_heads(self.unit),
            marker=(self._at.day, "peildatum"),
        )

    def numbers(self) -> Iterable[list[object]]:
        """Return the months as rows for a file: last day, unit, amount and target."""
        for month in self._months:
            target = self._target(month.day)
            yield [
                month.day,
                wording.UNITS[self.unit],
                dutch.rounded(self._value(month), 1),
                None if target is None else dutch.rounded(target, 1),
            ]

    def _description(self, realised: Sequence[tuple[date, Fraction]], coming: Sequence[tuple[date, Fraction]]) -> str:
        (first, start), (last, now) = realised[0], realised[-1]
        name = wording.UNITS[self.unit]
        text = f"Van {self._text(start)} {name} op {dutch.day_long(first)}"
        text += f" naar {self._text(now)} op {dutch.day_long(last)}."
        if coming:
            text += f" Verwacht op {dutch.day_long(coming[-1][0])}: {self._text(coming[-1][1])}."
        return text

    def _text(self, value: Fraction) -> str:
        return wording.amount(value, self.unit)

    @property
    def _nothing(self) -> Fraction:
        return -Fraction(self._baseline or 0) if self.unit == exact.TargetUnit.EXTRA_JOBS else Fraction(0)

    def _value(self, month: MonthEnd) -> Fraction:
        return exact.realised(self.unit, self.measured(month))

    def measured(self, month: MonthEnd) -> exact.Measured:
        """Return what there was at the end of a month."""
        jobs, baseline = exact.jobs(month.hours / 100, self._hours_per_job(month.day)), self._baseline_on(month.day)
        return exact.Measured(jobs=jobs, persons=month.persons, sheltered=month.sheltered, baseline=baseline)

    def _baseline_on(self, day: date) -> Decimal | None:
        return self._baseline

    def _aim(self, day: date) -> exact.Target | None:
        return self._targets.get(day.year)

    def _hours_per_job(self, day: date) -> Decimal:
        try:
            return self._regimes.at(day, self._at.regime.code).hours_per_job
        except Regime.DoesNotExist:
            return self._at.hours_per_job

    def _target(self, day: date) -> Fraction | None:
        aim = self._aim(day)
        return Fraction(aim.amount) if aim and aim.unit == self.unit else None
