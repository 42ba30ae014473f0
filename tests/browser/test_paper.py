"""What is made for paper: it prints on the sheets it is meant for, whole, and nothing is cut in two."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.contrib.auth.models import AbstractBaseUser
from django.urls import reverse
from playwright.sync_api import Page, expect

from employers.models import Employer, PlacementWord, TargetKind
from tests.browser.paper import sheets, squeezed
from tests.factories import EmployerFactory, OrgUnitFactory, PlacementFactory, TargetFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)

TODAY = date(2026, 11, 22)
LONG = "Gemeenschappelijke regeling Samenwerkingsverband Noordoostelijke Waterschapsheuvelen en Omgeving"


@pytest.fixture
def employer() -> Iterator[Employer]:
    """An employer whose letter is as long as a letter gets: long names, a course of years, no baseline."""
    with time_machine.travel(TODAY):
        made = EmployerFactory(name=LONG, headcount=1_234_567, placement_word=PlacementWord.PARTICIPATION_JOB)
        unit = OrgUnitFactory(employer=made, name=f"Afdeling Bedrijfsvoering van de {LONG}"[:120])
        for year in range(2013, 2027):
            PlacementFactory(
                host=made,
                period__unit=unit,
                period__first_day=date(year, 1, 1),
                period__last_day=date(2026, 12, 1) if year % 2 else None,
            )
            TargetFactory(employer=made, year=year, number=Decimal(year), kind=TargetKind.EXTRA_JOBS)
            TargetFactory(for_unit=True, unit=unit, year=year, number=Decimal(year), kind=TargetKind.PERSONS)
        yield made


@pytest.mark.parametrize("of_unit", [False, True], ids=["whole", "unit"])
@pytest.mark.parametrize("day", ["2026-11-22", "2026-06-30", "2026-12-31", "2027-03-01"])
def test_the_letter_to_the_board_fills_one_sheet(
    page: Page, log_in: Callable[[Page, AbstractBaseUser], None], employer: Employer, day: str, of_unit: bool
) -> None:
    log_in(page, UserFactory(coordinator=employer))
    unit = f"&afdeling={employer.units.get().uuid}" if of_unit else ""
    page.goto(f"{reverse('board_letter', kwargs={'employer': employer.uuid})}?peildatum={day}{unit}")
    sentences = page.locator(".letter-text p").all_inner_texts()
    assert len(sentences) == 5

    (sheet,) = sheets(page)

    assert sheet.startswith("Aanhetbestuurvan")
    for sentence in sentences:
        assert squeezed(sentence) in sheet
    for piece in ("gerealiseerd", "streefcijfer", "peildatum", "betaaldeurenperweek"):
        assert piece in sheet
    for control in ("Bekijken", "Hoofdmenu", "Wat als", "Toon als tabel"):
        assert squeezed(control) not in sheet


def test_the_letter_reads_well_on_a_phone(
    page: Page, log_in: Callable[[Page, AbstractBaseUser], None], employer: Employer
) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    log_in(page, UserFactory(coordinator=employer))
    page.goto(reverse("board_letter", kwargs={"employer": employer.uuid}))

    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    expect(page.locator(".letter .chart-drawing.narrow")).to_be_visible()
    expect(page.locator(".letter .chart-drawing.wide")).to_be_hidden()
