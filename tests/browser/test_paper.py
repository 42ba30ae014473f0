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
from progress.services.rounds import close_round
from tests.browser.paper import sheets, squeezed
from tests.factories import (
    EmployerFactory,
    OrgUnitFactory,
    PlacementFactory,
    RoundFactory,
    SnapshotFactory,
    TargetFactory,
    UserFactory,
)
from tests.factories.progress import NOW

#: Employers in the sector of the report: enough for a table of several sheets.
MANY = 70

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


@pytest.fixture
def report() -> Iterator[str]:
    """The address of a report of many employers, most of which handed in twice."""
    with time_machine.travel(TODAY):
        made = [EmployerFactory(name=f"{LONG} {number:02}"[-60:]) for number in range(MANY)]
        sector = made[0].facts.get().sector
        for day in (date(2025, 12, 31), date(2026, 6, 30)):
            round = RoundFactory(sector=sector, day=day, deadline=date(2026, 9, 1))
            for employer in made[:-8]:
                SnapshotFactory(round=round, employer=employer, totals=True, approved=True)
            if day.month == 12:
                close_round(by=None, round=round, now=NOW)
        yield reverse("round_report", kwargs={"sector": sector.uuid, "round": round.uuid})


def test_the_half_year_report_breaks_between_rows_and_parts(
    page: Page, log_in: Callable[[Page, AbstractBaseUser], None], report: str
) -> None:
    log_in(page, UserFactory(adviser=True))
    page.goto(report)
    rows = page.locator(".report tr, .report li, .report p").all_inner_texts()
    headings = [squeezed(text) for text in page.locator(".report :is(h2, h3)").all_inner_texts()]
    (head,) = [squeezed(text) for text in page.locator(".report thead tr").all_inner_texts() if "Werkgever" in text]

    found = sheets(page)

    assert len(found) >= 3
    for row in rows:
        assert any(squeezed(row) in sheet for sheet in found), f"cut in two: {row}"
    of_table = [sheet for sheet in found if "Eigenopgave2,0" in sheet]
    assert len(of_table) >= 2
    assert all(head in sheet for sheet in of_table)
    assert not [sheet for sheet in found if sheet.endswith(tuple(headings))]
    for heading, text in (("Banenperhalfjaar", "banen"), ("Personenperhalfjaar", "personen")):
        (sheet,) = [each for each in found if heading in each]
        assert text in sheet.split(heading)[1]
    (last,) = [sheet for sheet in found if "Goedgekeurd,helesector" in sheet]
    assert "Eigenopgave" in last.split("Goedgekeurd,helesector")[0]


@pytest.fixture
def short_report() -> Iterator[str]:
    """The address of a report of two sheets."""
    with time_machine.travel(TODAY):
        employers = [EmployerFactory(sector="provincies", name=f"Provincie Nummer {number}") for number in range(3)]
        sector = employers[0].facts.get().sector
        for year in (2025, 2026):
            TargetFactory(for_sector=True, sector=sector, year=year, number=60, kind=TargetKind.JOBS)
        for day in (date(2025, 6, 30), date(2025, 12, 31), date(2026, 6, 30)):
            round = RoundFactory(sector=sector, day=day, deadline=date(2026, 9, 1))
            SnapshotFactory(round=round, employer=employers[0], totals=True, approved=True)
            if day.year == 2025:
                close_round(by=None, round=round, now=NOW)
        yield reverse("round_report", kwargs={"sector": sector.uuid, "round": round.uuid})


def test_the_head_of_a_table_never_stands_alone_at_the_foot_of_a_sheet(
    page: Page, log_in: Callable[[Page, AbstractBaseUser], None], short_report: str
) -> None:
    log_in(page, UserFactory(adviser=True))
    page.goto(short_report)
    head = squeezed(page.locator(".report thead tr").filter(has_text="Werkgever").inner_text())

    page.locator(".report .chart-part").last.evaluate("chart => chart.remove()")  # so that the table comes into reach
    for lower in range(150, 270, 15):
        page.locator(".report").evaluate("(report, lower) => report.style.paddingTop = `${lower}px`", lower)
        found = sheets(page)
        assert any(f"{head}ProvincieNummer0" in sheet for sheet in found)
        assert not [sheet for sheet in found if sheet.endswith(head)], f"{lower} px lower"
