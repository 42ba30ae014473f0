"""allauth's password forms with one sentence of ours: its Dutch addresses people with "je"."""

from typing import Any

from allauth.account import forms


class _SameTwice:
    """Says in neutral words that the two passwords differ, the one fault the second field can have."""

    def add_error(self, field: str | None, error: Any) -> None:
        if field == "password2" and self.cleaned_data.get("password2"):  # type: ignore[attr-defined]
            error = "De twee wachtwoorden zijn niet gelijk."
        super().add_error(field, error)  # type: ignore[misc]


class ChangePasswordForm(_SameTwice, forms.ChangePasswordForm):
    """A new password for someone who is logged in."""


class SetPasswordForm(_SameTwice, forms.SetPasswordForm):
    """A first password for someone who is logged in without one."""


class ResetPasswordKeyForm(_SameTwice, forms.ResetPasswordKeyForm):
    """A password chosen through the link in an invitation or a reset mail."""
