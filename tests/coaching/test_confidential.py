"""What is told in confidence: sealed at rest, printed nowhere, read by its writer and whom the writer chose."""

from datetime import date

import pytest
from django.core import serializers
from django.core.exceptions import FieldError
from django.db import connection

from accounts.models import Membership
from accounts.scope import choose
from coaching.fields import Sealed
from coaching.models import ConfidentialNote
from coaching.services.handing import hand_over
from tests.factories import (
    AssignmentFactory,
    CheckInFactory,
    EmployerFactory,
    JobCoachFactory,
    PlacementFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

MARK = "MERKTEKEN-vertrouwelijk"
TODAY = date(2026, 11, 28)


@pytest.fixture
def check_in():
    return CheckInFactory(confidential=MARK)


@pytest.fixture
def note(check_in):
    return ConfidentialNote.objects.get()


def read(user):
    return [row.reveal() for row in ConfidentialNote.objects.readable_by(user, TODAY)]


def test_the_table_holds_no_readable_word(note):
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM coaching_confidentialnote")
        (stored,) = cursor.fetchone()
    assert MARK not in stored


@pytest.mark.parametrize("show", [str, repr, "{}".format, lambda note: f"{note.text}", lambda note: str(vars(note))])
def test_printing_shows_nothing(note, show):
    assert MARK not in show(note)
    assert "vertrouwelijk" in str(note.text)


@pytest.mark.parametrize("kind", ["json", "python", "xml"])
def test_a_dump_of_the_tables_holds_nothing(note, kind):
    assert MARK not in str(serializers.serialize(kind, ConfidentialNote.objects.all()))


def test_it_can_not_be_searched(note):
    with pytest.raises(FieldError, match="can't be searched"):
        ConfidentialNote.objects.filter(text__contains="MERK").exists()


def test_storing_it_again_leaves_it_as_it_was(note):
    note.save()
    assert ConfidentialNote.objects.get().reveal() == MARK
    assert isinstance(ConfidentialNote.objects.get().text, Sealed)


class TestReaders:
    def test_the_writer_reads_it(self, check_in):
        assert read(check_in.author) == [MARK]

    def test_also_after_the_coaching_has_ended(self):
        assignment = AssignmentFactory(last_day=date(2026, 11, 15))
        CheckInFactory(assignment=assignment, day=date(2026, 11, 2), today=date(2026, 11, 2), confidential=MARK)
        assert read(assignment.coach.user) == [MARK]

    def test_not_after_the_membership_has_ended(self, check_in):
        Membership.objects.filter(user=check_in.author).update(last_day=date(2026, 11, 1))
        check_in.author.__dict__.pop("scope", None)
        assert read(type(check_in.author).objects.get(pk=check_in.author.pk)) == []

    def test_not_while_working_in_another_role(self, check_in):
        user = UserFactory(coordinator=check_in.assignment.placement.host)
        Membership.objects.filter(user=user).update(user=check_in.author)
        author = type(check_in.author).objects.get(pk=check_in.author.pk)
        choose(author, list(author.memberships.filter(role="coordinator")))
        assert read(author) == []

    @pytest.mark.parametrize("role", ["coordinator", "administrator", "adviser", "coach", "colleague"])
    def test_nobody_else_does(self, check_in, role):
        host = check_in.assignment.placement.host
        users = {
            "coordinator": lambda: UserFactory(coordinator=host),
            "administrator": lambda: UserFactory(administrator=True),
            "adviser": lambda: UserFactory(adviser=True),
            "coach": lambda: JobCoachFactory(employer=host).user,
            "colleague": lambda: (
                AssignmentFactory(
                    subject=check_in.assignment.placement, coach=JobCoachFactory(employer=host)
                ).coach.user
            ),
        }
        assert read(users[role]()) == []


class TestSuccessors:
    @pytest.fixture
    def handed_over(self):
        def hand(*, by_coach=True, shares=True):
            employer = EmployerFactory()
            coach, colleague = JobCoachFactory(employer=employer), JobCoachFactory(employer=employer)
            row = AssignmentFactory(subject=PlacementFactory(host=employer), coach=coach)
            CheckInFactory(assignment=row, confidential=MARK)
            by = coach.user if by_coach else UserFactory(coordinator=employer)
            made = hand_over(assignments=[row], to=colleague, day=TODAY, by=by, today=TODAY, shares_notes=shares)
            return coach, colleague, made.assignments[0]

        return hand

    def test_whom_the_writer_chose_reads_it_and_so_does_the_writer(self, handed_over):
        coach, colleague, _ = handed_over()
        assert (read(coach.user), read(colleague.user)) == ([MARK], [MARK])

    @pytest.mark.parametrize(("by_coach", "shares"), [(True, False), (False, True), (False, False)])
    def test_otherwise_the_successor_does_not(self, handed_over, by_coach, shares):
        _, colleague, _ = handed_over(by_coach=by_coach, shares=shares)
        assert read(colleague.user) == []

    def test_what_was_shared_is_not_the_successors_to_share(self, handed_over):
        _, colleague, assignment = handed_over()
        third = JobCoachFactory(employer=colleague.employer)
        day = date(2026, 12, 1)
        hand_over(assignments=[assignment], to=third, day=day, by=colleague.user, today=TODAY, shares_notes=True)
        assert [row.reveal() for row in ConfidentialNote.objects.readable_by(third.user, day)] == []
