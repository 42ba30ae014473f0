"""How allauth fits in: nobody signs up, an administrator invites; its messages in our words."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse

from accounts import audit
from accounts.models import User


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

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Put the log-in on the trail."""
        audit.record(action="ingelogd", by=user, obj=user)
        return super().post_login(request, user, **kwargs)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Put a failed log-in on the trail, with the account it was meant for when there is one."""
        super().authentication_failed(request, **credentials)
        meant = User.objects.filter(email__iexact=credentials.get("email") or "").first()
        audit.record(action="ingelogd", by=None, obj=meant, refused=True)
