"""Who changes or removes what somebody else has just removed hears so, and the trail tells of one removal."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from accounts.models import AuditEvent
from accounts.records import GONE
from placements.models import Regime, RegimeVersion
from placements.services.employers import correct_fact, remove_fact, set_fact_from
from placements.services.periods import add_period, assign_unit, correct_period, remove_period
from placements.services.regimes import queue_again, withdraw_version
from placements.services.register import change_register_period, remove_register_period
from placements.services.teams import remove_purchase
from placements.services.terms import Terms
from tests.factories import CandidateFactory, EmployerFactory, PlacementFactory, PurchaseFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_step")]

DAY = date(2026, 7, 1)
TERMS = Terms(first_day=DAY, hours=Decimal(32), contract_kind="vast", job_title="Medewerker groen")


def period() -> Any:
    """Return the second of three periods: removing it leaves more than the only one."""
    placement = PlacementFactory()
    made = add_period(placement=placement, terms=TERMS, by=None).period
    add_period(placement=placement, terms=replace(TERMS, first_day=date(2026, 9, 1)), by=None)
    return made


def last_but_one() -> Any:
    """Return the second of two periods: once it is gone the other is the only one."""
    return add_period(placement=PlacementFactory(), terms=TERMS, by=None).period


def register_period() -> Any:
    return CandidateFactory().register_periods.get()


def waiting_version() -> Any:
    regime = Regime.objects.get(code="statutory")
    return RegimeVersion.objects.create(
        regime=regime, first_day=date(2099, 1, 1), procurement_counts=False, source="Wet van morgen", pending=True
    )


def purchase() -> Any:
    return PurchaseFactory()


def fact() -> Any:
    return set_fact_from(by=None, employer=EmployerFactory(), day=DAY, return_period="vier_weken")


def drop(row: Any) -> None:
    remove_period(period=row, by=None)


def drop_registration(row: Any) -> None:
    remove_register_period(period=row, by=None)


def withdraw(row: Any) -> None:
    withdraw_version(version=row, by=None)


def drop_purchase(row: Any) -> None:
    remove_purchase(purchase=row, by=None)


def drop_fact(row: Any) -> None:
    remove_fact(fact=row, by=None)


CASES: dict[str, tuple[Callable[[], Any], Callable[[Any], None], Callable[[Any], Any]]] = {
    "a period, removed": (period, drop, drop),
    "the last but one, removed": (last_but_one, drop, drop),
    "a period, corrected": (period, drop, lambda row: correct_period(period=row, terms=TERMS, by=None)),
    "a period, given a unit": (period, drop, lambda row: assign_unit(period=row, unit=None, by=None)),
    "a registration, removed": (register_period, drop_registration, drop_registration),
    "a registration, changed": (
        register_period,
        drop_registration,
        lambda row: change_register_period(period=row, first_day=DAY, last_day=None, by=None),
    ),
    "a purchase, removed": (purchase, drop_purchase, drop_purchase),
    "a fact, removed": (fact, drop_fact, drop_fact),
    "a fact, corrected": (
        fact,
        drop_fact,
        lambda row: correct_fact(fact=row, sector=row.sector, return_period="maand", by=None),
    ),
    "a version, withdrawn": (waiting_version, withdraw, withdraw),
    "a version, queued again": (waiting_version, withdraw, lambda row: queue_again(version=row, by=None)),
}


@pytest.mark.parametrize("case", CASES)
def test_it_is_said_that_it_is_gone(case):
    make, remove, late = CASES[case]
    row = make()
    remove(type(row).objects.get(pk=row.pk))
    events = AuditEvent.objects.count()
    with pytest.raises(ValidationError) as refused:
        late(row)
    assert refused.value.messages == [GONE]
    assert AuditEvent.objects.count() == events
