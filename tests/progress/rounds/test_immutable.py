"""What is approved stays as it is, whoever asks the database to change it."""

import pytest
from django.db import Error, IntegrityError, connection, transaction

from progress.models import SectorSnapshot, Snapshot, SnapshotLine
from progress.services.rounds import close_round
from tests.factories import EmployerFactory, PlacementFactory, RoundFactory, SnapshotFactory
from tests.factories.progress import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def employer():
    employer = EmployerFactory()
    PlacementFactory(host=employer)
    return employer


def refuses(change):
    """Tell whether the database refuses a change."""
    try:
        with transaction.atomic():
            change()
    except Error as error:
        return "Een goedgekeurde stand verandert niet." in str(error)
    return False


def sql(statement):
    def run():
        with connection.cursor() as cursor:
            cursor.execute(statement)

    return run


CHANGES = {
    "a figure": lambda: Snapshot.objects.update(figures={}),
    "the approval": lambda: Snapshot.objects.update(approved_at=None),
    "the version": sql("UPDATE progress_snapshot SET version = version"),
    "the snapshot itself": sql("DELETE FROM progress_snapshot"),
    "hours of a line": lambda: SnapshotLine.objects.update(hours=1),
    "a line": lambda: SnapshotLine.objects.all().delete(),
    "all lines": sql("DELETE FROM progress_snapshotline"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_an_approved_snapshot_and_its_lines_cannot_be_changed(employer, change):
    SnapshotFactory(employer=employer, approved=True)
    assert refuses(change)


@pytest.mark.parametrize("change", ["hours of a line", "a figure"])
def test_what_is_not_approved_yet_can(employer, change):
    SnapshotFactory(employer=employer)
    assert not refuses(CHANGES[change])


def test_no_line_is_added_to_an_approved_snapshot_or_moved_to_it(employer):
    round = RoundFactory()
    approved = SnapshotFactory(employer=employer, round=round, approved=True)
    line = approved.lines.get()
    line.pk, line.placement = None, line.placement + 1
    assert refuses(lambda: line.save(force_insert=True))

    other = EmployerFactory()
    PlacementFactory(host=other)
    waiting = SnapshotFactory(employer=other, round=round)
    assert refuses(lambda: waiting.lines.update(snapshot=approved))


def test_a_sum_of_a_sector_cannot_be_changed_at_all(employer):
    snapshot = SnapshotFactory(employer=employer, approved=True)
    close_round(by=None, round=snapshot.submission.round, now=NOW)
    assert refuses(lambda: SectorSnapshot.objects.update(figures={}))
    assert refuses(lambda: SectorSnapshot.objects.all().delete())


@pytest.mark.parametrize(
    "values",
    [{"version": 2}, {"kind": "eigen_opgave"}, {"way": "formulier"}, {"version": 1}],
    ids=["second without first", "totals from the system", "count by form", "same version twice"],
)
def test_a_version_that_cannot_be_is_not_stored(employer, values):
    made = SnapshotFactory(employer=employer)
    copy = Snapshot(
        submission=made.submission,
        figures={},
        rules={},
        made_at=NOW,
        checksum="0" * 64,
        **({"kind": "telling", "way": "systeem", "version": 7} | values),
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save()
