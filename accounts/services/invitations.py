"""Inviting: a user, a role, and a letter with a link to set a password. Nobody signs up by themselves."""

import logging
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any
from urllib.parse import urljoin

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from accounts import audit
from accounts.models import Membership, User
from accounts.services.memberships import demand_right, grant_membership
from accounts.services.users import add_user, find_user

logger = logging.getLogger(__name__)

BLOCKED = "Deze gebruiker bestaat en is geblokkeerd. Een functioneel beheerder kan het account weer vrijgeven."
NO_ROLE = "Deze gebruiker heeft geen rol die nu of later geldt. Geef eerst een rol."


class MailNotSentError(Exception):
    """The invitation is stored, its letter was not sent (mail server); ``user`` can be sent another one."""

    def __init__(self, user: User) -> None:
        super().__init__("De uitnodiging is bewaard, maar de e-mail kon niet worden verstuurd. Verstuur opnieuw.")
        self.user = user


@transaction.atomic
def invite(
    *, by: User | None, email: str, name: str, role: str, first_day: date, base_url: str, **place_and_terms: Any
) -> Membership:
    """Give the person with this address a role, making a user when there is none, and send the letter.

    The further arguments are those of :func:`accounts.services.memberships.grant_membership`. A known user keeps the
    own name. The letter goes after the commit: then :class:`MailNotSentError` may be raised. Raises ``ValidationError``
    for a faulty address, a blocked user or an overlap, ``PermissionDenied`` when ``by`` may not give this role.
    """
    employer = place_and_terms.get("employer")
    demand_right(by, role, employer.pk if employer else None)
    user = find_user(email)
    if user is not None and not user.is_active:
        raise ValidationError({"email": BLOCKED})
    user = user or add_user(email=email, name=name)
    membership = grant_membership(by=by, user=user, role=role, first_day=first_day, **place_and_terms)
    audit.record(action="gebruiker.uitgenodigd", by=by, obj=user, employer_id=membership.employer_id)
    transaction.on_commit(partial(_send_letter, user, membership, base_url))
    return membership


@transaction.atomic
def resend_invitation(*, by: User | None, user: User, base_url: str, today: date) -> None:
    """Send the letter again, with a fresh link. Raises what :func:`invite` raises."""
    latest = user.memberships.exclude(last_day__lt=today).for_list().order_by("-first_day", "-pk").first()
    if latest is None:
        raise ValidationError(NO_ROLE, code="no_role")
    demand_right(by, latest.role, latest.employer_id)
    if not user.is_active:
        raise ValidationError(BLOCKED, code="blocked")
    audit.record(action="uitnodiging.herhaald", by=by, obj=user, employer_id=latest.employer_id)
    transaction.on_commit(partial(_send_letter, user, latest, base_url))


def set_password_url(user: User, base_url: str) -> str:
    """Return the address where this user sets a password; it works once, until ``PASSWORD_RESET_TIMEOUT`` is over.

    Whoever has the link is taken for the user, so it is shown to nobody else and never logged.
    """
    key = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    return urljoin(base_url, reverse("account_reset_password_from_key", kwargs=key))


def link_works_until(now: datetime) -> date:
    """Return the last whole day on which a link made ``now`` works."""
    return timezone.localdate(now + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)) - timedelta(days=1)


def _send_letter(user: User, membership: Membership, base_url: str) -> None:
    context = {
        "user": user,
        "membership": membership,
        "first_time": not user.has_usable_password(),
        "works_until": link_works_until(timezone.now()),
    }
    context["link"] = set_password_url(user, base_url) if context["first_time"] else urljoin(base_url, reverse("home"))
    subject = render_to_string("accounts/mail/invitation_subject.txt", context).strip()
    try:
        send_mail(subject, render_to_string("accounts/mail/invitation.txt", context), None, [user.email])
    except OSError as error:
        logger.warning("The invitation of user %s could not be mailed: %s", user.uuid, type(error).__name__)
        audit.record(action="uitnodiging.verstuurd", by=None, obj=user, refused=True)
        raise MailNotSentError(user) from error
