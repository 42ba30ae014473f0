"""Buddies as a coordinator sees and keeps them: the list with its filters and file, one buddy, forms, and links."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEvent
from coaching.models import Buddy, BuddyLink, TrainingDay
from coaching.services.buddies import add_training_day, link_buddy
from tests.factories import (
    BuddyFactory,
    CandidateFactory,
    EmployerFactory,
    OrgUnitFactory,
    PlacementFactory,
    TrialFactory,
)
from tests.placements.views.pages import filled_in, words

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 28)


@pytest.fixture
def buddy(employer):
    return BuddyFactory(employer=employer, name="Bo de Maat", name_folded="bo de maat")


def linked(buddy, subject=None, first_day=TODAY, **more):
    subject = subject or PlacementFactory(host=buddy.employer)
    return link_buddy(buddy=buddy, subject=subject, first_day=first_day, by=None, today=TODAY, **more)


def rows_of(response) -> list[dict[str, str]]:
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def names(desk, at, **query):
    return [row["naam"] for row in rows_of(desk.get(at("buddy_list"), {**query, "export": "csv"}))]


class TestList:
    def test_whom_they_help_and_how_training_stands(self, desk, at, buddy, placement):
        linked(buddy, placement)
        page = words(desk.get(at("buddy_list")))
        assert "Bo de Maat – Pien Visser t/m 14-01-2028" in page

    def test_a_lead_followed_four_of_six_days(self, desk, at, employer):
        lead = BuddyFactory(employer=employer, is_buddy=False, is_lead=True, days_required=6)
        for month in (1, 3, 5, 11):
            add_training_day(buddy=lead, day=date(2026, month, 1), by=None, today=TODAY)
        add_training_day(buddy=lead, day=date(2025, 12, 31), by=None, today=TODAY)
        assert "4/6 dagen" in words(desk.get(at("buddy_list")))
        (row,) = rows_of(desk.get(at("buddy_list"), {"export": "csv"}))
        assert (row["rol"], row["trainingsdagen_dit_jaar"], row["trainingsdagen_per_jaar"]) == ("Teamleider", "4", "6")

    @pytest.mark.parametrize(
        ("until", "said"), [(date(2026, 11, 27), "Verlopen"), (date(2027, 1, 27), "Verloopt"), (date(2027, 1, 28), "")]
    )
    def test_a_training_that_expires_within_sixty_days(self, desk, at, employer, until, said):
        BuddyFactory(employer=employer, name="Bijna", valid_until=until)
        BuddyFactory(employer=employer, name="Altijd", valid_until=None)
        assert names(desk, at, letop="training_verloopt") == (["Bijna"] if said else [])
        if said:
            assert f" {said} " in words(desk.get(at("buddy_list")))

    def test_who_helps_nobody(self, desk, at, buddy, employer):
        """Also when the link has ended or who was helped has left; who has stopped asks for nothing."""
        for name in ("Vrij", "Voorbij", "Vertrokken", "Gestopt"):
            BuddyFactory(employer=employer, name=name)
        linked(buddy)
        by_name = {row.name: row for row in Buddy.objects.all()}
        linked(by_name["Voorbij"], first_day=date(2026, 1, 1), last_day=date(2026, 11, 27))
        gone = PlacementFactory(host=employer, period__last_day=date(2026, 10, 31), period__end_reason="werk_beeindigd")
        linked(by_name["Vertrokken"], gone, first_day=date(2026, 9, 1))
        Buddy.objects.filter(name="Gestopt").update(last_day=date(2026, 11, 27))
        BuddyFactory(employer=employer, name="Alleen teamleider", is_buddy=False, is_lead=True)
        assert sorted(names(desk, at, letop="zonder_koppeling")) == ["Vertrokken", "Voorbij", "Vrij"]

    def test_filters(self, desk, at, employer, buddy):
        above = OrgUnitFactory(employer=employer)
        below = OrgUnitFactory(employer=employer, parent=above)
        BuddyFactory(employer=employer, name="Ömer", name_folded="omer", unit=below, is_lead=True)
        BuddyFactory(employer=employer, name="Oud", last_day=date(2026, 11, 27))
        assert names(desk, at) == ["Bo de Maat", "Ömer"]
        assert names(desk, at, zoek="omer") == ["Ömer"]
        assert names(desk, at, rol="is_lead") == ["Ömer"]
        assert names(desk, at, afdeling=str(above.uuid)) == ["Ömer"]
        assert names(desk, at, stand="beeindigd") == ["Oud"]
        assert len(names(desk, at, stand="alle")) == 3

    def test_nobody_of_elsewhere(self, desk, at, buddy):
        BuddyFactory(name="Vreemd")
        assert names(desk, at) == ["Bo de Maat"]

    @pytest.mark.parametrize("sort", ["name", "unit", "-helps", "valid_until", "-days", "stand"])
    def test_every_column_sorts(self, desk, at, buddy, sort):
        linked(buddy)
        assert desk.get(at("buddy_list"), {"sort": sort}).status_code == 200

    def test_the_number_of_queries_stays_the_same(self, desk, at, employer):
        def queries():
            with CaptureQueriesContext(
                connection,
            ) as captured:
                desk.get(at("buddy_list"))
            return len(captured)

        linked(BuddyFactory(employer=employer))
        few = queries()
        for _ in range(6):
            row = BuddyFactory(employer=employer, unit=OrgUnitFactory(employer=employer))
            linked(row)
            linked(row, TrialFactory(host=employer, first_day=TODAY, last_day=TODAY + timedelta(days=30)))
        assert queries() <= few < 15

    def test_a_file_is_on_the_trail(self, desk, at, buddy):
        names(desk, at)
        assert AuditEvent.objects.get(action="buddys.geëxporteerd").changes["regels"] == 1


class TestOne:
    def test_whom_the_buddy_helps_helped_and_will_help(self, desk, at, buddy, employer):
        rows = [PlacementFactory(host=employer, candidate__last_name=name) for name in ("Nu", "Straks", "Toen")]
        linked(buddy, rows[0])
        linked(buddy, rows[1], first_day=date(2027, 1, 1))
        linked(buddy, rows[2], first_day=date(2026, 1, 1), last_day=date(2026, 6, 30))
        page = desk.get(at("buddy_detail", buddy=buddy.uuid))
        assert [row.person.last_name for row in page.context["links"]] == ["Straks", "Nu"]
        assert [row.person.last_name for row in page.context["past"]] == ["Toen"]

    def test_opening_it_is_on_the_trail(self, desk, at, buddy):
        desk.get(at("buddy_detail", buddy=buddy.uuid))
        assert AuditEvent.objects.filter(action="buddy.bekeken", object_id=str(buddy.uuid)).exists()

    def test_another_employers_is_not_found(self, desk, at):
        assert desk.get(at("buddy_detail", buddy=BuddyFactory().uuid)).status_code == 404


class TestForms:
    def test_adding_twice_adds_once(self, desk, at, employer):
        url = at("buddy_add")
        data = filled_in(desk.get(url), name="Kim", trained_on="1-3-2026", valid_until="28-2-2028")
        first, second = desk.post(url, data), desk.post(url, data)
        kim = Buddy.objects.get()
        assert first["Location"] == second["Location"] == at("buddy_detail", buddy=kim.uuid)
        assert (kim.name, kim.is_buddy, kim.valid_until) == ("Kim", True, date(2028, 2, 28))

    def test_an_employee_is_found_by_code_or_name(self, desk, at, employer):
        laura = CandidateFactory(owner=employer, first_name="Laura", last_name="Jansen")
        for typed in (laura.code, "laura"):
            desk.post(at("buddy_add"), {"candidate": typed, "is_buddy": "on"})
            assert Buddy.objects.get().name == "Laura Jansen"
            Buddy.objects.all().delete()

    def test_an_employee_of_elsewhere_is_unknown(self, desk, at):
        stranger = CandidateFactory(owner=EmployerFactory(), last_name="Vreemd")
        answer = desk.post(at("buddy_add"), {"candidate": stranger.code, "is_buddy": "on"})
        assert "Niets gevonden" in words(answer)
        assert "Vreemd" not in words(answer)

    def test_what_stands_is_changed_and_an_unchanged_form_changes_nothing(self, desk, at, employer):
        laura = CandidateFactory(owner=employer)
        buddy = BuddyFactory(employer=employer, candidate=laura)
        url = at("buddy_change", buddy=buddy.uuid)
        data = filled_in(desk.get(url))
        desk.post(url, data)
        buddy.refresh_from_db()
        assert (buddy.revision, buddy.candidate) == (1, laura)
        desk.post(url, data | {"valid_until": "1-1-2030"})
        buddy.refresh_from_db()
        assert buddy.valid_until == date(2030, 1, 1)

    def test_stopping_says_what_ends(self, desk, at, buddy):
        linked(buddy)
        url = at("buddy_stop", buddy=buddy.uuid)
        page = words(desk.post(url, filled_in(desk.get(url)), follow=True))
        assert "Bo de Maat stopt op 28 november 2026. 1 koppeling eindigt dan." in page
        page = words(desk.post(url, filled_in(desk.get(url), last_day=""), follow=True))
        assert "Bo de Maat gaat door." in page

    def test_a_training_day_is_added_and_taken_back(self, desk, at, buddy):
        url = at("training_day_add", buddy=buddy.uuid)
        desk.post(url, {"day": "1-11-2026", "subject": "Feedback geven"})
        assert "Deze dag staat er al." in words(desk.post(url, {"day": "1-11-2026"}))
        desk.post(at("training_day_remove", buddy=buddy.uuid), {"dag": "2026-11-01"})
        assert not TrainingDay.objects.exists()
        for wrong in ("", "morgen", "2026-11-01"):
            answer = desk.post(at("training_day_remove", buddy=buddy.uuid), {"dag": wrong})
            assert answer["Location"] == at("buddy_detail", buddy=buddy.uuid)


class TestLinks:
    def test_from_the_buddy_by_searching_somebody(self, desk, at, buddy, placement):
        url = at("buddy_link", buddy=buddy.uuid)
        PlacementFactory(host=buddy.employer, candidate__last_name="Anders")
        PlacementFactory(candidate__first_name="Pien", candidate__last_name="Elders")
        found = desk.get(url, {"zoek": "pien"}).context["people"]
        assert [person.name for person in found] == ["Pien Visser"]
        url = f"{url}?{found[0].query}"
        page = words(desk.post(url, filled_in(desk.get(url)), follow=True))
        assert "Bo de Maat helpt Pien Visser vanaf 28 november 2026." in page
        assert BuddyLink.objects.get().placement == placement

    def test_somebody_on_trial(self, desk, at, buddy, employer):
        trial = TrialFactory(host=employer, first_day=TODAY, last_day=TODAY + timedelta(days=30))
        url = at("buddy_link", buddy=buddy.uuid)
        (person,) = desk.get(url).context["people"]
        desk.post(f"{url}?{person.query}", {"first_day": "28-11-2026"})
        assert BuddyLink.objects.get().trial == trial

    @pytest.mark.parametrize("query", ["plaatsing=x", "proef=x", "plaatsing=00000000-0000-4000-8000-000000000000"])
    def test_what_is_no_placement_is_not_found(self, desk, at, buddy, query):
        url = f"{at('buddy_link', buddy=buddy.uuid)}?{query}"
        assert (desk.get(url).status_code, desk.post(url).status_code) == (404, 404)

    def test_nobody_of_elsewhere(self, desk, at, buddy):
        url = f"{at('buddy_link', buddy=buddy.uuid)}?plaatsing={PlacementFactory().uuid}"
        assert desk.get(url).status_code == 404

    def test_from_the_page_of_the_placement(self, desk, at, buddy, placement):
        page = desk.get(at("placement_detail", placement=placement.uuid)).content.decode()
        url = at("buddy_choose", placement=placement.uuid)
        assert url in page
        desk.post(url, {"buddy": buddy.pk, "first_day": "28-11-2026"})
        page = words(desk.get(at("placement_detail", placement=placement.uuid)))
        assert "Buddy's Bo de Maat vanaf 28 november 2026" in page

    def test_only_own_buddies_who_have_not_stopped_are_offered(self, desk, at, buddy, employer, placement):
        BuddyFactory()
        BuddyFactory(employer=employer, last_day=date(2026, 11, 27))
        form = desk.get(at("buddy_choose", placement=placement.uuid)).context["form"]
        assert list(form.fields["buddy"].queryset) == [buddy]

    def test_ending_and_taking_back(self, desk, at, buddy, placement):
        url = at("buddy_unlink", buddy=buddy.uuid, placement=placement.uuid)
        assert desk.get(url).status_code == 404
        linked(buddy, placement, first_day=date(2026, 1, 1))
        desk.post(url, {"last_day": "28-11-2026"})
        assert BuddyLink.objects.get().last_day == TODAY
        desk.post(url, {"last_day": "31-12-2025"})
        assert not BuddyLink.objects.exists()
