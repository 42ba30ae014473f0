from datetime import date
from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command

from accounts.models import AuditEvent, Role, User
from accounts.services.users import change_user, create_administrator, deactivate_user, give_password, reactivate_user
from tests.factories import PASSWORD, EmployerFactory, UserFactory

TODAY = date(2026, 6, 30)

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator():
    return UserFactory(administrator=True)


def test_name_and_address_are_corrected_without_standing_on_the_trail(administrator):
    user = change_user(by=administrator, user=UserFactory(), name="Ander Naam", email="Ander@Voorbeeld.example")
    assert (user.name, user.email) == ("Ander Naam", "ander@voorbeeld.example")
    assert AuditEvent.objects.get().changes == {"name": None, "email": None}


def test_a_new_address_takes_the_place_of_the_old_one_at_the_log_in(administrator, client):
    user = UserFactory(email="oud@voorbeeld.example")
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    change_user(by=administrator, user=user, name=user.name, email="nieuw@voorbeeld.example")
    for address, logged_in in (("oud@voorbeeld.example", False), ("nieuw@voorbeeld.example", True)):
        client.post("/account/login/", {"login": address, "password": PASSWORD})
        assert ("_auth_user_id" in client.session) is logged_in


def test_an_address_is_used_once_whatever_its_case(administrator):
    UserFactory(email="een@voorbeeld.example")
    with pytest.raises(ValidationError) as refusal:
        change_user(by=administrator, user=UserFactory(), name="Twee", email="EEN@voorbeeld.example")
    assert "email" in refusal.value.message_dict


def test_a_blocked_user_is_logged_out_and_let_in_again(administrator, client):
    user = UserFactory()
    client.force_login(user)
    deactivate_user(by=administrator, user=user)
    assert client.get("/wissel/").status_code == 302
    assert reactivate_user(by=administrator, user=user).is_active
    assert list(AuditEvent.objects.order_by("pk").values_list("action", flat=True)) == [
        "gebruiker.geblokkeerd",
        "gebruiker.vrijgegeven",
    ]


def test_blocking_twice_is_once(administrator):
    user = UserFactory(is_active=False)
    deactivate_user(by=administrator, user=user)
    assert not AuditEvent.objects.exists()


def test_nobody_blocks_the_own_account(administrator):
    with pytest.raises(ValidationError, match="alleen een andere beheerder"):
        deactivate_user(by=administrator, user=administrator)


@pytest.mark.parametrize("role", ["coordinator", "coach", "read only administrator", "none"])
def test_only_an_administrator_changes_users(role):
    by = {
        "coordinator": lambda: UserFactory(coordinator=EmployerFactory()),
        "coach": lambda: UserFactory(coach=True),
        "read only administrator": lambda: UserFactory(administrator=True, read_only=True),
        "none": UserFactory,
    }[role]()
    user = UserFactory()
    for service, values in (
        (change_user, {"name": "x", "email": "x@voorbeeld.example"}),
        (deactivate_user, {}),
        (reactivate_user, {}),
    ):
        with pytest.raises(PermissionDenied):
            service(by=by, user=user, **values)


def run(*arguments):
    out = StringIO()
    call_command("create_administrator", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_makes_the_first_administrator_and_shows_a_link():
    shown = run("eerste@voorbeeld.example", "--name", "Eerste Beheerder", "--url", "https://banen.example/")
    user = User.objects.get(email="eerste@voorbeeld.example")
    assert user.memberships.get().role == Role.ADMINISTRATOR
    assert "https://banen.example/account/password/reset/key/" in shown
    assert not user.has_usable_password()


def test_the_command_shows_a_password_that_works(client):
    shown = run("eerste@voorbeeld.example", "--name", "Eerste Beheerder", "--password")
    password = shown.strip().rpartition(": ")[2]
    user = User.objects.get()
    assert user.check_password(password)
    event = AuditEvent.objects.get(action="wachtwoord.gegeven")
    assert (event.actor, event.object_id, event.changes) == (None, str(user.uuid), {"password": None})


def test_only_an_administrator_gives_a_password():
    user = UserFactory()
    with pytest.raises(PermissionDenied):
        give_password(by=UserFactory(coordinator=EmployerFactory()), user=user)
    assert User.objects.get(pk=user.pk).check_password(PASSWORD)


def test_the_command_makes_a_known_user_administrator():
    user = UserFactory()
    assert "bestaande wachtwoord" in run(user.email.upper())
    assert user.memberships.get().role == Role.ADMINISTRATOR


@pytest.mark.parametrize("arguments", [("geen-adres", "--name", "X"), ("nieuw@voorbeeld.example",)])
def test_the_command_refuses_what_is_no_user(arguments):
    with pytest.raises(CommandError):
        run(*arguments)
    assert not User.objects.exists()


def test_an_administrator_is_made_once():
    create_administrator(email="een@voorbeeld.example", name="Een", today=TODAY)
    with pytest.raises(ValidationError, match="al functioneel beheerder"):
        create_administrator(email="een@voorbeeld.example", name="Een", today=TODAY)
