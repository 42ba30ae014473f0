"""The page about one person: changing and adding to a contact, phases, handing over, and notes nobody can read."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from cryptography.fernet import Fernet
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AuditEvent
from coaching.fields import UNREADABLE
from coaching.models import Assignment, CheckIn, ConfidentialNote
from coaching.services.development import GOALS, GoalData
from coaching.services.drafts import draft_of, save_draft
from tests.coaching.person.conftest import TODAY
from tests.coaching.person.pages import address, filled_in, text_of
from tests.factories import AssignmentFactory, CheckInFactory, GrantFactory, JobCoachFactory

pytestmark = pytest.mark.django_db


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
