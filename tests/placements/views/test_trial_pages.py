"""Trials and internships, from choosing who to recording how it ended; and the share in a team."""

from datetime import date
from decimal import Decimal

import pytest

from accounts.models import AuditEvent
from placements.models import Trial
from tests.factories import CandidateFactory, PlacementFactory, PurchaseFactory, TeamFactory, TrialFactory
from tests.placements.views.pages import filled_in, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def trial(employer):
    return TrialFactory(host=employer, candidate__last_name="Visser", candidate__first_name="Pien")


@pytest.fixture
def of(at, trial):
    """Return a function that gives the address of a page of the trial."""

    def address(name: str = "trial_detail") -> str:
        return at(name, trial=trial.uuid)

    return address


class TestTrials:
    def test_step_by_step(self, desk, at, employer):
        candidate = CandidateFactory(owner=employer, last_name="Özkan")
        assert "Özkan" in words(desk.get(at("trial_add")))
        address = f"{at('trial_add')}?kandidaat={candidate.uuid}"
        page = desk.get(address)
        assert "Dit telt niet mee" in words(page)
        answer = desk.post(address, filled_in(page, first_day="1-12-2026", last_day="31-1-2027"), follow=True)
        assert "Proefplaatsing PP-0001 vastgelegd" in words(answer)
        assert Trial.objects.get().host == employer

    def test_a_second_one_at_the_same_time_is_refused(self, desk, at, trial):
        address = f"{at('trial_add')}?kandidaat={trial.candidate.uuid}"
        answer = desk.post(address, filled_in(desk.get(address), first_day="1-11-2026", last_day="31-1-2027"))
        assert "Pas die aan" in words(answer)
        assert Trial.objects.count() == 1

    def test_the_page_says_how_it_stands(self, desk, of):
        page = words(desk.get(of()))
        assert "Van 1 oktober 2026 tot en met 30 november 2026 Loopt" in page
        assert AuditEvent.objects.filter(action="proefplaatsing.bekeken").exists()

    def test_one_that_succeeded_leads_to_a_placement(self, desk, at, of, trial):
        address = of("trial_decide")
        desk.post(address, filled_in(desk.get(address), outcome="geslaagd", last_day="20-11-2026"))
        trial.refresh_from_db()
        assert (trial.outcome, trial.last_day) == ("geslaagd", date(2026, 11, 20))
        page = desk.get(of()).content.decode()
        assert f"{at('placement_add')}?kandidaat={trial.candidate.uuid}" in page

    def test_an_extension_is_a_later_last_day(self, desk, of, trial):
        page = desk.get(of("trial_decide"))
        assert "Bij een verlenging: de nieuwe laatste dag." in words(page)
        desk.post(of("trial_decide"), filled_in(page, outcome="verlengd", last_day="31-12-2026"))
        trial.refresh_from_db()
        assert (trial.outcome, trial.last_day) == ("verlengd", date(2026, 12, 31))

    def test_an_outcome_is_taken_back(self, desk, at, employer):
        trial = TrialFactory(host=employer, outcome="gestopt")
        address = at("trial_decide", trial=trial.uuid)
        page = desk.get(address)
        assert "Uitkomst wijzigen" in words(page)
        answer = desk.post(address, filled_in(page, outcome="onbekend"), follow=True)
        assert "De uitkomst is nog niet bekend." in words(answer)
        trial.refresh_from_db()
        assert trial.outcome == ""

    def test_a_correction(self, desk, of, trial):
        desk.post(of("trial_change"), filled_in(desk.get(of("trial_change")), kind="stage", last_day="31-12-2026"))
        trial.refresh_from_db()
        assert (trial.kind, trial.last_day) == ("stage", date(2026, 12, 31))

    def test_nothing_changed_is_said(self, desk, of):
        answer = desk.post(of("trial_change"), filled_in(desk.get(of("trial_change"))), follow=True)
        assert "Er was niets veranderd" in words(answer)

    def test_removing_asks_first(self, desk, of, at):
        page = desk.get(of("trial_remove"))
        assert "Alleen als deze er nooit is geweest" in words(page)
        assert desk.post(of("trial_remove"), filled_in(page)).url == at("trial_list")

    def test_someone_elses_is_not_there(self, desk, at):
        assert desk.get(at("trial_detail", trial=TrialFactory().uuid)).status_code == 404
        assert desk.get(f"{at('trial_add')}?kandidaat={CandidateFactory().uuid}").status_code == 404


class TestTeamShare:
    @pytest.fixture
    def team(self, employer):
        team = TeamFactory(name="Archiefteam")
        PurchaseFactory(team=team, buyer=employer, places=45, first_day=date(2020, 1, 1))
        PurchaseFactory(team=team, places=180, first_day=date(2020, 1, 1))
        for number in range(3):
            candidate = CandidateFactory(owner=team.employer, last_name=f"Lid{number}")
            PlacementFactory(
                host=team.employer, team=team, in_team=True, candidate=candidate, period__hours=Decimal("34")
            )
        return team

    def test_the_calculation_and_never_the_members(self, desk, at, team):
        page = words(desk.get(at("team_share", team=team.uuid)))
        assert "Ingekochte plaatsen 225 20,0 % 45" in page
        assert "Leden die meetellen 3 × 45 / 225 0,6" in page
        assert "Uren per week 102,00 × 45 / 225 20,40" in page
        assert "Banen (uren / 25,5) 4,0 0,8" in page
        assert "Lid" not in page.replace("Leden", "")

    def test_a_day_without_a_purchase(self, desk, at, team):
        page = words(desk.get(at("team_share", team=team.uuid), {"peildatum": "2019-12-31"}))
        assert "koopt Provincie Voorbeeld geen plaatsen van dit team in" in page

    def test_a_team_one_never_bought_from_is_not_there(self, desk, at, employer):
        assert desk.get(at("team_share", team=TeamFactory().uuid)).status_code == 404
        own = TeamFactory(employer=employer)
        assert desk.get(at("team_share", team=own.uuid)).status_code == 404

    def test_the_members_themselves_are_not_there_for_a_buyer(self, desk, at, team):
        for member in team.placements.all():
            assert desk.get(at("placement_detail", placement=member.uuid)).status_code == 404
