"""What an employer had on the last day of each year: three queries, however many years and placements there are."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from django.db.models import Min

from employers.models import Employer
from placements.counting import figures as exact
from placements.models import CountLine, Regime, TeamShare
from placements.models.regime import STATUTORY
from placements.moments import Moment, Regimes
from progress import series

#: The banenafspraak counts from 1 January 2013.
FIRST_YEAR = 2013


def year_ends(years: Sequence[int], regimes: Regimes, code: str = STATUTORY) -> dict[int, Moment]:
    """Return the last day of each year under a regime; years in which it has no rules are left out."""
    found = {}
    for year in years:
        try:
            found[year] = regimes.at(date(year, 12, 31), code)
        except Regime.DoesNotExist:
            continue
    return found


def first_year(employer: Employer) -> int | None:
    """Return the year in which the first placement ran here, not before 2013; None when there never was any."""
    first = CountLine.objects.filter(employer=employer).aggregate(day=Min("first_day"))["day"]
    bought = TeamShare.objects.filter(buyer=employer).aggregate(day=Min("first_day"))["day"]
    days = [day for day in (first, bought) if day]
    return max(min(days).year, FIRST_YEAR) if days else None


def jobs_at(employer: Employer, moments: dict[int, Moment]) -> dict[int, Fraction]:
    """Return the jobs that count for an employer at these moments: as the dashboard has them, shares in teams included.

    The moments are ends of years, of one regime.
    """
    if not moments:
        return {}
    regime, last = next(iter(moments.values())).regime, max(at.day for at in moments.values())
    hours = {month.day: month.hours for month in series.of_employer(employer, regime, last)}
    return {year: exact.jobs(exact.hours_of(hours.get(at.day, 0)), at.hours_per_job) for year, at in moments.items()}
