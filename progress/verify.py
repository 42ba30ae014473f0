"""Proving that what is frozen is still what was frozen: checksums, sums of lines, and sums of sectors."""

from collections.abc import Iterator
from fractions import Fraction

from employers.models import Employer
from progress import checksums
from progress.frozen import figures_of, sums_of
from progress.models import Kind, Round, SectorSnapshot, Snapshot, State, Submission
from progress.rounds import Member
from progress.sector_sums import document, sum_of


def differences() -> Iterator[str]:
    """Yield, in Dutch, everything that does not agree with itself; nothing when all is well."""
    for snapshot in Snapshot.objects.for_list().select_related("previous").iterator(chunk_size=200):
        yield from (f"{name_of(snapshot)}: {fault}" for fault in faults_of(snapshot))
    for total in SectorSnapshot.objects.select_related("round__sector", "made_by"):
        yield from (f"{_name_of_sum(total)}: {fault}" for fault in faults_of_sum(total))
    for round in Round.objects.filter(closed_at__isnull=False, sums__isnull=True).select_related("sector"):
        yield f"sector {round.sector.code} {round.day:%d-%m-%Y}: de ronde is gesloten zonder sectorstand"
    yield from _states()


def faults_of(snapshot: Snapshot) -> Iterator[str]:
    """Yield what is wrong with one version."""
    if checksums.of_snapshot(snapshot, checksums.stored_lines(snapshot)) != snapshot.checksum:
        yield "het controlegetal klopt niet"
    if snapshot.figures.get("on") != snapshot.submission.round.day.isoformat():
        yield "de cijfers gaan over een andere dag dan de ronde"
    previous = snapshot.previous
    if previous and (previous.version, previous.submission_id) != (snapshot.version - 1, snapshot.submission_id):
        yield "de vorige versie is niet die ervoor"
    if snapshot.kind == Kind.TOTALS:
        if snapshot.lines.exists():
            yield "een eigen opgave heeft geen telregels"
        return
    figures, frozen = figures_of(snapshot), sums_of(snapshot)
    sums = frozen.sums
    pairs = {
        "uren": (figures.hours, sums.hours / 100),
        "personen": (figures.persons, sums.persons),
        "plaatsingen die meetellen": (figures.counted, sums.counted),
        "beschutte plekken": (figures.sheltered, sums.sheltered),
        "personen uit teams": (Fraction(snapshot.figures["exact"]["team_persons"]), frozen.team_persons),
    }
    yield from (
        f"{name}: {stated}, de regels geven {found}" for name, (stated, found) in pairs.items() if stated != found
    )
    if figures.excluded != sums.excluded:
        yield "wat niet meetelt, klopt niet met de regels"


def faults_of_sum(total: SectorSnapshot) -> Iterator[str]:
    """Yield what is wrong with one sum of a sector: its checksum, its parts, and what they add up to."""
    if checksums.of_sector(total) != total.checksum:
        yield "het controlegetal klopt niet"
    known = {str(row.uuid): row for row in Snapshot.objects.filter(submission__round=total.round).for_list()}
    parts = [known.get(part["snapshot"]) for part in total.parts]
    wrong = [
        part["snapshot"]
        for part, row in zip(total.parts, parts, strict=True)
        if row is None or row.checksum != part["checksum"] or row.approved_at is None
    ]
    yield from (f"onderdeel {key} is er niet meer zoals het was" for key in wrong)
    if wrong:
        return
    members = [Member(row.submission.employer, True, row.submission, row, row) for row in parts if row]
    found = document(sum_of(total.round, members))
    for name in ("counted", "own_statements", "overlap", "exact"):
        if total.figures[name] != found[name]:
            yield f"{name}: {total.figures[name]}, de onderdelen geven {found[name]}"


def name_of(snapshot: Snapshot) -> str:
    """Return what a message calls a version: employer, day and number."""
    submission = snapshot.submission
    return f"{_code(submission.employer)} {submission.round.day:%d-%m-%Y} versie {snapshot.version}"


def _states() -> Iterator[str]:
    """Yield the submissions whose state is not that of their last version."""
    for submission in Submission.objects.select_related("round", "employer").prefetch_related("snapshots"):
        versions = sorted(submission.snapshots.all(), key=lambda row: row.version)
        approved = bool(versions) and versions[-1].approved_at is not None
        if not versions or approved != (submission.state == State.APPROVED):
            yield f"{_code(submission.employer)} {submission.round.day:%d-%m-%Y}: de stand klopt niet met de versies"


def _code(employer: Employer) -> str:
    return employer.code


def _name_of_sum(total: SectorSnapshot) -> str:
    return f"sector {total.round.sector.code} {total.round.day:%d-%m-%Y} versie {total.version}"
