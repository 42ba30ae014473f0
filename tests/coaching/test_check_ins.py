"""Recording a contact: once, by its coach, changed for a week, added to later; how the assignment stands follows."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import AuditEvent
from coaching.models import Assignment, CheckIn, CheckInDraft, ConfidentialNote, Grant, Scores
from coaching.services.agreements import settle_agreement
from coaching.services.check_ins import (
    Agreed,
    CheckInData,
    add_addendum,
    change_check_in,
    record_check_in,
    remove_check_in,
)
from coaching.services.drafts import clean_up, discard_draft, draft_of, save_draft
from tests.factories import AssignmentFactory, CheckInFactory, GrantFactory, JobCoachFactory, PlacementFactory

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 28)
NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
VISIT = CheckInData(day=TODAY, kind="bezoek", minutes=30)


@pytest.fixture
def assignment():
    return AssignmentFactory()


def record(assignment, data=VISIT, **more):
    values = {"key": uuid4(), "by": assignment.coach.user, "today": TODAY, **more}
    return record_check_in(assignment=assignment, data=data, **values)


@pytest.mark.parametrize(
    "more",
    [{"note": "\x1b"}, {"confidential": "a\x1b"}, {"agreements": (Agreed(text="a\x1b"),)}],
)
def test_no_text_holds_a_character_that_nobody_sees(assignment, more):
    with pytest.raises(ValidationError, match="bevat een onzichtbaar stuurteken"):
        record(assignment, replace(VISIT, **more))


def test_nor_does_an_addendum(assignment):
    check_in = CheckInFactory(assignment=assignment)
    with pytest.raises(ValidationError, match="bevat een onzichtbaar stuurteken"):
        add_addendum(check_in=check_in, text="Zo\x1bmaar", by=assignment.coach.user, now=NOW)


class TestRecording:
    def test_everything_that_was_filled_in_is_kept(self, assignment):
        data = replace(
            VISIT,
            travel_minutes=20,
            note=" Ging goed 👍 ",
            confidential="Alleen voor mij.",
            next_contact=date(2026, 12, 10),
            participants=("buddy", "medewerker"),
            scores={"click": 4, "safety": 5},
            agreements=(Agreed(text="Rooster aanpassen", due=date(2026, 12, 5)), Agreed(text="  ")),
        )
        check_in = record(assignment, data)
        assert (check_in.note, check_in.participants) == ("Ging goed 👍", ["medewerker", "buddy"])
        assert check_in.scores.given == {"click": 4, "safety": 5}
        assert [(row.text, row.due) for row in check_in.agreements.all()] == [("Rooster aanpassen", date(2026, 12, 5))]
        note = ConfidentialNote.objects.readable_by(assignment.coach.user).get()
        assert note.reveal() == "Alleen voor mij."

    def test_a_double_tap_makes_one(self, assignment):
        key = uuid4()
        assert record(assignment, key=key) == record(assignment, key=key)
        assert CheckIn.objects.count() == 1
        assert AuditEvent.objects.filter(action="gesprek.vastgelegd").count() == 1

    def test_somebody_elses_key_is_no_way_in(self, assignment):
        key = record(AssignmentFactory()).key
        with pytest.raises(ValidationError):
            record(assignment, key=key)
        assert not CheckIn.objects.of_subject(assignment).exists()

    def test_the_trail_says_that_but_not_what(self, assignment):
        record(assignment, replace(VISIT, note="MERKTEKEN", confidential="MERKTEKEN", scores={"click": 1}))
        changes = AuditEvent.objects.get(action="gesprek.vastgelegd").changes
        assert "MERKTEKEN" not in str(changes)
        assert "confidential" not in str(changes)
        assert (changes["minutes"], changes["note"], changes["scores"]) == (30, None, None)

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"day": TODAY + timedelta(days=1)}, "day"),
            ({"day": date(2026, 8, 31)}, "day"),
            ({"minutes": 0}, "minutes"),
            ({"minutes": 1500}, "minutes"),
            ({"note": "x" * 20_001}, "note"),
            ({"confidential": "x" * 20_001}, "confidential"),
            ({"kind": "duivenpost"}, "kind"),
            ({"participants": ("burgemeester",)}, "participants"),
            ({"scores": {"click": 6}}, "scores"),
            ({"scores": {"hygge": 3}}, "scores"),
            ({"next_contact": TODAY}, "next_contact"),
        ],
    )
    def test_bad_input_is_named_and_nothing_is_stored(self, assignment, change, field):
        with pytest.raises(ValidationError) as refused:
            record(assignment, replace(VISIT, **change))
        assert field in refused.value.message_dict
        assert not CheckIn.objects.exists()

    def test_twenty_thousand_characters_and_emoji_fit(self, assignment):
        text = "🙂" * 20_000
        assert record(assignment, replace(VISIT, note=text, confidential=text)).note == text

    def test_a_coach_whose_coaching_just_ended_is_refused(self):
        assignment = AssignmentFactory(last_day=TODAY - timedelta(days=1))
        with pytest.raises(PermissionDenied):
            record(assignment)

    def test_on_the_last_day_it_is_still_fine(self):
        assert record(AssignmentFactory(last_day=TODAY)).day == TODAY

    def test_nobody_else_records(self, assignment):
        with pytest.raises(PermissionDenied):
            record(assignment, by=JobCoachFactory().user)

    def test_two_coaches_of_one_person_each_record(self, assignment):
        other = AssignmentFactory(
            subject=assignment.placement, coach=JobCoachFactory(employer=assignment.placement.host)
        )
        record(assignment)
        record(other)
        assert CheckIn.objects.of_subject(assignment).count() == 2


class TestStanding:
    def test_a_contact_resets_the_interval(self, assignment):
        record(assignment)
        assignment.refresh_from_db()
        assert (assignment.last_contact, assignment.contact_due) == (TODAY, TODAY + timedelta(days=14))
        assert not Assignment.objects.overdue(TODAY).exists()

    def test_nobody_appearing_does_not(self, assignment):
        before = assignment.contact_due
        record(assignment, replace(VISIT, kind="niet_verschenen", minutes=0, next_contact=date(2026, 12, 1)))
        assignment.refresh_from_db()
        assert (assignment.last_contact, assignment.contact_due) == (None, before)
        assert assignment.next_contact == date(2026, 12, 1)

    def test_silence_of_twice_the_interval_asks_attention(self, assignment):
        assert not Assignment.objects.asking_attention(date(2026, 9, 28)).exists()
        assert Assignment.objects.asking_attention(date(2026, 9, 29)).get() == assignment

    def test_a_score_of_one_asks_attention_until_the_next_scores(self, assignment):
        record(assignment, replace(VISIT, scores={"safety": 1, "click": 5}))
        assert Assignment.objects.asking_attention(TODAY).get().score_signal == "score_1"
        record(assignment, replace(VISIT, scores={"safety": 3}))
        assert not Assignment.objects.asking_attention(TODAY).exists()

    def test_falling_twice_asks_attention(self, assignment):
        for number, score in enumerate((5, 4, 3)):
            record(assignment, replace(VISIT, day=date(2026, 11, 10 + number), scores={"click": score}))
        assignment.refresh_from_db()
        assert assignment.score_signal == "dalend"

    def test_minutes_go_off_the_granted_hours_travel_does_not(self, assignment):
        grant = GrantFactory(placement=assignment.placement, hours=Decimal(1))
        later = GrantFactory(placement=assignment.placement, first_day=date(2027, 1, 1), last_day=date(2027, 6, 30))
        record(assignment, replace(VISIT, minutes=47, travel_minutes=60))
        assert not Grant.objects.running_out(TODAY).exists()
        record(assignment, replace(VISIT, minutes=1))
        grant.refresh_from_db()
        later.refresh_from_db()
        assert (grant.used_minutes, later.used_minutes) == (48, 0)
        assert Grant.objects.running_out(TODAY).get() == grant

    def test_removing_takes_it_all_back(self, assignment):
        before = Assignment.objects.values().get()
        check_in = record(assignment, replace(VISIT, scores={"click": 1}))
        remove_check_in(check_in=check_in, by=assignment.coach.user, now=NOW)
        after = Assignment.objects.values().get()
        assert {**before, "changed_at": 0, "revision": 0} == {**after, "changed_at": 0, "revision": 0}


class TestChanging:
    @pytest.fixture
    def check_in(self):
        return CheckInFactory(day=TODAY, note="Eerst", confidential="Geheim", scores={"click": 3})

    def change(self, check_in, now=None, by=None, **values):
        data = replace(VISIT, **{"note": "Eerst", "scores": {"click": 3}, **values})
        return change_check_in(check_in=check_in, data=data, by=by or check_in.author, now=now or check_in.created_at)

    def test_the_author_changes_it_within_a_week(self, check_in):
        assert self.change(check_in, note="Beter") == ["note"]
        assert AuditEvent.objects.get(action="gesprek.gewijzigd").changes == {"note": None}

    def test_what_is_left_as_it_was_changes_nothing(self, check_in):
        assert self.change(check_in, confidential="Geheim") == []
        assert self.change(check_in) == []

    def test_after_a_week_it_lies_fixed(self, check_in):
        with pytest.raises(ValidationError, match="zeven dagen"):
            self.change(check_in, now=check_in.created_at + timedelta(days=8), note="Te laat")

    def test_the_confidence_changes_and_goes_without_a_word_on_the_trail(self, check_in):
        self.change(check_in, confidential="Anders")
        assert ConfidentialNote.objects.get().reveal() == "Anders"
        self.change(check_in, confidential="")
        assert not ConfidentialNote.objects.exists()
        assert not any("confid" in str(event.changes) for event in AuditEvent.objects.all())

    def test_the_trail_can_not_tell_the_confidential_note_from_the_shared_one(self, check_in):
        self.change(check_in, confidential="Anders")
        self.change(check_in, confidential="Anders", note="Ook anders")
        one, other = AuditEvent.objects.filter(action="gesprek.gewijzigd").order_by("pk")
        assert one.changes == other.changes == {"note": None}

    def test_scores_are_replaced_and_taken_away(self, check_in):
        self.change(check_in, scores={"fit": 2})
        assert Scores.objects.get().given == {"fit": 2}
        self.change(check_in, scores={})
        assert not Scores.objects.exists()

    def test_an_agreement_that_stays_keeps_that_it_was_done(self, check_in):
        self.change(check_in, agreements=(Agreed(text="A"), Agreed(text="B")))
        row = check_in.agreements.get(text="A")
        settle_agreement(agreement=row, done_on=TODAY, by=check_in.author, today=TODAY)
        self.change(check_in, agreements=(Agreed(text="A"), Agreed(text="C")))
        assert [(r.text, r.done_on) for r in check_in.agreements.order_by("text")] == [("A", TODAY), ("C", None)]

    def test_nobody_else_changes_it(self, check_in):
        with pytest.raises(PermissionDenied):
            self.change(check_in, by=JobCoachFactory().user, note="Stiekem")

    def test_an_addendum_leaves_the_check_in_as_it_was(self, check_in):
        later = check_in.created_at + timedelta(days=30)
        add_addendum(check_in=check_in, text="Toch niet.", by=check_in.author, now=later)
        check_in.refresh_from_db()
        assert (check_in.note, [row.text for row in check_in.addenda.all()]) == ("Eerst", ["Toch niet."])

    @pytest.mark.parametrize("text", ["", "   ", "x" * 20_001])
    def test_an_addendum_says_something_that_fits(self, check_in, text):
        with pytest.raises(ValidationError):
            add_addendum(check_in=check_in, text=text, by=check_in.author, now=NOW)


class TestDrafts:
    def test_it_is_kept_sealed_and_offered_again(self, assignment):
        user = assignment.coach.user
        save_draft(user=user, assignment=assignment, values={"note": "Half af"})
        save_draft(user=user, assignment=assignment, values={"note": "Bijna af"})
        assert draft_of(user=user, assignment=assignment) == {"note": "Bijna af"}
        assert b"Bijna" not in bytes(CheckInDraft.objects.get().content)

    def test_saving_the_check_in_wipes_it(self, assignment):
        save_draft(user=assignment.coach.user, assignment=assignment, values={"note": "x"})
        record(assignment)
        assert not CheckInDraft.objects.exists()

    def test_it_may_be_thrown_away_and_expires(self, assignment):
        user = assignment.coach.user
        save_draft(user=user, assignment=assignment, values={"note": "x"})
        discard_draft(user=user, assignment=assignment)
        assert draft_of(user=user, assignment=assignment) == {}
        save_draft(user=user, assignment=assignment, values={"note": "x"})
        kept = CheckInDraft.objects.get().changed_at
        assert clean_up(now=kept + timedelta(days=29)) == "concepten: 0 verlopen"
        assert clean_up(now=kept + timedelta(days=31)) == "concepten: 1 verlopen"

    def test_nobody_drafts_about_somebody_elses_caseload(self, assignment):
        with pytest.raises(PermissionDenied):
            save_draft(user=JobCoachFactory().user, assignment=assignment, values={})

    @pytest.mark.parametrize("values", [{"note": "x" * 100_001}, {str(n): "" for n in range(61)}])
    def test_it_holds_no_more_than_a_form(self, assignment, values):
        with pytest.raises(ValidationError):
            save_draft(user=assignment.coach.user, assignment=assignment, values=values)


class TestWhoReads:
    def test_a_successor_reads_what_was_shared_with_p_and_o(self):
        first = AssignmentFactory(last_day=date(2026, 10, 31))
        old = CheckInFactory(assignment=first, day=date(2026, 10, 1), by=None)
        second = AssignmentFactory(
            subject=first.placement, coach=JobCoachFactory(employer=first.placement.host), first_day=date(2026, 11, 1)
        )
        assert list(CheckIn.objects.visible_to(second.coach.user)) == [old]
        assert not CheckIn.objects.visible_to(first.coach.user).exists()
        assert not CheckIn.objects.visible_to(JobCoachFactory().user).exists()

    def test_other_placements_stay_out_of_reach(self, assignment):
        CheckInFactory(assignment=AssignmentFactory(subject=PlacementFactory(host=assignment.placement.host)))
        assert not CheckIn.objects.visible_to(assignment.coach.user).exists()
