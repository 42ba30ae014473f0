"""Recording a contact: the form, what never gets lost, and drafts."""

import re
from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from accounts.services.kept_forms import keep_form
from coaching.models import CheckIn, CheckInDraft, ConfidentialNote
from coaching.services.drafts import draft_of, save_draft
from tests.coaching.person.conftest import TODAY
from tests.coaching.person.pages import address, filled_in, text_of
from tests.factories import AssignmentFactory, CheckInFactory

pytestmark = pytest.mark.django_db


class TestRecording:
    def test_the_usual_case_is_a_note_and_a_tap(self, client, assignment):
        url = address("check_in_add", assignment)
        answer = client.post(url, filled_in(client, url, note="Ging goed."))
        check_in = CheckIn.objects.get()
        assert answer["Location"] == f"{address('coached_person', assignment)}?vastgelegd={check_in.key}"
        assert (check_in.kind, check_in.minutes, check_in.day) == ("bezoek", 30, TODAY)
        assert check_in.next_contact == TODAY + timedelta(days=14)

    def test_the_way_of_last_time_stands_ready(self, client, assignment):
        CheckInFactory(assignment=assignment, kind="video")
        assert client.get(address("check_in_add", assignment)).context["form"]["kind"].value() == "video"

    def test_a_closed_phase_plans_nothing(self, client):
        row = AssignmentFactory(phase="gesloten")
        client.force_login(row.coach.user)
        assert client.get(address("check_in_add", row)).context["form"]["next_contact"].value() is None

    def test_sent_twice_it_is_recorded_once(self, client, assignment):
        url = address("check_in_add", assignment)
        data = filled_in(client, url)
        assert client.post(url, data)["Location"] == client.post(url, data)["Location"]
        assert CheckIn.objects.count() == 1

    def test_everything_that_unfolds_is_kept(self, client, assignment):
        url = address("check_in_add", assignment)
        more = {
            "kind": "bellen",
            "length": "anders",
            "minutes": "25",
            "travel_minutes": "15",
            "day": "27-11-2026",
            "confidential": "Alleen voor mij",
            "score_click": "4",
            "agreed_1": "Rooster",
            "agreed_1_due": "5-12-2026",
            "participants": ["medewerker", "buddy"],
        }
        client.post(url, filled_in(client, url, **more))
        check_in = CheckIn.objects.get()
        assert (check_in.minutes, check_in.travel_minutes, check_in.day) == (25, 15, date(2026, 11, 27))
        assert (check_in.scores.given, check_in.participants) == ({"click": 4}, ["medewerker", "buddy"])
        assert check_in.agreements.get().due == date(2026, 12, 5)
        assert ConfidentialNote.objects.get().reveal() == "Alleen voor mij"

    @pytest.mark.parametrize(
        ("values", "says"),
        [
            ({"day": "29-11-2026"}, "als het is geweest"),
            ({"day": "31-8-2026"}, "begint op 1 september 2026"),
            ({"day": "29-02-2026"}, "bestaat niet"),
            ({"length": "anders", "minutes": "0"}, "Kwam er niemand"),
            ({"length": "anders", "minutes": "1500"}, "1 tot en met 720 minuten"),
            ({"length": "anders", "minutes": "half uur"}, "heel getal"),
            ({"length": None, "minutes": None}, "hoe lang het duurde"),
            ({"travel_minutes": "1500"}, "hoogstens 720 minuten reistijd"),
            ({"note": "🙂" * 20_001}, "20.001 tekens; er passen er 20.000"),
            ({"agreed_1_due": "5-12-2026"}, "wat is afgesproken"),
            ({"next_contact": "28-11-2026"}, "na dit gesprek"),
            ({"key": "kwijt"}, ""),
        ],
    )
    def test_bad_input_comes_back_with_what_was_typed(self, client, assignment, values, says):
        url = address("check_in_add", assignment)
        answer = client.post(url, filled_in(client, url, **{"note": "Niet kwijtraken", **values}))
        assert answer.status_code == 200
        assert says in text_of(answer)
        assert values.get("note", "Niet kwijtraken")[:30] in text_of(answer)
        assert not CheckIn.objects.exists()

    def test_sent_again_with_other_words_it_becomes_a_change(self, client, assignment):
        """The answer to the first one got lost on the way; nothing is recorded twice and nothing is dropped."""
        url = address("check_in_add", assignment)
        data = filled_in(client, url, note="Ging goed.", confidential="Geheim")
        client.post(url, data)
        answer = client.post(url, data | {"note": "Ging goed, op één ding na."})
        assert "al opgeslagen" in text_of(answer)
        assert "op één ding na" in text_of(answer)
        known = CheckIn.objects.get()
        to = address("check_in_change", assignment, check_in=known.uuid)
        assert f'action="{to}"' in text_of(answer)
        form = answer.context["form"]
        client.post(to, data | {"note": form["note"].value(), "revision": form["revision"].value()})
        known.refresh_from_db()
        assert known.note == "Ging goed, op één ding na."
        assert ConfidentialNote.objects.get().reveal() == "Geheim"

    @pytest.mark.parametrize(
        "change", [{"confidential": "Anders"}, {"score_click": "2"}, {"agreed_1": "Rooster"}, {"day": "27-11-2026"}]
    )
    def test_whatever_is_other_is_noticed(self, client, assignment, change):
        url = address("check_in_add", assignment)
        data = filled_in(client, url, confidential="Geheim")
        client.post(url, data)
        assert client.post(url, data | change).status_code == 200
        assert client.post(url, data).status_code == 302

    @pytest.mark.parametrize("page", ["check_in_add", "check_in_change", "check_in_addendum", "goal_add"])
    def test_what_comes_after_the_last_day_is_not_stored_and_given_back(self, client, page):
        row = AssignmentFactory(last_day=TODAY - timedelta(days=1))
        more = {"check_in": CheckInFactory(assignment=row, today=date(2026, 11, 2)).uuid} if "check_in_" in page else {}
        more = {} if page == "check_in_add" else more
        client.force_login(row.coach.user)
        sent = {"note": "Nieuwe taak bevalt goed.", "confidential": "Alleen voor mij", "kind": "bezoek"}
        answer = client.post(address(page, row, **more), sent)
        assert answer.status_code == 403
        told = ("geëindigd", "27 november 2026", "niet opgeslagen", "Nieuwe taak bevalt goed.", "Alleen voor mij")
        assert [text for text in told if text not in text_of(answer)] == []
        assert row.placement.candidate.last_name not in text_of(answer)
        assert not CheckIn.objects.filter(note__contains="taak").exists()
        assert AuditEvent.objects.filter(action="toegang.gegeven", result="geweigerd").exists()

    def test_what_was_kept_over_the_log_in_is_given_back_as_well(self, client):
        row = AssignmentFactory(last_day=TODAY - timedelta(days=1))
        url = address("check_in_add", row)
        fields = [("note", "Ziek"), ("kind", "bezoek")]
        kept = keep_form(by=None, user=row.coach.user, path=url, fields=fields, now=timezone.now())
        client.force_login(row.coach.user)
        answer = client.get(f"{url}?bewaard={kept.uuid}")
        assert answer.status_code == 403
        assert [text for text in ("geëindigd", ">Ziek<") if text not in text_of(answer)] == []
        assert ">bezoek<" not in text_of(answer)
        assert "Ga verder met wat was ingevuld" not in text_of(answer)

    def test_opened_or_empty_it_is_not_there(self, client):
        row = AssignmentFactory(last_day=TODAY - timedelta(days=1))
        client.force_login(row.coach.user)
        assert client.get(address("check_in_add", row)).status_code == 404
        assert client.post(address("check_in_add", row), {"kind": "bezoek"}).status_code == 404

    def test_somebody_elses_that_ended_is_not_there_either(self, client, assignment):
        row = AssignmentFactory(last_day=TODAY - timedelta(days=1))
        assert client.post(address("check_in_add", row), {"note": "Twee woorden"}).status_code == 404


def test_last_words_that_arrive_after_the_form_make_no_draft(client, assignment):
    url = address("check_in_add", assignment)
    data = filled_in(client, url, note="Ging goed.")
    client.post(url, data)
    assert client.post(address("check_in_draft", assignment), data).status_code == 204
    assert not CheckInDraft.objects.exists()
    assert client.post(address("check_in_draft", assignment), data | {"key": str(uuid4())}).status_code == 204
    assert CheckInDraft.objects.exists()


def test_what_was_sent_after_the_session_ended_comes_back_after_log_in(client, assignment):
    url = address("check_in_add", assignment)
    page = client.get(url)
    owner = re.search(r'name="form_owner" value="([^"]+)"', text_of(page))[1]
    sent = filled_in(client, url, note="Niet kwijtraken", confidential="Ook dit niet") | {"form_owner": owner}
    client.logout()
    answer = client.post(url, sent)
    waiting = parse_qs(urlsplit(answer["Location"]).query)["next"][0]
    client.force_login(AssignmentFactory().coach.user)
    assert client.get(waiting).status_code == 404
    client.force_login(assignment.coach.user)
    form = client.get(waiting).context["form"]
    assert (form["note"].value(), form["confidential"].value()) == ("Niet kwijtraken", "Ook dit niet")
    client.post(url, sent)
    assert CheckIn.objects.get().note == "Niet kwijtraken"


class TestDrafts:
    def test_what_was_typed_stands_there_again(self, client, assignment):
        url = address("check_in_add", assignment)
        sent = {"kind": "bellen", "note": "Half af", "score_fit": "2", "participants": ["medewerker", "p&o"]}
        assert client.post(address("check_in_draft", assignment), sent | {"key": str(uuid4())}).status_code == 204
        answer = client.get(url)
        form = answer.context["form"]
        assert (form["kind"].value(), form["note"].value()) == ("bellen", "Half af")
        assert (form["score_fit"].value(), form["participants"].value()) == ("2", ["medewerker", "p&o"])
        assert form.opened["scores"]
        assert "Dit is een concept" in text_of(answer)
        assert "Verder" in text_of(client.get(reverse("caseload")))

    def test_it_can_be_thrown_away(self, client, assignment):
        save_draft(user=assignment.coach.user, assignment=assignment, values={"note": "x"})
        client.post(address("check_in_draft", assignment), {"weggooien": "ja"})
        assert not CheckInDraft.objects.exists()

    def test_too_much_is_refused_and_nothing_is_lost_on_the_server(self, client, assignment):
        save_draft(user=assignment.coach.user, assignment=assignment, values={"note": "Eerder"})
        answer = client.post(address("check_in_draft", assignment), {"note": "x" * 100_001})
        assert answer.status_code == 413
        assert draft_of(user=assignment.coach.user, assignment=assignment) == {"note": "Eerder"}

    def test_the_key_for_the_device_is_the_users_own(self, client, assignment):
        mine = client.get(address("check_in_add", assignment)).context["device_key"]
        other = AssignmentFactory()
        client.force_login(other.coach.user)
        assert client.get(address("check_in_add", other)).context["device_key"] != mine
