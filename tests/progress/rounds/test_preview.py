"""What is worth a look before handing in."""

from datetime import date

import pytest

from placements.counting.calendar import Stretch
from placements.services.mergers import merge_employer
from progress.preview import preview_of
from tests.factories import (
    CandidateFactory,
    EmployerFactory,
    PlacementFactory,
    RegisterPeriodFactory,
    RoundFactory,
    SnapshotFactory,
)
from tests.factories.progress import NOW

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 30)


@pytest.fixture
def employer():
    return EmployerFactory()


@pytest.fixture
def preview(employer):
    round = RoundFactory()
    return lambda: preview_of(round, employer)


def codes(warned):
    assert warned.number == len(warned.placements)
    return [placement.code for placement in warned.placements]


def registered(employer, first, last):
    return CandidateFactory(owner=employer, register=Stretch(first, last))


class TestRegistration:
    @pytest.mark.parametrize(
        ("last", "warned"),
        [
            (date(2026, 6, 30), True),
            (date(2026, 8, 29), True),
            (date(2026, 8, 30), False),
            (None, False),
            (date(2026, 5, 31), False),
        ],
    )
    def test_one_that_ends_within_sixty_days_of_the_reference_day(self, employer, preview, last, warned):
        period = Stretch(date(2020, 1, 1), last) if last else Stretch(date(2020, 1, 1))
        candidate = CandidateFactory(owner=employer, register=period)
        PlacementFactory(host=employer, candidate=candidate, code="P")
        assert codes(preview().register_ends) == (["P"] if warned else [])

    def test_one_that_is_renewed_is_fine(self, employer, preview):
        candidate = registered(employer, date(2020, 1, 1), date(2026, 7, 31))
        RegisterPeriodFactory(candidate=candidate, first_day=date(2026, 8, 1))
        PlacementFactory(host=employer, candidate=candidate)
        assert codes(preview().register_ends) == []


class TestHours:
    @pytest.mark.parametrize(
        ("last", "reason", "warned"),
        [
            (date(2026, 6, 29), "", True),
            (date(2026, 1, 1), "", True),
            (date(2026, 6, 29), "uitval", False),
            (date(2026, 6, 30), "", False),
            (date(2025, 12, 31), "", False),
            (None, "", False),
        ],
    )
    def test_that_stopped_in_this_half_year_without_a_reason(self, employer, preview, last, reason, warned):
        PlacementFactory(host=employer, code="P", period__last_day=last, period__end_reason=reason)
        assert codes(preview().without_hours) == (["P"] if warned else [])

    def test_what_continues_is_fine(self, employer, preview):
        first = PlacementFactory(host=employer, seconded_in=True, period__last_day=date(2026, 5, 31))
        PlacementFactory(host=employer, candidate=first.candidate, continues=first, period__first_day=date(2026, 6, 1))
        assert codes(preview().without_hours) == []


class TestJumps:
    def test_against_what_was_handed_in_for_the_half_year_before(self, employer, preview):
        PlacementFactory(host=employer)
        before = RoundFactory(day=date(2025, 12, 31), deadline=date(2026, 2, 1))
        SnapshotFactory(round=before, employer=employer, approved=True, now=NOW.replace(month=1))
        PlacementFactory.create_batch(3, host=employer)
        assert preview().jumps == {"jobs": (1, 4), "persons": (1, 4)}

    def test_without_that_against_the_count(self, employer, preview):
        PlacementFactory.create_batch(4, host=employer, period__first_day=date(2026, 2, 1))
        assert preview().jumps == {"jobs": (0, 4), "persons": (0, 4)}
        assert not preview().is_clean

    def test_an_employer_that_merged_into_this_one_is_counted_with_it(self, employer, preview):
        old = EmployerFactory(name="Gemeente Oud")
        PlacementFactory.create_batch(4, host=old)
        merge_employer(by=None, employer=old, successor=employer, last_day=date(2025, 12, 31))
        found = preview()
        assert (found.earlier.merged, found.earlier.persons, found.figures.persons) == (["Gemeente Oud"], 4, 4)
        assert found.jumps == {}

    def test_nothing_to_look_at(self, employer, preview):
        PlacementFactory(host=employer)
        assert preview().is_clean

    def test_an_employer_without_placements_has_nothing_to_warn_of(self, preview):
        found = preview()
        assert (found.is_clean, found.figures.persons) == (True, 0)
