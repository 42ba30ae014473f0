"""The pages about one person: recording, changing, adding to, drafts, phases and handing over."""

import re
from datetime import date, timedelta
from html import unescape
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
import time_machine
from cryptography.fernet import Fernet
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AuditEvent
from coaching.fields import UNREADABLE
from coaching.models import Assignment, CheckIn, CheckInDraft, ConfidentialNote
from coaching.services.development import GOALS, GoalData
from coaching.services.drafts import draft_of, save_draft
from tests.factories import AssignmentFactory, CheckInFactory, GrantFactory, JobCoachFactory

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 28)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(TODAY) as traveller:
        yield traveller


@pytest.fixture
def assignment(client):
    assignment = AssignmentFactory()
    client.force_login(assignment.coach.user)
    return assignment


def address(name, assignment, **more):
    return reverse(name, kwargs={"assignment": assignment.uuid, **more})


def filled_in(client, url, **values):
    """Return what a browser sends of the form at this address, with these values over it."""
    form = client.get(url).context["form"]
    data = {}
    for bound in form:
        value = bound.value()
        if value not in (None, "", []):
            data[bound.html_name] = value if isinstance(value, list) else bound.field.widget.format_value(value)
    data = {name: value[0] if isinstance(value, list) and len(value) == 1 else value for name, value in data.items()}
    return {name: value for name, value in (data | values).items() if value is not None}


def text_of(answer):
    return unescape(answer.content.decode())


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


class TestChanging:
    @pytest.fixture
    def check_in(self, assignment):
        return CheckInFactory(assignment=assignment, note="Eerst", confidential="Geheim", scores={"click": 3})

    def test_the_form_is_filled_in_and_saves(self, client, assignment, check_in):
        url = address("check_in_change", assignment, check_in=check_in.uuid)
        client.post(url, filled_in(client, url, note="Beter", confidential="Anders"))
        check_in.refresh_from_db()
        assert (check_in.note, check_in.scores.given) == ("Beter", {"click": 3})
        assert ConfidentialNote.objects.get().reveal() == "Anders"

    def test_saving_as_it_was_changes_nothing(self, client, assignment, check_in):
        url = address("check_in_change", assignment, check_in=check_in.uuid)
        client.post(url, filled_in(client, url))
        assert not AuditEvent.objects.filter(action="gesprek.gewijzigd").exists()

    def test_a_second_tab_is_told(self, client, assignment, check_in):
        url = address("check_in_change", assignment, check_in=check_in.uuid)
        stale = filled_in(client, url, note="Van tab twee")
        client.post(url, filled_in(client, url, note="Van tab één"))
        answer = client.post(url, stale)
        assert "gewijzigd door iemand anders" in text_of(answer)
        assert "Van tab twee" in text_of(answer)

    def test_after_a_week_one_adds_to_it(self, client, assignment, check_in, clock):
        clock.shift(timedelta(days=8))
        client.force_login(check_in.author)
        change = address("check_in_change", assignment, check_in=check_in.uuid)
        add = address("check_in_addendum", assignment, check_in=check_in.uuid)
        assert client.get(change)["Location"] == add
        client.post(add, {"text": "Toch niet."})
        page = text_of(client.get(address("coached_person", assignment)))
        assert page.index("Eerst") < page.index("Toch niet.")

    def test_a_mistake_is_removed_after_asking(self, client, assignment, check_in):
        url = address("check_in_remove", assignment, check_in=check_in.uuid)
        assert "Gesprek verwijderen?" in text_of(client.get(url))
        client.post(url)
        assert not CheckIn.objects.exists()

    def test_somebody_elses_contact_is_read_but_not_changed(self, client, assignment):
        colleague = AssignmentFactory(
            subject=assignment.placement, coach=JobCoachFactory(employer=assignment.placement.host)
        )
        theirs = CheckInFactory(assignment=colleague, note="Van de collega")
        assert "Van de collega" in text_of(client.get(address("coached_person", assignment)))
        assert client.get(address("check_in_change", assignment, check_in=theirs.uuid)).status_code == 404


class TestPerson:
    def test_opening_it_is_on_the_trail(self, client, assignment):
        client.get(address("coached_person", assignment))
        event = AuditEvent.objects.get(action="begeleiding.bekeken")
        assert (event.actor, event.object_id) == (assignment.coach.user, str(assignment.uuid))

    def test_confidences_are_the_writers(self, client, assignment):
        CheckInFactory(assignment=assignment, confidential="Fluisterwoord")
        assert "Fluisterwoord" in text_of(client.get(address("coached_person", assignment)))
        colleague = AssignmentFactory(
            subject=assignment.placement, coach=JobCoachFactory(employer=assignment.placement.host)
        )
        client.force_login(colleague.coach.user)
        assert "Fluisterwoord" not in text_of(client.get(address("coached_person", colleague)))

    def test_hours_that_run_out_early_say_when(self, client, assignment):
        GrantFactory(placement=assignment.placement, hours=2)
        CheckInFactory(assignment=assignment, minutes=110)
        assert "in dit tempo op" in text_of(client.get(address("coached_person", assignment)))

    def test_five_hundred_contacts_are_paged_and_cost_no_more(self, client, assignment, django_assert_num_queries):
        rows = [
            CheckIn(
                assignment=assignment,
                author=assignment.coach.user,
                key=uuid4(),
                day=date(2026, 9, 1) + timedelta(days=number % 80),
                kind="bezoek",
                minutes=30,
            )
            for number in range(500)
        ]
        few, many = rows[:25], rows[25:]
        CheckIn.objects.bulk_create(few)
        url = address("coached_person", assignment)
        client.get(url)
        with CaptureQueriesContext(connection) as before:
            client.get(url)
        CheckIn.objects.bulk_create(many)
        with django_assert_num_queries(len(before)):
            answer = client.get(url)
        assert len(answer.context["story"]) == 20
        assert answer.context["page"].paginator.num_pages == 25

    def test_scores_that_were_skipped_leave_no_trace(self, client, assignment):
        CheckInFactory(assignment=assignment, scores={"fit": 3, "support": 4})
        page = text_of(client.get(address("coached_person", assignment)))
        assert '<p class="small">Passend werk 3 · Begeleiding 4</p>' in page

    def test_what_was_tried_and_agreed_stands_between_the_contacts_once(self, client, assignment):
        """On the page of contacts of its own days, also on a day that two pages share."""
        for number in range(25):
            CheckInFactory(assignment=assignment, day=date(2026, 9, 1) + timedelta(days=3 * number))
        given = {"subject": assignment.placement, "by": None, "today": TODAY}
        for day in (date(2026, 9, 13), date(2026, 9, 15), date(2026, 9, 16), date(2026, 9, 17), TODAY):
            GOALS.add(data=GoalData(title=f"Doel van {day:%d-%m}", day=day), **given)
        url = address("coached_person", assignment)
        pages = [text_of(client.get(url, {"page": page})) for page in (1, 2)]
        seen = [[day for day in ("13-09", "15-09", "16-09", "17-09", "28-11") if f"Doel van {day}" in p] for p in pages]
        assert seen == [["17-09", "28-11"], ["13-09", "15-09", "16-09"]]

    def test_another_phase(self, client, assignment):
        url = address("phase_change", assignment)
        client.post(url, {"phase": "afbouw", "day": "28-11-2026"})
        assignment.refresh_from_db()
        assert (assignment.phase, assignment.contact_due) == ("afbouw", TODAY + timedelta(days=42))
        assert "vandaag of eerder" in text_of(client.post(url, {"phase": "nazorg", "day": "29-11-2026"}))


class TestHandingOver:
    def test_the_whole_caseload_in_one_action(self, client, assignment):
        colleague = JobCoachFactory(employer=assignment.coach.employer, capacity=0)
        answer = client.post(
            reverse("caseload_hand_over"),
            {
                "people": [assignment.pk],
                "to": colleague.pk,
                "day": "1-12-2026",
                "reason": "Verlof",
                "shares_notes": "ja",
            },
            follow=True,
        )
        assert "1 persoon gaat op 1 december 2026 over naar" in text_of(answer)
        after = Assignment.objects.get(coach=colleague)
        assert (after.first_day, after.taken_over.get().shares_notes) == (date(2026, 12, 1), True)

    def test_one_has_to_decide_about_the_confidences(self, client, assignment):
        colleague = JobCoachFactory(employer=assignment.coach.employer)
        data = {"people": [assignment.pk], "to": colleague.pk, "day": "1-12-2026"}
        answer = client.post(reverse("caseload_hand_over"), data)
        assert answer.context["form"].errors.keys() == {"shares_notes"}

    def test_only_colleagues_and_own_people_are_offered(self, client, assignment):
        JobCoachFactory()
        other = AssignmentFactory()
        form = client.get(reverse("caseload_hand_over")).context["form"]
        assert not form.fields["to"].queryset.exists()
        assert list(form.fields["people"].queryset) == [assignment]
        data = {"people": [other.pk], "day": "1-12-2026", "shares_notes": "nee"}
        assert "people" in client.post(reverse("caseload_hand_over"), data).context["form"].errors


class TestReading:
    def test_who_may_only_read_records_nothing(self, client):
        row = AssignmentFactory()
        row.coach.user.memberships.update(read_only=True)
        client.force_login(row.coach.user)
        page = client.get(address("coached_person", row))
        assert page.status_code == 200
        assert "Gesprek vastleggen" not in text_of(page)
        assert client.get(address("check_in_add", row)).status_code == 403
        assert client.post(address("check_in_draft", row), {"note": "x"}).status_code == 403


class TestLostKeys:
    """A note sealed with a key that has left NOTE_KEYS: the page goes on and the note stays."""

    @pytest.fixture
    def check_in(self, assignment, settings):
        check_in = CheckInFactory(assignment=assignment, note="Gedeeld", confidential="Geheim")
        save_draft(user=assignment.coach.user, assignment=assignment, values={"note": "Concept"})
        self.keys, settings.NOTE_KEYS = settings.NOTE_KEYS, [Fernet.generate_key().decode()]
        return check_in

    def test_the_page_says_so_and_shows_the_rest(self, client, assignment, check_in):
        page = text_of(client.get(address("coached_person", assignment)))
        assert UNREADABLE in page
        assert "Gedeeld" in page

    def test_a_change_leaves_the_note_alone(self, client, assignment, check_in, settings):
        url = address("check_in_change", assignment, check_in=check_in.uuid)
        assert UNREADABLE in text_of(client.get(url))
        client.post(url, filled_in(client, url, note="Anders"))
        check_in.refresh_from_db()
        settings.NOTE_KEYS = self.keys
        assert (check_in.note, check_in.confidential_note.reveal()) == ("Anders", "Geheim")

    def test_it_is_not_overwritten(self, client, assignment, check_in, settings):
        url = address("check_in_change", assignment, check_in=check_in.uuid)
        answer = client.post(url, filled_in(client, url, confidential="Nieuw"))
        assert "laat dit vak leeg" in text_of(answer)
        settings.NOTE_KEYS = self.keys
        assert ConfidentialNote.objects.get().reveal() == "Geheim"

    def test_a_draft_that_can_not_be_read_is_none(self, client, assignment, check_in):
        assert draft_of(user=assignment.coach.user, assignment=assignment) == {}
        assert client.get(address("check_in_add", assignment)).status_code == 200
