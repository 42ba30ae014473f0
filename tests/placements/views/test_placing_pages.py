"""Placing someone and continuing a placement, step by step as a person goes through it."""

from datetime import date

import pytest

from employers.models import Partner
from placements.models import Placement
from placements.services.periods import end_placement
from tests.factories import (
    CandidateFactory,
    EmployerFactory,
    OrgUnitFactory,
    PlacementFactory,
    TeamFactory,
)
from tests.placements.views.pages import filled_in, words
from ui.errors import summarise

pytestmark = pytest.mark.django_db


class TestPlacing:
    def test_step_by_step(self, desk, at, employer):
        candidate = CandidateFactory(owner=employer, last_name="Özkan")
        CandidateFactory(owner=employer, last_name="Visser")
        page = desk.get(at("placement_add"), {"zoek": "ozkan"})
        assert "Özkan" in words(page)
        assert "Visser" not in words(page)
        chosen = f"kandidaat={candidate.uuid}"
        page = desk.get(f"{at('placement_add')}?{chosen}")
        assert "De uren tellen mee waar het werk is." in words(page)
        address = f"{at('placement_add')}?{chosen}&route=uitzend"
        typed = {
            "partner": "Uitzendbureau Noord",
            "first_day": "1-11-2026",
            "hours": "24",
            "job_title": "Gastheer",
            "contract_kind": "tijdelijk",
        }
        preview = desk.post(address, filled_in(desk.get(address), **typed, controle="ja"))
        assert "Vanaf 1 november 2026 Telt mee bij de inlener · Provincie Voorbeeld · 0,9 banen" in words(preview)
        assert not Placement.objects.exists()
        assert not Partner.objects.exists()
        answer = desk.post(address, filled_in(preview), follow=True)
        placement = Placement.objects.get()
        assert f"Plaatsing {placement.code} vastgelegd" in words(answer)
        assert (placement.partner.name, placement.owner) == ("Uitzendbureau Noord", employer)

    def test_faults_are_told_in_the_order_of_the_page(self, desk, at, employer):
        candidate = CandidateFactory(owner=employer)
        address = f"{at('placement_add')}?kandidaat={candidate.uuid}&route=uitzend"
        form = desk.post(address, {}).context["form"]
        told = [fault.target for fault in summarise(form)]
        shown = [field.auto_id for _, fields in form.grouped for field in fields]
        places = [shown.index(target.removesuffix("_0")) for target in told]
        assert len(told) > 4
        assert places == sorted(places)

    @pytest.mark.parametrize(
        ("route", "typed", "said"),
        [
            ("uitzend", {}, "Vul in welke organisatie het contract heeft"),
            ("detachering", {"holder": "eigen"}, "Kies de werkgever waar het werk is"),
            ("uitzend", {"partner": "provincie voorbeeld"}, "is een werkgever in dit systeem"),
            ("dienstverband", {"hours": "0"}, "Vul meer dan 0 en hoogstens 60 uur in."),
            ("dienstverband", {"first_day": "29-02-2026"}, "bestaat niet"),
            ("dienstverband", {"last_day": "1-1-2026"}, "vóór de eerste dag"),
        ],
    )
    def test_what_can_not_be_is_said_at_its_field(self, desk, at, employer, route, typed, said):
        candidate = CandidateFactory(owner=employer)
        address = f"{at('placement_add')}?kandidaat={candidate.uuid}&route={route}"
        fields = {"first_day": "1-11-2026", "hours": "24", "job_title": "Gids", "contract_kind": "vast"} | typed
        answer = desk.post(address, filled_in(desk.get(address), **fields))
        assert answer.status_code == 200
        assert said in words(answer)
        assert not Placement.objects.exists()

    def test_a_preview_shows_what_the_rules_refuse(self, desk, at, employer):
        candidate = CandidateFactory(owner=employer)
        foreign = EmployerFactory()
        unit = OrgUnitFactory(employer=employer)
        address = f"{at('placement_add')}?kandidaat={candidate.uuid}&route=dienstverband"
        fields = {
            "host": str(foreign.pk),
            "unit": str(unit.pk),
            "first_day": "1-11-2026",
            "hours": "24",
            "job_title": "Gids",
            "contract_kind": "vast",
            "controle": "ja",
        }
        assert f"Kies een afdeling van {foreign}" in words(desk.post(address, filled_in(desk.get(address), **fields)))

    def test_teams_are_offered_to_their_own_employer(self, desk, at, employer):
        candidate = CandidateFactory(owner=employer)
        address = f"{at('placement_add')}?kandidaat={candidate.uuid}"
        assert desk.get(f"{address}&route=teaminkoop").status_code == 404
        team = TeamFactory(employer=employer)
        fields = {"first_day": "1-11-2026", "hours": "24", "job_title": "Gids", "contract_kind": "vast"}
        page = desk.get(f"{address}&route=teaminkoop")
        desk.post(f"{address}&route=teaminkoop", filled_in(page, team=str(team.pk), **fields))
        assert Placement.objects.get().team == team

    @pytest.mark.parametrize("asked", ["kandidaat=nonsense", "kandidaat=00000000-0000-4000-8000-000000000000"])
    def test_nobody_else_is_placed(self, desk, at, asked):
        assert desk.get(f"{at('placement_add')}?{asked}").status_code == 404

    def test_a_candidate_out_of_sight_is_not_found(self, desk, at):
        foreign = CandidateFactory()
        assert desk.get(f"{at('placement_add')}?kandidaat={foreign.uuid}&route=dienstverband").status_code == 404

    def test_sending_without_choices_finds_nothing(self, desk, at):
        assert desk.post(at("placement_add")).status_code == 404


class TestContinue:
    def test_a_secondment_becomes_an_own_contract(self, desk, at, employer):
        loan = PlacementFactory(host=employer, seconded_in=True)
        address = at("placement_continue", placement=loan.uuid)
        assert "Dienstverband" in words(desk.get(address))
        address = f"{address}?route=dienstverband"
        typed = {"reason": "regulier_werk", "first_day": "1-12-2026", "contract_kind": "vast"}
        answer = desk.post(address, filled_in(desk.get(address), **typed), follow=True)
        successor = Placement.objects.get(continues=loan)
        assert f"Vervolg {successor.code} begint op 1 december 2026" in words(answer)
        assert loan.periods.get().last_day == date(2026, 11, 30)
        assert successor.periods.get().job_title == loan.periods.get().job_title

    def test_the_unit_goes_along_while_the_work_stays_here(self, desk, at, employer):
        unit = OrgUnitFactory(employer=employer)
        loan = PlacementFactory(host=employer, seconded_in=True, period__unit=unit)
        page = desk.get(f"{at('placement_continue', placement=loan.uuid)}?route=dienstverband")
        assert filled_in(page)["unit"] == str(unit.pk)
        assert "Waarom houdt het huidige werk op?" in words(page)

    def test_how_it_would_count_is_shown_before_it_is_stored(self, desk, at, employer):
        loan = PlacementFactory(host=employer, seconded_in=True)
        address = f"{at('placement_continue', placement=loan.uuid)}?route=beschut"
        typed = {"reason": "regulier_werk", "first_day": "1-12-2026", "holder": "eigen", "controle": "ja"}
        page = words(desk.post(address, filled_in(desk.get(address), **typed)))
        assert "Zo gaat dit tellen Vanaf 1 december 2026" in page
        assert Placement.objects.count() == 1

    def test_the_story_of_the_old_placement_tells_who_recorded_it(self, desk, at, employer):
        loan = PlacementFactory(host=employer, seconded_in=True)
        address = f"{at('placement_continue', placement=loan.uuid)}?route=dienstverband"
        typed = {"reason": "regulier_werk", "first_day": "1-12-2026", "contract_kind": "vast"}
        desk.post(address, filled_in(desk.get(address), **typed))
        page = words(desk.get(at("placement_detail", placement=loan.uuid)))
        assert "Vervolg vastgelegd 22 november 2026 · Samira de Wit" in page
        new = words(desk.get(at("placement_detail", placement=Placement.objects.get(continues=loan).uuid)))
        assert "Vastgelegd als vervolg 22 november 2026 · Samira de Wit" in new

    def test_a_placement_that_changed_meanwhile_is_not_ended_unseen(self, desk, at, employer):
        loan = PlacementFactory(host=employer, seconded_in=True)
        address = f"{at('placement_continue', placement=loan.uuid)}?route=dienstverband"
        page = desk.get(address)
        end_placement(placement=loan, last_day=date(2026, 12, 31), reason="uitval", by=None)
        typed = {"reason": "regulier_werk", "first_day": "1-12-2026", "contract_kind": "vast"}
        answer = desk.post(address, filled_in(page, **typed))
        assert "Intussen heeft iemand anders het huidige werk gewijzigd" in words(answer)
        assert Placement.objects.count() == 1
        assert desk.post(address, filled_in(answer)).status_code == 302

    def test_sending_without_a_route_finds_nothing(self, desk, at, employer):
        placement = PlacementFactory(host=employer)
        assert desk.post(at("placement_continue", placement=placement.uuid)).status_code == 404
