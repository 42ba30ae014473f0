"""At a merger everything that runs goes on at the successor, counted once on every day."""

from datetime import date
from decimal import Decimal

import pytest

from placements.models import CountLine, Placement
from placements.services.periods import add_period
from placements.services.terms import Terms
from tests.factories import (
    CandidateFactory,
    EmployerFactory,
    PartnerFactory,
    PlacementFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_step")]

LAST = date(2026, 12, 31)
FIRST = date(2027, 1, 1)


def stretches(placement):
    return [(p.first_day, p.last_day, p.hours) for p in placement.periods.order_by("first_day")]


def credited(day):
    """Return who is credited on a day under the statutory regime: {placement code: employer code}."""
    lines = CountLine.objects.filter(regime__code="statutory", counts=True, first_day__lte=day, last_day__gte=day)
    return dict(lines.values_list("placement__code", "employer__code"))


def continuation(placement):
    return Placement.objects.get(continues=placement)


def test_a_running_placement_goes_on_without_a_gap(old, new, merge):
    placement = PlacementFactory(host=old, code="P-1", period__last_day=date(2027, 6, 30), period__hours=Decimal(24))
    merge()
    after = continuation(placement)
    assert stretches(placement) == [(date(2020, 1, 1), LAST, Decimal(24))]
    assert stretches(after) == [(FIRST, date(2027, 6, 30), Decimal(24))]
    assert (after.code, after.host, after.owner, after.candidate) == ("P-1-NIEUW", new, old, placement.candidate)


def test_it_counts_once_on_every_day(old, merge):
    PlacementFactory(host=old, code="P-1")
    merge()
    assert credited(LAST) == {"P-1": "OUD"}
    assert credited(FIRST) == {"P-1-NIEUW": "NIEUW"}


def test_planned_periods_of_a_running_placement_go_along(old, merge):
    placement = PlacementFactory(host=old)
    terms = Terms(first_day=date(2027, 3, 1), hours=Decimal(32), contract_kind="vast", job_title="Medewerker groen")
    add_period(placement=placement, terms=terms, by=None)
    merge()
    assert stretches(placement) == [(date(2020, 1, 1), LAST, Decimal("25.5"))]
    assert stretches(continuation(placement)) == [
        (FIRST, date(2027, 2, 28), Decimal("25.5")),
        (date(2027, 3, 1), None, Decimal(32)),
    ]


def test_a_placement_that_has_not_begun_moves_as_it_is(old, new, merge):
    placement = PlacementFactory(host=old, code="P-1", period__first_day=FIRST)
    merge()
    placement.refresh_from_db()
    assert (placement.host, placement.code, placement.revision) == (new, "P-1", 2)
    assert not Placement.objects.filter(continues=placement).exists()
    assert credited(FIRST) == {"P-1": "NIEUW"}


def test_a_placement_that_has_ended_stays(old, merge):
    placement = PlacementFactory(host=old, period__last_day=LAST, period__end_reason="pensioen")
    merge()
    placement.refresh_from_db()
    assert (placement.host, placement.periods.get().end_reason, placement.revision) == (old, "pensioen", 1)
    assert Placement.objects.count() == 1


def test_the_reason_of_a_known_end_goes_along(old, merge):
    placement = PlacementFactory(host=old, period__last_day=date(2027, 6, 30), period__end_reason="pensioen")
    merge()
    assert placement.periods.get().end_reason == ""
    assert continuation(placement).periods.get().end_reason == "pensioen"


@pytest.mark.parametrize("side", ["host", "employer_of_record"])
def test_the_successor_takes_only_the_place_of_the_old_employer(old, new, merge, side):
    other = EmployerFactory(code="ANDER")
    parties = {"host": other, "employer_of_record": other, side: old}
    candidate = CandidateFactory(owner=parties["employer_of_record"])
    placement = PlacementFactory(route="detachering", candidate=candidate, **parties)
    merge()
    after = continuation(placement)
    assert getattr(after, side) == new
    assert {after.host, after.employer_of_record} == {new, other}
    assert after.owner == placement.owner


def test_a_partner_stays_who_holds_the_contract(old, merge):
    partner = PartnerFactory()
    placement = PlacementFactory(host=old, route="uitzend", partner=partner)
    merge()
    assert continuation(placement).partner == partner


def test_a_taken_code_is_numbered(old, merge):
    PlacementFactory(host=old, code="P-1")
    PlacementFactory(host=old, code="P-1-NIEUW", period__last_day=date(2020, 1, 2))
    merge()
    assert Placement.objects.filter(code="P-1-NIEUW-2").exists()
