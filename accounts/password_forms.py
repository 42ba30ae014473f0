"""allauth's forms with a sentence of ours (its Dutch addresses people with "je") and without words inside the boxes."""

from typing import Any

from allauth.account import forms


class _Empty:
    """Boxes that are empty: what belongs in them stands above, and stays there."""

    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class LoginForm(_Empty, forms.LoginForm):
    """The log-in; the page has its own link for a forgotten password, behind the button."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""


class ResetPasswordForm(_Empty, forms.ResetPasswordForm):
    """Asks where the link for a new password goes."""


class ReauthenticateForm(_Empty, forms.ReauthenticateForm):
    """The password once more."""


class _SameTwice(_Empty):
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
