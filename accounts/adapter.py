"""How allauth fits in: nobody signs up, an administrator invites; its messages in our words."""

from typing import ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class InvitationOnlyAdapter(DefaultAccountAdapter):
    """Closes self sign-up and addresses people neutrally."""

    error_messages: ClassVar[dict[str, object]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "Met dit account kan niet meer worden ingelogd.",
        "email_password_mismatch": "Dit e-mailadres en wachtwoord horen niet bij elkaar.",
        "enter_current_password": "Vul het huidige wachtwoord in.",
        "incorrect_password": "Dit wachtwoord klopt niet.",
        "invalid_password_reset": "Deze link werkt niet meer. Vraag een nieuwe aan.",
        "rate_limited": "Dat ging te vaak achter elkaar. Wacht even en probeer het opnieuw.",
        "same_as_current": "Kies een ander wachtwoord dan het huidige.",
        "too_many_login_attempts": "Te veel mislukte pogingen. Wacht een paar minuten en probeer het opnieuw.",
        "unknown_email": "Dit e-mailadres is niet bekend.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
