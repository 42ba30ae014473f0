"""What log-in and password pages say when something is wrong: plain Dutch that addresses nobody."""

import re

import pytest
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.adapter import InvitationOnlyAdapter
from accounts.password_forms import ChangePasswordForm
from tests.factories import UserFactory


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("kort1!", "Dit wachtwoord is te kort: neem minstens 12 tekens."),
        ("samira@voorbeeld", "Dit wachtwoord lijkt te veel op de naam of het e-mailadres."),
        ("qwertyqwerty", "Dit wachtwoord wordt te vaak gebruikt en is daardoor makkelijk te raden."),
        ("738291038475", "Dit wachtwoord bestaat alleen uit cijfers."),
    ],
)
def test_a_weak_password_is_refused_in_dutch(password, said):
    user = UserFactory(email="samira@voorbeeld.example", name="Samira")
    with pytest.raises(ValidationError) as error:
        validate_password(password, user)
    assert said in error.value.messages


def test_the_hints_address_nobody():
    assert not [text for text in password_validators_help_texts() if re.search(r"\b(uw?|je|jij|jouw?)\b", text, re.I)]


def test_the_messages_of_a_log_in_address_nobody():
    ours = [text for text in InvitationOnlyAdapter.error_messages.values() if type(text) is str]
    assert len(ours) >= 9
    assert not [text for text in ours if re.search(r"\b(uw?|je|jij|jouw?)\b", text, re.I)]


@pytest.mark.django_db
def test_two_different_passwords_are_said_to_differ():
    form = ChangePasswordForm(
        user=UserFactory(), data={"oldpassword": "x", "password1": "een lange zin 1", "password2": "een lange zin 2"}
    )
    assert not form.is_valid()
    assert form.errors["password2"] == ["De twee wachtwoorden zijn niet gelijk."]


@pytest.mark.django_db
def test_nobody_changes_the_own_log_in_address(client):
    user = UserFactory(email="zo@blijft.example")
    client.force_login(user)
    assert client.post("/account/email/", {"email": "ander@adres.example", "action_add": ""}).status_code == 405
    user.refresh_from_db()
    assert user.email == "zo@blijft.example"
    assert "zo@blijft.example" in client.get("/account/email/").text


@pytest.mark.django_db
def test_the_way_to_a_new_password_comes_after_the_button(client):
    page = client.get(reverse("account_login")).content.decode()
    assert page.index("Inloggen</button>") < page.index("Wachtwoord vergeten?")
    assert "placeholder" not in page
