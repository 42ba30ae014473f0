"""A half-year round as two people live it: asked, handed in, sent back, handed in again, approved, closed."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
import time_machine
from django.contrib.auth.models import AbstractBaseUser
from playwright.sync_api import Browser, Page, expect

from employers.models import Employer
from progress.models import Round, State, Submission
from tests.browser.hands import Keyboard, Mouse
from tests.factories import EmployerFactory, PlacementFactory, SectorFactory, TargetFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)

LogIn = Callable[[Page, AbstractBaseUser], None]


@pytest.fixture
def employer() -> Iterator[Employer]:
    with time_machine.travel("2026-07-06T09:00:00+02:00"):
        made = EmployerFactory(sector=SectorFactory(code="provincies"), name="Provincie Voorbeeld")
        PlacementFactory.create_batch(4, host=made, period__first_day=date(2025, 3, 1))
        TargetFactory(employer=made, number=5)
        yield made


@pytest.fixture(params=["keyboard", "no-script"])
def hands_of(
    request: pytest.FixtureRequest, browser: Browser, base_url: str, log_in: LogIn
) -> Iterator[Callable[[AbstractBaseUser], Mouse]]:
    """Return a function that gives a user's own browser and the way it is worked."""
    contexts = []

    def hands_of(user: AbstractBaseUser) -> Mouse:
        context = browser.new_context(
            base_url=base_url, locale="nl-NL", java_script_enabled=request.param != "no-script"
        )
        contexts.append(context)
        page = context.new_page()
        log_in(page, user)
        page.goto("/")
        return (Keyboard if request.param == "keyboard" else Mouse)(page)

    yield hands_of
    for context in contexts:
        context.close()


def heading(hand: Mouse, text: str) -> None:
    expect(hand.page.get_by_role("heading", level=1)).to_contain_text(text)


def hand_in(coordinator: Mouse) -> None:
    """Go from the action list to the round and hand in."""
    coordinator.go("Actielijst")
    coordinator.press("link", "Bekijken en indienen")
    heading(coordinator, "Halfjaarronde 30 juni 2026")
    coordinator.press("link", "Indienen")
    coordinator.press("button", "Indienen")
    heading(coordinator, "Halfjaarronde 30 juni 2026")


def judge(adviser: Mouse, verdict: str) -> None:
    """Go from the action list to what waits, and choose a verdict."""
    adviser.go("Actielijst")
    adviser.press("link", "Provincie Voorbeeld", exact=True)
    heading(adviser, "Provincie Voorbeeld: halfjaarronde 30 juni 2026")
    adviser.press("link", verdict)


def test_a_round_from_opening_to_closing(employer: Employer, hands_of: Callable[[AbstractBaseUser], Mouse]) -> None:
    sector = employer.facts.get().sector
    adviser, coordinator = hands_of(UserFactory(adviser=sector)), hands_of(UserFactory(coordinator=employer))

    adviser.go("Rondes")
    adviser.press("link", "Ronde openen")
    adviser.fill("Indienen uiterlijk", "1-9-2026")
    adviser.fill("Toelichting", "Kijk vooral naar de registraties.")
    adviser.press("button", "Ronde openen")
    heading(adviser, "Halfjaarronde 30 juni 2026")

    hand_in(coordinator)
    expect(coordinator.page.get_by_role("main")).to_contain_text("Kijk vooral naar de registraties.")

    judge(adviser, "Terugsturen")
    adviser.fill("Wat moet er veranderen?", "Van twee mensen ontbreken de uren.")
    adviser.press("button", "Terugsturen")

    hand_in(coordinator)
    judge(adviser, "Goedkeuren")
    adviser.press("button", "Goedkeuren")
    adviser.go("Rondes")
    adviser.press("link", "30 juni 2026")
    adviser.press("link", "Ronde sluiten")
    adviser.press("button", "Ronde sluiten")
    adviser.press("link", "Halfjaarrapportage")

    heading(adviser, "Halfjaarrapportage Provincies")
    expect(adviser.page.get_by_role("table", name="Goedgekeurde cijfers per werkgever")).to_contain_text("80,0")
    submission = Submission.objects.get()
    assert (submission.state, submission.snapshots.count()) == (State.APPROVED, 2)
    assert not Round.objects.get().is_open
