"""How a placement counts over time, in words: the page and the terminal say the same of every stretch."""

from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from placements.counting.calendar import Stretch
from placements.counting.told import band, lines_of, told
from placements.models import Regime
from tests.factories import (
    CandidateFactory,
    EmployerFactory,
    PlacementFactory,
    PurchaseFactory,
    TeamFactory,
    UserFactory,
)
from ui.band import HEIGHT, WIDTH, Band, Part

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


@pytest.fixture
def placement():
    """Pien works from 2020 on, and is in the register up to the middle of March 2026."""
    host = EmployerFactory(name="Gemeente Zicht")
    candidate = CandidateFactory(
        owner=host, first_name="Pien", last_name="Visser", register=Stretch(date(2019, 1, 1), date(2026, 3, 15))
    )
    return PlacementFactory(host=host, candidate=candidate, code="P-1", period__hours=Decimal(32))


def course(placement, regime="statutory"):
    lines = lines_of(placement, Regime.objects.get(code=regime))
    return told(placement, lines, person=placement.candidate.full_name)


def test_every_stretch_has_its_verdict_rule_source_and_hours(placement):
    after, before = course(placement)
    assert (before.days, before.verdict) == ("van 1 januari 2020 tot en met 31 maart 2026", "Telt mee")
    assert (before.credited, before.hours) == ("bij Gemeente Zicht", 32)
    assert before.sentence.startswith("Pien Visser heeft een contract bij Gemeente Zicht.")
    assert "Wfsv artikel 38b lid 4" in before.source
    assert (after.days, after.verdict) == ("vanaf 1 april 2026", "Telt niet mee")
    assert after.sentence == "Pien Visser staat vanaf 1 april 2026 op geen enkele dag in het doelgroepregister."
    assert after.credited == "staat bij Gemeente Zicht"


def test_a_member_of_a_team_counts_at_the_buyers():
    team = TeamFactory(name="Archief")
    PurchaseFactory(team=team, first_day=date(2021, 1, 1))
    member = PlacementFactory(host=team.employer, in_team=True, team=team)
    later, earlier = course(member)
    assert later.credited == "bij de kopers van Archief, ieder naar het eigen deel"
    assert earlier.sentence.startswith("Van het team Archief is op deze dagen geen enkele plaats ingekocht.")


def test_the_page_tells_every_stretch(placement, client):
    client.force_login(UserFactory(coordinator=placement.host))
    where = {"employer": placement.host.uuid, "placement": placement.uuid}
    page = client.get(reverse("placement_detail", kwargs=where)).content.decode()
    for stretch in course(placement):
        for text in (stretch.days.capitalize()[:20], stretch.sentence, stretch.source, stretch.credited):
            assert text in page
    assert "Telt mee van 1 januari 2020 tot en met 31 maart 2026; telt niet mee vanaf 1 april 2026." in page


def test_the_terminal_says_the_same(placement):
    out = StringIO()
    call_command("explain", "P-1", "--on", "2026-06-30", "--timeline", stdout=out)
    text = out.getvalue()
    assert "- van 1 januari 2020 tot en met 31 maart 2026: telt mee, 32,00 uur per week, bij Gemeente Zicht." in text
    for stretch in course(placement):
        assert stretch.sentence in text
        assert f"Bron: {stretch.source}." in text
    call_command("explain", "P-1", "--on", "2026-06-30", stdout=(short := StringIO()))
    assert "Door de tijd" not in short.getvalue()


def test_the_band_runs_from_the_first_day_to_some_way_past_today(placement):
    drawn = band(course(placement), TODAY)
    assert (drawn.first, drawn.last) == (date(2020, 1, 1), date(2027, 2, 20))
    low, full = drawn.boxes()[1], drawn.boxes()[0]
    assert full.height == HEIGHT > low.height, "what does not count differs by more than its colour"
    assert band([], TODAY) is None


def test_boxes_lie_within_the_band():
    parts = [Part(date(2025, 1, 1), date.max, "success"), Part(date(2030, 1, 1), date(2030, 1, 2), "warning")]
    drawn = Band("", date(2026, 1, 1), date(2026, 12, 31), parts)
    assert [(box.x, box.width) for box in drawn.boxes()] == [(0, WIDTH)]
