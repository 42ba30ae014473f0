"""The coordinator's main job from start to finish: from the personnel system's files to a figure to trust.

Once with a mouse, once with the keyboard alone, once in a browser without script.
"""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import time_machine
from playwright.sync_api import Browser, Page, expect

from employers.models import Employer, TargetKind
from placements.models import Placement
from tests.browser.hands import Keyboard, Mouse
from tests.browser.story import CODE, write_files
from tests.factories import PASSWORD, EmployerFactory, TargetFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)

#: The reference date of the worked case.
TODAY = date(2019, 6, 30)


@pytest.fixture
def employer() -> Iterator[Employer]:
    with time_machine.travel(TODAY):
        made = EmployerFactory(code=CODE, name="Provincie Voorbeeld", sector="provincies")
        TargetFactory(employer=made, year=2019, number=Decimal(30), kind=TargetKind.PERSONS)
        UserFactory(email="coordinator@voorbeeld.example", coordinator=made)
        yield made


@pytest.fixture(params=["mouse", "keyboard", "without script"])
def hand(request: pytest.FixtureRequest, browser: Browser, base_url: str) -> Iterator[Mouse]:
    context = browser.new_context(base_url=base_url, java_script_enabled=request.param != "without script")
    yield {"keyboard": Keyboard}.get(request.param, Mouse)(context.new_page())
    context.close()


def test_from_files_to_a_figure_and_on(hand: Mouse, employer: Employer, tmp_path: Path) -> None:
    log_in(hand)
    bring_files(hand, write_files(tmp_path))
    see_the_figures(hand)
    see_who_counts_and_why(hand)
    see_who_does_not(hand)
    add_a_candidate(hand)
    place(hand)
    change_hours(hand)
    end(hand)


def log_in(hand: Mouse) -> None:
    hand.page.goto("/")
    hand.fill("E-mailadres", "coordinator@voorbeeld.example")
    hand.fill("Wachtwoord", PASSWORD)
    hand.press("button", "Inloggen")
    expect(hand.page.get_by_role("heading", level=1)).to_have_text("Voortgang 2019")


def bring_files(hand: Mouse, files: list[Path]) -> None:
    hand.go("Importeren")
    hand.attach("Bestanden", files)
    hand.press("button", "Bestand controleren")
    expect(hand.page.get_by_role("main")).to_contain_text("Geen fouten gevonden")
    expect(hand.page.get_by_role("main")).to_contain_text("Leerwerkbedrijf (voorbeeld)")
    for name, records in (("kandidaten", 32), ("plaatsingen", 30), ("proefplaatsingen", 2)):
        row = hand.page.get_by_role("row").filter(has=hand.page.get_by_role("rowheader", name=name, exact=True))
        expect(row).to_contain_text(str(records))
    hand.tick("De nieuwe partners kloppen")
    hand.press("button", "Inlezen", exact=True)
    expect(hand.page.get_by_role("main")).to_contain_text("De gegevens zijn bijgewerkt")


def see_the_figures(hand: Mouse) -> None:
    hand.go("Voortgang")
    expect_figures(hand.page, jobs="23,4", persons="24")
    standing = hand.page.get_by_role("main")
    expect(standing).to_contain_text("30")
    expect(standing).to_contain_text(re.compile(r"80,0\s%"))
    expect(standing).to_contain_text("597,50")


def see_who_counts_and_why(hand: Mouse) -> None:
    hand.press("link", "24 personen")
    expect(hand.page.get_by_role("status").filter(has_text="24 plaatsingen")).to_be_visible()
    expected = [str(placement.candidate) for placement in Placement.objects.filter(route="dienstverband")]
    assert sorted(hand.page.locator("tbody").get_by_role("rowheader").all_inner_texts()) == sorted(expected)
    hand.activate(hand.page.locator("tbody").get_by_role("link").first)
    verdict = hand.page.get_by_role("region", name="Telt dit mee?")
    expect(verdict.get_by_role("heading")).to_have_text("Telt op 30 juni 2019 mee")
    expect(verdict).to_contain_text("Bron:")


def see_who_does_not(hand: Mouse) -> None:
    hand.go("Voortgang")
    hand.press("link", "Inkoop telt niet mee")
    expect(hand.page.get_by_role("status").filter(has_text="4 plaatsingen")).to_be_visible()
    hand.activate(hand.page.locator("tbody").get_by_role("link").first)
    verdict = hand.page.get_by_role("region", name="Telt dit mee?")
    expect(verdict.get_by_role("heading")).to_have_text("Telt op 30 juni 2019 niet mee")
    expect(verdict).to_contain_text("Bron:")


def add_a_candidate(hand: Mouse) -> None:
    hand.go("Kandidaten")
    hand.press("link", "Nieuwe kandidaat")
    hand.fill("Roepnaam", "Noor")
    hand.fill("Achternaam", "van der Voorbeeld")
    hand.press("button", "Opslaan")
    expect(hand.page.get_by_role("heading", level=1)).to_have_text("Noor van der Voorbeeld")
    hand.press("link", "Registerperiode")
    hand.fill("Vanaf", "1 januari 2019")
    hand.press("button", "Opslaan")
    expect(hand.page.get_by_role("main")).to_contain_text("1 januari 2019")


def place(hand: Mouse) -> None:
    hand.go("Plaatsingen")
    hand.press("link", "Nieuwe plaatsing")
    hand.fill("Om wie gaat het?", "voorbeeld")
    hand.press("button", "Zoeken")
    hand.press("link", "Noor van der Voorbeeld")
    hand.press("link", "Dienstverband", exact=True)
    hand.fill("Vanaf", "3-6-2019")
    hand.choose("Contract", "Tijdelijk")
    hand.fill("Betaalde uren per week", "25,5")
    hand.fill("Functie", "Medewerker archief")
    hand.press("button", "Bekijk hoe dit telt")
    expect(hand.page.get_by_role("region", name="Zo gaat dit tellen")).to_contain_text("Telt mee")
    hand.press("button", "Opslaan")
    expect(hand.page.get_by_role("region", name="Telt dit mee?")).to_contain_text("Telt op 30 juni 2019 mee")
    hand.go("Voortgang")
    expect_figures(hand.page, jobs="24,4", persons="25")


def change_hours(hand: Mouse) -> None:
    open_placement(hand)
    hand.press("link", "Uren of contract wijzigen")
    hand.fill("Vanaf", "17-06-2019")
    hand.fill("Betaalde uren per week", "12,75")
    hand.press("button", "Opslaan")
    hand.go("Voortgang")
    expect_figures(hand.page, jobs="23,9", persons="25")


def end(hand: Mouse) -> None:
    open_placement(hand)
    hand.press("link", "Beëindigen")
    hand.fill("Laatste dag", "29-06-2019")
    hand.select("Reden", "Werk dichter bij huis gevonden")
    hand.press("button", "Beëindigen")
    hand.go("Voortgang")
    expect_figures(hand.page, jobs="23,4", persons="24")


def open_placement(hand: Mouse) -> None:
    hand.go("Plaatsingen")
    hand.fill("Naam, functie of code", "van der voorbeeld")
    hand.press("button", "Filteren")
    expect(hand.page.get_by_role("status").filter(has_text="1 plaatsing")).to_be_visible()
    hand.activate(hand.page.locator("tbody").get_by_role("link").first)


def expect_figures(page: Page, *, jobs: str, persons: str) -> None:
    """Expect the two figures of the dashboard; each leads to its rows."""
    standing = page.get_by_role("region", name=re.compile("^Stand"))
    expect(standing.get_by_role("link", name=f"{jobs} banen")).to_be_visible()
    expect(standing.get_by_role("link", name=f"{persons} personen")).to_be_visible()
