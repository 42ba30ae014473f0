"""How placements go: who came, stayed and left, under which contracts, by which routes, after what trials.

Rates are fractions; None where there is nothing to divide by. The definitions people read stand in ``definitions``.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from django.db.models import BooleanField, Case, Count, F, Q, QuerySet, Value, When

from employers.models import Employer, OrgUnit
from placements.chains import Chains, Flows
from placements.models import ContractKind, CountLine, EndReason, TeamShare, Trial, TrialOutcome
from placements.moments import Moment
from placements.querysets import held_by
from placements.renewals import Renewals, renewals

#: What a departure says of the work here; every other reason is neutral.
POSITIVE = (EndReason.BETTER_FIT, EndReason.NEARER_HOME, EndReason.REGULAR_JOB)
NEGATIVE = (EndReason.DROPPED_OUT, EndReason.NOT_SUITED)


def share(part: int, whole: int) -> Fraction | None:
    """Return a part as a fraction of the whole; None of nothing."""
    return Fraction(part, whole) if whole else None


@dataclass(frozen=True, slots=True)
class Part:
    """Some of the placements that count on the day; ``in_teams`` are members of purchased teams among them."""

    number: int = 0
    in_teams: int = 0


@dataclass(frozen=True, slots=True)
class Contracts:
    """Placements that count on the day, a team's members included, by contract, by holder and by route.

    A member of a team is one placement at every buyer, as in ``counted``.
    """

    all: Part
    permanent: Part
    own: Part
    routes: dict[str, Part]

    @property
    def permanent_rate(self) -> Fraction | None:
        return share(self.permanent.number, self.all.number)

    @property
    def own_share(self) -> Fraction | None:
        return share(self.own.number, self.all.number)


@dataclass(frozen=True, slots=True)
class Trials:
    """Trials and internships that ended in the year, up to and including the day."""

    ended: int
    succeeded: int
    undecided: int

    @property
    def success(self) -> Fraction | None:
        return share(self.succeeded, self.ended)


@dataclass(frozen=True, slots=True)
class Indicators:
    """Everything beside the figures themselves; ``trials`` is None for a unit, since a trial belongs to none."""

    flows: Flows
    contracts: Contracts
    renewals: Renewals
    trials: Trials | None

    @property
    def net(self) -> int:
        """Chains that begin in the year less those that end in it."""
        return self.flows.started - self.flows.left_in_year

    def left(self, *reasons: str) -> int:
        """Return how many chains end in the year for one of these reasons."""
        return sum(in_year for reason, (_, in_year) in self.flows.left.items() if reason in reasons)

    @property
    def left_neutral(self) -> int:
        return self.flows.left_in_year - self.left(*POSITIVE, *NEGATIVE)


def indicators(employer: Employer, at: Moment, unit: OrgUnit | None = None) -> Indicators:
    """Work them out for an employer, or for one of its units with everything below it; five queries."""
    return Indicators(
        flows=Chains(at, [employer.pk], unit).flows()[employer.pk],
        contracts=_contracts(employer, at, unit),
        renewals=renewals(at, employer.pk, unit),
        trials=None if unit else _trials(employer, at),
    )


class _Row(NamedTuple):
    """Placements that are alike, and how many."""

    kind: str
    route: str
    own: bool
    team: bool
    number: int


def _contracts(employer: Employer, at: Moment, unit: OrgUnit | None) -> Contracts:
    lines = CountLine.objects.on(at.day, at.regime.pk).filter(counts=True).order_by()
    direct = lines.filter(employer=employer)
    if unit:
        found = _by_contract(direct.filter(unit__above__ancestor=unit), employer, team=False)
    else:
        bought = TeamShare.objects.on(at.day).filter(buyer=employer).values("team_id")
        members = _by_contract(lines.of_teams(bought), employer, team=True)
        found = _by_contract(direct, employer, team=False).union(members, all=True)
    rows = [_Row(*row) for row in found]
    return Contracts(
        all=_part(rows),
        permanent=_part(row for row in rows if row.kind == ContractKind.PERMANENT),
        own=_part(row for row in rows if row.own),
        routes={route: _part(row for row in rows if row.route == route) for route in {row.route for row in rows}},
    )


def _part(rows: "Iterable[_Row]") -> Part:
    rows = list(rows)
    return Part(sum(row.number for row in rows), sum(row.number for row in rows if row.team))


def _by_contract(lines: QuerySet, employer: Employer, *, team: bool) -> QuerySet:
    """Return rows of contract kind, route, whether the employer holds the contract, whether a team's, and how many."""
    own = Case(
        When(held_by(employer.pk, "placement__"), then=Value(True)), default=Value(False), output_field=BooleanField()
    )
    of_team = Value(team, output_field=BooleanField())
    grouped = lines.values(kind=F("period__contract_kind"), route=F("placement__route"), own=own, of_team=of_team)
    return grouped.annotate(number=Count("*")).values_list("kind", "route", "own", "of_team", "number")


def _trials(employer: Employer, at: Moment) -> Trials:
    ended = Trial.objects.at_employer(employer.pk).filter(last_day__range=(date(at.day.year, 1, 1), at.day))
    return Trials(
        **ended.aggregate(
            ended=Count("pk"),
            succeeded=Count("pk", filter=Q(outcome=TrialOutcome.SUCCEEDED)),
            undecided=Count("pk", filter=Q(outcome="")),
        )
    )
