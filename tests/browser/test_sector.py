"""The adviser prepares a meeting: every table filled, each sorted on its own, hidden counts hidden, and on paper."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.contrib.auth.models import AbstractBaseUser
from django.urls import reverse
from playwright.sync_api import Page, expect

from employers.models import Sector
from progress.services.freezing import Totals
from tests.browser import checks
from tests.browser.conftest import VARIANTS, look
from tests.browser.paper import sheets, squeezed
from tests.factories import (
    EmployerFactory,
    PlacementFactory,
    RoundFactory,
    SectorFactory,
    SnapshotFactory,
    TargetFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)

LogIn = Callable[[Page, AbstractBaseUser], None]


@pytest.fixture
def sector() -> Iterator[Sector]:
    """A sector with three employers that are counted, of which one is small, and one that states its totals."""
    with time_machine.travel("2026-11-22T09:00:00+01:00"):
        made = SectorFactory(code="provincies")
        for name, permanent, temporary in (("Alfa", 1, 6), ("Bravo", 4, 4), ("Charlie", 9, 5)):
            employer = EmployerFactory(sector=made, name=f"Provincie {name}")
            for kind, number in (("vast", permanent), ("tijdelijk", temporary)):
                PlacementFactory.create_batch(
                    number, host=employer, period__contract_kind=kind, period__first_day=date(2024, 3, 1)
                )
            TargetFactory(employer=employer, number=9)
        elsewhere = EmployerFactory(sector=made, name="Provincie Elders")
        totals = Totals(hours=Decimal(255), persons=Decimal(12))
        SnapshotFactory(round=RoundFactory(sector=made), employer=elsewhere, totals=totals, approved=True)
        yield made


def test_the_page_of_a_sector_tells_a_meeting_what_it_needs(page: Page, log_in: LogIn, sector: Sector) -> None:
    log_in(page, UserFactory(adviser=sector))
    address = f"{reverse('sector_progress', kwargs={'sector': sector.uuid})}?peildatum=2026-06-30"
    page.goto(address)
    changes = page.get_by_role("table", name="Ontwikkeling per werkgever")
    expect(changes.get_by_role("row", name="Provincie Alfa").get_by_text("verborgen").first).to_be_visible()
    changes.get_by_role("link", name="Gerealiseerd").click()
    expect(page).to_have_url(f"{address}&ontwikkeling-sort=now")
    names = page.get_by_role("table", name="Werkgevers", exact=True).get_by_role("rowheader")
    expect(names.first).to_have_text("Provincie Alfa")
    page.get_by_text("Toon als tabel").click()
    expect(page.get_by_role("table", name="Personen per maand").get_by_role("row").last).to_be_visible()
    page.get_by_role("link", name="Aangeleverd", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Halfjaarronde 30 juni 2026")


def test_it_is_accessible_in_every_variant_and_prints_whole(page: Page, log_in: LogIn, sector: Sector) -> None:
    log_in(page, UserFactory(adviser=sector))
    faults = []
    for variant in VARIANTS:
        look(page, variant)
        page.goto(f"{reverse('sector_progress', kwargs={'sector': sector.uuid})}?peildatum=2026-06-30")
        faults += [f"{variant} {fault}" for fault in checks.everything(page)]
    assert not faults, "\n".join(faults)
    printed = "".join(sheets(page))
    for piece in ("Eigen opgaven samen", "Ontwikkeling", "verborgen", "Telling en eigen opgaven samen", "streefcijfer"):
        assert squeezed(piece) in printed
    assert squeezed("Toon als tabel") not in printed
