"""What gets in the way of work: another role, a session that ended, a colleague, a busy database. Nothing is lost."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.contrib.auth.models import AbstractBaseUser
from django.db import connections
from django.urls import reverse
from django.utils.timezone import localdate
from playwright.sync_api import Browser, Page, expect

from candidates.models import Candidate
from coaching.models import Assignment
from placements.counting import ledger
from tests.factories import (
    PASSWORD,
    AssignmentFactory,
    CandidateFactory,
    EmployerFactory,
    MembershipFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)

LogIn = Callable[[Page, AbstractBaseUser], None]


@pytest.fixture
def candidate() -> Iterator[Candidate]:
    with time_machine.travel(date(2026, 11, 22)):
        employer = EmployerFactory(name="Gemeente Eerst")
        yield CandidateFactory(owner=employer, first_name="Noor", last_name="Voorbeeld")


@pytest.fixture
def coordinator(candidate: Candidate) -> AbstractBaseUser:
    return UserFactory(coordinator=candidate.owner)


@pytest.fixture
def form(candidate: Candidate) -> str:
    """The address of the form that corrects the candidate."""
    return reverse("candidate_change", kwargs={"employer": candidate.owner.uuid, "candidate": candidate.uuid})


def test_a_page_of_another_role_opens_after_switching(page: Page, log_in: LogIn, coordinator: AbstractBaseUser) -> None:
    other = MembershipFactory(user=coordinator, employer=EmployerFactory(name="Provincie Tweede"))
    log_in(page, coordinator)
    address = reverse("candidate_list", kwargs={"employer": other.employer.uuid})

    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_have_text("Andere rol nodig")
    page.get_by_role("button", name="Wissel en ga verder").click()

    page.wait_for_url(f"**{address}")
    expect(page.get_by_role("banner")).to_contain_text("Provincie Tweede")
    expect(page.get_by_role("heading", level=1)).to_have_text("Kandidaten")


def test_after_a_session_ended_one_logs_in_and_is_back(
    page: Page, log_in: LogIn, coordinator: AbstractBaseUser, form: str
) -> None:
    log_in(page, coordinator)
    page.goto(form)
    page.context.clear_cookies()

    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Inloggen")
    page.get_by_label("E-mailadres").fill(coordinator.email)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Inloggen").click()

    page.wait_for_url(f"**{form}")
    expect(page.get_by_label("Roepnaam")).to_have_value("Noor")


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_form_sent_after_the_session_ended_is_filled_in_again_after_log_in(
    browser: Browser, base_url: str, log_in: LogIn, coordinator: AbstractBaseUser, form: str, script: bool
) -> None:
    context = browser.new_context(base_url=base_url, java_script_enabled=script)
    page = context.new_page()
    log_in(page, coordinator)
    page.goto(form)
    context.clear_cookies()

    save(page, "Roepnaam", "Nora")
    expect(page.get_by_role("main")).to_contain_text("Wat is ingevuld, is bewaard")
    page.get_by_label("E-mailadres").fill(coordinator.email)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Inloggen").click()
    expect(page.get_by_label("Roepnaam")).to_have_value("Nora")
    page.get_by_role("button", name="Opslaan").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Nora Voorbeeld")
    context.close()


def test_two_tabs_that_change_the_same_thing_see_both_values(
    page: Page, log_in: LogIn, coordinator: AbstractBaseUser, candidate: Candidate, form: str
) -> None:
    """The second is told what the first made of it, keeps what was typed, and decides."""
    log_in(page, coordinator)
    other = page.context.new_page()
    for tab in (page, other):
        tab.goto(form)
    save(other, "Roepnaam", "Nora")
    expect(other.get_by_role("heading", level=1)).to_have_text("Nora Voorbeeld")

    save(page, "Roepnaam", "Noortje")
    expect(page.get_by_role("alert")).to_contain_text("Intussen heeft iemand anders dit gewijzigd")
    expect(page.get_by_role("main")).to_contain_text("“Nora”")
    expect(page.get_by_label("Roepnaam")).to_have_value("Noortje")
    candidate.refresh_from_db()
    assert candidate.first_name == "Nora"

    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Noortje Voorbeeld")


def test_two_tabs_that_change_different_things_lose_neither(
    page: Page, log_in: LogIn, coordinator: AbstractBaseUser, form: str
) -> None:
    log_in(page, coordinator)
    other = page.context.new_page()
    for tab in (page, other):
        tab.goto(form)
    save(other, "Roepnaam", "Nora")
    expect(other.get_by_role("heading", level=1)).to_have_text("Nora Voorbeeld")

    save(page, "Achternaam", "van Dam")
    expect(page.get_by_role("alert")).to_contain_text("“Nora”")
    page.get_by_role("button", name="Opslaan").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Nora van Dam")


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the server wait for a lock for a moment, not for twenty seconds."""
    options = connections.settings["default"]["OPTIONS"]
    if "timeout" in options:
        monkeypatch.setitem(options, "timeout", 0.2)
    else:
        monkeypatch.setitem(options, "options", "-c lock_timeout=200ms")


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_busy_database_says_to_wait_and_keeps_what_was_typed(
    browser: Browser,
    base_url: str,
    log_in: LogIn,
    coordinator: AbstractBaseUser,
    form: str,
    impatient: None,
    script: bool,
) -> None:
    context = browser.new_context(base_url=base_url, java_script_enabled=script)
    page = context.new_page()
    log_in(page, coordinator)
    page.goto(form)

    with ledger.locked():
        save(page, "Roepnaam", "Nora")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Even wachten")
    page.get_by_role("button", name="Opnieuw versturen").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Nora Voorbeeld")
    context.close()


def save(page: Page, label: str, text: str) -> None:
    page.get_by_label(label).fill(text)
    page.get_by_role("button", name="Opslaan").click()


def test_coaching_that_ended_while_somebody_wrote_gives_the_words_back(
    page: Page, log_in: LogIn, axe: Callable[[Page], None]
) -> None:
    assignment = AssignmentFactory()
    log_in(page, assignment.coach.user)
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(reverse("check_in_add", kwargs={"assignment": assignment.uuid}))
    page.get_by_label("Verslag").first.fill("Ziek")
    Assignment.objects.filter(pk=assignment.pk).update(last_day=localdate() - timedelta(days=1))
    page.get_by_role("button", name="Gesprek opslaan").first.click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Deze begeleiding is geëindigd")
    expect(page.get_by_label("Ingevuld")).to_have_value("Ziek")
    axe(page)
