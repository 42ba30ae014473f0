"""Every page of the admin in a browser: accessible, nothing lost when it gets narrow or dark, lookups that suggest."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AbstractBaseUser
from django.urls import reverse
from playwright.sync_api import Page, expect

from employers.models import OrgUnit
from placements.models import Regime
from placements.services.regimes import succeed_version
from tests.beheer.records import MODELS, OWN_VIEWS, address, make, pages_of
from tests.browser import checks
from tests.browser.conftest import Variant
from tests.factories import EmployerFactory, OrgUnitFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)

LogIn = Callable[[Page, AbstractBaseUser], None]


@pytest.fixture
def administrator(page: Page, log_in: LogIn) -> AbstractBaseUser:
    user = UserFactory(name="Bea Beheer", administrator=True)
    log_in(page, user)
    return user


@pytest.mark.parametrize("label", MODELS)
def test_nothing_is_wrong_on_the_pages_of_a_model(
    page: Page, variant: Variant, administrator: AbstractBaseUser, label: str
) -> None:
    for url in pages_of(label):
        page.goto(url)
        assert checks.everything(page) == [], url


@pytest.mark.parametrize(("label", "view"), OWN_VIEWS)
def test_nothing_is_wrong_on_the_questions(
    page: Page, variant: Variant, administrator: AbstractBaseUser, label: str, view: str
) -> None:
    record = make(label)
    if label == "placements.regime":
        _wait_for_recount()
    page.goto(address(label, view, record.pk))
    assert page.locator("h1").count() == 1
    assert checks.everything(page) == []


def test_nothing_is_wrong_on_the_start_page(page: Page, variant: Variant, administrator: AbstractBaseUser) -> None:
    page.goto("/beheer/")
    assert checks.everything(page) == []


def test_nothing_is_wrong_when_a_form_comes_back(page: Page, variant: Variant, administrator: AbstractBaseUser) -> None:
    page.goto(reverse("admin:employers_orgunit_add"))
    page.get_by_role("button", name="Opslaan", exact=True).click()
    expect(page.locator(".error-summary")).to_be_focused()
    assert checks.everything(page) == []


def test_a_lookup_suggests_what_was_meant(page: Page, administrator: AbstractBaseUser) -> None:
    EmployerFactory(code="DRE", name="Provincie Drenthe")
    EmployerFactory(code="GRO", name="Provincie Groningen")
    page.goto(reverse("admin:employers_orgunit_add"))
    page.get_by_label("Werkgever", exact=True).press_sequentially("drent")
    options = page.locator("#id_employer_list option")
    expect(options).to_have_count(1)
    expect(options).to_have_attribute("value", "Provincie Drenthe (DRE)")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_unit_is_added_by_typing_codes(browser: object, base_url: str, log_in: LogIn, scripts: bool) -> None:
    parent = OrgUnitFactory(employer=EmployerFactory(code="DRE"), code="BV")
    context = browser.new_context(java_script_enabled=scripts, base_url=base_url)  # type: ignore[attr-defined]
    page = context.new_page()
    log_in(page, UserFactory(administrator=True))
    page.goto(reverse("admin:employers_orgunit_add"))
    page.get_by_label("Werkgever", exact=True).fill("dre")
    page.get_by_label("Afdelingcode").fill("FAC")
    page.get_by_label("Naam").fill("Facilitair")
    page.get_by_label("Valt onder").fill("DRE/BV")
    page.get_by_role("button", name="Opslaan", exact=True).click()
    expect(page.get_by_role("link", name="Facilitair").first).to_be_visible()
    context.close()
    assert OrgUnit.objects.get(code="FAC").parent == parent


def _wait_for_recount() -> None:
    """Let a version of the regime wait, as it does while a background job counts."""
    regime = Regime.objects.first()
    version = regime.versions.get()
    succeed_version(
        by=None,
        regime=regime,
        first_day=version.first_day.replace(year=2099),
        hours_per_job=version.hours_per_job,
        procurement_counts=version.procurement_counts,
        registration_test=version.registration_test,
        source=version.source,
    )
    regime.versions.filter(first_day__year=2099).update(pending=True)
