"""Everything on an employer's dashboard, in a number of queries that does not grow with the employer."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from django.db.models import Q

from employers.models import Employer, OrgUnit, Target, UnitAncestry
from employers.trees import Node
from employers.trees import below as keys_below
from placements.counting import figures as exact
from placements.counting.facts import COUNTING_RULES, Rule
from placements.models import CountLine, Team, TeamShare, Trial
from placements.moments import Moment
from progress.changes import Changes, changed_between, in_figures
from progress.figures import Figures, figures_of, target
from progress.sums import Branch, Group, Groups, Part, Slice, add_up, slices, with_slices

#: What units are grouped by: a line counts for its unit and every unit above it.
_UNITS_ABOVE = "unit__above__ancestor_id"


class UnitRow(NamedTuple):
    """A unit with everything below it."""

    node: Node
    figures: Figures


@dataclass(frozen=True, slots=True)
class Dashboard:
    """What an employer, or one unit of it, has on a reference date.

    ``later`` are the figures on the last day of the year as known now and ``changes`` what makes the difference;
    both are None when the reference date is that day. ``team_changes`` are the hundredths of hours that
    the share in each team adds until then. ``unplaced`` is what counts without a unit, ``bought`` the shares in all
    teams together. ``targets`` are those of every year. A trial belongs to no unit.
    """

    employer: Employer
    unit: OrgUnit | None
    at: Moment
    figures: Figures
    direct: Group
    teams: Sequence[Slice]
    units: Sequence[UnitRow]
    unplaced: Figures
    bought: Figures
    trials: int
    later: Figures | None
    changes: Changes | None
    team_changes: Mapping[Team, Fraction]
    targets: Mapping[int, exact.Target]

    @property
    def excluded(self) -> dict[Rule, Part]:
        """Placements that do not count, per reason."""
        return self.direct.excluded

    @property
    def counted_directly(self) -> dict[Rule, Part]:
        """Placements that count here without a team, per rule."""
        return self.direct.of(COUNTING_RULES)

    @property
    def shows_target(self) -> bool:
        """Whether there is a target and the employer steers by it."""
        return self.employer.show_target and self.figures.target is not None

    def aims_at(self, unit: exact.TargetUnit) -> bool:
        """Tell whether the target that is shown is a number of this."""
        return self.shows_target and self.figures.target is not None and self.figures.target.unit == unit

    @property
    def share_of_workforce(self) -> Fraction | None:
        """Persons as a fraction of the headcount; None when that is not known, and for a unit."""
        return self.figures.persons / self.employer.headcount if self.employer.headcount and not self.unit else None

    def jobs(self, hundredths: int | Fraction) -> Fraction:
        """Return how many jobs hundredths of hours make."""
        return exact.jobs(exact.hours_of(hundredths), self.at.hours_per_job)


def build(
    employer: Employer, at: Moment, *, end: Moment | None, nodes: Sequence[Node], unit: OrgUnit | None = None
) -> Dashboard:
    """Work out the dashboard of an employer, or of one of its units with everything below it; five queries.

    ``end`` is the last day of the year of ``at``, or None when there is nothing to look ahead to.
    """
    books = _Books.read(employer, at, end, unit)
    all_aims = _targets(employer)
    aims = {key: years[at.day.year] for key, years in all_aims.items() if at.day.year in years}
    aim, baseline = aims.get(unit.pk if unit else None), None if unit else employer.baseline_jobs
    return Dashboard(
        employer=employer,
        unit=unit,
        at=at,
        figures=figures_of(unit or employer, with_slices(books.now, books.teams), at, baseline=baseline, aim=aim),
        direct=books.now,
        teams=books.teams,
        units=_unit_rows(_below(nodes, unit) if unit else nodes, books.units, aims, at),
        unplaced=_part(Group() if unit else books.units[None], (), at),
        bought=_part(Group(), books.teams, at),
        trials=0 if unit else Trial.objects.at_employer(employer.pk).running_on(at.day).count(),
        later=figures_of(unit or employer, with_slices(books.later, books.later_teams), end, baseline=baseline, aim=aim)
        if end
        else None,
        changes=in_figures(changed_between(employer, at, end.day, unit)) if end else None,
        team_changes=_team_changes(books.teams, books.later_teams),
        targets=all_aims[unit.pk if unit else None],
    )


@dataclass(frozen=True, slots=True)
class _Books:
    """What the ledger says of one employer on the reference date and at the end of its year."""

    now: Group
    later: Group
    units: Groups
    teams: list[Slice]
    later_teams: list[Slice]

    @classmethod
    def read(cls, employer: Employer, at: Moment, end: Moment | None, unit: OrgUnit | None) -> "_Books":
        """Read the ledger in one query and the shares in teams, which belong to no unit, in another."""
        then = end or at
        today, year_end = (CountLine.objects.on(each.day, at.regime.pk) for each in (at, then))
        chosen = Q(employer=employer)
        if unit:  # as a subquery, so that a line still stands for every unit above it where it is grouped by those
            chosen &= Q(unit__in=UnitAncestry.objects.filter(ancestor=unit).values("unit"))
        shares = TeamShare.objects.filter(buyer=employer).select_related("team__employer")
        bought = shares.none() if unit else shares
        now, later, units, team_now, team_later = add_up(
            Branch(today.filter(chosen), "employer_id", split=True),
            Branch(year_end.filter(chosen), "employer_id"),
            Branch(today.filter(chosen), _UNITS_ABOVE),
            *(Branch.of_teams(lines, bought.values("team_id")) for lines in (today, year_end)),
        )
        held = list(
            bought.filter(_holds(at.day) | _holds(then.day)).order_by("team__name_folded", "team_id", "first_day")
        )
        return cls(
            now[employer.pk],
            later[employer.pk],
            units,
            slices(_on(held, at.day), team_now),
            slices(_on(held, then.day), team_later),
        )


def _part(group: Group, bought: Iterable[Slice], at: Moment) -> Figures:
    """Return a part of the whole that is neither an employer nor a unit and has no target."""
    return figures_of(None, with_slices(group, bought), at, baseline=None, aim=None)


def _team_changes(now: Iterable[Slice], later: Iterable[Slice]) -> dict[Team, Fraction]:
    """Return by how many hundredths of hours the share in each team changes; teams whose share stays are left out."""
    found: dict[Team, Fraction] = defaultdict(Fraction)
    for piece in later:
        found[piece.share.team] += piece.hours
    for piece in now:
        found[piece.share.team] -= piece.hours
    return {team: found[team] for team in sorted(found, key=lambda team: (team.name, team.pk)) if found[team]}


def _holds(day: date) -> Q:
    return Q(first_day__lte=day, last_day__gte=day)


def _on(shares: Iterable[TeamShare], day: date) -> list[TeamShare]:
    return [share for share in shares if share.first_day <= day <= share.last_day]


def _targets(employer: Employer) -> defaultdict[int | None, dict[int, exact.Target]]:
    """Return the targets per year: of each unit by its key, of the employer itself under None."""
    found: defaultdict[int | None, dict[int, exact.Target]] = defaultdict(dict)
    for row in Target.objects.filter(Q(employer=employer) | Q(unit__employer=employer)):
        found[row.unit_id][row.year] = target(row)
    return found


def _below(nodes: Sequence[Node], top: OrgUnit) -> list[Node]:
    """Return what lies below a unit, its children at depth 0."""
    keys = keys_below((node.unit for node in nodes), top) - {top.pk}
    depth = next(node.depth for node in nodes if node.unit.pk == top.pk)
    return [Node(node.unit, node.depth - depth - 1) for node in nodes if node.unit.pk in keys]


def _unit_rows(
    nodes: Iterable[Node], groups: Groups, aims: dict[int | None, exact.Target], at: Moment
) -> list[UnitRow]:
    return [
        UnitRow(
            node,
            figures_of(node.unit, with_slices(groups[node.unit.pk], ()), at, baseline=None, aim=aims.get(node.unit.pk)),
        )
        for node in nodes
    ]
