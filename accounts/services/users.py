"""Users themselves: name and address, and whether they may log in."""

import secrets
from datetime import date

from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from accounts import audit
from accounts.folding import fold, without_folded
from accounts.models import Membership, Role, User
from accounts.records import amend, store, take
from accounts.scope import scope_of
from accounts.services.memberships import grant_membership

#: Randomness of a password that is made here: 20 characters.
_PASSWORD_BYTES = 15


def demand_administrator(by: User | None) -> None:
    """Raise ``PermissionDenied`` unless ``by`` works as administrator (the command line may) and may change things."""
    if by is not None and not (scope_of(by).is_administrator and not scope_of(by).read_only):
        raise PermissionDenied("Alleen een functioneel beheerder wijzigt gebruikers.")


def find_user(email: str) -> User | None:
    """Return the user with this address, whatever its case."""
    return User.objects.filter(email__iexact=email.strip()).first()


def add_user(*, email: str, name: str) -> User:
    """Make a user who can't log in until a password is set; part of the services that invite.

    Raises ``ValidationError`` for an address that is none or that exists already.
    """
    user = User(email=email.strip().lower(), name=name.strip(), name_folded=fold(name))
    user.set_unusable_password()
    store(user)
    return user


@transaction.atomic
def change_user(*, by: User | None, user: User, name: str, email: str, expected_revision: int | None = None) -> User:
    """Correct name and e-mail address (the log-in name).

    Raises ``PermissionDenied`` unless ``by`` is an administrator, ``ValidationError`` when the address is taken,
    ``StaleRecordError``.
    """
    demand_administrator(by)
    fresh = take(user, expected_revision=expected_revision)
    changed = amend(fresh, name=name.strip(), name_folded=fold(name), email=email.strip().lower())
    if "email" in changed:
        EmailAddress.objects.filter(user=fresh).delete()
    if changed:
        audit.record(action="gebruiker.gewijzigd", by=by, obj=fresh, changes=dict.fromkeys(without_folded(changed)))
    return fresh


@transaction.atomic
def deactivate_user(*, by: User | None, user: User) -> User:
    """Let a user log in no more; sessions end at the next click, memberships stay as they are.

    Raises ``ValidationError`` for oneself, ``PermissionDenied`` unless ``by`` is an administrator.
    """
    demand_administrator(by)
    if by is not None and by.pk == user.pk:
        raise ValidationError("Het eigen account kan alleen een andere beheerder blokkeren.", code="oneself")
    return _set_active(by, user, active=False, action="gebruiker.geblokkeerd")


@transaction.atomic
def reactivate_user(*, by: User | None, user: User) -> User:
    """Let a user log in again. Raises ``PermissionDenied`` unless ``by`` is an administrator."""
    demand_administrator(by)
    return _set_active(by, user, active=True, action="gebruiker.vrijgegeven")


@transaction.atomic
def create_administrator(*, email: str, name: str, today: date) -> User:
    """Make (or find) a user and the membership as administrator, from the command line.

    Raises ``ValidationError`` when the user is an administrator already, or the address is none.
    """
    user = find_user(email) or add_user(email=email, name=name)
    if Membership.objects.active_on(today).filter(user=user, role=Role.ADMINISTRATOR).exists():
        raise ValidationError("Deze gebruiker is al functioneel beheerder.", code="exists")
    grant_membership(by=None, user=user, role=Role.ADMINISTRATOR, first_day=today)
    return user


@transaction.atomic
def give_password(*, by: User | None, user: User) -> str:
    """Give a user a new random password and return it, to be shown once: nowhere else does it stand readable.

    Raises ``PermissionDenied`` unless ``by`` is an administrator (the command line may).
    """
    demand_administrator(by)
    password = secrets.token_urlsafe(_PASSWORD_BYTES)
    fresh = User.objects.select_for_update().get(pk=user.pk)
    fresh.set_password(password)
    fresh.save(update_fields=["password"])
    audit.record(action="wachtwoord.gegeven", by=by, obj=fresh, changes={"password": None})
    return password


def _set_active(by: User | None, user: User, *, active: bool, action: str) -> User:
    fresh = take(user)
    if fresh.is_active != active:
        fresh.is_active = active
        fresh.revision += 1
        fresh.save(update_fields=["is_active", "revision"])
        audit.record(action=action, by=by, obj=fresh)
    return fresh
