"""The forms that change one placement, as a person goes through them: periods, ends, corrections."""

from datetime import date
from decimal import Decimal

import pytest

from employers.models import Partner
from placements.models import Placement
from placements.services.periods import add_period, correct_period, end_placement
from placements.services.terms import Terms, terms_of
from tests.factories import (
    CandidateFactory,
    EmployerFactory,
    OrgUnitFactory,
    PlacementFactory,
)
from tests.placements.views.pages import filled_in, words

pytestmark = pytest.mark.django_db

MORE = Terms(first_day=date(2026, 7, 1), hours=Decimal(32), contract_kind="vast", job_title="Gastheer")


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

    @pytest.mark.parametrize(
        ("last_day", "page"), [(date(2026, 6, 30), "period_correct"), (date(2026, 12, 31), "placement_end")]
    )
    def test_an_end_that_stands_can_be_changed(self, desk, at, employer, last_day, page):
        placement = PlacementFactory(host=employer, period__last_day=last_day, period__end_reason="uitval")
        shown = desk.get(at("placement_detail", placement=placement.uuid))
        more = {"period": date(2020, 1, 1)} if page == "period_correct" else {}
        assert at(page, placement=placement.uuid, **more) in shown.content.decode()
        assert "Einde wijzigen" in words(shown)
        assert "Beëindigen" not in words(shown)

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
