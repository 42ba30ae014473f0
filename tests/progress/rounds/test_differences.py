"""Every difference between two states is explained by placements, and adds up exactly."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from employers.models import Employer
from placements.moments import moment
from placements.services.periods import add_period, correct_period, end_placement
from placements.services.persons import link_persons
from placements.services.placements import remove_placement
from placements.services.register import end_register_period
from placements.services.teams import add_purchase
from placements.services.terms import terms_of
from progress.differences import Cause, compare, frozen_standing, ledger_standing
from tests.factories import (
    CandidateFactory,
    EmployerFactory,
    PlacementFactory,
    PurchaseFactory,
    RoundFactory,
    SectorFactory,
    SnapshotFactory,
    TeamFactory,
)
from tests.factories.progress import NOW
from tests.placements.counting.random_data import random_sheets, write_folder

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 30)


@pytest.fixture
def employer():
    return EmployerFactory()


@pytest.fixture
def frozen(employer):
    """Return a function that freezes the employer now."""
    return lambda: frozen_standing(SnapshotFactory(employer=employer))


def to_now(before, employer, day=DAY):
    return compare(before, ledger_standing(employer, moment(day, "statutory")))


def shown(report):
    return [(row.cause, row.code, row.hours, row.persons) for row in report.rows]


def adds_up(report):
    assert sum(row.hours for row in report.rows) == report.hours
    assert sum(row.persons for row in report.rows) == report.persons
    sums = report.sums().values()
    assert (sum(each.hours for each in sums), sum(each.persons for each in sums)) == (report.hours, report.persons)
    assert sum(each.number for each in sums) == len(report.rows)
    return True


def test_nothing_changed_explains_nothing(employer, frozen):
    PlacementFactory(host=employer)
    assert to_now(frozen(), employer).rows == []


def test_placements_that_came_went_and_changed(employer, frozen):
    ends, changes, stays = (PlacementFactory(host=employer, code=code) for code in ("EINDE", "UREN", "BLIJFT"))
    before = frozen()

    end_placement(by=None, placement=ends, last_day=date(2026, 6, 1), reason="uitval")
    terms = terms_of(changes.periods.get())
    add_period(
        by=None, placement=changes, terms=type(terms)(**terms.values() | {"first_day": DAY, "hours": Decimal(30)})
    )
    PlacementFactory(host=employer, code="NIEUW")
    report = to_now(before, employer)

    assert shown(report) == [
        (Cause.ENDED, "EINDE", Decimal("-25.5"), -1),
        (Cause.HOURS, "UREN", Decimal("4.5"), 0),
        (Cause.STARTED, "NIEUW", Decimal("25.5"), 1),
    ]
    assert adds_up(report)
    assert stays.code not in str(shown(report))


def test_a_registration_that_ends_or_begins(employer, frozen):
    placement = PlacementFactory(host=employer, code="P")
    before = frozen()
    end_register_period(by=None, period=placement.candidate.register_periods.get(), last_day=date(2026, 4, 30))
    report = to_now(before, employer)
    assert [(row.cause, row.code, row.rule) for row in report.rows] == [(Cause.COUNTS_NO_MORE, "P", "not_registered")]
    assert adds_up(report)
    assert [row.cause for row in compare(report.after, before).rows] == [Cause.COUNTS_NOW]


def test_what_continues_is_told_together(employer, frozen):
    first = PlacementFactory(host=employer, code="EERST", seconded_in=True)
    before = frozen()
    end_placement(by=None, placement=first, last_day=date(2026, 5, 31), reason="anders")
    PlacementFactory(
        host=employer,
        candidate=first.candidate,
        code="DAARNA",
        continues=first,
        period__first_day=date(2026, 6, 1),
        period__hours=Decimal(32),
    )
    report = to_now(before, employer)
    assert shown(report) == [
        (Cause.CONTINUED, "EERST", Decimal("-25.5"), 0),
        (Cause.CONTINUED, "DAARNA", Decimal(32), 0),
    ]
    assert adds_up(report)


def test_one_of_two_placements_of_a_person_takes_no_person_along(employer, frozen):
    candidate = CandidateFactory(owner=employer)
    first, _ = (
        PlacementFactory(host=employer, candidate=candidate, code=code, period__hours=Decimal(10))
        for code in ("EEN", "TWEE")
    )
    before = frozen()
    end_placement(by=None, placement=first, last_day=date(2026, 5, 31), reason="anders")
    assert shown(to_now(before, employer)) == [(Cause.ENDED, "EEN", -10, 0)]


def test_both_placements_of_a_person_take_it_along_once(employer, frozen):
    candidate = CandidateFactory(owner=employer)
    both = [PlacementFactory(host=employer, candidate=candidate, code=code) for code in ("EEN", "TWEE")]
    before = frozen()
    for placement in both:
        end_placement(by=None, placement=placement, last_day=date(2026, 5, 31), reason="anders")
    report = to_now(before, employer)
    assert sorted(row.persons for row in report.rows) == [-1, 0]
    assert adds_up(report)


def test_two_candidates_that_turn_out_to_be_one_person(employer, frozen):
    both = [PlacementFactory(host=employer) for _ in range(2)]
    before = frozen()
    link_persons(candidates=[each.candidate for each in both], by=None)
    report = to_now(before, employer)
    assert {(row.cause, row.hours) for row in report.rows} == {(Cause.SAME_PERSON, 0)}
    assert report.persons == -1
    assert adds_up(report)


def test_a_placement_that_was_removed_still_explains(employer, frozen):
    placement = PlacementFactory(host=employer, code="WEG")
    before = frozen()
    remove_placement(by=None, placement=placement)
    assert shown(to_now(before, employer)) == [(Cause.ENDED, "WEG", Decimal("-25.5"), -1)]


def test_a_share_in_a_team_is_one_row(employer, frozen):
    team = TeamFactory(code="GROEN")
    for _ in range(3):
        PlacementFactory(host=team.employer, in_team=True, team=team, period__hours=Decimal(20))
    PurchaseFactory(team=team, buyer=employer, places=1)
    before = frozen()
    add_purchase(by=None, team=team, buyer=EmployerFactory(), places=2, first_day=date(2026, 6, 1), last_day=None)
    report = to_now(before, employer)
    assert [(row.cause, row.code, row.hours, row.persons, row.members) for row in report.rows] == [
        (Cause.TEAM, "GROEN", -40, -2, 3)
    ]
    assert adds_up(report)


def test_totals_are_compared_but_not_explained(employer):
    totals = frozen_standing(SnapshotFactory(employer=employer, totals=True))
    report = to_now(totals, employer)
    assert (report.rows, report.hours, report.persons) == (None, -51, -2)


def test_two_snapshots_are_compared_as_they_were_frozen(employer):
    placement = PlacementFactory(host=employer, code="P")
    round = RoundFactory()
    first = SnapshotFactory(employer=employer, round=round, approved=True)
    correct_period(
        by=None,
        period=placement.periods.get(),
        terms=type(terms := terms_of(placement.periods.get()))(**terms.values() | {"hours": Decimal(20)}),
    )
    second = SnapshotFactory(employer=employer, round=round, approved=True)
    correct_period(by=None, period=placement.periods.get(), terms=type(terms)(**terms.values() | {"hours": Decimal(1)}))
    report = compare(frozen_standing(first), frozen_standing(second))
    assert shown(report) == [(Cause.HOURS, "P", Decimal("-5.5"), 0)]


def test_the_number_of_queries_does_not_depend_on_the_number_of_placements(employer):
    def queries():
        before = frozen_standing(SnapshotFactory(employer=employer, round=RoundFactory(sector=SectorFactory())))
        later = moment(date(2026, 12, 31), "statutory")
        with CaptureQueriesContext(connection) as captured:
            compare(before, ledger_standing(employer, later))
        before.snapshot.lines.all().delete()
        before.snapshot.delete()
        submission = before.snapshot.submission
        submission.delete()
        submission.round.delete()
        return len(captured)

    PlacementFactory(host=employer, period__last_day=date(2026, 8, 1))
    few = queries()
    PlacementFactory.create_batch(12, host=employer, period__last_day=date(2026, 8, 1))
    assert queries() == few <= 12


@pytest.mark.parametrize("seed", [15, 16, 17])
def test_on_random_data_every_difference_adds_up(load, tmp_path, seed):
    load(write_folder(random_sheets(seed, employers=5, candidates=60, placements=120), tmp_path))
    explained = 0
    for employer in Employer.objects.all():
        fact = employer.facts.filter(first_day__lte=DAY, last_day__gte=DAY).get()
        if employer.last_day and employer.last_day < DAY:
            continue
        round = fact.sector.rounds.first() or RoundFactory(sector=fact.sector)
        before = frozen_standing(SnapshotFactory(employer=employer, round=round, now=NOW + timedelta(days=1)))
        for day in (date(2013, 6, 30), date(2019, 6, 30), date(2024, 12, 31), DAY, date(2027, 12, 31)):
            report = to_now(before, employer, day)
            assert adds_up(report), (employer, day)
            explained += len(report.rows)
            back = compare(report.after, report.before)
            assert adds_up(back)
            assert back.hours == -report.hours
    assert explained > 50
