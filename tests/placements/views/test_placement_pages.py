"""One placement: what its page says, and every form about it as a person goes through it."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from employers.models import Partner
from placements.models import Placement
from placements.services.periods import add_period, correct_period, end_placement
from placements.services.register import end_register_period
from placements.services.terms import Terms, terms_of
from tests.factories import (
    CandidateFactory,
    EmployerFactory,
    OrgUnitFactory,
    PlacementFactory,
    UserFactory,
)
from tests.placements.views.pages import filled_in, words

pytestmark = pytest.mark.django_db

MORE = Terms(first_day=date(2026, 7, 1), hours=Decimal(32), contract_kind="vast", job_title="Gastheer")


@pytest.fixture
def placement(employer):
    return PlacementFactory(host=employer, candidate__last_name="Visser", candidate__first_name="Pien")


@pytest.fixture
def of(at, placement):
    """Return a function that gives the address of a page of the placement."""

    def address(name: str = "placement_detail", **more) -> str:
        return at(name, placement=placement.uuid, **more)

    return address


class TestDetail:
    def test_it_opens_with_the_verdict_its_rule_and_its_source(self, desk, of):
        page = words(desk.get(of()))
        assert "Telt op 22 november 2026 mee" in page
        assert "Pien Visser heeft een contract bij Provincie Voorbeeld" in page
        assert "Pien Visser staat vanaf 1 januari 2013 in het doelgroepregister." in page
        assert "1,0 baan 25,50 uur per week" in page
        assert "Wfsv artikel 38b lid 4" in page

    def test_why_not_and_what_to_do(self, desk, at, employer):
        placement = PlacementFactory(host=employer, unregistered=True)
        page = desk.get(at("placement_detail", placement=placement.uuid))
        assert "Telt op 22 november 2026 niet mee" in words(page)
        assert at("register_add", candidate=placement.candidate.uuid) in page.content.decode()

    def test_another_day_by_another_count(self, desk, at, employer):
        placement = PlacementFactory(host=employer, procured=True)
        page = words(
            desk.get(
                at("placement_detail", placement=placement.uuid),
                {"peildatum": "30-6-2025", "regime": "with_procurement"},
            )
        )
        assert "Telt op 30 juni 2025 mee" in page
        assert "Telling: met inkoop" in page

    def test_a_day_before_it_began(self, desk, of):
        assert "De volgende periode begint op 1 januari 2020" in words(desk.get(of(), {"peildatum": "2019-12-31"}))

    @pytest.mark.parametrize(
        ("last_day", "said"),
        [
            (date(2026, 12, 31), "Contract loopt af op 31 december 2026 nog 39 dagen"),
            (date(2026, 12, 31), "Verlengen of beëindigen"),
            (date(2026, 6, 30), "Reden van het einde vastleggen"),
            (date(2028, 6, 30), "Contract loopt af op 30 juni 2028"),
        ],
    )
    def test_the_next_deadline_and_the_one_next_step(self, desk, at, employer, last_day, said):
        placement = PlacementFactory(host=employer, period__last_day=last_day)
        assert said in words(desk.get(at("placement_detail", placement=placement.uuid)))

    def test_a_registration_that_ends_soon_is_warned_of_with_the_day(self, desk, at, employer):
        candidate = CandidateFactory(owner=employer)
        end_register_period(period=candidate.register_periods.get(), last_day=date(2026, 11, 20), by=None)
        placement = PlacementFactory(host=employer, candidate=candidate)
        page = desk.get(at("placement_detail", placement=placement.uuid))
        assert "Telt niet mee vanaf 1 december 2026 De registratie in het doelgroepregister loopt dan niet" in words(
            page
        )
        assert "Er hoeft niets te gebeuren" not in words(page)
        assert at("register_add", candidate=candidate.uuid) in page.content.decode()

    def test_a_registration_that_ends_later_needs_nothing_yet(self, desk, at, employer):
        candidate = CandidateFactory(owner=employer)
        end_register_period(period=candidate.register_periods.get(), last_day=date(2027, 6, 30), by=None)
        placement = PlacementFactory(host=employer, candidate=candidate)
        assert "Er hoeft niets te gebeuren" in words(desk.get(at("placement_detail", placement=placement.uuid)))

    @pytest.mark.parametrize(
        ("last_day", "said"),
        [(None, "Er hoeft niets te gebeuren"), (date(2027, 12, 31), "Contract loopt af op 31 december 2027")],
    )
    def test_a_renewal_on_the_next_day_moves_the_deadline(self, desk, at, employer, last_day, said):
        placement = PlacementFactory(host=employer, period__last_day=date(2026, 12, 31))
        terms = Terms(**MORE.values() | {"first_day": date(2027, 1, 1), "last_day": last_day})
        add_period(placement=placement, terms=terms, by=None)
        page = words(desk.get(at("placement_detail", placement=placement.uuid)))
        assert said in page
        assert "Verlengen of beëindigen" not in page

    @pytest.mark.parametrize(
        ("last_day", "reason", "offered"),
        [
            (date(2027, 12, 31), "", True),
            (None, "", False),
            (date(2026, 1, 31), "", False),
            (date(2027, 12, 31), "pensioen", False),
        ],
    )
    def test_a_contract_that_ends_some_day_can_be_renewed(self, desk, at, employer, last_day, reason, offered):
        period = {"period__last_day": last_day, "period__end_reason": reason}
        placement = PlacementFactory(host=employer, **period)
        page = desk.get(at("placement_detail", placement=placement.uuid)).content.decode()
        assert ("?verlenging=ja" in page) == offered

    def test_the_count_over_time_tells_the_hours(self, desk, of, placement):
        add_period(placement=placement, terms=MORE, by=None)
        page = words(desk.get(of()))
        assert "25,50 uur per week · bij Provincie Voorbeeld" in page
        assert "32,00 uur per week · bij Provincie Voorbeeld" in page

    def test_what_has_no_end_and_counts_needs_nothing(self, desk, of):
        assert "Er hoeft niets te gebeuren" in words(desk.get(of()))

    def test_the_story_tells_changes_and_who_recorded_them(self, desk, of, placement, coordinator):
        add_period(placement=placement, terms=MORE, by=coordinator)
        page = words(desk.get(of()))
        assert "25,5 naar 32 uur, contract vast, andere functie 1 juli 2026" in page
        assert "Wijziging vastgelegd 22 november 2026 · Samira de Wit" in page

    def test_days_without_a_contract_are_named(self, desk, at, employer):
        placement = PlacementFactory(host=employer, period__last_day=date(2026, 5, 31))
        add_period(placement=placement, terms=MORE, by=None)
        page = words(desk.get(at("placement_detail", placement=placement.uuid)))
        assert "Geen contract van 1 juni 2026 tot en met 30 juni 2026" in page

    def test_reading_is_on_the_trail(self, desk, of, placement, coordinator):
        desk.get(of())
        event = AuditEvent.objects.get(action="plaatsing.bekeken")
        assert (event.actor, event.object_id) == (coordinator, str(placement.uuid))

    def test_a_reader_gets_no_buttons(self, client, of, employer):
        client.force_login(UserFactory(coordinator=employer, read_only=True))
        page = client.get(of()).content.decode()
        assert of("period_add") not in page
        assert client.get(of("period_add")).status_code == 403

    def test_the_host_of_a_secondment_writes_the_unit_only(self, desk, at, employer):
        record = EmployerFactory()
        loan = PlacementFactory(
            host=employer, candidate=CandidateFactory(owner=record), employer_of_record=record, route="detachering"
        )
        unit = OrgUnitFactory(employer=employer, name="Griffie")
        page = desk.get(at("placement_detail", placement=loan.uuid)).content.decode()
        address = at("period_unit", placement=loan.uuid, period=date(2020, 1, 1))
        assert address in page
        assert at("period_add", placement=loan.uuid) not in page
        assert desk.get(at("period_add", placement=loan.uuid)).status_code == 403
        answer = desk.post(address, filled_in(desk.get(address), unit=str(unit.pk)), follow=True)
        assert "Afdeling vastgelegd" in words(answer)
        assert loan.periods.get().unit == unit

    def test_someone_elses_placement_is_not_there(self, desk, at):
        assert desk.get(at("placement_detail", placement=PlacementFactory().uuid)).status_code == 404

    def test_neither_under_its_own_employers_address(self, desk):
        other = PlacementFactory()
        kwargs = {"employer": other.host.uuid, "placement": other.uuid}
        assert desk.get(reverse("placement_detail", kwargs=kwargs)).status_code == 404


class TestPeriods:
    def test_a_change_of_hours_ends_the_running_period_and_says_so(self, desk, of, placement):
        page = desk.get(of("period_add"))
        answer = desk.post(of("period_add"), filled_in(page, first_day="1-7-2026", hours="32,5"), follow=True)
        said = words(answer)
        assert "Wijziging vanaf 1 juli 2026 vastgelegd. De vorige periode eindigt op 30 juni 2026." in said
        assert list(placement.periods.values_list("hours", flat=True)) == [Decimal("25.50"), Decimal("32.50")]

    def test_a_renewal_follows_on_the_day_after_the_end(self, desk, at, employer):
        placement = PlacementFactory(host=employer, period__last_day=date(2026, 12, 31))
        address = f"{at('period_add', placement=placement.uuid)}?verlenging=ja"
        assert address in desk.get(at("placement_detail", placement=placement.uuid)).content.decode()
        page = desk.get(address)
        assert "Contract verlengen" in words(page)
        assert at("placement_end", placement=placement.uuid) in page.content.decode()
        filled = filled_in(page)
        assert (filled["first_day"], filled["last_day"]) == ("01-01-2027", "")
        answer = desk.post(address, filled_in(page, last_day="31-12-2027"), follow=True)
        assert "Contract loopt af op 31 december 2027" in words(answer)

    def test_a_change_within_a_contract_keeps_its_end(self, desk, at, employer):
        placement = PlacementFactory(host=employer, period__last_day=date(2026, 12, 31))
        filled = filled_in(desk.get(at("period_add", placement=placement.uuid)))
        assert (filled["first_day"], filled["last_day"]) == ("", "31-12-2026")

    def test_all_faults_are_told_at_once(self, desk, of):
        page = desk.get(of("period_add"))
        typed = {"first_day": "2-7-2026", "last_day": "1-7-2026", "hours": "80"}
        said = words(desk.post(of("period_add"), filled_in(page, **typed)))
        assert "hoogstens 60" in said
        assert said.count("Ligt vóór de eerste dag (02-07-2026).") == 2  # in the summary and at the field

    def test_what_is_refused_keeps_what_was_typed(self, desk, of, placement):
        page = desk.get(of("period_add"))
        answer = desk.post(of("period_add"), filled_in(page, first_day="1-1-2020", hours="80", job_title="Gids"))
        assert answer.status_code == 200
        assert "hoogstens 60" in words(answer)
        assert 'value="80"' in answer.content.decode()
        answer = desk.post(of("period_add"), filled_in(page, first_day="1-1-2020", job_title="Gids"))
        assert "Er is al een periode vanaf 1 januari 2020" in words(answer)
        assert 'value="Gids"' in answer.content.decode()

    def test_a_correction(self, desk, of, placement):
        address = of("period_correct", period=date(2020, 1, 1))
        desk.post(address, filled_in(desk.get(address), hours="20"))
        assert placement.periods.get().hours == Decimal(20)

    def test_removing_asks_first(self, desk, of, placement):
        add_period(placement=placement, terms=MORE, by=None)
        address = of("period_remove", period=date(2026, 7, 1))
        page = desk.get(address)
        assert "verdwijnt, ook uit cijfers over het verleden" in words(page)
        desk.post(address, filled_in(page))
        assert placement.periods.count() == 1

    def test_a_period_that_is_not_there(self, desk, of):
        assert desk.get(of("period_correct", period=date(1999, 1, 1))).status_code == 404

    def test_two_people_at_once_see_each_others_change(self, desk, of, placement):
        """She changes the title, a colleague changes the hours meanwhile: both changes stay."""
        address = of("period_correct", period=date(2020, 1, 1))
        page = desk.get(address)
        period = placement.periods.get()
        colleague = Terms(**{**terms_of(period).values(), "hours": Decimal(36)})
        correct_period(period=period, terms=colleague, by=None)
        answer = desk.post(address, filled_in(page, job_title="Gids"))
        said = words(answer)
        assert "Intussen heeft iemand anders dit gewijzigd." in said
        assert "Betaalde uren per week is nu “36”" in said
        period.refresh_from_db()
        assert (period.hours, period.job_title) == (Decimal(36), "Medewerker groen")
        desk.post(address, filled_in(answer))
        period.refresh_from_db()
        assert (period.hours, period.job_title) == (Decimal(36), "Gids")

    def test_a_change_elsewhere_in_the_placement_is_no_conflict(self, desk, of, placement):
        add_period(placement=placement, terms=MORE, by=None)
        address = of("period_correct", period=date(2026, 7, 1))
        page = desk.get(address)
        first = placement.periods.order_by("first_day").first()
        terms = Terms(**{**terms_of(first).values(), "hours": Decimal(8)})
        correct_period(period=first, terms=terms, by=None)
        assert desk.post(address, filled_in(page, job_title="Gids")).status_code == 302


class TestEnds:
    def test_an_end_with_its_reason(self, desk, of, placement):
        address = of("placement_end")
        desk.post(address, filled_in(desk.get(address), last_day="31-12-2026", reason="regulier_werk"))
        assert placement.periods.values_list("last_day", "end_reason").get() == (date(2026, 12, 31), "regulier_werk")

    def test_a_reason_is_asked(self, desk, of, placement):
        address = of("placement_end")
        answer = desk.post(address, filled_in(desk.get(address), last_day="31-12-2026"))
        assert answer.status_code == 200
        assert placement.periods.get().last_day is None

    def test_what_is_planned_later_is_shown_and_may_go(self, desk, of, placement):
        terms = Terms(**{**MORE.values(), "first_day": date(2027, 1, 1)})
        add_period(placement=placement, terms=terms, by=None)
        address = of("placement_end")
        page = desk.get(address)
        assert "Gepland staat nog een periode vanaf 1 januari 2027" in words(page)
        typed = {"last_day": "30-11-2026", "reason": "uitval"}
        assert "Er staat nog een periode gepland" in words(desk.post(address, filled_in(page, **typed)))
        desk.post(address, filled_in(page, **typed, remove_planned="on"))
        assert placement.periods.get().last_day == date(2026, 11, 30)

    def test_an_end_is_undone(self, desk, of, placement):
        end_placement(placement=placement, last_day=date(2026, 10, 31), reason="uitval", by=None)
        assert of("placement_reopen") in desk.get(of()).content.decode()
        desk.post(of("placement_reopen"), filled_in(desk.get(of("placement_reopen"))))
        assert placement.periods.get().last_day is None

    def test_only_an_end_with_a_reason_can_be_undone(self, desk, at, employer):
        placement = PlacementFactory(host=employer, period__last_day=date(2026, 12, 31))
        page = words(desk.get(at("placement_detail", placement=placement.uuid)))
        assert "Einde ongedaan maken" not in page
        assert "Beëindigen" in page

    def test_removing_says_what_goes(self, desk, of, at, placement):
        page = desk.get(of("placement_remove"))
        assert "Dit is niet ongedaan te maken" in words(page)
        answer = desk.post(of("placement_remove"), filled_in(page))
        assert answer.url == at("placement_list")
        assert not Placement.objects.exists()


class TestCorrect:
    def test_a_correction_counts_for_all_periods_and_says_what_it_cleared(self, desk, at, employer):
        placement = PlacementFactory(
            host=employer, period__unit=OrgUnitFactory(employer=employer), employer_of_record=employer
        )
        other = EmployerFactory()
        address = at("placement_change", placement=placement.uuid)
        answer = desk.post(address, filled_in(desk.get(address), host=str(other.pk)), follow=True)
        assert "De afdeling is gewist bij 1 periode." in words(answer)
        placement.refresh_from_db()
        assert placement.host == other

    def test_a_new_partner_is_recorded_with_it(self, desk, of, placement):
        page = desk.get(of("placement_change"))
        desk.post(of("placement_change"), filled_in(page, route="uitzend", partner="Uitzendbureau Noord"))
        placement.refresh_from_db()
        assert placement.partner.name == "Uitzendbureau Noord"

    def test_nothing_of_a_refused_correction_stays(self, desk, of, placement):
        page = desk.get(of("placement_change"))
        answer = desk.post(of("placement_change"), filled_in(page, partner="Uitzendbureau Noord"))
        assert "Bij de route Dienstverband ligt het contract" in words(answer)
        assert not Partner.objects.exists()

    @pytest.mark.parametrize("code", ["K-9999", ""])
    def test_a_candidate_is_found_by_code_among_the_own(self, desk, of, placement, code):
        CandidateFactory(code="K-9999")
        answer = desk.post(of("placement_change"), filled_in(desk.get(of("placement_change")), candidate_code=code))
        assert answer.status_code == 200
        placement.refresh_from_db()
        assert placement.candidate.last_name == "Visser"

    def test_the_right_candidate_replaces_the_wrong_one(self, desk, of, placement, employer):
        right = CandidateFactory(owner=employer)
        desk.post(of("placement_change"), filled_in(desk.get(of("placement_change")), candidate_code=right.code))
        placement.refresh_from_db()
        assert placement.candidate == right
