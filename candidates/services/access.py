"""Who may see a candidate: rows of :class:`~candidates.models.Access`, the only source for ``visible_to``."""

from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from candidates.models import Access, Candidate
from employers.models import Employer

if TYPE_CHECKING:
    from accounts.models import User

_STRENGTH = {Access.Because.INTRODUCED: 0, Access.Because.TRIAL: 1, Access.Because.PLACED: 2}


def let_see(*, candidate: Candidate, employer: Employer, because: Access.Because, on: date) -> Access:
    """Let the employer see the candidate from ``on``, and return the row that says so.

    An employer has one open row per candidate: a stronger reason (placed over trial over introduced) replaces
    the weaker one, everything else leaves it as it is. Part of the caller's transaction and audit event.
    """
    row = Access.objects.filter(candidate=candidate, employer=employer, last_day__isnull=True).first()
    if row is None:
        return Access.objects.create(candidate=candidate, employer=employer, because=because, first_day=on)
    if _STRENGTH[because] > _STRENGTH[Access.Because(row.because)]:
        row.because = because
        row.save()
    return row


@transaction.atomic
def withdraw_access(*, candidate: Candidate, employer: Employer, last_day: date, by: "User | None") -> None:
    """End what the employer may see of the candidate; ``last_day`` is the last day it still may.

    The past keeps its rows, except one that would end before it began. Raises ``ValidationError`` when the
    employer has no open access.
    """
    rows = Access.objects.select_for_update().filter(candidate=candidate, employer=employer, last_day__isnull=True)
    row = rows.first()
    if row is None:
        raise ValidationError("Deze werkgever heeft geen inzage in deze kandidaat.")
    if row.first_day > last_day:
        row.delete()
    else:
        row.last_day = last_day
        row.save()
    audit.record(
        action="inzage.ingetrokken",
        by=by,
        obj=candidate,
        employer_id=employer.pk,
        changes={"employer": employer.code, "last_day": last_day.isoformat()},
    )


def let_coach_see(*, candidate: Candidate, coach_id: int, first_day: date, last_day: date | None) -> Access:
    """Let a coach see the candidate in these days, both included, and return the row that says so.

    Part of the caller's transaction and audit event.
    """
    return Access.objects.create(
        candidate=candidate, coach_id=coach_id, because=Access.Because.COACHED, first_day=first_day, last_day=last_day
    )
