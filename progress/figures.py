"""What employers, sectors and units realised on a day, summed from the ledger in a fixed number of queries.

Hours and persons stay exact (integers and fractions) until they are shown; a team's share is divided once, last.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.db.models import Count, F, Sum

from employers.models import Employer, OrgUnit, Sector, UnitAncestry
from employers.models import Target as TargetRow
from placements.counting import figures as exact
from placements.counting.facts import Rule
from placements.models import CountLine, Regime, RegimeVersion, TeamShare


@dataclass(slots=True)
class Sums:
    """What is added up for one employer, sector or unit; hours in hundredths."""

    hours: Fraction = Fraction(0)
    persons: Fraction = Fraction(0)
    counted: int = 0
    sheltered: int = 0
    excluded: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one employer, sector or unit on a day, with its target where there is one."""

    subject: "Employer | Sector | OrgUnit"
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
    def gap(self) -> Fraction | None:
        """Target minus realised: negative when exceeded; None without a target."""
        if self.target is None or self.realised is None:
            return None
        return exact.gap(self.realised, self.target.amount)

    @property
    def excluded_total(self) -> int:
        return sum(self.excluded.values())


@dataclass(frozen=True, slots=True)
class Moment:
    """A reference date under a regime, with the version of the regime that holds on it."""

    day: date
    regime: Regime
    hours_per_job: Decimal


def moment(day: date, regime_code: str) -> Moment:
    """Return the reference date with the rules that hold on it; raises ``Regime.DoesNotExist``."""
    version = (
        RegimeVersion.objects.filter(regime__code=regime_code, pending=False, first_day__lte=day, last_day__gte=day)
        .select_related("regime")
        .first()
    )
    if version is None:
        raise Regime.DoesNotExist(regime_code)
    return Moment(day, version.regime, version.hours_per_job)


def employers_on(at: Moment, employers: "Iterable[int] | None" = None) -> list[Figures]:
    """Return the figures of the employers with these keys, or of all, by code; a fixed number of queries."""
    rows = Employer.objects.with_facts_on(at.day).order_by("code")
    lines = CountLine.objects.on(at.day, at.regime.pk)
    shares = TeamShare.objects.on(at.day)
    targets = TargetRow.objects.filter(employer__isnull=False, year=at.day.year)
    if employers is not None:
        keys = list(employers)
        rows, lines_here = rows.filter(pk__in=keys), lines.filter(employer__in=keys)
        shares, targets = shares.filter(buyer__in=keys), targets.filter(employer__in=keys)
    else:
        lines_here = lines.filter(employer__isnull=False)
    sums = _direct(lines_here, by="employer_id")
    for share, whole in _shares(shares, lines):
        _add_share(sums[share.buyer_id], share, whole)
    target_of = {row.employer_id: _target(row) for row in targets}
    return [
        _figures(
            row,
            sums[row.pk],
            at,
            baseline=row.baseline_jobs,
            target=target_of.get(row.pk),
            sector_code=row.sector_code,  # type: ignore[attr-defined]
        )
        for row in rows
    ]


def sectors_on(at: Moment, employers: list[Figures]) -> list[Figures]:
    """Return the figures of every sector with an employer on the day, by code.

    ``employers`` are the figures of all employers of those sectors (:func:`employers_on`). A person who is
    credited directly counts once per sector, at however many employers; team shares are added as they are.
    """
    members: dict[str, list[Figures]] = defaultdict(list)
    for figures in employers:
        members[figures.sector_code].append(figures)
    sectors = {row.code: row for row in Sector.objects.filter(code__in=members)}
    lines = CountLine.objects.on(at.day, at.regime.pk).filter(
        employer__facts__first_day__lte=at.day, employer__facts__last_day__gte=at.day
    )
    direct = _direct(lines.filter(employer__facts__sector__code__in=members), by="employer__facts__sector__code")
    shares = (
        TeamShare.objects.on(at.day)
        .annotate(sector_code=F("buyer__facts__sector__code"))
        .filter(buyer__facts__first_day__lte=at.day, buyer__facts__last_day__gte=at.day, sector_code__in=members)
    )
    for share, whole in _shares(shares, CountLine.objects.on(at.day, at.regime.pk)):
        _add_share(direct[share.sector_code], share, whole)
    own = {
        row.sector.code: _target(row)
        for row in TargetRow.objects.filter(sector__code__in=members, year=at.day.year).select_related("sector")
    }
    return [
        _figures(
            sectors[code],
            direct[code],
            at,
            baseline=sum((f.baseline or Decimal(0) for f in members[code]), Decimal(0)),
            target=exact.sector_target(own.get(code), [f.target for f in members[code] if f.target]),
            sector_code=code,
        )
        for code in sorted(members)
    ]


def units_on(at: Moment, employer: Employer) -> list[Figures]:
    """Return the figures of every unit of an employer, units below it included; four queries."""
    lines = UnitAncestry.objects.filter(
        ancestor__employer=employer,
        unit__lines__regime=at.regime,
        unit__lines__first_day__lte=at.day,
        unit__lines__last_day__gte=at.day,
        unit__lines__employer=employer,
    )
    sums = _direct(lines, by="ancestor_id", prefix="unit__lines__")
    targets = {row.unit_id: _target(row) for row in TargetRow.objects.filter(unit__employer=employer, year=at.day.year)}
    return [
        _figures(unit, sums[unit.pk], at, baseline=None, target=targets.get(unit.pk))
        for unit in OrgUnit.objects.filter(employer=employer).order_by("name", "pk")
    ]


def _direct(lines, *, by: str, prefix: str = "") -> "defaultdict[object, Sums]":
    """Sum lines that are credited to, or shown at, an employer, grouped by ``by``; two queries."""
    sums: defaultdict[object, Sums] = defaultdict(Sums)
    counting = lines.filter(**{f"{prefix}counts": True}).order_by().values(by)
    for row in counting.annotate(
        hours=Sum(f"{prefix}hours"), counted=Count(f"{prefix}pk"), persons=Count(f"{prefix}person", distinct=True)
    ):
        entry = sums[row[by]]
        entry.hours, entry.counted, entry.persons = Fraction(row["hours"]), row["counted"], Fraction(row["persons"])
    excluded = lines.filter(**{f"{prefix}counts": False}).order_by().values(by, reason=F(f"{prefix}rule"))
    for row in excluded.annotate(number=Count(f"{prefix}pk"), people=Count(f"{prefix}person", distinct=True)):
        entry = sums[row[by]]
        entry.excluded[row["reason"]] = row["number"]
        if row["reason"] == Rule.SHELTERED_WORK:
            entry.sheltered = row["people"]
    return sums


@dataclass(frozen=True, slots=True)
class TeamTotal:
    """All counting members of a team on a day; hours in hundredths."""

    hours: int
    counted: int
    persons: int


def team_totals(lines, teams: Iterable[int]) -> dict[int, TeamTotal]:
    """Return what the counting members of these teams add up to; one query."""
    rows = lines.filter(team__in=list(teams), counts=True).order_by().values("team_id")
    return {
        row["team_id"]: TeamTotal(row["sum"], row["number"], row["people"])
        for row in rows.annotate(sum=Sum("hours"), number=Count("pk"), people=Count("person", distinct=True))
    }


def _shares(shares, lines) -> list[tuple[TeamShare, TeamTotal]]:
    """Return every share with the total of its team; a team without counting members adds nothing."""
    found = list(shares)
    totals = team_totals(lines, {share.team_id for share in found}) if found else {}
    return [(share, totals[share.team_id]) for share in found if share.team_id in totals]


def _add_share(entry: Sums, share: TeamShare, whole: TeamTotal) -> None:
    part = Fraction(share.places, share.all_places)
    entry.hours += whole.hours * part
    entry.persons += whole.persons * part
    entry.counted += whole.counted


def _target(row: TargetRow) -> exact.Target:
    return exact.Target(row.number, exact.TargetUnit(row.kind))


def _figures(
    subject: "Employer | Sector | OrgUnit",
    sums: Sums,
    at: Moment,
    *,
    baseline: Decimal | None,
    target: exact.Target | None,
    sector_code: str = "",
) -> Figures:
    hours = sums.hours / 100
    return Figures(
        subject=subject,
        hours=hours,
        jobs=exact.jobs(hours, at.hours_per_job),
        persons=sums.persons,
        counted=sums.counted,
        excluded=dict(sorted(sums.excluded.items())),
        sheltered=sums.sheltered,
        baseline=baseline,
        target=target,
        sector_code=sector_code,
    )
