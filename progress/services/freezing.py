"""Making a version: figures, rules and count lines as they are now, with a checksum. Part of a caller's transaction."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from django.db.models import F, Value

from employers.models import Employer, Target
from placements.counting.figures import jobs
from placements.models import CountLine, RegimeVersion, TeamShare
from placements.models.regime import STATUTORY
from placements.moments import Moment, moment
from progress import checksums
from progress.figures import Figures, employers_on, target
from progress.frozen import frozen_figures, sums_of
from progress.models import Kind, Snapshot, SnapshotLine, Submission, Way

if TYPE_CHECKING:
    from accounts.models import User

_ROWS = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """What an employer that keeps its records elsewhere hands in: paid hours a week, persons, sheltered persons."""

    hours: Decimal
    persons: Decimal
    sheltered: int = 0


def freeze_counted(*, submission: Submission, by: "User | None", now: datetime) -> Snapshot:
    """Freeze what the ledger says about the employer on the round's day; the caller holds the ledger's lock."""
    at = moment(submission.round.day, STATUTORY)
    figures = next(iter(employers_on(at, Employer.objects.filter(pk=submission.employer_id))))
    snapshot = _version(submission, by=by, now=now, kind=Kind.COUNTED, way=Way.SYSTEM, at=at)
    snapshot.figures = frozen_figures(figures, at, team_persons=Fraction(0))
    snapshot.save()
    _store(snapshot, _lines(submission.employer, at))
    frozen = sums_of(snapshot)
    if (frozen.sums.hours / 100, frozen.sums.persons) != (figures.hours, figures.persons):
        raise RuntimeError(f"{submission.employer.code}: the frozen lines do not add up to the figures")
    snapshot.figures = frozen_figures(figures, at, team_persons=frozen.team_persons)
    return _seal(snapshot)


def freeze_totals(*, submission: Submission, totals: Totals, way: Way, by: "User | None", now: datetime) -> Snapshot:
    """Freeze totals that were worked out elsewhere, held against the target and the baseline that are known here."""
    at = moment(submission.round.day, STATUTORY)
    figures = figures_of_totals(submission.employer, totals, at)
    snapshot = _version(submission, by=by, now=now, kind=Kind.TOTALS, way=way, at=at)
    snapshot.figures = frozen_figures(figures, at, team_persons=None)
    snapshot.save()
    return _seal(snapshot)


def figures_of_totals(employer: Employer, totals: Totals, at: Moment) -> Figures:
    """Return totals as figures of the employer on a day."""
    row = Employer.objects.with_facts_on(at.day).get(pk=employer.pk)
    aim = Target.objects.filter(employer=employer, year=at.day.year).first()
    return Figures(
        subject=row,
        hours=Fraction(totals.hours),
        jobs=jobs(totals.hours, at.hours_per_job),
        persons=Fraction(totals.persons),
        counted=0,
        excluded={},
        sheltered=totals.sheltered,
        baseline=row.baseline_jobs,
        target=target(aim) if aim else None,
        sector_code=row.sector_code,
    )


def rules_of(at: Moment) -> dict[str, Any]:
    """Return the regime and the version of its rules that holds on the day."""
    version = RegimeVersion.objects.get(regime=at.regime, pending=False, first_day__lte=at.day, last_day__gte=at.day)
    return {
        "regime": at.regime.code,
        "from": version.first_day.isoformat(),
        "until": version.last_day.isoformat(),
        "hours_per_job": str(version.hours_per_job.normalize()),
        "procurement_counts": version.procurement_counts,
        "registration_test": version.registration_test,
        "source": version.source,
    }


def _version(submission: Submission, *, by: "User | None", now: datetime, kind: Kind, way: Way, at: Moment) -> Snapshot:
    previous = submission.snapshots.order_by("-version").first()
    return Snapshot(
        submission=submission,
        version=previous.version + 1 if previous else 1,
        previous=previous,
        kind=kind,
        way=way,
        rules=rules_of(at),
        made_at=now,
        made_by=by,
    )


def _seal(snapshot: Snapshot) -> Snapshot:
    """Give a version its checksum, over what stands in the database."""
    snapshot.checksum = checksums.of_snapshot(snapshot, checksums.stored_lines(snapshot))
    snapshot.save()
    return snapshot


def _store(snapshot: Snapshot, lines: Iterable[dict[str, Any]]) -> None:
    """Store lines a few thousand at a time."""
    rows = (SnapshotLine(snapshot=snapshot, **line) for line in lines)
    SnapshotLine.objects.bulk_create(rows, batch_size=_ROWS)


def _lines(employer: Employer, at: Moment) -> Iterator[dict[str, Any]]:
    """Yield the employer's own lines, then those of members of teams it bought places of, without their codes."""
    lines = CountLine.objects.on(at.day, at.regime.pk).order_by("placement_id")
    own = lines.filter(employer=employer)
    yield from _read(
        own,
        placement_code=F("placement__code"),
        person_code=F("placement__candidate__code"),
        unit_code=F("unit__code"),
        team_code=Value(""),
    )
    shares = TeamShare.objects.on(at.day).filter(buyer=employer)
    for share in shares.select_related("team").order_by("team_id"):
        members = lines.filter(team=share.team_id)
        for line in _read(members, team_code=F("team__code")):
            yield line | {"places": share.places, "all_places": share.all_places}


def _read(lines: Any, **codes: Any) -> Iterator[dict[str, Any]]:
    found = {name: F(f"{name}_id") for name in ("placement", "person", "team")}
    columns = {f"{name}_key": value for name, value in found.items()}
    rows = lines.values(
        "counts",
        "rule",
        "hours",
        "first_day",
        "last_day",
        continues_key=F("placement__continues_id"),
        **columns,
        **{f"{name}_text": value for name, value in codes.items()},
    )
    for row in rows.iterator(chunk_size=_ROWS):
        yield {name.removesuffix("_key").removesuffix("_text"): value for name, value in row.items()} | {
            "unit_code": row.get("unit_code_text") or ""
        }
