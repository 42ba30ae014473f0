"""What coaching costs in hours: per coach and month, travel apart, and the curve that drops after the start."""

import csv
import io
from datetime import date
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEvent
from coaching.hours import curve
from tests.factories import (
    AssignmentFactory,
    CandidateFactory,
    CheckInFactory,
    EmployerFactory,
    JobCoachFactory,
    PlacementFactory,
    TrialFactory,
)
from tests.placements.views.pages import words

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 28)


@pytest.fixture
def assignment(placement, coach):
    return AssignmentFactory(subject=placement, coach=coach, first_day=date(2025, 12, 1))


def rows_of(response) -> list[dict[str, str]]:
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


class TestYear:
    @pytest.fixture
    def recorded(self, assignment, employer):
        CheckInFactory(assignment=assignment, day=date(2025, 12, 31), minutes=300)
        CheckInFactory(assignment=assignment, day=date(2026, 1, 1), minutes=60, travel_minutes=30)
        CheckInFactory(assignment=assignment, day=date(2026, 1, 31), minutes=30)
        CheckInFactory(
            assignment=assignment, day=date(2026, 3, 5), kind="niet_verschenen", minutes=0, travel_minutes=45
        )
        other = JobCoachFactory(employer=employer, name="Bo", name_folded="bo")
        trial = TrialFactory(host=employer, first_day=date(2026, 3, 1))
        row = AssignmentFactory(subject=trial, coach=other, first_day=date(2026, 3, 1))
        CheckInFactory(assignment=row, day=date(2026, 3, 31), minutes=15, by=None)

    def test_per_coach_and_month_with_travel_apart(self, desk, at, recorded):
        page = words(desk.get(at("coaching_hours")))
        dashes = " –" * 9
        assert f"Bo – – 0,3{dashes} 0,3" in page
        assert f"Kim Özer 1,5 – –{dashes} 1,5" in page
        assert f"Samen 1,5 – 0,3{dashes} 1,8" in page
        assert f"Kim Özer 0,5 – 0,8{dashes} 1,3" in page

    def test_another_year(self, desk, at, recorded):
        page = words(desk.get(at("coaching_hours"), {"jaar": "2025"}))
        assert "5,0 5,0" in page
        assert "Bo" not in page

    @pytest.mark.parametrize("year", ["1999", "2027", "onzin", "²"])
    def test_a_year_without_anything_gives_this_one(self, desk, at, recorded, year):
        assert "aan uren kost in 2026" in words(desk.get(at("coaching_hours"), {"jaar": year}))

    def test_the_file_holds_the_same_sums_in_minutes(self, desk, at, recorded):
        rows = rows_of(desk.get(at("coaching_hours"), {"export": "csv"}))
        assert [tuple(row.values()) for row in rows] == [
            ("2026", "3", "Bo", "1", "15", "0"),
            ("2026", "1", "Kim Özer", "2", "90", "30"),
            ("2026", "3", "Kim Özer", "1", "0", "45"),
        ]
        assert AuditEvent.objects.get(action="uren.geëxporteerd").changes["regels"] == 3

    def test_an_unknown_kind_of_file_is_not_there(self, desk, at, recorded):
        assert desk.get(at("coaching_hours"), {"export": "pdf"}).status_code == 404

    def test_another_employers_hours_are_not_there(self, desk, at, employer):
        CheckInFactory(minutes=60, assignment__coach__name="Onzichtbaar")
        assert "Onzichtbaar" not in words(desk.get(at("coaching_hours")))

    def test_a_coach_one_may_not_open_is_no_link(self, desk, at, employer):
        host = EmployerFactory()
        placement = PlacementFactory(
            host=host, employer_of_record=employer, route="detachering", candidate=CandidateFactory(owner=employer)
        )
        coach = JobCoachFactory(employer=host, name="Van Elders")
        CheckInFactory(assignment=AssignmentFactory(subject=placement, coach=coach))
        page = desk.get(at("coaching_hours"))
        assert "Van Elders" in words(page)
        assert str(coach.uuid) not in page.content.decode()

    def test_nothing_recorded_yet(self, desk, at):
        page = words(desk.get(at("coaching_hours")))
        assert "In 2026 is er nog geen gesprek vastgelegd." in page
        assert "Nog geen cijfers om te tekenen." in page


class TestCurve:
    def test_minutes_per_month_since_the_first_day(self, employer, coordinator, coach):
        placement = PlacementFactory(host=employer, period__first_day=date(2026, 9, 15))
        row = AssignmentFactory(subject=placement, coach=coach, first_day=date(2026, 9, 15))
        for day, minutes in (((2026, 9, 15), 60), ((2026, 10, 14), 60), ((2026, 10, 15), 40), ((2026, 11, 28), 10)):
            CheckInFactory(assignment=row, day=date(*day), minutes=minutes, travel_minutes=99)
        assert curve(coordinator, employer, TODAY) == [(1, 120), (2, 40), (3, 10)]

    def test_the_mean_is_of_who_was_coached_in_that_month(self, employer, coordinator, coach):
        """The second is coached in month 2 only, and nothing was recorded then."""
        first = PlacementFactory(host=employer, period__first_day=date(2026, 10, 1))
        row = AssignmentFactory(subject=first, coach=coach, first_day=date(2026, 10, 1))
        CheckInFactory(assignment=row, day=date(2026, 10, 2), minutes=60)
        CheckInFactory(assignment=row, day=date(2026, 11, 2), minutes=45)
        second = PlacementFactory(host=employer, period__first_day=date(2026, 8, 1))
        AssignmentFactory(
            subject=second, coach=coach, first_day=date(2026, 9, 1), last_day=date(2026, 9, 30), today=TODAY
        )
        assert curve(coordinator, employer, TODAY) == [(1, 60), (2, Fraction(45, 2))]

    def test_trials_are_no_part_of_it(self, employer, coordinator, coach):
        trial = TrialFactory(host=employer)
        row = AssignmentFactory(subject=trial, coach=coach, first_day=trial.first_day)
        CheckInFactory(assignment=row)
        assert curve(coordinator, employer, TODAY) == []

    def test_the_page_draws_it_with_a_table(self, desk, at, employer, coach):
        placement = PlacementFactory(host=employer, period__first_day=date(2026, 10, 1))
        row = AssignmentFactory(subject=placement, coach=coach, first_day=date(2026, 10, 1))
        CheckInFactory(assignment=row, day=date(2026, 10, 2), minutes=60)
        page = desk.get(at("coaching_hours"))
        assert "Van 60 minuten in maand 1 naar 0 in maand 2." in words(page)
        assert page.content.decode().count('<rect class="chart-bar"') == 4


def test_more_contacts_take_as_many_queries(desk, at, employer, assignment):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            desk.get(at("coaching_hours"))
        return len(captured)

    CheckInFactory(assignment=assignment)
    desk.get(at("coaching_hours"))
    few = queries()
    for month in range(1, 11):
        row = AssignmentFactory(
            subject=PlacementFactory(host=employer),
            coach=JobCoachFactory(employer=employer),
            first_day=date(2026, 1, 1),
        )
        CheckInFactory(assignment=row, day=date(2026, month, 3))
    assert queries() == few
    assert few < 15
