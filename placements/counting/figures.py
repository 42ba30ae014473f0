"""Exact arithmetic for every figure that is shown: fractions until the last moment, rounded once.

Nothing here takes a float. A figure as text has a decimal point; pages put the Dutch comma in.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import floor

Exact = int | Decimal | Fraction

HOURS_PER_JOB = Decimal("25.5")
"""Paid hours a week that make one job (baan) in every regime so far."""


class TargetUnit(StrEnum):
    """What a target (streefcijfer) is a number of; the values are the codes of the exchange format."""

    JOBS = "banen"
    PERSONS = "personen"
    EXTRA_JOBS = "extra_banen"
    SHELTERED_PLACES = "beschutte_plekken"

    @property
    def json(self) -> str:
        """Return the name in the JSON of `progress`."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Target:
    """How much of what is aimed at in one calendar year."""

    amount: Exact
    unit: TargetUnit


@dataclass(frozen=True, slots=True)
class Measured:
    """What an employer, a sector or a unit has on a day. `baseline` is its nulmeting of 1-1-2013 in jobs."""

    jobs: Exact
    persons: Exact
    sheltered: Exact
    baseline: Exact | None = None


def exact(number: Exact) -> Fraction:
    """Return the number as a fraction. Raises TypeError for a float, which has lost its exact value."""
    if isinstance(number, float):
        raise TypeError("Figures are exact: pass an int, Decimal or Fraction, never a float.")
    return Fraction(number)


def hours_of(hundredths: Exact) -> Fraction:
    """Return hours from the hundredths of hours that count lines hold."""
    return exact(hundredths) / 100


def jobs(hours: Exact, hours_per_job: Exact = HOURS_PER_JOB) -> Fraction:
    """Return how many jobs a sum of paid hours a week makes. Add the hours first."""
    return exact(hours) / exact(hours_per_job)


def shared_sum(parts: Iterable[tuple[Exact, int, int]]) -> Fraction:
    """Return the sum of amount × places / all places, from (amount, places, all places).

    Amounts with the same total of places are added before they are divided, and the division comes last.
    """
    by_total: dict[int, Fraction] = defaultdict(Fraction)
    for amount, places, all_places in parts:
        by_total[all_places] += exact(amount) * places
    return sum((amount / all_places for all_places, amount in by_total.items()), Fraction(0))


def two_decimals(number: Exact) -> str:
    """Return the number with two decimals, as hours are shown; a half goes away from zero."""
    return _rounded(number, 2)


def one_decimal(number: Exact) -> str:
    """Return the number with one decimal, as every figure but hours is shown; a half goes away from zero."""
    return _rounded(number, 1)


def whole(number: Exact) -> str:
    """Return the number without decimals, as quota figures are published; a half goes away from zero."""
    return _rounded(number, 0)


def extra_jobs(counted_jobs: Exact, baseline: Exact | None) -> Fraction:
    """Return the jobs above the baseline; without a baseline that is all of them. May be negative."""
    return exact(counted_jobs) - exact(baseline or 0)


def realised(unit: str, measured: Measured) -> Fraction:
    """Return what has been realised of a target of this unit."""
    match TargetUnit(unit):
        case TargetUnit.JOBS:
            return exact(measured.jobs)
        case TargetUnit.PERSONS:
            return exact(measured.persons)
        case TargetUnit.EXTRA_JOBS:
            return extra_jobs(measured.jobs, measured.baseline)
    return exact(measured.sheltered)


def progress_percent(realised_amount: Exact, target: Exact | None) -> Fraction | None:
    """Return realised / target in percent, or None without a target or with a target of 0: never 0 %."""
    return exact(realised_amount) * 100 / exact(target) if target else None


def gap(realised_amount: Exact, target: Exact | None) -> Fraction | None:
    """Return what is still to be realised: negative when the target is exceeded, None without a target."""
    return None if target is None else exact(target) - exact(realised_amount)


def sector_target(own: Target | None, of_employers: Iterable[Target]) -> Target | None:
    """Return a sector's target of a year: its own, else the sum of its employers' when they are of one unit.

    Employers without a target add nothing. Without any target, or with targets of several units, there is
    none.
    """
    if own is not None:
        return own
    targets = list(of_employers)
    units = {target.unit for target in targets}
    if len(units) != 1:
        return None
    return Target(sum((exact(target.amount) for target in targets), Fraction(0)), units.pop())


def quota_jobs(hours_a_week: Exact, percentage: Exact, hours_per_job: Exact = HOURS_PER_JOB) -> Fraction:
    """Return how many jobs a quota asks: all paid hours a week × percentage / hours per job.

    A percentage of 1.93 means 1.93 %. Published example: 2,500 fte × 36 h × 1.93 % / 25.5 = 68.1 jobs,
    published as 68 (VO-raad, Quotumpercentage nader toegelicht; Wfsv art. 38f).
    """
    return jobs(exact(hours_a_week) * exact(percentage) / 100, hours_per_job)


def quota_shortfall(quota: Exact, realised_amount: Exact) -> Fraction:
    """Return the quotumtekort in jobs, rounded down to one decimal and never below 0.

    Besluit Wfsv art. 2.22 and 2.23 round the shortfall down. Of 68.1 jobs with 40 realised 28.1 are short;
    from the published whole number of 68 jobs it is the published 28.
    """
    return max(Fraction(floor((exact(quota) - exact(realised_amount)) * 10), 10), Fraction(0))


def _rounded(number: Exact, decimals: int) -> str:
    """Round half up, away from zero, and never show a minus before nothing but zeros."""
    value = exact(number)
    scaled = floor(abs(value) * 10**decimals + Fraction(1, 2))
    sign = "-" if value < 0 and scaled else ""
    digits = str(scaled).rjust(decimals + 1, "0")
    return f"{sign}{digits[:-decimals]}.{digits[-decimals:]}" if decimals else f"{sign}{digits}"
