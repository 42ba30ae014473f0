import re
from datetime import date
from smtplib import SMTPException
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse

from accounts.models import AuditEvent, Role, User
from accounts.services.invitations import MailNotSentError, invite, resend_invitation
from accounts.services.memberships import end_membership
from tests.factories import EmployerFactory, MembershipFactory, UserFactory

TODAY = date(2026, 6, 30)
SITE = "https://banen.example/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def send(django_capture_on_commit_callbacks):
    """Return a function that calls a service and everything it does after the commit."""

    def send(service, **arguments):
        with django_capture_on_commit_callbacks(execute=True):
            return service(base_url=SITE, **arguments)

    return send


@pytest.fixture
def employer():
    return EmployerFactory(name="Provincie Voorbeeld")


@pytest.fixture
def coordinator(employer):
    return UserFactory(coordinator=employer)


def new_colleague(by, employer, **changes):
    return {
        "by": by,
        "email": "Nieuw@Voorbeeld.example",
        "name": "Nieuwe Collega",
        "role": Role.COORDINATOR,
        "employer": employer,
        "first_day": TODAY,
        **changes,
    }


def link_in(message):
    return re.search(r"https://\S+", message.body).group()


def test_an_invited_user_can_not_log_in_yet(send, coordinator, employer):
    membership = send(invite, **new_colleague(coordinator, employer))
    assert membership.user.email == "nieuw@voorbeeld.example"
    assert not membership.user.has_usable_password()
    assert membership.employer == employer


def test_the_letter_is_dutch_and_names_role_place_and_term(send, coordinator, employer):
    send(invite, **new_colleague(coordinator, employer, last_day=date(2026, 12, 31)))
    [letter] = mail.outbox
    assert letter.to == ["nieuw@voorbeeld.example"]
    assert letter.subject == "Toegang tot Banenafspraak voor Provincie Voorbeeld"
    assert "P&O-coördinator (Provincie Voorbeeld), van 30 juni 2026 tot en met 31 december 2026" in letter.body
    assert not re.search(r"\b(u|uw|je|jij|jouw)\b", letter.body)


def test_the_letter_says_that_one_may_only_read(send, coordinator, employer):
    send(invite, **new_colleague(coordinator, employer, read_only=True))
    assert "P&O-coördinator (Provincie Voorbeeld, alleen lezen)" in mail.outbox[0].body


def test_the_link_sets_a_password_once(send, client, coordinator, employer):
    user = send(invite, **new_colleague(coordinator, employer)).user
    address = urlsplit(link_in(mail.outbox[0])).path
    page = client.get(address, follow=True)
    answer = client.post(page.request["PATH_INFO"], {"password1": "een-lange-zin-12", "password2": "een-lange-zin-12"})
    assert answer.status_code == 302
    user.refresh_from_db()
    assert user.check_password("een-lange-zin-12")
    assert "token_fail" in client.get(address, follow=True).context


def test_the_trail_holds_user_and_membership_but_no_address(send, coordinator, employer):
    user = send(invite, **new_colleague(coordinator, employer)).user
    events = dict(AuditEvent.objects.values_list("action", "object_id"))
    assert events["gebruiker.uitgenodigd"] == str(user.uuid)
    assert set(events) == {"lidmaatschap.gegeven", "gebruiker.uitgenodigd"}
    assert "voorbeeld.example" not in "".join(map(str, AuditEvent.objects.values_list("changes", flat=True)))


def test_a_known_user_keeps_name_and_password_and_is_sent_to_the_log_in(send, coordinator, employer):
    known = UserFactory(email="nieuw@voorbeeld.example", name="Oude Bekende")
    membership = send(invite, **new_colleague(coordinator, employer))
    assert membership.user == known
    known.refresh_from_db()
    assert known.name == "Oude Bekende"
    assert link_in(mail.outbox[0]) == SITE
    assert "zonder wachtwoord" not in mail.outbox[0].body
    assert User.objects.filter(email__iexact="nieuw@voorbeeld.example").count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"email": "geen-adres"}, "email"),
        ({"email": ""}, "email"),
        ({"name": " "}, "name"),
        ({"last_day": date(2026, 1, 1)}, "__all__"),
    ],
)
def test_a_faulty_invitation_stores_nothing(send, coordinator, employer, changes, field):
    with pytest.raises(ValidationError) as refusal, transaction.atomic():
        send(invite, **new_colleague(coordinator, employer, **changes))
    assert field in refusal.value.message_dict
    assert User.objects.count() == 1
    assert mail.outbox == []


def test_a_blocked_user_is_not_invited(send, coordinator, employer):
    UserFactory(email="nieuw@voorbeeld.example", is_active=False)
    with pytest.raises(ValidationError, match="geblokkeerd"):
        send(invite, **new_colleague(coordinator, employer))


def test_someone_who_has_the_role_already_is_not_invited_again(send, coordinator, employer):
    with pytest.raises(ValidationError, match="heeft deze gebruiker deze rol al"):
        send(invite, **new_colleague(coordinator, employer, email=coordinator.email))


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.COACH])
def test_a_coordinator_invites_coordinators_only(send, coordinator, role):
    with pytest.raises(PermissionDenied):
        send(invite, **new_colleague(coordinator, None, role=role))


def test_a_coordinator_invites_for_the_own_employer_only(send, coordinator):
    with pytest.raises(PermissionDenied):
        send(invite, **new_colleague(coordinator, EmployerFactory()))


def test_a_mail_server_that_fails_leaves_the_invitation(send, monkeypatch, coordinator, employer):
    def fail(*args, **kwargs):
        raise SMTPException("no")

    monkeypatch.setattr("accounts.services.invitations.send_mail", fail)
    with pytest.raises(MailNotSentError) as failure:
        send(invite, **new_colleague(coordinator, employer))
    assert failure.value.user.memberships.count() == 1
    assert AuditEvent.objects.filter(action="uitnodiging.verstuurd", result="geweigerd").exists()


def test_an_invitation_is_sent_again_with_a_link_that_works(send, client, coordinator, employer):
    user = send(invite, **new_colleague(coordinator, employer)).user
    send(resend_invitation, by=coordinator, user=user, today=TODAY)
    assert len(mail.outbox) == 2
    page = client.get(urlsplit(link_in(mail.outbox[1])).path, follow=True)
    assert not page.context.get("token_fail")
    assert AuditEvent.objects.filter(action="uitnodiging.herhaald").exists()


def test_without_a_role_nothing_is_sent_again(send, employer, coordinator):
    membership = MembershipFactory(employer=employer)
    end_membership(by=coordinator, membership=membership, last_day=date(2026, 6, 29), today=TODAY)
    with pytest.raises(ValidationError, match="geen rol"):
        send(resend_invitation, by=coordinator, user=membership.user, today=TODAY)


def test_nothing_is_sent_again_to_a_blocked_user(send, employer, coordinator):
    membership = MembershipFactory(employer=employer, user__is_active=False)
    with pytest.raises(ValidationError, match="geblokkeerd"):
        send(resend_invitation, by=coordinator, user=membership.user, today=TODAY)


def test_a_colleague_elsewhere_is_not_sent_anything(send, coordinator):
    with pytest.raises(PermissionDenied):
        send(resend_invitation, by=coordinator, user=MembershipFactory().user, today=TODAY)


def test_the_link_stands_in_no_trail(send, coordinator, employer):
    send(invite, **new_colleague(coordinator, employer))
    path = reverse("account_login")
    assert path not in str(list(AuditEvent.objects.values()))
    key = link_in(mail.outbox[0]).rstrip("/").rpartition("-")[2]
    assert key not in str(list(AuditEvent.objects.values()))
