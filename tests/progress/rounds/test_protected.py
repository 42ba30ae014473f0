"""An adviser's difference report: sums per cause, and nothing about one or two people, however often one looks."""

from datetime import date
from fractions import Fraction

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from placements.services.periods import correct_period, end_placement
from placements.services.terms import Terms, terms_of
from progress.differences import GROUPS, Cause, Report, Row
from progress.protected import cells, report_for
from tests.factories import (
    CandidateFactory,
    EmployerFactory,
    PlacementFactory,
    RoundFactory,
    SectorFactory,
    SnapshotFactory,
    UserFactory,
)
from tests.factories.progress import NOW
from tests.progress.reading import shown

BEFORE = {"day": date(2025, 12, 31), "deadline": date(2026, 2, 1)}


@pytest.fixture
def employer(db):
    return EmployerFactory()


@pytest.fixture
def before(employer):
    """Return a function that has the half-year before handed in and approved as it is now."""
    rounds = {}

    def before(**values):
        if not rounds:
            rounds["it"] = RoundFactory(**BEFORE)
        later = NOW.replace(year=2027)
        return SnapshotFactory(round=rounds["it"], employer=employer, approved=True, now=later, **values)

    return before


def report_of(*rows):
    """Return a report of these rows, each (cause, people)."""
    made = [Row(cause, "P", Fraction(0), Fraction(people), Fraction(people), people) for cause, people in rows]
    return Report(None, None, made)


def started(employer, number):
    return PlacementFactory.create_batch(number, host=employer, period__first_day=date(2026, 3, 1))


def open_cells(found):
    return {cell.cause: cell.sum.persons for cell in found if cell.sum}


def test_causes_of_three_people_and_more_are_shown(employer, before):
    stay = PlacementFactory.create_batch(3, host=employer)
    before()
    started(employer, 4)
    for each in stay:
        end_placement(by=None, placement=each, last_day=date(2026, 5, 1), reason="uitval")
    report, found = report_for(SnapshotFactory(employer=employer))
    assert open_cells(found) == {Cause.STARTED: 4, Cause.ENDED: -3}
    assert report.persons == 1


def test_a_cause_of_one_person_is_hidden_with_another_that_works_the_same_way(employer, before):
    before()
    started(employer, 1)
    _, found = report_for(SnapshotFactory(employer=employer))
    assert [(cell.cause, cell.sum) for cell in found] == [(Cause.STARTED, None), (Cause.COUNTS_NOW, None)]


def test_people_are_counted_not_their_placements(employer, before):
    """Of two people whose work went on in a new placement each, four placements changed."""
    first = PlacementFactory.create_batch(2, host=employer)
    before()
    for each in first:
        end_placement(by=None, placement=each, last_day=date(2026, 5, 31), reason="anders")
        PlacementFactory(
            host=employer,
            candidate=each.candidate,
            continues=each,
            period__first_day=date(2026, 6, 1),
            period__hours=30,
        )
    report, found = report_for(SnapshotFactory(employer=employer))
    assert report.sums()[Cause.CONTINUED].number == 4
    assert open_cells(found) == {}


def test_someone_who_starts_in_three_placements_is_one_person(employer, before):
    before()
    person = CandidateFactory()
    PlacementFactory.create_batch(3, host=employer, candidate=person, period__first_day=date(2026, 3, 1))
    _, found = report_for(SnapshotFactory(employer=employer))
    assert open_cells(found) == {}


def test_hours_are_not_hidden_behind_a_cause_that_never_has_any():
    """Someone else in a placement brings no hours, so what is left of the total would be the hours of one person."""
    hours = Row(Cause.HOURS, "P", Fraction(24), Fraction(32), Fraction(0), 1)
    found = cells(Report(None, None, [hours, *report_of((Cause.CONTINUED, 5), (Cause.TEAM, 6)).rows]))
    assert {cell.cause for cell in found if cell.sum is None} == set(GROUPS[2])


def test_a_correction_of_one_person_is_not_told_by_two_reports(employer, before):
    before()
    started(employer, 4)
    round = RoundFactory()
    first = SnapshotFactory(round=round, employer=employer, approved=True)
    assert open_cells(report_for(first)[1]) == {Cause.STARTED: 4}
    started(employer, 1)
    second = SnapshotFactory(round=round, employer=employer)
    assert open_cells(report_for(second)[1]) == {}


def test_nor_by_a_correction_of_the_half_year_before(employer, before):
    before()
    began = started(employer, 4)
    snapshot = SnapshotFactory(employer=employer)
    assert open_cells(report_for(snapshot)[1]) == {Cause.STARTED: 4}

    terms = terms_of(began[0].periods.get())
    earlier = Terms(**terms.values() | {"first_day": date(2025, 12, 1)})
    correct_period(by=None, period=began[0].periods.get(), terms=earlier)
    before()

    report, found = report_for(snapshot)
    assert (report.persons, open_cells(found)) == (3, {})


def test_a_half_year_in_another_sector_is_not_compared_with(employer):
    elsewhere = RoundFactory(sector=SectorFactory(code="mbo"), **BEFORE)
    other = EmployerFactory(sector="mbo")
    SnapshotFactory(round=elsewhere, employer=other, approved=True, now=NOW.replace(year=2027))
    assert report_for(SnapshotFactory(employer=employer)) is None


def test_totals_are_not_broken_down(employer, before):
    before(totals=True)
    report, found = report_for(SnapshotFactory(employer=employer))
    assert (report.rows, found, report.persons) == (None, [], -2)


PEOPLE = st.lists(st.tuples(st.sampled_from(list(Cause)), st.integers(1, 4)), max_size=8)


@given(rows=PEOPLE)
def test_whatever_changed_no_small_cause_stands_alone(rows):
    found = cells(report_of(*rows))
    touched = {cause: sum(people for each, people in rows if each == cause) for cause in Cause}
    hidden = {cell.cause for cell in found if cell.sum is None}
    for group in GROUPS:
        small = [cause for cause in group if 1 <= touched[cause] <= 2]
        assert set(small) <= hidden
        assert set(group) <= hidden or not (small or hidden & set(group))
    assert {cell.cause for cell in found if cell.sum} == {cause for cause in Cause if touched[cause]} - hidden


def test_the_page_says_hidden_and_shows_the_total(employer, before, client):
    before()
    started(employer, 1)
    made = SnapshotFactory(employer=employer)
    round = made.submission.round
    client.force_login(UserFactory(adviser=round.sector))
    place = {"sector": round.sector.uuid, "round": round.uuid, "member": employer.uuid}
    page = shown(client.get(reverse("round_difference", kwargs=place)))
    rows = [[cell.text for cell in row] for row in page.tables["Verschil per oorzaak"][1:]]
    assert rows == [
        ["Nieuw", "verborgen", "verborgen"],
        ["Telt nu mee", "verborgen", "verborgen"],
        ["Samen", "+25,50", "+1"],
    ]
