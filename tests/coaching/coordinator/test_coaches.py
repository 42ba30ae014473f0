"""Coaches as a coordinator sees them: load, caseload, forms, organisations, and handing over in one action."""

import csv
import io
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coaching.models import Assignment, HandOver, JobCoach, PartnerLink
from tests.factories import (
    AssignmentFactory,
    CheckInFactory,
    EmployerFactory,
    JobCoachFactory,
    PartnerFactory,
    PartnerLinkFactory,
    PlacementFactory,
    TrialFactory,
    UserFactory,
)
from tests.placements.views.pages import filled_in, words

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 28)


def coached(coach, employer, **values):
    return AssignmentFactory(subject=PlacementFactory(host=employer), coach=coach, **values)


def rows_of(response) -> list[dict[str, str]]:
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


class TestList:
    def test_load_against_room_warns(self, desk, at, employer):
        full = JobCoachFactory(employer=employer, name="Vol", capacity=5)
        JobCoachFactory(employer=employer, name="Leeg", capacity=5)
        for _ in range(6):
            coached(full, employer)
        page = words(desk.get(at("coach_list")))
        assert "Vol Provincie Voorbeeld 6 120 %: overbelast 6" in page
        assert "Leeg Provincie Voorbeeld 0 0 van 5 0" in page
        rows = rows_of(desk.get(at("coach_list"), {"letop": "overbelast", "export": "csv"}))
        assert [(row["naam"], row["mensen_samen"]) for row in rows] == [("Vol", "6")]

    def test_closed_coaching_is_no_load(self, desk, at, employer, coach):
        coached(coach, employer, phase="gesloten")
        assert "0 van 10" in words(desk.get(at("coach_list")))

    def test_minutes_of_this_month_without_travel(self, desk, at, employer, coach):
        row = coached(coach, employer)
        CheckInFactory(assignment=row, day=date(2026, 11, 1), minutes=40, travel_minutes=30)
        CheckInFactory(assignment=row, day=date(2026, 10, 31), minutes=500)
        (found,) = rows_of(desk.get(at("coach_list"), {"export": "csv"}))
        assert (found["minuten_deze_maand"], found["contact_te_laat"]) == ("40", "1")

    def test_of_a_shared_coach_only_what_happens_here(self, desk, at, employer):
        coach = JobCoachFactory(external=True, capacity=10)
        PartnerLinkFactory(employer=employer, partner=coach.partner)
        elsewhere = coached(coach, EmployerFactory())
        coached(coach, employer)
        CheckInFactory(assignment=elsewhere, day=date(2026, 11, 1), minutes=40)
        (found,) = rows_of(desk.get(at("coach_list"), {"export": "csv"}))
        assert (found["mensen_hier"], found["mensen_samen"], found["minuten_deze_maand"]) == ("1", "2", "0")
        page = words(desk.get(at("coach_detail", coach=coach.uuid)))
        assert elsewhere.candidate.full_name not in page

    @pytest.mark.parametrize(("until", "said"), [((2026, 11, 27), "Verlopen"), ((2027, 1, 27), "Verloopt")])
    def test_a_recognition_that_expires(self, desk, at, employer, until, said):
        JobCoachFactory(employer=employer, name="Bijna", recognised_until=date(*until))
        JobCoachFactory(employer=employer, name="Ruim", recognised_until=date(2027, 1, 28))
        page = words(desk.get(at("coach_list"), {"letop": "erkenning_verloopt"}))
        assert "Bijna" in page
        assert f" {said} " in page
        assert "Ruim" not in page

    def test_who_stopped_on_request(self, desk, at, employer):
        JobCoachFactory(employer=employer, name="Oud", last_day=date(2026, 11, 27))
        assert "Oud" not in words(desk.get(at("coach_list")))
        assert "Oud" in words(desk.get(at("coach_list"), {"stand": "beeindigd"}))

    def test_a_name_is_found_without_its_accents(self, desk, at, coach):
        assert "Kim Özer" in words(desk.get(at("coach_list"), {"zoek": "ozer"}))

    @pytest.mark.parametrize("sort", ["name", "place", "-here", "-load", "-late", "-minutes", "recognised"])
    def test_every_sort_works(self, desk, at, coach, sort):
        assert desk.get(at("coach_list"), {"sort": sort}).status_code == 200

    def test_more_coaches_take_as_many_queries(self, desk, at, employer):
        def queries() -> int:
            with CaptureQueriesContext(connection) as captured:
                desk.get(at("coach_list"))
            return len(captured)

        coached(JobCoachFactory(employer=employer), employer)
        desk.get(at("coach_list"))
        few = queries()
        for _ in range(8):
            coached(JobCoachFactory(employer=employer), employer)
            PartnerLinkFactory(employer=employer)
        assert queries() == few


class TestCoach:
    def test_a_new_coach_of_ones_own(self, desk, at, employer):
        user = UserFactory(coach=True, email="kim@voorbeeld.example")
        page = desk.get(at("coach_add"))
        typed = {"name": "Kim de Boer", "email": "kim@voorbeeld.example", "capacity": "12"}
        answer = desk.post(at("coach_add"), filled_in(page, **typed), follow=True)
        assert "Kim de Boer is toegevoegd." in words(answer)
        coach = JobCoach.objects.get()
        assert (coach.user, coach.employer, coach.first_day) == (user, employer, TODAY)

    def test_of_a_linked_organisation_only(self, desk, at, employer):
        link = PartnerLinkFactory(employer=employer)
        foreign = PartnerFactory(name="Onzichtbaar")
        page = desk.get(at("coach_add"))
        assert "Onzichtbaar" not in words(page)
        answer = desk.post(at("coach_add"), filled_in(page, name="X", place=str(foreign.uuid)))
        assert answer.status_code == 200
        desk.post(at("coach_add"), filled_in(page, name="X", place=str(link.partner.uuid)))
        assert JobCoach.objects.get().partner == link.partner

    def test_who_does_not_log_in_yet_is_said_at_the_field(self, desk, at):
        page = desk.get(at("coach_add"))
        answer = desk.post(at("coach_add"), filled_in(page, name="X", email="nieuw@voorbeeld.example"))
        assert "Een functioneel beheerder nodigt jobcoaches uit" in words(answer)
        assert not JobCoach.objects.exists()

    def test_a_change(self, desk, at, coach):
        address = at("coach_change", coach=coach.uuid)
        page = desk.get(address)
        assert filled_in(page)["email"] == coach.user.email
        answer = desk.post(address, filled_in(page, capacity="8", recognised_until="31-12-2027"), follow=True)
        assert "Gegevens gewijzigd." in words(answer)
        assert "31 december 2027" in words(answer)
        assert "Er was niets veranderd" in words(desk.post(address, filled_in(desk.get(address)), follow=True))

    def test_stopping_asks_for_the_caseload_first(self, desk, at, employer, coach):
        row = coached(coach, employer)
        address = at("coach_end", coach=coach.uuid)
        page = desk.get(address)
        assert "draag de caseload over" in words(page)
        answer = desk.post(address, filled_in(page))
        assert "begeleidt na 28 november 2026 nog 1 persoon" in words(answer)
        Assignment.objects.filter(pk=row.pk).update(last_day=TODAY)
        assert "Kim Özer stopt op 28 november 2026." in words(desk.post(address, filled_in(page), follow=True))

    def test_the_page_lists_whom_the_coach_coaches_here(self, desk, at, employer, coach):
        trial = TrialFactory(host=employer, candidate__last_name="Proef")
        AssignmentFactory(subject=trial, coach=coach, first_day=date(2026, 11, 20))
        row = coached(coach, employer)
        CheckInFactory(assignment=row, day=date(2026, 11, 27), scores={"click": 1})
        page = desk.get(at("coach_detail", coach=coach.uuid))
        assert at("trial_detail", trial=trial.uuid) in page.content.decode()
        assert "Aandacht gevraagd" in words(page)
        assert "score" not in words(page)


class TestHandingOver:
    @pytest.fixture
    def successor(self, employer):
        return JobCoachFactory(employer=employer, name="Bo", capacity=1)

    def test_everybody_in_one_action(self, desk, at, employer, coach, successor):
        rows = [coached(coach, employer) for _ in range(3)]
        address = at("coach_hand_over", coach=coach.uuid)
        page = desk.get(address)
        assert page.content.decode().count("checked") == 3
        assert "Vertrouwelijke notities gaan nooit mee als P&amp;O overdraagt" in words(page)
        typed = {"people": [row.pk for row in rows], "to": successor.pk, "day": "28-11-2026", "reason": "Ziekte"}
        answer = desk.post(address, typed, follow=True)
        assert "3 mensen gaan vanaf 28 november 2026 over naar Bo." in words(answer)
        assert "Bo zit op 300 %: overbelast" in words(answer)
        assert not HandOver.objects.filter(shares_notes=True).exists()
        assert Assignment.objects.active_on(TODAY).filter(coach=successor).count() == 3

    def test_or_who_is_ticked(self, desk, at, employer, coach, successor):
        rows = [coached(coach, employer) for _ in range(2)]
        typed = {"people": [rows[0].pk], "to": successor.pk, "day": "28-11-2026"}
        desk.post(at("coach_hand_over", coach=coach.uuid), typed)
        assert HandOver.objects.get().before == rows[0]

    def test_who_goes_over_already_is_not_ticked_again(self, desk, at, employer, coach, successor):
        rows = [coached(coach, employer) for _ in range(2)]
        address = at("coach_hand_over", coach=coach.uuid)
        desk.post(address, {"people": [rows[0].pk], "to": successor.pk, "day": "7-12-2026"})
        page = desk.get(address)
        assert page.context["form"]["people"].value() == [rows[1].pk]
        assert f"{rows[0].candidate.full_name} ({employer}, tot en met 6 december 2026)" in words(page)

    def test_nobody_ticked_is_said(self, desk, at, employer, coach, successor):
        coached(coach, employer)
        answer = desk.post(at("coach_hand_over", coach=coach.uuid), {"to": successor.pk, "day": "28-11-2026"})
        assert "Kies wie er overgaat." in words(answer)

    def test_people_elsewhere_stay_out_of_it(self, desk, at, employer):
        coach = JobCoachFactory(external=True)
        other = JobCoachFactory(external=True, partner=coach.partner)
        PartnerLinkFactory(employer=employer, partner=coach.partner)
        here, elsewhere = coached(coach, employer), coached(coach, EmployerFactory())
        page = desk.get(at("coach_hand_over", coach=coach.uuid))
        assert elsewhere.candidate.full_name not in words(page).replace(here.candidate.full_name, "")
        typed = {"people": [here.pk, elsewhere.pk], "to": other.pk, "day": "28-11-2026"}
        desk.post(at("coach_hand_over", coach=coach.uuid), typed)
        assert not HandOver.objects.exists()


class TestOrganisations:
    def test_linking_by_name(self, desk, at, employer):
        page = desk.get(at("partner_link"))
        answer = desk.post(at("partner_link"), filled_in(page, name="Jobcoach Noord"), follow=True)
        assert "Jobcoach Noord is gekoppeld vanaf 28 november 2026." in words(answer)
        assert PartnerLink.objects.get().employer == employer

    def test_an_employer_of_this_system_is_no_organisation(self, desk, at):
        EmployerFactory(name="Gemeente Zuid", code="ZUID")
        page = desk.get(at("partner_link"))
        assert "is een werkgever in dit systeem" in words(desk.post(at("partner_link"), filled_in(page, name="ZUID")))

    def test_ending_asks_first(self, desk, at, employer):
        link = PartnerLinkFactory(employer=employer)
        address = at("partner_unlink", partner=link.partner.uuid)
        page = desk.get(address)
        assert "Begeleiding die loopt, gaat door" in words(page)
        desk.post(address, filled_in(page, last_day="27-11-2026"))
        assert desk.get(address).status_code == 404
        assert link.partner.name not in words(desk.get(at("coach_list")))

    def test_two_links_to_one_organisation_give_the_last(self, desk, at, employer):
        link = PartnerLinkFactory(employer=employer, last_day=TODAY)
        PartnerLinkFactory(employer=employer, partner=link.partner, first_day=date(2026, 12, 1))
        assert "1-12-2026" in desk.get(at("partner_unlink", partner=link.partner.uuid)).content.decode()


class TestScope:
    @pytest.mark.parametrize("name", ["coach_detail", "coach_change", "coach_end", "coach_hand_over"])
    def test_another_employers_coach_is_not_there(self, desk, at, name):
        assert desk.get(at(name, coach=JobCoachFactory().uuid)).status_code == 404

    def test_nor_a_coach_of_an_organisation_that_was_never_linked(self, desk, at):
        assert desk.get(at("coach_detail", coach=JobCoachFactory(external=True).uuid)).status_code == 404

    def test_who_may_only_read_gets_lists_and_no_form(self, client, at, employer, coach):
        client.force_login(UserFactory(coordinator=employer, read_only=True))
        reads = [at("coach_list"), at("coach_detail", coach=coach.uuid)]
        assert [client.get(address).status_code for address in reads] == [200, 200]
        for name in ("coach_change", "coach_end", "coach_hand_over"):
            assert client.get(at(name, coach=coach.uuid)).status_code == 403
            assert at(name, coach=coach.uuid) not in client.get(reads[1]).content.decode()
        assert client.get(at("partner_link")).status_code == 403
