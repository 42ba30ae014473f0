"""Forms about who coaches someone and which hours are granted, as a coordinator goes through them."""

from datetime import date
from decimal import Decimal

import pytest

from accounts.models import AuditEvent
from coaching.models import Assignment, Grant, HandOver
from tests.factories import (
    AssignmentFactory,
    CheckInFactory,
    EmployerFactory,
    GrantFactory,
    JobCoachFactory,
    PartnerLinkFactory,
    PlacementFactory,
    TrialFactory,
    UserFactory,
)
from tests.placements.views.pages import filled_in, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def assignment(placement, coach):
    return AssignmentFactory(subject=placement, coach=coach)


class TestAssigning:
    def test_a_coach_for_someone(self, desk, at, placement, coach):
        address = at("assignment_add", placement=placement.uuid)
        page = desk.get(address)
        assert "Kim Özer · Provincie Voorbeeld · 0 van 10" in words(page)
        typed = {"coach": str(coach.pk), "phase": "afbouw", "interval": "30", "first_day": "20-11-2026"}
        answer = desk.post(address, filled_in(page, **typed), follow=True)
        assert "Kim Özer begeleidt Pien Visser vanaf 20 november 2026." in words(answer)
        row = Assignment.objects.get()
        assert (row.phase, row.contact_due) == ("afbouw", date(2026, 12, 20))

    def test_for_a_trial(self, desk, at, employer, coach):
        trial = TrialFactory(host=employer)
        address = at("trial_assignment_add", trial=trial.uuid)
        answer = desk.post(address, filled_in(desk.get(address), coach=str(coach.pk), phase="intensief"))
        assert answer.url == f"{at('trial_detail', trial=trial.uuid)}#begeleiding"
        assert Assignment.objects.get().trial == trial

    def test_too_many_people_is_a_warning_after_saving(self, desk, at, employer, placement):
        coach = JobCoachFactory(employer=employer, name="Kim", capacity=1)
        AssignmentFactory(subject=PlacementFactory(host=employer), coach=coach)
        address = at("assignment_add", placement=placement.uuid)
        page = desk.get(address)
        assert "1 van 1 (vol)" in words(page)
        answer = desk.post(address, filled_in(page, coach=str(coach.pk), phase="intensief"), follow=True)
        assert "Kim zit op 200 %: overbelast (2 mensen, ruimte voor 1)." in words(answer)
        assert Assignment.objects.count() == 2

    def test_internal_beside_external_is_refused_and_says_why(self, desk, at, employer, placement, assignment):
        external = JobCoachFactory(external=True)
        PartnerLinkFactory(employer=employer, partner=external.partner)
        address = at("assignment_add", placement=placement.uuid)
        answer = desk.post(address, filled_in(desk.get(address), coach=str(external.pk), phase="intensief"))
        assert "Interne en externe begeleiding gaan niet samen: Kim Özer" in words(answer)
        assert Assignment.objects.count() == 1

    def test_another_employers_coach_is_no_choice(self, desk, at, placement):
        foreign = JobCoachFactory(name="Onzichtbaar")
        address = at("assignment_add", placement=placement.uuid)
        page = desk.get(address)
        assert "Onzichtbaar" not in words(page)
        answer = desk.post(address, filled_in(page, coach=str(foreign.pk), phase="intensief"))
        assert answer.status_code == 200
        assert not Assignment.objects.exists()


class TestChanging:
    def test_days_and_consent(self, desk, at, assignment):
        address = at("assignment_change", assignment=assignment.uuid)
        answer = desk.post(address, filled_in(desk.get(address), consent_on="1-9-2026"), follow=True)
        assert "toestemming van 1 september 2026" in words(answer)
        answer = desk.post(address, filled_in(desk.get(address)), follow=True)
        assert "Er was niets veranderd" in words(answer)

    def test_somebody_elses_change_is_not_overwritten(self, desk, at, assignment):
        address = at("assignment_change", assignment=assignment.uuid)
        page = desk.get(address)
        desk.post(address, filled_in(desk.get(address), consent_on="1-9-2026"))
        answer = desk.post(address, filled_in(page, consent_on="2-9-2026"))
        assert "Iemand anders maakte hier intussen" in words(answer)

    def test_another_phase(self, desk, at, assignment):
        address = at("assignment_phase", assignment=assignment.uuid)
        answer = desk.post(address, filled_in(desk.get(address), phase="nazorg", day="28-11-2026"), follow=True)
        assert "De begeleiding is vanaf 28 november 2026 nazorg." in words(answer)
        assignment.refresh_from_db()
        assert assignment.phase == "nazorg"

    def test_the_end(self, desk, at, assignment):
        address = at("assignment_end", assignment=assignment.uuid)
        page = desk.get(address)
        assert "Na de laatste dag ziet de coach deze medewerker niet meer." in words(page)
        desk.post(address, filled_in(page, last_day="28-11-2026"))
        assignment.refresh_from_db()
        assert (assignment.last_day, assignment.access.last_day) == (date(2026, 11, 28), date(2026, 11, 28))

    def test_not_before_a_recorded_contact(self, desk, at, assignment):
        CheckInFactory(assignment=assignment, day=date(2026, 11, 20))
        address = at("assignment_end", assignment=assignment.uuid)
        answer = desk.post(address, filled_in(desk.get(address), last_day="19-11-2026"))
        assert "Er is een gesprek vastgelegd op 20 november 2026" in words(answer)

    def test_handing_over_never_shares_confidences(self, desk, at, employer, assignment):
        CheckInFactory(assignment=assignment, confidential="Geheim")
        successor = JobCoachFactory(employer=employer, name="Bo")
        address = at("assignment_hand_over", assignment=assignment.uuid)
        page = desk.get(address)
        assert "Vertrouwelijke notities gaan nooit mee als P&amp;O overdraagt" in words(page)
        assert f'value="{assignment.coach_id}"' not in page.content.decode()
        typed = {"to": str(successor.pk), "day": "1-12-2026", "reason": "Verlof", "shares_notes": "ja"}
        answer = desk.post(address, filled_in(page, **typed), follow=True)
        assert "Bo neemt het over vanaf 1 december 2026." in words(answer)
        row = HandOver.objects.get()
        assert (row.after.coach, row.shares_notes, row.reason) == (successor, False, "Verlof")


class TestGranting:
    def test_a_number_of_hours(self, desk, at, placement):
        address = at("grant_add", placement=placement.uuid)
        typed = {"funder": "uwv", "first_day": "1-7-2026", "last_day": "31-12-2026", "basis": "uren", "hours": "52,5"}
        answer = desk.post(address, filled_in(desk.get(address), **typed), follow=True)
        assert "52,5 uur toegekend van 1 juli 2026 tot en met 31 december 2026." in words(answer)

    def test_a_percentage(self, desk, at, placement):
        address = at("grant_add", placement=placement.uuid)
        page = desk.get(address)
        assert "UWV rekent 15 % in jaar 1, 7,5 % in jaar 2, 6 % in jaar 3 en later" in words(page)
        typed = {"funder": "uwv", "first_day": "1-7-2026", "last_day": "31-12-2026", "basis": "percentage"}
        answer = desk.post(address, filled_in(page, **typed))
        assert "Vul het percentage in" in words(answer)
        desk.post(address, filled_in(page, **typed, percentage="6"))
        assert Grant.objects.get().hours == Decimal("40.22")

    def test_a_trial_is_asked_for_hours_only(self, desk, at, employer):
        trial = TrialFactory(host=employer)
        address = at("trial_grant_add", trial=trial.uuid)
        page = desk.get(address)
        assert "Percentage" not in words(page)
        typed = {"funder": "gemeente", "first_day": "1-10-2026", "last_day": "30-11-2026", "hours": "8"}
        desk.post(address, filled_in(page, **typed))
        assert Grant.objects.get().trial == trial

    def test_a_correction(self, desk, at, placement):
        grant = GrantFactory(placement=placement, percentage=Decimal("7.5"))
        address = at("grant_change", grant=grant.uuid)
        page = desk.get(address)
        assert filled_in(page)["percentage"] == "7,5"
        assert at("grant_remove", grant=grant.uuid) in page.content.decode()
        desk.post(address, filled_in(page, basis="uren", hours="60"))
        grant.refresh_from_db()
        assert (grant.hours, grant.percentage) == (60, None)

    def test_removing_asks_first(self, desk, at, placement):
        grant = GrantFactory(placement=placement)
        address = at("grant_remove", grant=grant.uuid)
        page = desk.get(address)
        assert "50 uur van UWV" in words(page)
        desk.post(address, filled_in(page))
        assert not Grant.objects.exists()
        assert AuditEvent.objects.filter(action="uren.verwijderd").exists()


class TestScope:
    @pytest.mark.parametrize(
        "name", ["assignment_change", "assignment_phase", "assignment_hand_over", "assignment_end"]
    )
    def test_what_another_employer_arranged_is_not_there(self, desk, at, name):
        assert desk.get(at(name, assignment=AssignmentFactory().uuid)).status_code == 404

    @pytest.mark.parametrize("name", ["grant_change", "grant_remove"])
    def test_hours_at_another_employer_are_not_there(self, desk, at, name):
        assert desk.get(at(name, grant=GrantFactory().uuid)).status_code == 404

    @pytest.mark.parametrize("name", ["assignment_add", "grant_add"])
    def test_nor_are_its_people(self, desk, at, name):
        assert desk.get(at(name, placement=PlacementFactory().uuid)).status_code == 404
        assert desk.get(at(f"trial_{name}", trial=TrialFactory().uuid)).status_code == 404

    def test_who_may_only_read_gets_no_form(self, client, at, employer, assignment, placement):
        client.force_login(UserFactory(coordinator=employer, read_only=True))
        addresses = (
            at("assignment_add", placement=placement.uuid),
            at("assignment_end", assignment=assignment.uuid),
            at("grant_add", placement=placement.uuid),
        )
        assert {client.get(address).status_code for address in addresses} == {403}

    def test_another_coordinator_does_not_find_the_form(self, client, at, assignment):
        client.force_login(UserFactory(coordinator=EmployerFactory()))
        assert client.get(at("assignment_end", assignment=assignment.uuid)).status_code == 404
