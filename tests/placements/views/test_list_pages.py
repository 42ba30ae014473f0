"""The three lists: rows, figures in the head, files with the same rows, and a number of queries that stays."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEvent
from tests.factories import (
    CandidateFactory,
    EmployerFactory,
    OrgUnitFactory,
    PlacementFactory,
    PurchaseFactory,
    TeamFactory,
    TrialFactory,
    UserFactory,
)
from tests.placements.views.pages import words

pytestmark = pytest.mark.django_db


def rows_of(response) -> list[dict[str, str]]:
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_the_head_adds_up_rows_and_shares_in_teams(desk, at, employer):
    PlacementFactory(host=employer, period__hours=Decimal("32"))
    PlacementFactory(host=employer, unregistered=True)
    team = TeamFactory(name="Archiefteam")
    PurchaseFactory(team=team, buyer=employer, places=1)
    PurchaseFactory(team=team, places=3)
    PlacementFactory(host=team.employer, team=team, in_team=True, period__hours=Decimal("20"))
    page = words(desk.get(at("placement_list")))
    assert "1,5 banen 1,3 personen 37,00 uur per week" in page
    assert "Aandeel in Archiefteam 1 van 4 plaatsen · 0,3 personen · 5,00 uur" in page


def test_the_last_row_adds_up_the_rows_that_count_here(desk, at, employer):
    for hours in ("25.5", "12.75"):
        PlacementFactory(host=employer, period__hours=Decimal(hours))
    PlacementFactory(host=employer, unregistered=True)
    assert "Telt hier mee 38,25 1,5" in words(desk.get(at("placement_list")))


def test_what_does_not_count_says_so_in_its_row(desk, at, employer):
    PlacementFactory(host=employer, unregistered=True)
    page = words(desk.get(at("placement_list"), {"telt": "nee"}))
    assert "Niets van wat hieronder staat, telt mee" in page
    assert "Niet in register" in page


def test_links_to_a_placement_keep_the_question(desk, at, employer):
    placement = PlacementFactory(host=employer)
    page = desk.get(at("placement_list"), {"peildatum": "2025-06-30", "regime": "with_procurement"})
    address = at("placement_detail", placement=placement.uuid)
    assert f"{address}?peildatum=2025-06-30&amp;regime=with_procurement" in page.content.decode()


def test_the_employers_own_word_is_used(desk, at, employer):
    employer.placement_word = "afspraakbaan"
    employer.save()
    page = words(desk.get(at("placement_list")))
    assert "Afspraakbanen" in page
    assert "Nieuwe afspraakbaan" in page
    assert "plaatsing " not in page.lower().replace("proefplaatsing", "")


def test_an_administrator_has_the_menu_of_the_employer_at_hand(client, at, employer):
    client.force_login(UserFactory(administrator=True))
    PlacementFactory(host=employer)
    page = client.get(at("placement_list"))
    assert at("candidate_list") in page.content.decode()


@pytest.mark.parametrize(
    ("page", "first_step"),
    [
        ("placement_list", "leg eerst een kandidaat vast"),
        ("trial_list", "Kies Nieuwe proefplaatsing of stage"),
        ("candidate_list", "Kies Nieuwe kandidaat"),
    ],
)
def test_a_list_without_any_row_says_how_to_begin(client, desk, at, employer, page, first_step):
    assert first_step in words(desk.get(at(page)))
    client.force_login(UserFactory(coordinator=employer, read_only=True))
    shown = words(client.get(at(page)))
    assert "als een collega ze vastlegt of inleest" in shown
    assert first_step not in shown


def test_a_list_with_rows_on_another_day_does_not_say_how_to_begin(desk, at, employer):
    PlacementFactory(host=employer, period__first_day=date(2030, 1, 1))
    shown = words(desk.get(at("placement_list")))
    assert "Geen plaatsingen die nu lopen" in shown
    assert "Lees een bestand in" not in shown


class TestFiles:
    def test_a_file_holds_exactly_the_rows_of_the_page(self, desk, at, employer):
        kept = PlacementFactory(host=employer, seconded_in=True, period__hours=Decimal("32.5"))
        PlacementFactory(host=employer, unregistered=True)
        rows = rows_of(desk.get(at("placement_list"), {"telt": "ja", "export": "csv"}))
        assert [row["plaatsingcode"] for row in rows] == [kept.code]
        row = rows[0]
        assert (row["uren_per_week"], row["begindatum"], row["einddatum"]) == ("32,50", "01-01-2020", "")
        assert (row["telt_mee"], row["telt_bij"], row["uren_hier"]) == ("ja", employer.name, "32,50")
        assert row["formele_werkgever"] == kept.partner.name
        assert row["telling"] == "Wettelijke telling"

    def test_no_list_or_file_holds_a_bsn(self, desk, at, employer):
        from tests.factories.candidates import test_bsn

        CandidateFactory(owner=employer, bsn=test_bsn(3))
        response = desk.get(at("candidate_list"), {"export": "csv"})
        assert test_bsn(3) not in b"".join(response.streaming_content).decode()
        assert test_bsn(3) not in desk.get(at("candidate_list")).content.decode()

    def test_trials_and_candidates_have_files_too(self, desk, at, employer):
        trial = TrialFactory(host=employer)
        assert [row["uitkomst"] for row in rows_of(desk.get(at("trial_list"), {"export": "csv"}))] == [""]
        rows = rows_of(desk.get(at("candidate_list"), {"export": "csv"}))
        assert [(row["kandidaatcode"], row["op_proef"]) for row in rows] == [(trial.candidate.code, "ja")]

    def test_a_file_is_on_the_trail_with_its_number_of_rows(self, desk, at, employer, coordinator):
        PlacementFactory(host=employer)
        desk.get(at("placement_list"), {"export": "csv", "zoek": "zo-heet-niemand", "stand": "alle"})
        event = AuditEvent.objects.get(action="plaatsingen.geëxporteerd")
        assert (event.actor, event.employer) == (coordinator, employer)
        assert event.changes == {
            "bestand": "csv",
            "regels": 0,
            "filters": ["stand", "zoek"],
            "peildatum": "2026-11-22",
        }


def test_a_search_is_on_the_trail_without_its_words(desk, at):
    desk.get(at("candidate_list"), {"zoek": "Özkan"})
    event = AuditEvent.objects.get(action="kandidaten.gezocht")
    assert event.changes == {"filters": ["zoek"], "peildatum": "2026-11-22"}


@pytest.mark.parametrize("page", ["placement_list", "trial_list", "candidate_list"])
def test_five_rows_or_fifty_take_as_many_queries(desk, at, employer, page):
    unit = OrgUnitFactory(employer=employer)

    def fill(number: int) -> None:
        for _ in range(number):
            PlacementFactory(host=employer, period__unit=unit, seconded_in=True)
            TrialFactory(host=employer, first_day=date(2026, 11, 1))

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert desk.get(at(page), {"stand": "alle"}).status_code == 200
        return len(captured)

    fill(5)
    desk.get(at(page))
    few = queries()
    fill(45)
    assert queries() == few


def test_a_coordinator_sees_the_own_employer_only(desk, at, employer):
    mine = PlacementFactory(host=employer)
    theirs = PlacementFactory(candidate__last_name="Onzichtbaar")
    page = desk.get(at("placement_list"), {"stand": "alle"}).content.decode()
    assert str(mine.uuid) in page
    assert str(theirs.uuid) not in page
    assert "Onzichtbaar" not in page


def test_a_candidate_placed_elsewhere_is_seen_by_the_host(desk, at, employer):
    record = EmployerFactory()
    PlacementFactory(
        host=employer,
        candidate=CandidateFactory(owner=record, last_name="Zichtbaar"),
        employer_of_record=record,
        route="detachering",
    )
    assert "Zichtbaar" in words(desk.get(at("candidate_list")))


def test_a_card_of_a_placement_has_five_lines(desk, at, employer):
    PlacementFactory(host=employer, period__last_day=date(2030, 1, 1))
    page = desk.get(at("placement_list")).content.decode()
    row = page[page.index("<tbody") : page.index("</tbody")]
    assert row.count("data-label=") - row.count("wide-only") == 5
