"""A coach on the road: a contact in three taps on a phone, nothing lost without a network, script or session."""

from collections.abc import Callable, Iterator

import pytest
from django.contrib.auth.models import AbstractBaseUser
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page, expect

from coaching.models import Assignment, CheckIn, Intervention
from coaching.services.drafts import draft_of
from tests.browser.hands import Keyboard
from tests.factories import AssignmentFactory, CandidateFactory, JobCoachFactory, PlacementFactory, ToolkitItemFactory

pytestmark = pytest.mark.django_db(transaction=True)

LogIn = Callable[[Page, AbstractBaseUser], None]
TYPED = "Nieuwe taak in de postkamer bevalt goed."


@pytest.fixture
def assignment() -> Assignment:
    candidate = CandidateFactory(first_name="Noor", last_name="Voorbeeld")
    return AssignmentFactory(subject=PlacementFactory(host=candidate.owner, candidate=candidate))


@pytest.fixture
def form(assignment: Assignment) -> str:
    """The address of the form."""
    return reverse("check_in_add", kwargs={"assignment": assignment.uuid})


@pytest.fixture
def phone(browser: Browser, base_url: str) -> Iterator[Callable[..., BrowserContext]]:
    """Return a function that gives a phone of 360 by 740 with a touch screen."""
    made = []

    def phone(**options: object) -> BrowserContext:
        made.append(
            browser.new_context(
                base_url=base_url, viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True, **options
            )
        )
        return made[-1]

    yield phone
    for context in made:
        context.close()


@pytest.fixture
def page(phone: Callable[..., BrowserContext], log_in: LogIn, assignment: Assignment) -> Page:
    """A phone on which the coach is logged in."""
    page = phone().new_page()
    log_in(page, assignment.coach.user)
    return page


def test_a_contact_takes_three_taps_beyond_typing(page: Page, assignment: Assignment) -> None:
    page.goto("/caseload/")
    taps = 0

    page.get_by_role("link", name="Gesprek met Noor Voorbeeld").tap()
    taps += 1
    page.get_by_label("Verslag").tap()
    taps += 1
    page.keyboard.type(TYPED)
    page.get_by_role("button", name="Gesprek opslaan").first.tap()
    taps += 1

    expect(page.get_by_role("heading", level=1)).to_have_text("Noor Voorbeeld")
    check_in = CheckIn.objects.get(assignment=assignment)
    assert (taps, check_in.note, check_in.minutes) == (3, TYPED, 30)


def test_a_contact_with_everything_that_unfolds_by_keyboard_alone(page: Page, assignment: Assignment) -> None:
    page.goto("/caseload/")
    hands = Keyboard(page)

    hands.press("link", "Gesprek met Noor Voorbeeld")
    hands.choose("Hoe", "Video")
    hands.fill("Verslag", TYPED)
    hands.activate(page.locator("summary", has_text="Vertrouwelijke notitie"))
    hands.fill("Vertrouwelijk", "Alleen voor mij.")
    hands.press("button", "Gesprek opslaan", nth=1)

    expect(page.get_by_role("heading", level=1)).to_have_text("Noor Voorbeeld")
    check_in = CheckIn.objects.get(assignment=assignment)
    assert (check_in.kind, check_in.note) == ("video", TYPED)
    assert check_in.confidential_note.reveal() == "Alleen voor mij."


def test_the_usual_case_fits_on_the_screen(page: Page, form: str) -> None:
    page.goto(form)
    button = page.get_by_role("button", name="Gesprek opslaan").first.bounding_box()
    header = page.get_by_role("banner").bounding_box()

    assert button["y"] + button["height"] <= 740
    assert header["height"] <= 57
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_the_number_of_minutes_is_asked_when_it_is_another(page: Page, form: str) -> None:
    page.goto(form)
    expect(page.get_by_label("Aantal minuten")).to_be_hidden()

    page.get_by_text("anders", exact=True).tap()

    expect(page.get_by_label("Aantal minuten")).to_be_visible()


def test_what_is_typed_is_kept_on_the_server_meanwhile(page: Page, form: str, assignment: Assignment) -> None:
    page.goto(form)
    with page.expect_response("**/gesprek/concept/") as kept:
        page.get_by_label("Verslag").fill(TYPED)

    assert kept.value.status == 204
    assert draft_of(user=assignment.coach.user, assignment=assignment)["note"] == TYPED
    page.goto(form)
    expect(page.get_by_label("Verslag")).to_have_value(TYPED)


class TestWithoutANetwork:
    def test_it_is_kept_sealed_on_the_device_and_offered_again(self, page: Page, form: str) -> None:
        page.goto(form)
        page.context.set_offline(True)
        page.get_by_label("Verslag").fill(TYPED)
        page.get_by_role("button", name="Gesprek opslaan").first.tap()

        expect(page.get_by_text("Geen verbinding")).to_be_visible()
        expect(page.get_by_label("Verslag")).to_have_value(TYPED)
        wait_for_device(page, holding=1)
        assert "postkamer" not in page.evaluate("JSON.stringify(localStorage)")
        page.route("**/gesprek/concept/", lambda route: route.abort())
        page.context.set_offline(False)
        page.goto(form)
        page.get_by_role("button", name="Zet terug").tap()
        expect(page.get_by_label("Verslag")).to_have_value(TYPED)

    def test_the_answer_that_got_lost_records_nothing_twice(self, page: Page, form: str) -> None:
        """The form arrives, the network goes before the answer: what the device offers again is the same contact."""
        page.goto(form)
        page.get_by_label("Verslag").fill(TYPED)
        page.route("**/gesprek/", lambda route: (route.fetch(max_redirects=0), route.abort()))
        page.get_by_role("button", name="Gesprek opslaan").first.tap()
        wait_for(lambda: CheckIn.objects.count() == 1, page)
        page.unroute("**/gesprek/")
        page.goto(form)
        page.get_by_role("button", name="Zet terug").tap()
        page.get_by_role("button", name="Gesprek opslaan").first.tap()

        expect(page.get_by_role("heading", level=1)).to_have_text("Noor Voorbeeld")
        assert CheckIn.objects.get().note == TYPED
        wait_for_device(page, holding=0)

    def test_a_page_that_is_left_at_once_loses_nothing(self, page: Page, form: str) -> None:
        page.goto(form)
        page.route("**/gesprek/concept/", lambda route: route.abort())
        page.get_by_label("Verslag").fill(TYPED)
        page.wait_for_timeout(500)
        page.goto("/caseload/")

        page.goto(form)
        page.get_by_role("button", name="Zet terug").tap()
        expect(page.get_by_label("Verslag")).to_have_value(TYPED)

    def test_what_was_kept_before_stays_until_somebody_says_so(self, page: Page, form: str) -> None:
        page.route("**/gesprek/concept/", lambda route: route.abort())
        page.goto(form)
        page.get_by_label("Verslag").fill(TYPED)
        wait_for_device(page, holding=1)
        page.goto(form)
        expect(page.get_by_text("Op dit apparaat staat nog een gesprek")).to_be_visible()
        page.get_by_label("Verslag").fill("Iets anders.")
        page.wait_for_timeout(2000)

        page.goto(form)
        page.get_by_role("button", name="Zet terug").tap()
        expect(page.get_by_label("Verslag")).to_have_value(TYPED)

    def test_a_server_that_answers_nothing_is_told(self, page: Page, form: str) -> None:
        """The phone thinks that there is a network."""
        page.route("**/gesprek/concept/", lambda route: route.abort())
        page.goto(form)
        page.get_by_label("Verslag").fill(TYPED)
        expect(page.get_by_text("Geen verbinding")).to_be_visible()
        page.unroute("**/gesprek/concept/")
        page.get_by_label("Verslag").fill(f"{TYPED} Echt.")
        expect(page.get_by_text("Geen verbinding")).to_be_hidden()
        wait_for_device(page, holding=0)

    def test_logging_out_without_a_network_wipes_nothing(self, page: Page, form: str) -> None:
        page.route("**/gesprek/concept/", lambda route: route.abort())
        page.goto(form)
        page.get_by_label("Verslag").fill(TYPED)
        wait_for_device(page, holding=1)
        page.goto("/account/logout/")
        page.context.set_offline(True)
        page.get_by_role("main").get_by_role("button", name="Uitloggen").tap()
        page.wait_for_timeout(500)

        page.context.set_offline(False)
        page.goto(form)
        page.get_by_role("button", name="Zet terug").tap()
        expect(page.get_by_label("Verslag")).to_have_value(TYPED)

    def test_a_session_that_ended_while_typing_loses_nothing(
        self, page: Page, form: str, log_in: LogIn, assignment
    ) -> None:
        page.goto(form)
        page.context.clear_cookies()
        page.get_by_label("Verslag").fill(TYPED)
        wait_for_device(page, holding=1)
        log_in(page, assignment.coach.user)

        page.goto(form)
        page.get_by_role("button", name="Zet terug").tap()
        expect(page.get_by_label("Verslag")).to_have_value(TYPED)

    def test_saving_it_wipes_the_device(self, page: Page, form: str) -> None:
        page.route("**/gesprek/concept/", lambda route: route.abort())
        page.goto(form)
        page.get_by_label("Verslag").fill(TYPED)
        wait_for_device(page, holding=1)
        page.get_by_role("button", name="Gesprek opslaan").first.tap()

        expect(page.get_by_role("heading", level=1)).to_have_text("Noor Voorbeeld")
        wait_for_device(page, holding=0)

    def test_logging_out_wipes_the_device(self, page: Page, form: str) -> None:
        page.route("**/gesprek/concept/", lambda route: route.abort())
        page.goto(form)
        page.get_by_label("Verslag").fill(TYPED)
        wait_for_device(page, holding=1)
        page.goto("/account/logout/")
        page.get_by_role("main").get_by_role("button", name="Uitloggen").tap()

        page.wait_for_url("**/account/login/")
        assert page.evaluate("Object.keys(localStorage).length") == 0

    def test_somebody_else_on_the_same_device_is_offered_nothing(
        self, page: Page, form: str, assignment: Assignment, log_in: LogIn
    ) -> None:
        page.route("**/gesprek/concept/", lambda route: route.abort())
        page.goto(form)
        page.get_by_label("Verslag").fill(TYPED)
        wait_for_device(page, holding=1)
        other = AssignmentFactory()
        kept = page.evaluate("Object.values(localStorage)[0]")
        log_in(page, other.coach.user)
        page.goto("/caseload/")
        page.evaluate("([key, value]) => localStorage.setItem(key, value)", [f"gesprek:{other.uuid}", kept])

        page.goto(reverse("check_in_add", kwargs={"assignment": other.uuid}))

        expect(page.get_by_role("heading", level=1)).to_have_text("Gesprek vastleggen")
        expect(page.get_by_text("Op dit apparaat staat nog een gesprek")).to_be_hidden()


def test_a_double_tap_makes_one(page: Page, form: str) -> None:
    page.goto(form)
    page.get_by_role("button", name="Gesprek opslaan").first.dblclick()

    expect(page.get_by_role("heading", level=1)).to_have_text("Noor Voorbeeld")
    assert CheckIn.objects.count() == 1


def test_without_script_everything_works(
    phone: Callable[..., BrowserContext], log_in: LogIn, assignment: Assignment
) -> None:
    page = phone(java_script_enabled=False).new_page()
    log_in(page, assignment.coach.user)
    page.goto("/caseload/")
    page.get_by_role("link", name="Gesprek met Noor Voorbeeld").tap()
    page.get_by_label("Verslag").fill(TYPED)
    page.get_by_text("Vertrouwelijke notitie").tap()
    page.get_by_label("Vertrouwelijk", exact=True).fill("Alleen voor mij")
    page.get_by_role("button", name="Gesprek opslaan").first.tap()

    expect(page.get_by_role("main")).to_contain_text(TYPED)
    expect(page.get_by_role("main")).to_contain_text("Alleen voor mij")


def test_the_keyboard_alone_records_a_contact(page: Page, form: str) -> None:
    page.goto(form)
    page.get_by_label("Verslag").focus()
    page.keyboard.type(TYPED)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Noor Voorbeeld")
    assert CheckIn.objects.get().note == TYPED


def test_what_is_done_about_a_problem_by_keyboard_alone(page: Page, assignment: Assignment) -> None:
    item = ToolkitItemFactory(name="Assertiviteitstraining")
    page.goto(reverse("approach", kwargs={"assignment": assignment.uuid}))
    hands = Keyboard(page)

    hands.press("link", "Nieuwe interventie")
    hands.press("link", "Assertiviteitstraining")
    hands.press("button", "Opslaan")
    hands.press("button", "Geholpen")

    expect(page.get_by_role("main")).to_contain_text("Vastgelegd: geholpen")
    assert (Intervention.objects.get().item, Intervention.objects.get().result) == (item, "geholpen")


def test_a_caseload_goes_to_a_colleague_by_keyboard_alone(page: Page, assignment: Assignment) -> None:
    colleague = JobCoachFactory(employer=assignment.coach.employer, name="Sanne Vervanger")
    page.goto("/caseload/")
    hands = Keyboard(page)

    hands.press("link", "Caseload overdragen")
    hands.select("Naar", f"Sanne Vervanger · {colleague.place} · 0")
    hands.choose("Mag de collega de vertrouwelijke notities lezen?", "Nee")
    hands.press("button", "Overdragen")

    expect(page.get_by_role("heading", level=1)).to_have_text("Mijn caseload")
    assert Assignment.objects.get(coach=colleague).taken_over.get().shares_notes is False


def test_a_phase_by_keyboard_alone(page: Page, assignment: Assignment) -> None:
    page.goto(reverse("coached_person", kwargs={"assignment": assignment.uuid}))
    hands = Keyboard(page)

    hands.press("link", "Fase wijzigen")
    hands.choose("Fase", "Afbouw")
    hands.press("button", "Opslaan")

    expect(page.get_by_role("heading", level=1)).to_have_text("Noor Voorbeeld")
    assignment.refresh_from_db()
    assert assignment.phase == "afbouw"


def wait_for(what: Callable[[], bool], page: Page) -> None:
    """Wait until something holds on the server."""
    for _ in range(200):
        if what():
            return
        page.wait_for_timeout(50)
    pytest.fail("It never happened.")


def wait_for_device(page: Page, *, holding: int) -> None:
    """Wait until the device keeps so many contacts; the policy of the page forbids Playwright's own way of waiting."""
    for _ in range(200):
        if page.evaluate("Object.keys(localStorage).length") == holding:
            return
        page.wait_for_timeout(50)
    pytest.fail(f"The device never held {holding}.")
