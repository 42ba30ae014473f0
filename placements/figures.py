"""What the rows of a list add up to for one employer: the same sums as on the dashboard, from the same ledger."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.db.models import Count, Q, QuerySet, Sum

from employers.models import Employer
from placements.counting.figures import hours_of, jobs
from placements.models import CountLine, Team, TeamShare
from placements.moments import Moment
from ui import dutch


@dataclass(frozen=True, slots=True)
class Bought:
    """The part of a team that an employer buys, and what the team's counting members add up to.

    ``team_hours`` are hundredths of paid hours a week of all members that count.
    """

    team: Team
    places: int
    all_places: int
    team_hours: int
    team_persons: int
    team_members: int
    hours_per_job: Decimal

    @property
    def part(self) -> Fraction:
        return Fraction(self.places, self.all_places)

    @property
    def whole_hours(self) -> Fraction:
        """Paid hours a week of the whole team."""
        return hours_of(self.team_hours)

    @property
    def whole_jobs(self) -> Fraction:
        return jobs(self.whole_hours, self.hours_per_job)

    @property
    def hours(self) -> Fraction:
        """Paid hours a week."""
        return self.whole_hours * self.part

    @property
    def persons(self) -> Fraction:
        return self.team_persons * self.part

    @property
    def persons_shown(self) -> str:
        return dutch.heads(self.persons)

    @property
    def jobs(self) -> Fraction:
        return jobs(self.hours, self.hours_per_job)


@dataclass(frozen=True, slots=True)
class ListFigures:
    """What a list adds up to: rows that count here, and shares in teams.

    ``all_hours`` are the paid hours a week of every row and ``all_persons`` its distinct persons, whether it counts or
    not; ``direct_hours`` the hundredths of those that count here.
    """

    number: int
    all_hours: Decimal
    all_persons: int
    direct_hours: int
    direct_persons: int
    teams: Sequence[Bought]
    hours_per_job: Decimal

    @property
    def hours(self) -> Fraction:
        return hours_of(self.direct_hours) + sum((bought.hours for bought in self.teams), Fraction(0))

    @property
    def jobs(self) -> Fraction:
        return jobs(self.hours, self.hours_per_job)

    @property
    def persons(self) -> Fraction:
        return self.direct_persons + sum((bought.persons for bought in self.teams), Fraction(0))

    @property
    def persons_shown(self) -> str:
        return dutch.heads(self.persons)

    @property
    def counted(self) -> int:
        """Placements that count here; a team's member counts as one at every buyer."""
        return self.number + sum(bought.team_members for bought in self.teams)


def bought_by(employer: Employer, at: Moment, team: Team | None = None) -> list[Bought]:
    """Return the employer's shares in teams on a day, with what each team adds up to; two queries at most."""
    shares = TeamShare.objects.on(at.day).filter(buyer=employer).select_related("team__employer")
    held = list((shares.filter(team=team) if team else shares).order_by("team__name_folded", "team_id"))
    if not held:
        return []
    lines = CountLine.objects.on(at.day, at.regime.pk).filter(team__in=[share.team_id for share in held], counts=True)
    sums = {
        row["team_id"]: row
        for row in lines.order_by()
        .values("team_id")
        .annotate(hours=Sum("hours"), persons=Count("person", distinct=True), members=Count("pk"))
    }
    nothing = {"hours": 0, "persons": 0, "members": 0}
    return [_bought(share, sums.get(share.team_id, nothing), at) for share in held]


def _bought(share: TeamShare, whole: dict[str, int], at: Moment) -> Bought:
    return Bought(
        team=share.team,
        places=share.places,
        all_places=share.all_places,
        team_hours=whole["hours"],
        team_persons=whole["persons"],
        team_members=whole["members"],
        hours_per_job=at.hours_per_job,
    )


def add_up(rows: QuerySet, employer: Employer, at: Moment, *, teams: bool) -> ListFigures:
    """Return what periods with their line (``with_line``) add to the employer's figures; ``teams`` adds its shares."""
    here = Q(line_counts=True, line_employer=employer.pk)
    sums = rows.order_by().aggregate(
        all_hours=Sum("hours"),
        everyone=Count("placement__candidate__person", distinct=True),
        credited=Sum("line_hours", filter=here),
        persons=Count("line_person", filter=here, distinct=True),
        number=Count("pk", filter=here),
    )
    return ListFigures(
        all_hours=sums["all_hours"] or Decimal(0),
        all_persons=sums["everyone"],
        number=sums["number"],
        direct_hours=sums["credited"] or 0,
        direct_persons=sums["persons"],
        teams=bought_by(employer, at) if teams else (),
        hours_per_job=at.hours_per_job,
    )
