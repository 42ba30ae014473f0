"""Reading what is frozen: figures as they were handed in, and what the frozen lines add up to."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import Count, Sum

from placements.counting.figures import Target, TargetUnit, jobs
from placements.models import TeamShare
from placements.moments import Moment
from progress.figures import Figures
from progress.models import Kind, Snapshot, SnapshotLine
from progress.serialise import document
from progress.sums import Branch, Part, Slice, Sums, add_up, with_slices


def frozen_figures(figures: Figures, at: Moment, *, team_persons: Fraction | None) -> dict[str, Any]:
    """Return figures as they are frozen: the JSON of ``manage.py progress``, the name, and the exact values as text.

    ``team_persons`` are the persons that come from shares in teams; None for totals, which have no lines.
    """
    found = document(at, [figures], [])["employers"][0]
    if team_persons is None:
        found |= {"counted": None, "excluded": {}}
    target = figures.target
    exact = {
        "hours": str(figures.hours),
        "persons": str(figures.persons),
        "team_persons": str(team_persons or 0),
        "sheltered": figures.sheltered,
        "hours_per_job": str(Fraction(at.hours_per_job)),
        "baseline": None if figures.baseline is None else str(Fraction(figures.baseline)),
        "target": str(Fraction(target.amount)) if target else None,
        "unit": str(target.unit) if target else None,
    }
    name = figures.subject.name if figures.subject else ""
    return {"on": at.day.isoformat(), "regime": at.regime.code, "name": name, **found, "exact": exact}


def figures_of(snapshot: Snapshot) -> Figures:
    """Return the figures of a snapshot as any other figures; totals count no placements."""
    stored, exact = snapshot.figures, snapshot.figures["exact"]
    hours = Fraction(exact["hours"])
    return Figures(
        subject=snapshot.submission.employer,
        hours=hours,
        jobs=jobs(hours, Fraction(exact["hours_per_job"])),
        persons=Fraction(exact["persons"]),
        counted=stored["counted"] or 0,
        excluded=stored["excluded"],
        sheltered=exact["sheltered"],
        baseline=_decimal(exact["baseline"]),
        target=Target(Fraction(exact["target"]), TargetUnit(exact["unit"])) if exact["target"] is not None else None,
        sector_code=stored["sector"],
    )


@dataclass(frozen=True, slots=True)
class FrozenSums:
    """What the lines of one snapshot add up to; ``team_persons`` of it come from shares in teams."""

    sums: Sums
    team_persons: Fraction


@dataclass(frozen=True, slots=True)
class FrozenSlice(Slice):
    """A share in a team as it was, with the team's code."""

    code: str


def sums_of(snapshot: Snapshot) -> FrozenSums:
    """Add up the lines of a snapshot as the dashboards add up the ledger; two queries."""
    lines = SnapshotLine.objects.filter(snapshot=snapshot)
    (direct,) = add_up(Branch(lines.direct(), "snapshot_id"))
    bought = team_slices(snapshot)
    persons = sum((piece.persons for piece in bought), Fraction(0))
    return FrozenSums(with_slices(direct[snapshot.pk], bought), persons)


def team_slices(snapshot: Snapshot) -> list["FrozenSlice"]:
    """Return the shares in teams that were frozen, each with what its members added up to; one query."""
    return teams_of_many([snapshot.pk])[snapshot.pk]


def teams_of_many(keys: Iterable[int]) -> dict[int, list["FrozenSlice"]]:
    """Return the same for many snapshots, by key; one query."""
    rows = (
        SnapshotLine.objects.filter(snapshot__in=list(keys), team__isnull=False)
        .order_by("snapshot", "team")
        .values("snapshot", "team", "team_code", "places", "all_places")
        .annotate(sum=Sum("hours"), number=Count("pk"), people=Count("person", distinct=True))
    )
    found: dict[int, list[FrozenSlice]] = defaultdict(list)
    for row in rows:
        share = TeamShare(team_id=row["team"], places=row["places"], all_places=row["all_places"])  # type: ignore[misc]
        whole = Part(row["sum"], row["number"], row["people"])
        found[row["snapshot"]].append(FrozenSlice(share, whole, row["team_code"]))
    return found


def distinct_persons(snapshots: Iterable[Snapshot], **condition: Any) -> int:
    """Count the persons with a line that is their own in any of the snapshots, each once; one query.

    ``condition`` says which lines: ``counts=True``, or ``rule="sheltered_work"``.
    """
    keys = [snapshot.pk for snapshot in snapshots if snapshot.kind == Kind.COUNTED]
    lines = SnapshotLine.objects.direct().filter(snapshot__in=keys, **condition)
    return lines.aggregate(number=Count("person", distinct=True))["number"]


def _decimal(text: str | None) -> Decimal | None:
    """Return a baseline, which has two decimals, as it is stored with an employer."""
    if text is None:
        return None
    value = Fraction(text)
    return Decimal(value.numerator) / Decimal(value.denominator)
