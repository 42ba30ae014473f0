from datetime import date, timedelta
from smtplib import SMTPException

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership, User
from accounts.once import SENT_BEFORE
from employers.tables import status_of
from tests.factories import EmployerFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def employer():
    return EmployerFactory(name="Provincie Voorbeeld")


@pytest.fixture
def user(employer, client):
    user = UserFactory(coordinator=employer, name="Eigen Gebruiker")
    client.force_login(user)
    return user


@pytest.fixture
def colleague(employer, user):
    return MembershipFactory(employer=employer, user__name="Collega Een")


def url(name, employer, *args):
    return reverse(name, args=[employer.uuid, *args])


def text(response):
    return " ".join(response.content.decode().split())


class TestTheList:
    def test_it_holds_the_coordinators_of_this_employer(self, client, employer, colleague):
        MembershipFactory(user__name="Vreemde")
        page = text(client.get(url("colleague_list", employer)))
        assert "Collega Een" in page
        assert colleague.user.email.replace("@", "@<wbr>") in page
        assert "Vreemde" not in page

    def test_who_has_left_is_shown_on_request(self, client, employer, user):
        MembershipFactory(employer=employer, ended=True, user__name="Oud Collega")
        page = url("colleague_list", employer)
        assert "Oud Collega" not in text(client.get(page))
        assert "Oud Collega" in text(client.get(page + "?afgelopen=ja"))

    @pytest.mark.parametrize(
        ("others", "warned"), [([], True), ([{}], False), ([{"read_only": True}], True), ([{"ended": True}], True)]
    )
    def test_one_coordinator_is_too_few(self, client, employer, user, others, warned):
        for values in others:
            MembershipFactory(employer=employer, **values)
        assert ("minstens twee" in text(client.get(url("colleague_list", employer)))) is warned

    def test_who_may_only_read_is_not_advised_to_invite(self, client, employer):
        client.force_login(UserFactory(coordinator=employer, read_only=True))
        assert "minstens twee" not in text(client.get(url("colleague_list", employer)))


@pytest.mark.parametrize(
    ("values", "label"),
    [
        ({}, "uitgenodigd"),
        ({"user__last_login": timezone.now()}, "actief"),
        ({"first_day": date(2026, 7, 1)}, "gepland"),
        ({"last_day": date(2026, 6, 29)}, "afgelopen"),
        ({"last_day": date(2026, 6, 30)}, "uitgenodigd"),
        ({"user__is_active": False}, "geblokkeerd"),
    ],
)
def test_how_a_membership_stands(values, label):
    assert status_of(MembershipFactory(**values), date(2026, 6, 30)).label == label


class TestInviting:
    @pytest.fixture
    def invite(self, client, employer, user, django_capture_on_commit_callbacks):
        def invite(**changes):
            values = {"name": "Nieuwe Collega", "email": "nieuw@voorbeeld.example", "first_day": "1-1-2026", **changes}
            with django_capture_on_commit_callbacks(execute=True):
                return client.post(url("colleague_invite", employer), values)

        return invite

    def test_a_colleague_is_invited_for_this_employer(self, invite, employer):
        answer = invite(read_only="on", last_day="31-12-2030")
        assert answer["Location"] == url("colleague_list", employer)
        membership = Membership.objects.get(user__email="nieuw@voorbeeld.example")
        assert (membership.employer, membership.role, membership.read_only) == (employer, "coordinator", True)
        assert (membership.first_day, membership.last_day) == (date(2026, 1, 1), date(2030, 12, 31))
        assert len(mail.outbox) == 1

    def test_what_was_typed_stays_when_it_is_refused(self, invite, employer):
        answer = invite(email="geen adres")
        assert answer.status_code == 200
        assert 'value="Nieuwe Collega"' in text(answer)
        assert not User.objects.filter(name="Nieuwe Collega").exists()

    def test_the_services_reasons_stand_at_their_field(self, invite, colleague):
        answer = invite(email=colleague.user.email)
        assert "first_day" in answer.context["form"].errors

    def test_sent_twice_it_is_one_invitation_and_one_letter(self, invite, client, employer):
        once = client.get(url("colleague_invite", employer)).context["once"]
        first, second = invite(once=once), invite(once=once)
        assert first["Location"] == second["Location"]
        assert SENT_BEFORE in client.get(second["Location"]).content.decode()
        assert Membership.objects.filter(user__name="Nieuwe Collega").count() == len(mail.outbox) == 1

    def test_only_own_colleagues_are_stood_in_for(self, invite):
        stranger = MembershipFactory().user
        assert "stands_in_for" in invite(stands_in_for=stranger.pk).context["form"].errors

    @pytest.mark.django_db(transaction=True)
    def test_a_mail_that_was_not_sent_is_said(self, invite, client, employer, monkeypatch):
        def fail(*args, **kwargs):
            raise SMTPException

        monkeypatch.setattr("accounts.services.invitations.send_mail", fail)
        page = text(client.get(invite()["Location"]))
        assert "kon niet worden verstuurd" in page
        assert "Nieuwe Collega" in page

    def test_an_invitation_is_sent_again(self, client, employer, colleague, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            answer = client.post(url("colleague_resend", employer, colleague.uuid), follow=True)
        assert "opnieuw verstuurd" in text(answer)
        assert len(mail.outbox) == 1

    def test_it_is_said_why_not(self, client, employer, user):
        blocked = MembershipFactory(employer=employer, user__is_active=False)
        assert "geblokkeerd" in text(client.post(url("colleague_resend", employer, blocked.uuid), follow=True))

    @pytest.mark.django_db(transaction=True)
    def test_it_is_said_when_it_was_not_sent(self, client, employer, colleague, monkeypatch):
        def fail(*args, **kwargs):
            raise SMTPException

        monkeypatch.setattr("accounts.services.invitations.send_mail", fail)
        answer = client.post(url("colleague_resend", employer, colleague.uuid), follow=True)
        assert "kon niet worden verstuurd" in text(answer)


class TestChanging:
    def test_rights_term_and_standing_in(self, client, employer, colleague, user):
        values = {"revision": 1, "read_only": "on", "last_day": "31-12-2030", "stands_in_for": user.pk}
        answer = client.post(url("colleague_change", employer, colleague.uuid), values)
        assert answer["Location"] == url("colleague_list", employer)
        colleague.refresh_from_db()
        assert (colleague.read_only, colleague.last_day, colleague.stands_in_for) == (True, date(2030, 12, 31), user)

    def test_a_concurrent_change_is_shown_and_a_second_attempt_wins(self, client, employer, colleague):
        page = url("colleague_change", employer, colleague.uuid)
        client.post(page, {"revision": 1, "last_day": "31-12-2030"})
        answer = client.post(page, {"revision": 1, "last_day": "30-6-2031"})
        form = answer.context["form"]
        assert form.errors["last_day"] == ["Intussen gewijzigd door iemand anders in: 31-12-2030."]
        assert 'value="30-6-2031"' in text(answer)
        assert client.post(page, {"revision": form["revision"].value(), "last_day": "30-6-2031"}).status_code == 302
        colleague.refresh_from_db()
        assert colleague.last_day == date(2031, 6, 30)

    def test_the_last_one_becomes_reader_only_knowingly(self, client, employer, user):
        own = user.memberships.get()
        page = url("colleague_change", employer, own.uuid)
        answer = client.post(page, {"revision": 1, "read_only": "on"})
        assert "geen P&amp;O-coördinator meer" in text(answer)
        assert 'type="checkbox" name="acknowledged"' in text(answer)
        assert client.post(page, {"revision": 1, "read_only": "on", "acknowledged": "on"}).status_code == 302
        own.refresh_from_db()
        assert own.read_only


class TestEnding:
    def test_it_asks_first(self, client, employer, colleague):
        page = text(client.get(url("colleague_end", employer, colleague.uuid)))
        assert "Toegang van Collega Een beëindigen?" in page
        colleague.refresh_from_db()
        assert colleague.last_day is None

    def test_the_role_ends_on_the_chosen_day(self, client, employer, colleague):
        answer = client.post(
            url("colleague_end", employer, colleague.uuid), {"revision": 1, "last_day": "31-12-2030"}, follow=True
        )
        assert "eindigt op 31 december 2030" in text(answer)
        colleague.refresh_from_db()
        assert colleague.last_day == date(2030, 12, 31)

    def test_it_does_not_end_before_it_began(self, client, employer, colleague):
        answer = client.post(url("colleague_end", employer, colleague.uuid), {"revision": 1, "last_day": "31-12-2012"})
        assert "vóór de eerste dag" in text(answer)

    def test_the_last_one_leaves_only_knowingly(self, client, employer, user):
        own = user.memberships.get()
        page = url("colleague_end", employer, own.uuid)
        yesterday = timezone.localdate() - timedelta(days=1)
        assert "geen P&amp;O-coördinator meer" in text(client.get(page))
        answer = client.post(page, {"revision": 1, "last_day": yesterday.isoformat()})
        assert 'type="checkbox" name="acknowledged"' in text(answer)
        answer = client.post(
            page, {"revision": 1, "last_day": yesterday.isoformat(), "acknowledged": "on"}, follow=True
        )
        assert "Er is nog geen rol" in text(answer)
