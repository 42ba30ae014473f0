"""A sector added up from what its employers handed in: counted figures and own statements apart.

Hours add. Persons of counted snapshots are counted again over the frozen lines, each once; what the employers have in
common is a line of its own. Own statements have no lines: their persons add as they are.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from employers.models import Sector
from employers.models import Target as TargetRow
from placements.counting.facts import Rule
from placements.counting.figures import Target, TargetUnit, one_decimal, sector_target, two_decimals
from progress.figures import Figures, sum_of_baselines, target
from progress.frozen import distinct_persons, figures_of
from progress.models import Kind, Round, SectorSnapshot, Snapshot
from progress.rounds import Member, closing_sum, counting

#: What a sector's sum says of each of its parts.
_AMOUNTS = (("hours", two_decimals), ("jobs", one_decimal), ("persons", one_decimal))


@dataclass(frozen=True, slots=True)
class Part:
    """Employers that handed in in one way, added up. ``overlap`` persons were counted at more than one of them."""

    number: int = 0
    hours: Fraction = Fraction(0)
    jobs: Fraction = Fraction(0)
    persons: Fraction = Fraction(0)
    sheltered: int = 0
    overlap: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class SectorSum:
    """A sector in a round: counted, own statements, and both held against the sector's target."""

    counted: Part
    own: Part
    total: Figures
    asked: int

    @property
    def complete(self) -> bool:
        """Whether every employer that was asked is in the sum."""
        return self.counted.number + self.own.number == self.asked


def sum_of(round: Round, members: Sequence[Member]) -> SectorSum:
    """Add up the approved versions of the members; three queries.

    They are held against the sector's target; once the round is closed, against what that was then, if that was frozen.
    """
    counted = _counted(counting(members, Kind.COUNTED))
    own = _added(counting(members, Kind.TOTALS))
    parts = [figures_of(m.approved) for m in members if m.belongs and m.approved]
    closing = closing_sum(round)
    total = Figures(
        subject=round.sector,
        hours=counted.hours + own.hours,
        jobs=counted.jobs + own.jobs,
        persons=counted.persons + own.persons,
        counted=sum(part.counted for part in parts),
        excluded={},
        sheltered=counted.sheltered + own.sheltered,
        baseline=sum_of_baselines(parts),
        target=_frozen_target(closing) if closing and "aim" in closing.figures else _target(round, parts),
        sector_code=round.sector.code,
    )
    return SectorSum(counted, own, total, sum(member.belongs for member in members))


def _target(round: Round, parts: Iterable[Figures]) -> Target | None:
    mine = TargetRow.objects.filter(sector=round.sector_id, year=round.day.year).first()
    return sector_target(target(mine) if mine else None, [part.target for part in parts if part.target])


def _frozen_target(total: SectorSnapshot) -> Target | None:
    aim = total.figures["aim"]
    return Target(Fraction(aim["number"]), TargetUnit(aim["unit"])) if aim else None


def document(total: SectorSum) -> dict[str, Any]:
    """Return a sum as it is frozen: rounded as everywhere, and exact as text."""
    sector = total.total.subject
    figures = total.total
    aim = figures.target
    amounts = {"target": figures.target.amount if figures.target else None, "realised": figures.realised}
    return {
        "sector": sector.code if isinstance(sector, Sector) else "",
        "asked": total.asked,
        "counted": _part(total.counted),
        "own_statements": _part(total.own),
        **{name: shown(getattr(figures, name)) for name, shown in _AMOUNTS},
        "overlap": one_decimal(total.counted.overlap),
        "target_unit": figures.target.unit.json if figures.target else None,
        **{name: None if value is None else one_decimal(value) for name, value in amounts.items()},
        "progress_pct": None if figures.progress_percent is None else one_decimal(figures.progress_percent),
        "aim": {"number": str(Fraction(aim.amount)), "unit": str(aim.unit)} if aim else None,
        "exact": {"hours": str(figures.hours), "persons": str(figures.persons), "sheltered": figures.sheltered},
    }


def _part(part: Part) -> dict[str, Any]:
    return {"employers": part.number} | {name: shown(getattr(part, name)) for name, shown in _AMOUNTS}


def _counted(snapshots: list[Snapshot]) -> Part:
    """Add up counted snapshots; persons and sheltered persons once each, shares in teams as they are."""
    plain = _added(snapshots)
    bought = sum((Fraction(each.figures["exact"]["team_persons"]) for each in snapshots), Fraction(0))
    persons = distinct_persons(snapshots, counts=True) + bought
    sheltered = distinct_persons(snapshots, rule=Rule.SHELTERED_WORK)
    return Part(plain.number, plain.hours, plain.jobs, persons, sheltered, plain.persons - persons)


def _added(snapshots: Iterable[Snapshot]) -> Part:
    """Add up figures as they are."""
    found = [figures_of(snapshot) for snapshot in snapshots]
    return Part(
        number=len(found),
        hours=sum((each.hours for each in found), Fraction(0)),
        jobs=sum((each.jobs for each in found), Fraction(0)),
        persons=sum((each.persons for each in found), Fraction(0)),
        sheltered=sum(each.sheltered for each in found),
    )
