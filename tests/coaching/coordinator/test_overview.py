"""The coordinator's overview: what is listed, counted and linked to; never a score, a confidence or why."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEvent
from coaching.models import Agreement, BuddyLink
from coaching.overview import Heed, parts
from tests.factories import (
    AssignmentFactory,
    BuddyFactory,
    CandidateFactory,
    CheckInFactory,
    EmployerFactory,
    GrantFactory,
    JobCoachFactory,
    OrgUnitFactory,
    PlacementFactory,
    TrialFactory,
    UserFactory,
)
from tests.placements.views.pages import words

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 28)


def rows_of(response) -> list[dict[str, str]]:
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def someone(employer, name, *, coach=None, **assignment):
    """Return a placement of someone with this last name, coached when a coach is named."""
    placement = PlacementFactory(host=employer, candidate__last_name=name)
    if coach:
        AssignmentFactory(subject=placement, coach=coach, **assignment)
    return placement


@pytest.fixture
def named(employer, coach):
    """People of whom each asks for one thing, called after it; a buddy and a fresh contact for all the others."""
    fine = {"coach": coach, "first_day": date(2026, 11, 20)}
    made = {
        Heed.LATE: someone(employer, "Laat", coach=coach, first_day=date(2026, 11, 2)),
        Heed.ATTENTION: someone(employer, "Aandacht", **fine),
        Heed.HOURS: someone(employer, "Uren", **fine),
        Heed.AGREEMENT: someone(employer, "Afspraak", **fine),
        Heed.NO_COACH: someone(employer, "Coachloos"),
        Heed.NO_BUDDY: someone(employer, "Buddyloos", **fine),
    }
    buddy = BuddyFactory(employer=employer, name="Bo de Maat")
    for heed, placement in made.items():
        if heed != Heed.NO_BUDDY:
            BuddyLink.objects.create(buddy=buddy, placement=placement, first_day=date(2026, 1, 1))
    CheckInFactory(assignment=made[Heed.ATTENTION].assignments.get(), day=date(2026, 11, 25), scores={"click": 1})
    GrantFactory(placement=made[Heed.HOURS], hours=Decimal(1))
    CheckInFactory(assignment=made[Heed.HOURS].assignments.get(), day=date(2026, 11, 25), minutes=48)
    check_in = CheckInFactory(assignment=made[Heed.AGREEMENT].assignments.get(), day=date(2026, 11, 25))
    Agreement.objects.create(check_in=check_in, text="Rooster", due=date(2026, 11, 27))
    return made


class TestCounts:
    def test_each_is_counted_and_links_to_exactly_those_rows(self, desk, at, named):
        page = desk.get(at("coaching_list"))
        assert words(page).count("Aandacht gevraagd") >= 1
        for heed, placement in named.items():
            assert f'href="?letop={heed.value}"><b>1</b>' in page.content.decode(), heed
            rows = rows_of(desk.get(at("coaching_list"), {"letop": heed.value, "export": "csv"}))
            assert [row["code"] for row in rows] == [placement.code], heed
            assert heed.label.lower() in rows[0]["let_op"]

    def test_what_nobody_asks_for_is_no_link(self, desk, at, employer):
        page = desk.get(at("coaching_list")).content.decode()
        assert "letop=geen_coach" not in page.replace('value="geen_coach"', "")

    def test_counts_are_of_everything_whatever_is_searched_for(self, desk, at, named):
        assert 'letop=geen_coach"><b>1</b>' in desk.get(at("coaching_list"), {"zoek": "Laat"}).content.decode()

    @pytest.mark.parametrize("change", ["done", "not yet due"])
    def test_an_agreement_that_is_done_or_not_due_is_not_late(self, named, employer, coordinator, change):
        values = {"done_on": TODAY} if change == "done" else {"due": TODAY}
        Agreement.objects.update(**values)
        assert parts(coordinator, employer, TODAY).counts(TODAY)[Heed.AGREEMENT] == 0


class TestRows:
    def test_a_row_says_who_what_and_how_it_stands(self, desk, at, named):
        page = words(desk.get(at("coaching_list"), {"zoek": "laat"}))
        assert "Kim Özer Intensief 16-11-2026 Te laat nog geen contact" in page
        assert "Bo de Maat" in page

    def test_hours_used_of_those_granted(self, desk, at, named):
        assert "Uren raken op 0,8 van 1" in words(desk.get(at("coaching_list"), {"zoek": "uren"}))

    def test_a_trial_stands_beside_placements(self, desk, at, employer, coach):
        trial = TrialFactory(host=employer, candidate__last_name="Proef")
        AssignmentFactory(subject=trial, coach=coach, first_day=trial.first_day)
        page = desk.get(at("coaching_list"), {"soort": "proefplaatsing"})
        assert at("trial_detail", trial=trial.uuid) in page.content.decode()
        assert "Proefplaatsing" in words(page)

    def test_only_what_runs_today(self, desk, at, employer):
        PlacementFactory(host=employer, candidate__last_name="Voorbij", period__last_day=date(2026, 11, 27))
        TrialFactory(
            host=employer, candidate__last_name="Straks", first_day=date(2026, 11, 29), last_day=date(2026, 12, 31)
        )
        page = words(desk.get(at("coaching_list")))
        assert "Er werkt nu niemand" in page

    def test_of_two_coaches_the_one_with_the_first_due_contact_leads(self, desk, at, employer, coach):
        placement = someone(employer, "Tweemaal", coach=coach, first_day=date(2026, 11, 20))
        second = JobCoachFactory(employer=employer, name="Ander")
        AssignmentFactory(subject=placement, coach=second, first_day=date(2026, 11, 16))
        page = desk.get(at("coaching_list"))
        assert "Ander en nog 1" in words(page)
        for one in (coach, second):
            assert "Tweemaal" in words(desk.get(at("coaching_list"), {"coach": str(one.uuid)}))

    def test_the_first_due_stands_on_top_and_nobody_due_at_the_end(self, desk, at, employer, coach):
        someone(employer, "Derde")
        someone(employer, "Tweede", coach=coach, first_day=date(2026, 11, 20))
        someone(employer, "Eerste", coach=coach, first_day=date(2026, 11, 2))
        rows = rows_of(desk.get(at("coaching_list"), {"export": "csv"}))
        assert [row["achternaam"] for row in rows] == ["Eerste", "Tweede", "Derde"]

    @pytest.mark.parametrize("sort", ["name", "-name", "work", "coach", "phase", "-contact_due", "heed", "hours"])
    def test_every_sort_works(self, desk, at, named, sort):
        assert desk.get(at("coaching_list"), {"sort": sort}).status_code == 200

    def test_a_phase(self, desk, at, employer, coach):
        someone(employer, "Stapje", coach=coach, phase="nazorg")
        someone(employer, "Druk", coach=coach)
        page = words(desk.get(at("coaching_list"), {"fase": "nazorg"}))
        assert "Stapje" in page
        assert "Druk" not in page

    def test_a_unit_with_everything_below_it(self, desk, at, employer, coach):
        faculty = OrgUnitFactory(employer=employer)
        below = OrgUnitFactory(employer=employer, parent=faculty)
        for name, unit in (("Boven", faculty), ("Onder", below), ("Elders", None)):
            PlacementFactory(host=employer, candidate__last_name=name, period__unit=unit)
        TrialFactory(host=employer, candidate__last_name="Proef")
        rows = rows_of(desk.get(at("coaching_list"), {"afdeling": faculty.uuid, "export": "csv"}))
        assert sorted(row["achternaam"] for row in rows) == ["Boven", "Onder"]

    @pytest.mark.parametrize(
        "query", ["afdeling=onzin", "letop=onzin", "coach=onzin", "fase=onzin", "soort=x", "sort=onzin", "page=99"]
    )
    def test_a_question_that_can_not_be_is_no_error(self, desk, at, named, query):
        assert desk.get(f"{at('coaching_list')}?{query}").status_code == 200


class TestSecrets:
    def test_neither_scores_nor_confidences_nor_notes_are_asked_of_the_database(self, desk, at, named):
        with CaptureQueriesContext(connection) as captured:
            desk.get(at("coaching_list"))
            desk.get(at("coaching_list"), {"letop": "aandacht_gevraagd", "export": "csv"})
        for query in captured:
            assert "coaching_scores" not in query["sql"]
            assert "confidential" not in query["sql"]
            assert '"note"' not in query["sql"]

    def test_why_attention_is_asked_is_nowhere(self, desk, at, employer, coach):
        """A score of 1 and a long silence give the same row."""
        low = someone(employer, "Laag", coach=coach, first_day=date(2026, 11, 20))
        CheckInFactory(assignment=low.assignments.get(), day=date(2026, 11, 25), scores={"safety": 1})
        page = desk.get(at("coaching_list"), {"export": "csv"})
        text = b"".join(page.streaming_content).decode()
        assert "aandacht gevraagd" in text
        assert not any(word in text for word in ("score", "signaal", "dalend"))


class TestScope:
    def test_another_employers_people_are_not_there(self, desk, at, employer):
        someone(EmployerFactory(), "Onzichtbaar")
        assert "Onzichtbaar" not in words(desk.get(at("coaching_list")))

    def test_who_works_elsewhere_under_our_contract_is_there(self, desk, at, employer):
        PlacementFactory(
            host=EmployerFactory(name="Waterschap Verderop"),
            candidate=CandidateFactory(owner=employer, last_name="Uitgeleend"),
            employer_of_record=employer,
            route="detachering",
        )
        page = words(desk.get(at("coaching_list")))
        assert "Uitgeleend" in page
        assert "bij Waterschap Verderop" in page

    def test_another_coordinator_does_not_find_it(self, client, at, employer):
        client.force_login(UserFactory(coordinator=EmployerFactory()))
        assert client.get(at("coaching_list")).status_code == 404

    def test_the_menu_leads_there(self, desk, at, employer):
        page = desk.get(at("placement_list")).content.decode()
        order = [page.index(f'href="{at(name)}"') for name in ("trial_list", "coaching_list", "candidate_list")]
        assert order == sorted(order)


def test_a_file_and_a_search_are_on_the_trail_without_words(desk, at, named):
    desk.get(at("coaching_list"), {"zoek": "Laat"})
    desk.get(at("coaching_list"), {"letop": "geen_coach", "export": "csv"})
    events = {event.action: event.changes for event in AuditEvent.objects.filter(action__startswith="begeleiding.ge")}
    assert events["begeleiding.gezocht"] == {"filters": ["zoek"]}
    assert events["begeleiding.geëxporteerd"] == {"filters": ["letop"], "bestand": "csv", "regels": 1}


def test_five_rows_or_fifty_take_as_many_queries(desk, at, employer, coach):
    def fill(number: int) -> None:
        for _ in range(number):
            someone(employer, "Velen", coach=coach)
            TrialFactory(host=employer)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert desk.get(at("coaching_list")).status_code == 200
        return len(captured)

    fill(3)
    desk.get(at("coaching_list"))
    few = queries()
    fill(27)
    assert queries() == few
    assert few < 15
