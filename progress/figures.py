"""What employers, sectors, units and the country realised on a day, in a fixed number of queries.

Hours and persons stay exact (integers and fractions) until they are shown; a team's share is divided once, last.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.db.models import F, Q, QuerySet

from employers.models import Employer, EmployerFact, OrgUnit, Sector
from employers.models import Target as TargetRow
from placements.counting import figures as exact
from placements.models import CountLine, TeamShare
from placements.moments import Moment
from placements.querysets import CountLineQuerySet, TeamShareQuerySet
from progress.sums import Branch, Groups, Slice, Sums, add_up, slices, with_slices

Subject = Employer | Sector | OrgUnit | None


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one employer, sector or unit on a day, with its target where there is one.

    The country has no subject. ``hours`` are paid hours a week; ``counted`` and ``excluded`` are numbers of
    placements; ``sheltered`` are persons.
    """

    subject: Subject
    hours: Fraction
    jobs: Fraction
    persons: Fraction
    counted: int
    excluded: dict[str, int]
    sheltered: int
    baseline: Decimal | None
    target: exact.Target | None
    sector_code: str = ""

    @property
    def measured(self) -> exact.Measured:
        return exact.Measured(jobs=self.jobs, persons=self.persons, sheltered=self.sheltered, baseline=self.baseline)

    @property
    def unit(self) -> exact.TargetUnit:
        """What these figures are compared in: what the target is a number of, or else jobs."""
        return exact.TargetUnit(self.target.unit) if self.target else exact.TargetUnit.JOBS

    def more_than(self, earlier: "Figures") -> Fraction:
        """Return how much more was realised than in earlier figures, in the unit of these."""
        return exact.realised(self.unit, self.measured) - exact.realised(self.unit, earlier.measured)

    @property
    def realised(self) -> Fraction | None:
        """What was realised in the unit of the target; None without a target."""
        return exact.realised(self.target.unit, self.measured) if self.target else None

    @property
    def progress_percent(self) -> Fraction | None:
        """Realised as a percentage of the target; None without a target or with a target of 0."""
        if self.target is None or self.realised is None:
            return None
        return exact.progress_percent(self.realised, self.target.amount)

    @property
    def progress_share(self) -> Fraction | None:
        """The same as a fraction of one."""
        return None if self.progress_percent is None else self.progress_percent / 100

    @property
    def gap(self) -> Fraction | None:
        """Target minus realised: negative when exceeded; None without a target."""
        if self.target is None or self.realised is None:
            return None
        return exact.gap(self.realised, self.target.amount)

    @property
    def extra_jobs(self) -> Fraction:
        """Jobs above the baseline; an empty baseline is 0."""
        return exact.extra_jobs(self.jobs, self.baseline)

    @property
    def excluded_total(self) -> int:
        return sum(self.excluded.values())


def employers_on(at: Moment, employers: "QuerySet[Employer] | None" = None) -> list[Figures]:
    """Return the figures of these employers, or of all, by code; four queries."""
    rows = Employer.objects.with_facts_on(at.day).order_by("code")
    lines = CountLine.objects.on(at.day, at.regime.pk)
    shares = TeamShare.objects.on(at.day)
    targets = TargetRow.objects.filter(employer__isnull=False, year=at.day.year)
    direct = lines.filter(employer__isnull=False)
    if employers is not None:
        keys = employers.order_by().values("pk")
        rows, direct = rows.filter(pk__in=keys), lines.filter(employer__in=keys)
        shares, targets = shares.filter(buyer__in=keys), targets.filter(employer__in=keys)
    groups, bought = _credited(Branch(direct, "employer_id"), lines, shares)
    slices_of = _by(bought, "buyer_id")
    target_of = {row.employer_id: target(row) for row in targets}
    return [
        figures_of(
            row,
            with_slices(groups[row.pk], slices_of[row.pk]),
            at,
            baseline=row.baseline_jobs,
            aim=target_of.get(row.pk),
            sector_code=row.sector_code,
        )
        for row in rows
    ]


def unit_on(at: Moment, unit: OrgUnit) -> Figures:
    """Return the figures of a unit and everything below it; two queries. Teams and baselines belong to no unit."""
    lines = CountLine.objects.on(at.day, at.regime.pk).filter(employer=unit.employer_id, unit__above__ancestor=unit)
    (groups,) = add_up(Branch(lines, "employer_id"))
    aim = TargetRow.objects.filter(unit=unit, year=at.day.year).first()
    return figures_of(
        unit, with_slices(groups[unit.employer_id], ()), at, baseline=None, aim=target(aim) if aim else None
    )


def sectors_on(at: Moment, employers: list[Figures], *, empty_too: bool = False) -> list[Figures]:
    """Return the figures of every sector with an employer on the day, by code; four queries.

    ``employers`` are the figures of all employers of those sectors (:func:`employers_on`). A person who is
    credited directly counts once per sector, at however many employers; team shares are added as they are.
    ``empty_too`` adds the sectors without employers.
    """
    members: dict[str, list[Figures]] = defaultdict(list)
    for figures in employers:
        members[figures.sector_code].append(figures)
    wanted = Sector.objects.all() if empty_too else Sector.objects.filter(code__in=members)
    sectors = {row.code: row for row in wanted}
    groups, slices_of = _of_sectors(at, members)
    own = {
        row.sector.code: target(row)  # type: ignore[union-attr]  # chosen by its sector
        for row in TargetRow.objects.filter(sector__code__in=sectors, year=at.day.year).select_related("sector")
    }
    return [
        figures_of(
            sectors[code],
            with_slices(groups[sectors[code].pk], slices_of[code]),
            at,
            baseline=sum_of_baselines(members[code]),
            aim=exact.sector_target(own.get(code), [f.target for f in members[code] if f.target]),
            sector_code=code,
        )
        for code in sorted(sectors)
    ]


def sector_around(employer: Employer, at: Moment) -> Figures | None:
    """Return the figures of the whole sector an employer belongs to on the day, as :func:`sectors_on` does.

    Four queries, and none of the other employers is worked out. None when the employer is in no sector.
    """
    facts = EmployerFact.objects.on(at.day)
    near = facts.filter(sector__in=facts.filter(employer=employer).order_by().values("sector"))
    members = list(near.select_related("sector", "employer"))
    if not members:
        return None
    sector = members[0].sector
    groups, slices_of = _of_sectors(at, [sector.code])
    chosen = Q(sector=sector) | Q(employer__in=near.order_by().values("employer"))
    aims = list(TargetRow.objects.filter(chosen, year=at.day.year))
    return figures_of(
        sector,
        with_slices(groups[sector.pk], slices_of[sector.code]),
        at,
        baseline=sum((fact.employer.baseline_jobs or Decimal(0) for fact in members), Decimal(0)),
        aim=exact.sector_target(
            next((target(row) for row in aims if row.sector_id), None), [target(row) for row in aims if row.employer_id]
        ),
        sector_code=sector.code,
    )


def _of_sectors(at: Moment, codes: Iterable[str]) -> tuple[Groups, defaultdict[object, list[Slice]]]:
    """Return what is credited to the employers of these sectors by sector key, and their shares in teams by code."""
    lines = CountLine.objects.on(at.day, at.regime.pk)
    direct = lines.filter(
        employer__facts__first_day__lte=at.day,
        employer__facts__last_day__gte=at.day,
        employer__facts__sector__code__in=codes,
    )
    shares = (
        TeamShare.objects.on(at.day)
        .filter(
            buyer__facts__first_day__lte=at.day,
            buyer__facts__last_day__gte=at.day,
            buyer__facts__sector__code__in=codes,
        )
        .annotate(sector_code=F("buyer__facts__sector__code"))  # after the filter, so that it means the same fact
    )
    groups, bought = _credited(Branch(direct, "employer__facts__sector_id"), lines, shares)
    return groups, _by(bought, "sector_code")


def country_on(at: Moment, employers: list[Figures]) -> Figures:
    """Return the figures of all sectors together; two queries. The country has no target here.

    ``employers`` are the figures of all employers. A person who is credited directly counts once.
    """
    lines = CountLine.objects.on(at.day, at.regime.pk)
    direct = lines.filter(employer__isnull=False)
    groups, bought = _credited(Branch(direct, "regime_id"), lines, TeamShare.objects.on(at.day))
    sums = with_slices(groups[at.regime.pk], bought)
    return figures_of(None, sums, at, baseline=sum_of_baselines(employers), aim=None)


def sum_of_baselines(employers: Iterable[Figures]) -> Decimal:
    """Return the baseline of employers together; an empty one is 0."""
    return sum((figures.baseline or Decimal(0) for figures in employers), Decimal(0))


def target(row: TargetRow) -> exact.Target:
    """Return a stored target as the exact arithmetic knows it."""
    return exact.Target(row.number, exact.TargetUnit(row.kind))


def figures_of(
    subject: Subject,
    sums: Sums,
    at: Moment,
    *,
    baseline: Decimal | None,
    aim: exact.Target | None,
    sector_code: str = "",
) -> Figures:
    """Return sums of the ledger as figures: from hundredths to hours, from hours to jobs."""
    hours = sums.hours / 100
    return Figures(
        subject=subject,
        hours=hours,
        jobs=exact.jobs(hours, at.hours_per_job),
        persons=sums.persons,
        counted=sums.counted,
        excluded=sums.excluded,
        sheltered=sums.sheltered,
        baseline=baseline,
        target=aim,
        sector_code=sector_code,
    )


def _credited(direct: Branch, lines: CountLineQuerySet, shares: TeamShareQuerySet) -> tuple[Groups, list[Slice]]:
    """Return the direct groups and what the shares are worth; two queries."""
    groups, whole = add_up(direct, Branch.of_teams(lines, shares.order_by().values("team_id")))
    return groups, slices(shares, whole)


def _by(bought: Iterable[Slice], name: str) -> "defaultdict[object, list[Slice]]":
    """Group slices by an attribute of their share."""
    found: defaultdict[object, list[Slice]] = defaultdict(list)
    for piece in bought:
        found[getattr(piece.share, name)].append(piece)
    return found
