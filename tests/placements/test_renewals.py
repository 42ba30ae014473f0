"""Temporary contracts whose end was known: renewed, made permanent, or not."""

from datetime import date

import pytest

from placements.models.regime import STATUTORY
from placements.moments import moment
from placements.renewals import Renewals, renewals
from placements.services.periods import add_period
from placements.services.terms import Terms
from tests.factories import EmployerFactory, OrgUnitFactory, PlacementFactory

pytestmark = pytest.mark.django_db

END, NEXT = date(2025, 5, 31), date(2025, 6, 1)


def placement(employer, **period):
    values = {"first_day": date(2024, 6, 1), "last_day": END} | period
    return PlacementFactory(host=employer, **{f"period__{name}": value for name, value in values.items()})


def found(employer, day=date(2025, 12, 31), unit=None):
    return renewals(moment(day, STATUTORY), employer.pk, unit)


def followed_by(placement, **changes):
    """Add the period after the only one of a placement: the same terms, but for what changes."""
    before = placement.periods.get()
    values = {
        "first_day": NEXT,
        "last_day": None,
        "hours": before.hours,
        "contract_kind": "tijdelijk",
        "job_title": before.job_title,
        "unit": before.unit,
        "end_reason": "",
    }
    add_period(placement=placement, terms=Terms(**values | changes), by=None)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (None, Renewals(1, 0, 0)),
        ({}, Renewals(1, 1, 0)),
        ({"contract_kind": "vast"}, Renewals(1, 1, 1)),
        ({"contract_kind": "vast", "hours": 32}, Renewals(1, 1, 1)),
        ({"hours": 32}, Renewals(0, 0, 0)),  # a change of hours is no renewal
        ({"first_day": date(2025, 6, 2)}, Renewals(1, 0, 0)),  # a gap
    ],
)
def test_what_follows_decides(changes, expected):
    employer = EmployerFactory()
    work = placement(employer)
    if changes is not None:
        followed_by(work, **changes)
    assert found(employer) == expected


def test_an_internal_move_is_no_renewal():
    employer = EmployerFactory()
    followed_by(placement(employer, unit=OrgUnitFactory(employer=employer)), unit=OrgUnitFactory(employer=employer))
    assert found(employer) == Renewals(0, 0, 0)


def test_a_placement_that_continues_it_is_a_renewal():
    employer = EmployerFactory()
    first = PlacementFactory(host=employer, seconded_in=True, period__last_day=END)
    PlacementFactory(
        host=employer,
        candidate=first.candidate,
        continues=first,
        period__first_day=NEXT,
        period__contract_kind="vast",
    )
    assert found(employer) == Renewals(1, 1, 1)


@pytest.mark.parametrize(
    ("reason", "known"), [("", 1), ("contract_afgelopen", 1), ("maximale_termijn", 1), ("uitval", 0), ("pensioen", 0)]
)
def test_only_ends_that_were_known_beforehand(reason, known):
    employer = EmployerFactory()
    placement(employer, end_reason=reason)
    assert found(employer).ended == known


@pytest.mark.parametrize(
    ("day", "ended"),
    [(date(2025, 5, 30), 0), (END, 1), (date(2025, 12, 31), 1), (date(2026, 1, 1), 0), (date(2024, 12, 31), 0)],
)
def test_only_this_year_and_not_what_is_to_come(day, ended):
    employer = EmployerFactory()
    placement(employer)
    assert found(employer, day).ended == ended


def test_what_does_not_count_is_renewed_all_the_same():
    employer = EmployerFactory()
    PlacementFactory(host=employer, sheltered=True, period__last_day=END)
    assert found(employer).ended == 1


def test_a_permanent_contract_has_no_renewal():
    employer = EmployerFactory()
    placement(employer, contract_kind="vast")
    assert found(employer).ended == 0
