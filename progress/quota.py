"""How many jobs a quota asks, exactly and as it is published."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from placements.counting import figures as exact


@dataclass(frozen=True, slots=True)
class Quota:
    """A quota worked out, in both readings: exactly, and from the whole number that is published."""

    hours: Fraction
    percentage: Decimal
    realised: Decimal

    @property
    def jobs(self) -> Fraction:
        return exact.quota_jobs(self.hours, self.percentage)

    @property
    def whole_jobs(self) -> Fraction:
        return Fraction(exact.whole(self.jobs))

    @property
    def shortfall(self) -> Fraction:
        return exact.quota_shortfall(self.jobs, self.realised)

    @property
    def whole_shortfall(self) -> Fraction:
        return exact.quota_shortfall(self.whole_jobs, self.realised)
