"""The section *Begeleiding* on the page of a placement or trial: what the employer may know, and what never."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from coaching.services.check_ins import add_addendum
from tests.factories import (
    AssignmentFactory,
    CandidateFactory,
    CheckInFactory,
    EmployerFactory,
    GrantFactory,
    JobCoachFactory,
    PlacementFactory,
    TrialFactory,
    UserFactory,
)
from tests.placements.views.pages import words

pytestmark = pytest.mark.django_db

MARK = "MERKTEKEN"


@pytest.fixture
def assignment(placement, coach):
    return AssignmentFactory(subject=placement, coach=coach)


@pytest.fixture
def page(desk, at, placement):
    """Return a function that opens the page of the placement."""

    def get(**query):
        return desk.get(at("placement_detail", placement=placement.uuid), query)

    return get


class TestWho:
    def test_nobody_coaches(self, page, at, placement):
        text = words(page())
        assert "Begeleiding Geen coach" in text
        assert at("assignment_add", placement=placement.uuid) in page().content.decode()

    def test_who_coaches_since_when_and_how_it_stands(self, page, assignment):
        CheckInFactory(assignment=assignment, day=date(2026, 11, 2))
        text = words(page())
        assert "Kim Özer Provincie Voorbeeld · vanaf 1 september 2026" in text
        assert "Laatste contact: 2 november 2026 · volgende uiterlijk 16 november 2026" in text
        assert "Intensief Contact te laat" in text.replace("Fout: ", "")

    def test_of_a_signal_only_that_attention_is_asked(self, page, assignment):
        CheckInFactory(assignment=assignment, day=date(2026, 11, 27), scores={"click": 1, "fit": 2})
        html = page().content.decode()
        assert "Aandacht gevraagd" in html
        for word in ("score", "klik", "passend werk", "veiligheid", "dalend"):
            assert word not in html.lower().replace("niet passend", ""), word

    def test_who_will_and_who_did(self, page, employer, placement, coach):
        AssignmentFactory(subject=placement, coach=coach, last_day=date(2026, 10, 31))
        other = JobCoachFactory(employer=employer, name="Bo")
        AssignmentFactory(subject=placement, coach=other, first_day=date(2026, 12, 1))
        text = words(page())
        assert "Geen coach Bo Provincie Voorbeeld · vanaf 1 december 2026" in text
        assert "Eerder begeleid door Kim Özer" in text

    def test_a_trial_has_the_section_too(self, desk, at, employer, coach):
        trial = TrialFactory(host=employer)
        AssignmentFactory(subject=trial, coach=coach, first_day=trial.first_day)
        answer = desk.get(at("trial_detail", trial=trial.uuid))
        assert "Kim Özer" in words(answer)
        assert at("trial_grant_add", trial=trial.uuid) in answer.content.decode()


class TestHours:
    def test_used_of_granted_and_when_they_run_out(self, page, placement, assignment):
        GrantFactory(placement=placement, hours=Decimal(10), first_day=date(2026, 11, 1))
        CheckInFactory(assignment=assignment, day=date(2026, 11, 2), minutes=480)
        text = words(page())
        assert "8 van 10 uur gebruikt UWV" in text
        assert "In dit tempo zijn de uren op rond 5 december 2026." in text
        assert "Raken op" in text

    def test_hours_that_last_long_enough_say_no_day(self, page, placement, assignment):
        GrantFactory(placement=placement)
        CheckInFactory(assignment=assignment, minutes=30)
        assert "In dit tempo" not in words(page())


class TestCheckIns:
    def test_when_how_how_long_and_the_shared_note(self, page, assignment):
        check_in = CheckInFactory(assignment=assignment, note="Rooster besproken", minutes=45, travel_minutes=20)
        later = timezone.now() + timedelta(days=9)
        add_addendum(check_in=check_in, text="Rooster is aangepast", by=None, now=later)
        text = words(page())
        assert "Bezoek, 45 min 2 november 2026 · Kim Özer Rooster besproken" in text
        assert "Aanvulling van 7 december 2026 Rooster is aangepast" in text

    def test_never_what_was_told_in_confidence_nor_scores(self, page, assignment):
        CheckInFactory(assignment=assignment, confidential=MARK, scores={"click": 5}, note="Gedeeld")
        with CaptureQueriesContext(connection) as captured:
            html = page().content.decode()
        assert "Gedeeld" in html
        assert MARK not in html
        assert "vertrouwelijk" not in html.lower()
        assert not [q for q in captured if "coaching_scores" in q["sql"] or "confidential" in q["sql"]]

    def test_a_page_with_and_without_a_confidence_is_the_same(self, page, assignment):
        def cleaned():
            return words(page())

        check_in = CheckInFactory(assignment=assignment, note="Gedeeld")
        before = cleaned()
        check_in.delete()
        CheckInFactory(assignment=assignment, note="Gedeeld", confidential=MARK)
        assert cleaned() == before

    def test_markup_in_a_note_is_text(self, page, assignment):
        CheckInFactory(assignment=assignment, note="<b>Let op</b>\nTweede regel")
        html = page().content.decode()
        assert "&lt;b&gt;Let op&lt;/b&gt;<br>Tweede regel" in html

    def test_many_are_paged_newest_first(self, page, assignment):
        for number in range(25):
            CheckInFactory(assignment=assignment, day=date(2026, 10, 1) + timedelta(days=number), note=f"Nr{number}.")
        first, second = words(page()), words(page(gesprekken="2"))
        assert "Nr24." in first
        assert "Nr4." not in first
        assert "Nr4." in second
        assert "Nr5." not in second
        assert "Pagina 2 van 2" in second


class TestReaders:
    def test_who_may_only_read_sees_no_links(self, client, at, employer, placement, assignment):
        client.force_login(UserFactory(coordinator=employer, read_only=True))
        html = client.get(at("placement_detail", placement=placement.uuid)).content.decode()
        assert "Kim Özer" in html
        assert "/toewijzingen/" not in html
        assert at("grant_add", placement=placement.uuid) not in html

    def test_the_employer_of_record_reads_and_the_host_arranges(self, desk, at, employer):
        host = EmployerFactory()
        placement = PlacementFactory(
            host=host, employer_of_record=employer, route="detachering", candidate=CandidateFactory(owner=employer)
        )
        row = AssignmentFactory(subject=placement, coach=JobCoachFactory(employer=host, name="Bo van Elders"))
        html = desk.get(at("placement_detail", placement=placement.uuid)).content.decode()
        assert "Bo van Elders" in html
        assert "/toewijzingen/" not in html
        assert desk.get(at("assignment_change", assignment=row.uuid)).status_code == 403

    def test_an_administrator_arranges_but_reads_no_notes(self, client, at, placement, assignment):
        CheckInFactory(assignment=assignment, note=MARK)
        client.force_login(UserFactory(administrator=True))
        html = client.get(at("placement_detail", placement=placement.uuid)).content.decode()
        assert MARK not in html
        assert at("assignment_end", assignment=assignment.uuid) in html


def test_more_contacts_and_hours_take_as_many_queries(page, placement, assignment):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            page()
        return len(captured)

    CheckInFactory(assignment=assignment)
    GrantFactory(placement=placement)
    page()
    few = queries()
    for number in range(12):
        CheckInFactory(assignment=assignment, day=date(2026, 10, 1) + timedelta(days=number))
        GrantFactory(placement=placement, funder="gemeente")
    assert queries() == few
