"""A candidate's file and forms: what is shown, what is hidden, what is put on the trail."""

from datetime import date

import pytest

from accounts.models import AuditEvent
from candidates.models import Access, Candidate
from placements.services.candidates import CandidateData, change_candidate
from placements.services.register import end_register_period
from tests.factories import CandidateFactory, EmployerFactory, PlacementFactory, TrialFactory, UserFactory
from tests.factories.candidates import test_bsn
from tests.placements.views.pages import filled_in, words

pytestmark = pytest.mark.django_db

BSN, OTHER_BSN = test_bsn(5), test_bsn(6)


@pytest.fixture
def candidate(employer):
    return CandidateFactory(owner=employer, first_name="Imane", last_name="Bouzid", bsn=BSN)


@pytest.fixture
def of(at, candidate):
    """Return a function that gives the address of a page of the candidate."""

    def address(name: str = "candidate_detail", **more) -> str:
        return at(name, candidate=candidate.uuid, **more)

    return address


class TestDetail:
    def test_it_opens_with_the_register(self, desk, of):
        page = words(desk.get(of()))
        assert "Staat op 22 november 2026 in het doelgroepregister" in page
        assert "Vanaf 1 januari 2013" in page

    def test_another_day(self, desk, of):
        page = words(desk.get(of(), {"peildatum": "2012-12-31"}))
        assert "Kies een datum vanaf 1 januari 2013" in page

    def test_placements_and_trials_stand_in_it(self, desk, of, candidate, employer):
        PlacementFactory(host=employer, candidate=candidate, period__job_title="Gids")
        TrialFactory(host=employer, candidate=candidate)
        page = words(desk.get(of()))
        assert "Gids bij Provincie Voorbeeld" in page
        assert "Proefplaatsing bij Provincie Voorbeeld" in page

    def test_the_history_tells_of_the_work_too(self, desk, of, candidate, employer):
        placement = PlacementFactory(
            host=employer,
            candidate=candidate,
            period__first_day=date(2024, 1, 1),
            period__last_day=date(2024, 12, 31),
            period__end_reason="uitval",
        )
        story = [(event.day, event.title) for event in desk.get(of()).context["story"]]
        assert (date(2024, 1, 1), f"Begin bij {placement.host}") in story
        assert (date(2024, 12, 31), f"Einde bij {placement.host}") in story

    def test_while_a_period_in_the_register_runs_a_new_one_is_no_button(self, desk, of, candidate):
        assert "Registerperiode vastleggen" not in words(desk.get(of()))
        assert "Eerdere periode vastleggen" in words(desk.get(of()))
        candidate.register_periods.update(last_day=date(2026, 10, 31))
        assert "Registerperiode vastleggen" in words(desk.get(of()))

    def test_another_employers_placement_of_the_same_person_does_not(self, desk, of, candidate):
        PlacementFactory(candidate=CandidateFactory(bsn=BSN), period__job_title="Geheim")
        assert "Geheim" not in words(desk.get(of()))

    def test_reading_is_on_the_trail(self, desk, of, candidate, coordinator):
        desk.get(of())
        event = AuditEvent.objects.get(action="kandidaat.bekeken")
        assert (event.actor, event.object_id, event.changes) == (coordinator, str(candidate.uuid), {})

    def test_someone_out_of_sight_is_not_there(self, desk, at):
        assert desk.get(at("candidate_detail", candidate=CandidateFactory().uuid)).status_code == 404


class TestBsn:
    def test_it_is_masked(self, desk, of):
        page = desk.get(of()).content.decode()
        assert BSN not in page
        assert BSN[-3:] in page

    def test_it_is_shown_on_purpose_and_that_is_on_the_trail(self, desk, of, candidate, coordinator):
        page = desk.post(of("bsn_reveal"))
        assert BSN in page.content.decode()
        event = AuditEvent.objects.get(action="bsn.getoond")
        assert (event.actor, event.object_id, event.changes) == (coordinator, str(candidate.uuid), {})

    def test_no_address_shows_it(self, desk, of):
        answer = desk.get(of("bsn_reveal"))
        assert (answer.status_code, answer["Location"]) == (302, of())

    def test_a_reader_does_not_see_it(self, client, of, employer):
        client.force_login(UserFactory(coordinator=employer, read_only=True))
        assert client.post(of("bsn_reveal")).status_code == 403

    def test_a_host_does_not_see_the_number_another_employer_recorded(self, client, at, candidate):
        host = EmployerFactory()
        PlacementFactory(host=host, candidate=candidate, employer_of_record=candidate.owner, route="detachering")
        client.force_login(UserFactory(coordinator=host))
        from django.urls import reverse

        kwargs = {"employer": host.uuid, "candidate": candidate.uuid}
        assert client.get(reverse("candidate_detail", kwargs=kwargs)).status_code == 200
        assert client.post(reverse("bsn_reveal", kwargs=kwargs)).status_code == 403
        assert not AuditEvent.objects.filter(action="bsn.getoond").exists()

    def test_it_never_comes_back_in_a_form(self, desk, of):
        assert BSN not in desk.get(of("candidate_change")).content.decode()


class TestForms:
    def test_a_new_candidate_with_a_register_period(self, desk, at, employer):
        typed = {"first_name": "Kim", "last_name": "de Groot", "bsn": OTHER_BSN, "register_first_day": "1-3-2026"}
        answer = desk.post(at("candidate_add"), filled_in(desk.get(at("candidate_add")), **typed), follow=True)
        candidate = Candidate.objects.get()
        assert f"Kim de Groot ({candidate.code}) vastgelegd" in words(answer)
        assert (candidate.owner, candidate.bsn) == (employer, OTHER_BSN)
        assert candidate.register_periods.get().first_day == date(2026, 3, 1)

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ({"last_name": ""}, "Achternaam"),
            ({"bsn": "123456789"}, "geen geldig burgerservicenummer"),
            ({"date_of_birth": "1-1-2027"}, "tot en met 22 november 2026"),
            ({"register_last_day": "1-1-2026"}, "Vul ook in vanaf welke dag"),
            ({"register_first_day": "2-1-2026", "register_last_day": "1-1-2026"}, "vóór de eerste dag"),
            ({"code": "K-0001"}, "al in gebruik"),
        ],
    )
    def test_what_can_not_be_is_said(self, desk, at, candidate, typed, said):
        fields = {"first_name": "Kim", "last_name": "de Groot"} | typed
        answer = desk.post(at("candidate_add"), filled_in(desk.get(at("candidate_add")), **fields))
        assert answer.status_code == 200
        assert said in words(answer)
        assert Candidate.objects.count() == 1

    @pytest.mark.parametrize(
        ("days", "said"),
        [
            ({"register_last_day": "1-1-2026"}, "Vul ook in vanaf welke dag"),
            ({"register_first_day": "2-1-2026", "register_last_day": "1-1-2026"}, "vóór de eerste dag"),
        ],
    )
    def test_all_faults_are_told_at_once(self, desk, at, days, said):
        fields = {"first_name": "Kim", "last_name": "de Groot", "bsn": "123456789"} | days
        answer = words(desk.post(at("candidate_add"), filled_in(desk.get(at("candidate_add")), **fields)))
        assert "geen geldig burgerservicenummer" in answer
        assert said in answer

    def test_a_correction_leaves_the_number_alone(self, desk, of, candidate):
        desk.post(of("candidate_change"), filled_in(desk.get(of("candidate_change")), last_name="Visser"))
        candidate.refresh_from_db()
        assert (candidate.last_name, candidate.bsn) == ("Visser", BSN)

    def test_a_number_is_replaced_or_cleared_on_purpose(self, desk, of, candidate):
        address = of("candidate_change")
        both = desk.post(address, filled_in(desk.get(address), bsn=OTHER_BSN, clear_bsn="on"))
        assert "Kies één van beide" in words(both)
        desk.post(address, filled_in(desk.get(address), bsn=OTHER_BSN))
        candidate.refresh_from_db()
        assert candidate.bsn == OTHER_BSN
        desk.post(address, filled_in(desk.get(address), clear_bsn="on"))
        candidate.refresh_from_db()
        assert candidate.bsn == ""

    def test_two_people_at_once(self, desk, of, candidate):
        page = desk.get(of("candidate_change"))
        change_candidate(candidate=candidate, data=CandidateData(first_name="Imane", last_name="Everts"), by=None)
        answer = desk.post(of("candidate_change"), filled_in(page, first_name="Iman"))
        assert "Achternaam is nu “Everts”" in words(answer)
        desk.post(of("candidate_change"), filled_in(answer))
        candidate.refresh_from_db()
        assert candidate.full_name == "Iman Everts"

    def test_removing_asks_first_and_is_refused_while_something_rests_on_it(self, desk, of, at, candidate, employer):
        page = desk.get(of("candidate_remove"))
        placement = PlacementFactory(host=employer, candidate=candidate)
        assert "plaatsingen of proefplaatsingen" in words(desk.post(of("candidate_remove"), filled_in(page)))
        placement.delete()
        assert desk.post(of("candidate_remove"), filled_in(page)).url == at("candidate_list")
        assert not Candidate.objects.exists()

    def test_giving_up_the_view(self, desk, of, at):
        page = desk.get(of("access_withdraw"))
        assert desk.post(of("access_withdraw"), filled_in(page)).url == at("candidate_list")
        assert desk.get(of()).status_code == 404
        assert Access.objects.get().last_day == date(2026, 11, 21)

    def test_not_while_someone_works_here(self, desk, of, candidate, employer):
        PlacementFactory(host=employer, candidate=candidate)
        answer = desk.post(of("access_withdraw"), filled_in(desk.get(of("access_withdraw"))))
        assert "Hier loopt nog een plaatsing of proefplaatsing" in words(answer)


class TestRegister:
    def test_add(self, desk, at, employer):
        candidate = CandidateFactory(owner=employer, unregistered=True)
        address = at("register_add", candidate=candidate.uuid)
        answer = desk.post(address, filled_in(desk.get(address), first_day="1-3-2026"), follow=True)
        assert "De telling is bijgewerkt" in words(answer)
        assert candidate.register_periods.get().last_day is None

    def test_an_overlap_is_said_politely(self, desk, of):
        answer = desk.post(of("register_add"), filled_in(desk.get(of("register_add")), first_day="1-3-2026"))
        assert "Er staat al een registerperiode vanaf 1 januari 2013" in words(answer)

    def test_correct_end_and_remove(self, desk, of, candidate):
        day = {"period": date(2013, 1, 1)}
        address = of("register_end", **day)
        desk.post(address, filled_in(desk.get(address), last_day="31-10-2026"))
        assert candidate.register_periods.get().last_day == date(2026, 10, 31)
        address = of("register_change", **day)
        desk.post(address, filled_in(desk.get(address), first_day="1-1-2014"))
        assert candidate.register_periods.get().first_day == date(2014, 1, 1)
        address = of("register_remove", period=date(2014, 1, 1))
        desk.post(address, filled_in(desk.get(address)))
        assert not candidate.register_periods.exists()

    def test_two_people_at_once(self, desk, of, candidate):
        """She corrects the first day while a colleague records the end: both stay."""
        address = of("register_change", period=date(2013, 1, 1))
        page = desk.get(address)
        end_register_period(period=candidate.register_periods.get(), last_day=date(2026, 10, 31), by=None)
        answer = desk.post(address, filled_in(page, first_day="1-1-2014"))
        assert "Tot en met is nu “31-10-2026”" in words(answer)
        desk.post(address, filled_in(answer))
        assert candidate.register_periods.values_list("first_day", "last_day").get() == (
            date(2014, 1, 1),
            date(2026, 10, 31),
        )

    def test_nothing_that_changed_meanwhile_is_removed_unseen(self, desk, of, candidate):
        address = of("register_remove", period=date(2013, 1, 1))
        page = desk.get(address)
        end_register_period(period=candidate.register_periods.get(), last_day=date(2026, 10, 31), by=None)
        answer = desk.post(address, filled_in(page))
        assert "Bekijk het en bevestig opnieuw" in words(answer)
        assert candidate.register_periods.exists()
        desk.post(address, filled_in(answer))
        assert not candidate.register_periods.exists()

    def test_a_period_that_is_not_there(self, desk, of):
        assert desk.get(of("register_change", period=date(1999, 1, 1))).status_code == 404

    def test_only_the_owner_writes(self, client, candidate):
        from django.urls import reverse

        host = EmployerFactory()
        PlacementFactory(host=host, candidate=candidate, employer_of_record=candidate.owner, route="detachering")
        client.force_login(UserFactory(coordinator=host))
        kwargs = {"employer": host.uuid, "candidate": candidate.uuid}
        for name in ("register_add", "candidate_change", "candidate_remove"):
            assert client.get(reverse(name, kwargs=kwargs)).status_code == 403


@pytest.mark.parametrize(
    ("search", "filled"),
    [
        ("Bouzid", {"first_name": "", "last_name": "Bouzid"}),
        ("Imane el Bouzid", {"first_name": "Imane", "last_name": "el Bouzid"}),
        ("K-0042", {"code": "K-0042", "last_name": ""}),
        ("", {"last_name": "", "code": ""}),
    ],
)
def test_what_was_searched_for_stands_in_the_form_of_a_new_candidate(desk, at, search, filled):
    new = desk.get(at("placement_add"), {"zoek": search}).context["new_url"]
    assert filled_in(desk.get(new)).items() >= filled.items()
