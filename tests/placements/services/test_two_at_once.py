"""Two people at the same moment: one of them hears that the other was first, and nothing overlaps."""

import threading
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import OperationalError, connection

from accounts.services.users import add_user, change_user
from candidates.models import RegisterPeriod
from employers.models import Partner, Sector
from employers.services.employers import add_employer
from employers.services.partners import find_or_add_partner
from employers.services.targets import remove_target, set_target
from employers.services.units import add_unit
from placements.counting import ledger
from placements.models import PlacementPeriod, TeamPurchase
from placements.services.employers import correct_fact
from placements.services.periods import add_period
from placements.services.placements import remove_placement
from placements.services.register import add_register_period
from placements.services.teams import add_purchase, add_team, change_purchase
from placements.services.terms import Terms
from placements.services.trials import TrialData, add_trial
from tests.factories import (
    CandidateFactory,
    EmployerFactory,
    PlacementFactory,
    PurchaseFactory,
    TargetFactory,
    TeamFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)

DAY = date(2026, 7, 1)


def at_once(first: Callable[[], object], second: Callable[[], object]) -> list[str]:
    """Run both at the same moment in connections of their own and return how each ended."""
    start, ends = threading.Barrier(2), []

    def run(attempt: Callable[[], object]) -> None:
        start.wait()
        try:
            attempt()
            ends.append("stored")
        except (ValidationError, OperationalError):
            # SQLite in memory, as tests have it, does not wait for a lock; a file does (20 s).
            ends.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(attempt,)) for attempt in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(ends)


def test_two_register_periods():
    candidate = CandidateFactory(unregistered=True)

    def add() -> None:
        add_register_period(candidate=candidate, first_day=DAY, last_day=None, by=None)

    assert at_once(add, add) == ["refused", "stored"]
    assert RegisterPeriod.objects.count() == 1
    assert not list(ledger.differences())


def test_two_changes_of_hours():
    placement = PlacementFactory()

    def add(hours: int) -> Callable[[], object]:
        terms = Terms(first_day=DAY, hours=Decimal(hours), contract_kind="vast", job_title="Gastheer")
        return lambda: add_period(placement=placement, terms=terms, by=None)

    assert at_once(add(24), add(32)) == ["refused", "stored"]
    assert PlacementPeriod.objects.count() == 2
    assert not list(ledger.differences())


def test_two_purchases():
    team, buyer = TeamFactory(), EmployerFactory()

    def add() -> None:
        add_purchase(team=team, buyer=buyer, places=3, first_day=DAY, last_day=None, by=None)

    assert at_once(add, add) == ["refused", "stored"]
    assert TeamPurchase.objects.count() == 1


def test_two_corrections_of_what_both_had_before_them():
    """Who was second has not seen what the first made of it."""
    purchase, user = PurchaseFactory(), UserFactory()
    fact = purchase.buyer.facts.get()

    def places(number: int) -> None:
        days = {"first_day": purchase.first_day, "last_day": None}
        change_purchase(purchase=purchase, buyer=purchase.buyer, places=number, by=None, expected_revision=1, **days)

    def period(kind: str) -> None:
        correct_fact(fact=fact, sector=fact.sector, return_period=kind, by=None, expected_revision=1)

    def name(text: str) -> None:
        change_user(user=user, name=text, email=user.email, by=None, expected_revision=1)

    assert at_once(lambda: places(10), lambda: places(16)) == ["refused", "stored"]
    assert at_once(lambda: period("maand"), lambda: period("vier_weken")) == ["refused", "stored"]
    assert at_once(lambda: name("Van de een"), lambda: name("Van de ander")) == ["refused", "stored"]


@pytest.mark.parametrize("what", ["user", "employer", "unit", "target", "team"])
def test_what_is_there_once_is_refused_politely(what):
    """A unique constraint that a race runs into is explained like one that was seen before."""
    employer, administrator = EmployerFactory(), UserFactory(administrator=True)
    sector = Sector.objects.get(code="gemeenten")
    add = {
        "user": lambda: add_user(email="samen@voorbeeld.example", name="Samen"),
        "employer": lambda: add_employer(by=administrator, code="SAMEN", name="Samen", sector=sector),
        "unit": lambda: add_unit(by=administrator, employer=employer, code="SAMEN", name="Samen"),
        "target": lambda: set_target(by=administrator, employer=employer, year=2027, number=Decimal(4), kind="banen"),
        "team": lambda: add_team(by=administrator, code="SAMEN", name="Samen", employer=employer),
    }[what]

    assert at_once(add, add) in (["refused", "stored"], ["stored", "stored"] if what == "target" else None)


def test_two_who_name_a_new_partner_name_the_same_one():
    ends = at_once(
        lambda: find_or_add_partner(by=None, name="Samenwerk"), lambda: find_or_add_partner(by=None, name="samenwerk")
    )
    assert ends == ["stored", "stored"]
    assert Partner.objects.count() == 1


def test_two_who_remove_the_same_thing():
    target, placement = TargetFactory(), PlacementFactory()
    assert at_once(*[lambda: remove_target(by=None, target=target)] * 2) == ["refused", "stored"]
    assert at_once(*[lambda: remove_placement(placement=placement, by=None)] * 2) == ["refused", "stored"]


@pytest.mark.postgresql
def test_two_trials_get_codes_of_their_own():
    employer = EmployerFactory()
    people = [CandidateFactory(owner=employer), CandidateFactory(owner=employer)]

    def add(candidate) -> Callable[[], object]:
        data = TrialData(candidate=candidate, host=employer, first_day=DAY, last_day=date(2026, 8, 1))
        return lambda: add_trial(data=data, on=DAY, by=None)

    assert at_once(add(people[0]), add(people[1])) == ["stored", "stored"]


@pytest.mark.postgresql
def test_the_database_itself_refuses_what_goes_past_the_services():
    from django.db import IntegrityError, transaction

    candidate = CandidateFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        RegisterPeriod.objects.create(candidate=candidate, first_day=DAY)
