"""One placement: what its page says, and every form about it as a person goes through it."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from placements.services.periods import add_period
from placements.services.register import end_register_period
from placements.services.terms import Terms
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

    def test_a_day_in_another_year_is_told_with_its_year(self, desk, at, employer):
        placement = PlacementFactory(host=employer, period__last_day=date(2027, 1, 15))
        page = words(desk.get(at("placement_detail", placement=placement.uuid)))
        assert "15-01-2027 Contract loopt af op 15 januari 2027" in page

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
