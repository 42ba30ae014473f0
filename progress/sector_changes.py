"""What changed in a sector from the half-year before to a round: what explains it, adding up exactly.

Employers that were counted both times are explained per cause, protected; own statements, employers that came and
went, and persons who count at two employers are lines of their own.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Count

from progress.differences import Cause, Report
from progress.figures import Figures
from progress.frozen import figures_of
from progress.many_differences import compare_many
from progress.models import Kind, Round, SectorSnapshot, Snapshot
from progress.protected import Cell, cells
from progress.rounds import Member, members_of
from progress.rules import half_year_before
from progress.sector_protected import Line, sector_cells
from progress.sector_sums import SectorSum, sum_of


@dataclass(frozen=True, slots=True)
class Apart:
    """How much more there is: hours a week, persons, at so many employers."""

    hours: Fraction = Fraction(0)
    persons: Fraction = Fraction(0)
    employers: int = 0


@dataclass(frozen=True, slots=True)
class Changes:
    """The difference with the half-year before, in parts that add up to ``total``.

    ``explained`` is what the causes are together, those that are hidden too; ``overlap`` has persons only.
    """

    before: SectorSum
    members_before: dict[int, Member]
    causes: Sequence[Cell]
    explained: Apart
    stated: Apart
    first: Apart
    missing: Apart
    overlap: Apart
    total: Apart


def changes_since(round: Round, members: Sequence[Member], total: SectorSum) -> Changes | None:
    """Work it out; None without a round of the half-year before in this sector. Fourteen queries."""
    earlier = Round.objects.filter(sector=round.sector_id, day=half_year_before(round.day)).select_related("sector")
    previous = earlier.first()
    if previous is None:
        return None
    then = members_of(previous)
    sum_then = sum_of(previous, then)
    was, now = _in_sum(then), _in_sum(members)
    both = [(was[key], now[key]) for key in sorted(now.keys() & was.keys())]
    counted = [pair for pair in both if all(each.kind == Kind.COUNTED for each in pair)]
    stated = [pair for pair in both if pair not in counted]
    overlap = sum_then.counted.overlap - total.counted.overlap
    return Changes(
        before=sum_then,
        members_before={member.employer.pk: member for member in then},
        causes=sector_cells(_lines(counted), final=_are_final(previous, round)),
        explained=_apart(counted),
        stated=_apart(stated),
        first=_apart([(None, now[key]) for key in now.keys() - was.keys()]),
        missing=_apart([(was[key], None) for key in was.keys() - now.keys()]),
        overlap=Apart(persons=overlap, employers=0),
        total=Apart(total.total.hours - sum_then.total.hours, total.total.persons - sum_then.total.persons, len(now)),
    )


def _in_sum(members: Iterable[Member]) -> dict[int, Snapshot]:
    """Return the approved versions that add to the sector, by employer."""
    return {each.employer.pk: each.approved for each in members if each.belongs and each.approved}


def _apart(pairs: Sequence[tuple[Snapshot | None, Snapshot | None]]) -> Apart:
    figures = [(_figures(before), _figures(after)) for before, after in pairs]
    return Apart(
        sum((_of(after, "hours") - _of(before, "hours") for before, after in figures), Fraction(0)),
        sum((_of(after, "persons") - _of(before, "persons") for before, after in figures), Fraction(0)),
        len(pairs),
    )


def _figures(snapshot: Snapshot | None) -> Figures | None:
    return figures_of(snapshot) if snapshot else None


def _of(figures: Figures | None, name: str) -> Fraction:
    return getattr(figures, name) if figures else Fraction(0)


def _lines(pairs: Sequence[tuple[Snapshot, Snapshot]]) -> list[Line]:
    """Return the report of each employer: what it hides, whichever of its versions is looked at; five queries."""
    versions = _counted_versions(snapshot for pair in pairs for snapshot in pair)
    found = compare_many(
        (earlier, later)
        for before, after in pairs
        for earlier in versions[before.submission_id]
        if earlier.approved_at
        for later in versions[after.submission_id]
    )
    lines = []
    for before, after in pairs:
        mine = Report(None, None, found[before.pk, after.pk])  # type: ignore[arg-type]  # only its rows are asked
        others = [
            Report(None, None, found[earlier.pk, later.pk])  # type: ignore[arg-type]
            for earlier in versions[before.submission_id]
            if earlier.approved_at
            for later in versions[after.submission_id]
            if (earlier, later) != (before, after)
        ]
        hidden = frozenset(cell.cause for cell in cells(mine, others) if cell.sum is None)
        sums, other_sums = mine.sums(), [each.sums() for each in others]
        corrected = frozenset(cause for cause in Cause if any(each[cause] != sums[cause] for each in other_sums))
        lines.append(Line(sums, hidden, corrected))
    return lines


def _are_final(*rounds: Round) -> bool:
    """Tell whether rounds were closed once and not reopened, so that who is in them never changed; one query."""
    times = SectorSnapshot.objects.filter(round__in=rounds).order_by().values("round").annotate(times=Count("pk"))
    return all(not each.is_open for each in rounds) and [row["times"] for row in times] == [1] * len(rounds)


def _counted_versions(snapshots: Iterable[Snapshot]) -> dict[int, list[Snapshot]]:
    """Return every counted version of the same submissions, by submission; one query."""
    keys = {snapshot.submission_id for snapshot in snapshots}
    found: dict[int, list[Snapshot]] = defaultdict(list)
    for row in Snapshot.objects.filter(submission__in=keys, kind=Kind.COUNTED).order_by("version"):
        found[row.submission_id].append(row)
    return found
