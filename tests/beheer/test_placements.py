"""Regimes and teams in the admin; candidates, placements and trials are there to read."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from candidates.models import Access
from candidates.services.access import let_see, withdraw_access
from placements.models import Regime, RegimeVersion, Team, TeamPurchase
from placements.services.regimes import succeed_version
from tests.beheer.conftest import messages_in
from tests.factories import (
    CandidateFactory,
    EmployerFactory,
    PlacementFactory,
    PurchaseFactory,
    TeamFactory,
    TrialFactory,
)

pytestmark = pytest.mark.django_db


class TestRegimes:
    @pytest.fixture
    def regime(self):
        return Regime.objects.get(code="statutory")

    @pytest.fixture
    def waiting(self, regime):
        return succeed_version(
            by=None,
            regime=regime,
            first_day=date(2027, 1, 1),
            hours_per_job=24,
            procurement_counts=True,
            registration_test="day",
            source="Wet van morgen",
        )

    def test_a_version_is_succeeded_from_a_day(self, send, regime):
        answer = send(
            "placements_regime_change",
            regime.pk,
            versions__1__first_day="1-1-2027",
            versions__1__procurement_counts="on",
            versions__1__source="Wet van morgen",
        )
        assert answer.status_code == 302
        version = regime.versions.get(first_day=date(2027, 1, 1))
        assert (version.pending, version.procurement_counts) == (True, True)

    def test_a_version_in_force_is_shown_but_never_changed(self, send, show, regime):
        shown = show("placements_regime_change", regime.pk)
        assert "Versie vanaf 1 januari 2013" in shown
        assert 'name="versions-0-source"' not in shown
        send("placements_regime_change", regime.pk, versions__0__source="Stiekem anders", versions__0__DELETE="on")
        assert not RegimeVersion.objects.filter(source="Stiekem anders").exists()
        assert regime.versions.count() == 1

    def test_a_day_that_is_too_early_comes_back(self, send, regime):
        answer = send(
            "placements_regime_change",
            regime.pk,
            versions__1__first_day="1-1-2010",
            versions__1__source="Wet van gisteren",
        )
        assert "Kies een dag na 01-01-2013" in messages_in(answer)

    def test_while_one_waits_there_is_no_next(self, show, regime, waiting):
        shown = show("placements_regime_change", regime.pk)
        assert "wacht op hertelling" in shown
        assert "Toevoegen: versie" not in shown

    def test_one_that_waits_is_taken_back(self, client, administrator, show, regime, waiting):
        assert "De versie vanaf 1 januari 2027 intrekken?" in show("placements_regime_withdraw", regime.pk)
        client.post(reverse("admin:placements_regime_withdraw", args=[regime.pk]))
        assert regime.versions.count() == 1

    def test_a_recount_is_started_again(self, client, show, regime, waiting, django_capture_on_commit_callbacks):
        assert "Hertelling opnieuw starten?" in show("placements_regime_queue", regime.pk)
        with django_capture_on_commit_callbacks(execute=True):
            client.post(reverse("admin:placements_regime_queue", args=[regime.pk]))
        waiting.refresh_from_db()
        assert not waiting.pending

    @pytest.mark.parametrize("view", ["queue", "withdraw"])
    def test_without_one_that_waits_there_is_nothing_to_do(self, client, administrator, regime, view):
        assert client.get(reverse(f"admin:placements_regime_{view}", args=[regime.pk])).status_code == 404


class TestTeams:
    def test_a_team_is_added_changed_and_removed(self, client, send):
        employer = EmployerFactory(code="RBW")
        send("placements_team_add", code="T1", name="Team Groen", employer="RBW")
        team = Team.objects.get(code="T1")
        assert team.employer == employer
        send("placements_team_change", team.pk, name="Team Blauw")
        team.refresh_from_db()
        assert team.name == "Team Blauw"
        client.post(reverse("admin:placements_team_delete", args=[team.pk]), {"post": "yes"})
        assert not Team.objects.exists()

    def test_a_team_with_members_stays(self, client, administrator):
        member = PlacementFactory(in_team=True)
        url = reverse("admin:placements_team_delete", args=[member.team.pk])
        assert "heeft leden" in messages_in(client.post(url, {"post": "yes"}, follow=True))

    def test_a_purchase_is_added(self, send):
        team, buyer = TeamFactory(), EmployerFactory(code="BZK")
        send(
            "placements_team_change",
            team.pk,
            purchases__0__buyer="BZK",
            purchases__0__places="45",
            purchases__0__first_day="1-1-2026",
        )
        purchase = team.purchases.get()
        assert (purchase.buyer, purchase.places) == (buyer, 45)

    def test_a_purchase_is_changed_and_removed(self, send):
        purchase = PurchaseFactory(places=10)
        send("placements_team_change", purchase.team.pk, purchases__0__places="12")
        purchase.refresh_from_db()
        assert purchase.places == 12
        send("placements_team_change", purchase.team.pk, purchases__0__DELETE="on")
        assert not TeamPurchase.objects.exists()

    def test_an_overlap_comes_back_at_its_row(self, send):
        purchase = PurchaseFactory(buyer__code="BZK")
        answer = send(
            "placements_team_change",
            purchase.team.pk,
            purchases__1__buyer="BZK",
            purchases__1__places="5",
            purchases__1__first_day="1-1-2026",
        )
        rows = answer.context["inline_admin_formsets"][0].formset.forms
        assert "koopt dit team al" in rows[1].errors["first_day"][0]


class TestReading:
    def test_a_candidate_without_its_number(self, show):
        candidate = CandidateFactory(first_name="Anouk", last_name="Aalbers", bsn="999990019")
        shown = show("candidates_candidate_change", candidate.pk)
        assert "Anouk Aalbers" in shown
        assert "vanaf 01-01-2013" in shown
        assert "999990019" not in shown
        assert f"/{candidate.uuid}/" in shown

    def test_a_candidate_nobody_may_see_has_no_page(self, show):
        candidate = CandidateFactory(owner=None)
        assert "Naar de kandidaat" not in show("candidates_candidate_change", candidate.pk)

    def test_who_looked_at_a_candidate_is_on_the_trail(self, show, administrator):
        candidate = CandidateFactory()
        show("candidates_candidate_change", candidate.pk)
        event = AuditEvent.objects.get(action="kandidaat.bekeken")
        assert (event.actor, event.object_id) == (administrator, str(candidate.uuid))

    def test_a_placement_with_its_periods(self, show):
        placement = PlacementFactory(period__last_day=date(2026, 12, 31))
        shown = show("placements_placement_change", placement.pk)
        assert "01-01-2020 t/m 31-12-2026: 25,50 uur, tijdelijk, Medewerker groen" in shown
        assert f"/{placement.uuid}/" in shown

    def test_a_trial(self, show):
        trial = TrialFactory()
        assert "01-10-2026 t/m 30-11-2026" in show("placements_trial_change", trial.pk)

    @pytest.mark.parametrize("label", ["candidates_candidate", "placements_placement", "placements_trial"])
    def test_names_are_found_whatever_the_accents(self, client, administrator, label):
        candidate = CandidateFactory(first_name="Gülcan", last_name="Çelebi")
        PlacementFactory(host=candidate.owner, candidate=candidate)
        TrialFactory(host=candidate.owner, candidate=candidate)
        TrialFactory()
        rows = client.get(reverse(f"admin:{label}_changelist"), {"q": "celebi"}).context["cl"].result_list
        assert len(rows) == 1

    def test_the_link_leads_to_an_employer_that_may_see_the_candidate(self, show):
        candidate = CandidateFactory()
        other = EmployerFactory()
        withdraw_access(candidate=candidate, employer=candidate.owner, last_day=date(2020, 1, 1), by=None)
        assert "Naar de kandidaat" not in show("candidates_candidate_change", candidate.pk)
        let_see(candidate=candidate, employer=other, because=Access.Because.INTRODUCED, on=date(2020, 1, 1))
        assert f"/werkgevers/{other.uuid}/kandidaten/" in show("candidates_candidate_change", candidate.pk)
