"""What is approved stays as it is, whoever asks the database to change it."""

from datetime import date

import pytest
from django.db import Error, IntegrityError, connection, transaction

from progress.models import Round, SectorSnapshot, Snapshot, SnapshotLine, Submission
from progress.services.rounds import close_round
from tests.factories import EmployerFactory, PlacementFactory, RoundFactory, SectorFactory, SnapshotFactory
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
    "the day it is about": lambda: Round.objects.update(day=date(2025, 6, 30)),
    "the sector it is about": lambda: Round.objects.update(sector=SectorFactory(code="mbo")),
    "the employer it is about": lambda: Submission.objects.update(employer=EmployerFactory()),
    "the round it belongs to": lambda: Submission.objects.update(round=RoundFactory(day=date(2025, 6, 30))),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_an_approved_snapshot_and_its_lines_cannot_be_changed(employer, change):
    SnapshotFactory(employer=employer, approved=True)
    assert refuses(change)


@pytest.mark.postgresql
@pytest.mark.parametrize("table", ["snapshot", "snapshotline", "sectorsnapshot", "submission", "round"])
def test_no_table_with_what_is_approved_is_emptied_at_once(employer, table):
    snapshot = SnapshotFactory(employer=employer, approved=True)
    close_round(by=None, round=snapshot.submission.round, now=NOW)
    connection.check_constraints()  # PostgreSQL empties no table for which that is still to be done
    assert refuses(sql(f"TRUNCATE progress_{table} CASCADE"))


@pytest.mark.sqlite
@pytest.mark.parametrize("table", ["snapshot", "snapshotline", "sectorsnapshot"])
def test_no_row_of_what_is_approved_is_replaced(employer, table):
    snapshot = SnapshotFactory(employer=employer, approved=True)
    close_round(by=None, round=snapshot.submission.round, now=NOW)
    assert refuses(sql(f"REPLACE INTO progress_{table} SELECT * FROM progress_{table}"))


@pytest.mark.parametrize("change", ["hours of a line", "a figure", "the day it is about"])
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
