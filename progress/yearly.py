"""What an employer had on the last day of each year: three queries, however many years and placements there are."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from django.db.models import Min, Q, QuerySet, Sum

from employers.models import Employer
from placements.counting import figures as exact
from placements.models import CountLine, Regime, TeamShare
from placements.models.regime import STATUTORY
from placements.moments import Moment, Regimes

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

    The moments are of one regime.
    """
    if not moments:
        return {}
    regime = next(iter(moments.values())).regime
    lines = CountLine.objects.filter(regime=regime, counts=True).order_by()
    direct = lines.filter(employer=employer).aggregate(**_hours(moments))
    shares = list(TeamShare.objects.filter(buyer=employer))
    teams = _of_teams(lines.filter(team__in={share.team_id for share in shares}), moments) if shares else {}
    found = {}
    for year, at in moments.items():
        held = [share for share in shares if share.first_day <= at.day <= share.last_day]
        bought = exact.shared_sum(
            (teams.get(share.team_id, {}).get(_name(year)) or 0, share.places, share.all_places) for share in held
        )
        hours = exact.hours_of((direct[_name(year)] or 0) + bought)
        found[year] = exact.jobs(hours, at.hours_per_job)
    return found


def _of_teams(lines: "QuerySet[CountLine]", moments: dict[int, Moment]) -> dict[int | None, dict[str, int]]:
    rows: Any = lines.values("team_id").annotate(**_hours(moments))
    return defaultdict(dict, {row["team_id"]: row for row in rows})


def _hours(moments: dict[int, Moment]) -> dict[str, Sum]:
    return {
        _name(year): Sum("hours", filter=Q(first_day__lte=at.day, last_day__gte=at.day)) for year, at in moments.items()
    }


def _name(year: int) -> str:
    return f"hours_{year}"
