"""Giving, changing and ending the roles of users."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction

from accounts import audit, rules
from accounts.models import Membership, Role, User
from accounts.records import amend, take
from accounts.scope import scope_of

#: ``ValidationError.code`` of what goes through once the user has said to know about it.
LAST_COORDINATOR = "last_coordinator"

OVERLAP = "In deze dagen heeft deze gebruiker deze rol al. Kies andere dagen of wijzig het bestaande lidmaatschap."
LAST_ADMINISTRATOR = (
    "Dit is het eigen laatste beheerderschap: daarna kan niemand het herstellen. Laat een andere beheerder dit doen."
)
NOBODY_LEFT = (
    "Hierna heeft deze werkgever geen P&O-coördinator meer die gegevens kan wijzigen. "
    "Nodig eerst een collega uit, of bevestig dat dit de bedoeling is."
)


@transaction.atomic
def grant_membership(
    *,
    by: User | None,
    user: User,
    role: str,
    first_day: date,
    employer: models.Model | None = None,
    sector: models.Model | None = None,
    all_sectors: bool = False,
    last_day: date | None = None,
    read_only: bool = False,
    stands_in_for: User | None = None,
    uuid: UUID | None = None,
) -> Membership:
    """Give ``user`` a role (as ``uuid``) from ``first_day``.

    Raises ``PermissionDenied`` when ``by`` may not, ``ValidationError`` when the user has the same role in the same
    place on one of these days, or the place does not fit the role.
    """
    membership = Membership(  # type: ignore[misc]  # employer and sector stand on a higher floor
        uuid=uuid or uuid4(),
        user=user,
        role=role,
        employer=employer,
        sector=sector,
        all_sectors=all_sectors,
        first_day=first_day,
        last_day=last_day,
        read_only=read_only,
        stands_in_for=stands_in_for,
    )
    _give(by, membership)
    return membership


@transaction.atomic
def change_membership(
    *,
    by: User | None,
    membership: Membership,
    today: date,
    expected_revision: int | None = None,
    acknowledged: bool = False,
    **values: Any,
) -> Membership:
    """Change ``first_day``, ``last_day``, ``read_only`` or ``stands_in_for``.

    Raises what :func:`end_membership` raises, ``StaleRecordError``, and ``ValidationError`` for an overlap.
    """
    leave = _Leave(today, acknowledged)
    return _change(by, membership, "lidmaatschap.gewijzigd", expected_revision, leave, values)


@transaction.atomic
def end_membership(
    *,
    by: User | None,
    membership: Membership,
    last_day: date,
    today: date,
    expected_revision: int | None = None,
    acknowledged: bool = False,
) -> Membership:
    """Let a membership end with ``last_day``.

    Raises ``ValidationError`` when it is the own last membership as administrator, and, with code
    ``last_coordinator`` until ``acknowledged``, when a coordinator leaves the own employer without anyone to change
    its records. Raises ``PermissionDenied`` when ``by`` may not.
    """
    leave = _Leave(today, acknowledged)
    return _change(by, membership, "lidmaatschap.beëindigd", expected_revision, leave, {"last_day": last_day})


def _give(by: User | None, membership: Membership) -> None:
    """Check and store a new membership; part of the caller's transaction."""
    demand_right(by, membership.role, membership.employer_id)
    _lock(membership.user)
    membership.full_clean()
    refuse_overlap(membership)
    membership.save()
    audit.record(
        action="lidmaatschap.gegeven",
        by=by,
        obj=membership,
        employer_id=membership.employer_id,
        changes=audit.values_of(membership, ("role", "employer", "sector", "first_day", "last_day", "read_only")),
    )


def demand_right(by: User | None, role: str, employer_id: int | None) -> None:
    """Raise ``PermissionDenied`` unless ``by`` may give this role; the command line (no user) may."""
    if by is not None and not rules.may_grant(scope_of(by), role, employer_id):
        raise PermissionDenied("Deze rol kan hier niet worden gegeven of gewijzigd.")


def refuse_overlap(membership: Membership) -> None:
    """Raise ``ValidationError`` when the user has the same role in the same place on one of these days."""
    same = Membership.objects.exclude(pk=membership.pk).filter(
        user=membership.user,
        role=membership.role,
        employer=membership.employer_id,
        sector=membership.sector_id,
        all_sectors=membership.all_sectors,
    )
    days = (membership.first_day, membership.last_day)
    if any(rules.overlap(days, other) for other in same.values_list("first_day", "last_day")):
        raise ValidationError({"first_day": OVERLAP})


def leaves_nobody(membership: Membership, gone: date) -> bool:
    """Whether on day ``gone`` nobody but this user has a membership like it that may change things.

    Alike is the same role in the same place: the coordinators of one employer, the administrators.
    """
    others = Membership.objects.exclude(pk=membership.pk).filter(
        role=membership.role, employer=membership.employer_id, read_only=False, user__is_active=True
    )
    return rules.nobody_left(gone, others.values_list("first_day", "last_day"))


def _change(
    by: User | None, membership: Membership, action: str, expected_revision: int | None, leave: "_Leave", values: Any
) -> Membership:
    demand_right(by, membership.role, membership.employer_id)
    _lock(membership.user)
    fresh = take(membership, expected_revision=expected_revision)
    before = leave.gone_from(fresh)
    changed = amend(fresh, **values)
    if not changed:
        return fresh
    refuse_overlap(fresh)
    if by is not None and fresh.user_id == by.pk:
        leave.refuse_locking_out(fresh, before)
    audit.record(
        action=action, by=by, obj=fresh, employer_id=fresh.employer_id, changes=audit.values_of(fresh, changed)
    )
    return fresh


@dataclass(frozen=True, slots=True)
class _Leave:
    """Whether someone may give up the own right to change things."""

    today: date
    acknowledged: bool

    def gone_from(self, membership: Membership) -> date | None:
        return rules.gone_from(membership.last_day, read_only=membership.read_only, today=self.today)

    def refuse_locking_out(self, membership: Membership, before: date | None) -> None:
        """Raise ``ValidationError`` when the user goes sooner than before and that leaves no way back."""
        gone = self.gone_from(membership)
        if gone is None or not rules.leaves_sooner(before, gone):
            return
        if membership.role == Role.ADMINISTRATOR and not _administrates_on(gone, membership):
            raise ValidationError(LAST_ADMINISTRATOR, code="last_administrator")
        if membership.role == Role.COORDINATOR and not self.acknowledged and leaves_nobody(membership, gone):
            raise ValidationError(NOBODY_LEFT, code=LAST_COORDINATOR)


def _administrates_on(day: date, but_for: Membership) -> bool:
    """Whether the user has another membership as administrator that may change things on ``day``."""
    own = Membership.objects.exclude(pk=but_for.pk).filter(user=but_for.user_id, role=Role.ADMINISTRATOR)
    return own.filter(read_only=False).active_on(day).exists()


def _lock(user: User) -> None:
    """Let changes to the memberships of one user wait for each other."""
    User.objects.select_for_update().get(pk=user.pk)
