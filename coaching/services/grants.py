"""Coaching hours that a funder grants: so many, or a percentage of the hours that are paid in these days."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from accounts import audit
from accounts.records import amend, take
from coaching.models import Funder, Grant
from coaching.rules import granted_hours
from coaching.services.rights import may_arrange
from coaching.services.standing import use_hours
from placements.models import Placement, Trial
from placements.rules import day_faults
from placements.services.rights import require
from ui.dutch import stretch

if TYPE_CHECKING:
    from accounts.models import User

NO_PAID_HOURS = "In deze dagen zijn er geen betaalde uren. Kies andere dagen, of vul het aantal uren zelf in."
UNPAID = "Een proefplaatsing of stage heeft geen betaalde uren. Vul het aantal uren zelf in."


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantData:
    """What a funder grants from ``first_day`` up to and including ``last_day``: ``hours``, or a ``percentage``."""

    funder: str
    first_day: date
    last_day: date
    funder_name: str = ""
    hours: Decimal | None = None
    percentage: Decimal | None = None

    def values(self, subject: Placement | Trial) -> dict[str, Any]:
        """Return the fields of the grant, with the hours worked out; raises ``ValidationError``."""
        return {
            "funder": self.funder,
            "funder_name": self.funder_name.strip(),
            "first_day": self.first_day,
            "last_day": self.last_day,
            "percentage": self.percentage,
            "hours": self._hours(subject),
        }

    def _hours(self, subject: Placement | Trial) -> Decimal:
        if self.percentage is None:
            if self.hours is None or self.hours <= 0:
                raise ValidationError({"hours": "Vul in hoeveel uren er zijn toegekend."})
            return self.hours
        if isinstance(subject, Trial):
            raise ValidationError({"percentage": UNPAID})
        hours = hours_by_percentage(subject, self.percentage, self.first_day, self.last_day)
        if hours <= 0:
            raise ValidationError({"percentage": NO_PAID_HOURS})
        return hours


def hours_by_percentage(placement: Placement, percentage: Decimal, first_day: date, last_day: date) -> Decimal:
    """Return the hours that are this percentage of the hours paid in these days, whichever periods they are of."""
    periods = placement.periods.filter(first_day__lte=last_day).exclude(last_day__lt=first_day)
    parts = (
        granted_hours(
            hours_per_week=period.hours,
            first=max(first_day, period.first_day),
            last=min(last_day, period.last_day or last_day),
            percentage=percentage,
        )
        for period in periods
    )
    return sum(parts, Decimal(0))


@transaction.atomic
def add_grant(*, subject: Placement | Trial, data: GrantData, by: "User | None") -> Grant:
    """Record hours that are granted for a placement or trial; what was used in these days goes off them at once.

    Raises ``ValidationError`` for wrong days or hours and for days in which this funder granted hours already,
    ``PermissionDenied`` unless ``by`` arranges the coaching here.
    """
    require(may_arrange(by, subject))
    type(subject)._default_manager.select_for_update().get(pk=subject.pk)
    grant = Grant(placement=subject) if isinstance(subject, Placement) else Grant(trial=subject)
    _check_days(data, grant)
    for name, value in data.values(subject).items():
        setattr(grant, name, value)
    grant.full_clean()
    grant.save()
    use_hours([grant])
    _record("uren.toegekend", grant, by, list(data.values(subject)))
    return grant


@transaction.atomic
def change_grant(
    *, grant: Grant, data: GrantData, by: "User | None", expected_revision: int | None = None
) -> list[str]:
    """Correct a grant; return the names of what changed. A percentage is worked out anew from the hours paid now.

    Raises what :func:`add_grant` raises, and ``StaleRecordError``.
    """
    subject = subject_of(grant)
    require(may_arrange(by, subject))
    fresh = take(grant, expected_revision=expected_revision)
    _check_days(data, fresh)
    changed = amend(fresh, **data.values(subject))
    if changed:
        use_hours([fresh])
        _record("uren.gewijzigd", fresh, by, changed)
    return changed


@transaction.atomic
def remove_grant(*, grant: Grant, by: "User | None", expected_revision: int | None = None) -> None:
    """Remove a grant that was recorded by mistake; contacts stay as they are. Raises ``StaleRecordError``."""
    require(may_arrange(by, subject_of(grant)))
    fresh = take(grant, expected_revision=expected_revision)
    _record("uren.verwijderd", fresh, by, ["funder", "first_day", "last_day", "hours"])
    fresh.delete()


def subject_of(grant: Grant) -> Placement | Trial:
    """Return the placement or trial the hours are granted for."""
    return grant.placement or grant.trial  # type: ignore[return-value]


def _check_days(data: GrantData, grant: Grant) -> None:
    """Raise ``ValidationError`` for days in the wrong order, and for days this funder has granted hours for already."""
    faults = day_faults(data.first_day, data.last_day)
    if data.funder not in Funder.values:
        faults["funder"] = "Kies wie de uren betaalt."
    if faults:
        raise ValidationError(faults)
    same = Grant.objects.filter(
        Q(placement=grant.placement_id, trial=grant.trial_id),
        funder=data.funder,
        funder_name__iexact=data.funder_name.strip(),
        first_day__lte=data.last_day,
        last_day__gte=data.first_day,
    )
    other = same.exclude(pk=grant.pk).order_by("first_day").first()
    if other is not None:
        days = stretch(other.first_day, other.last_day)
        raise ValidationError({"first_day": f"{other.get_funder_display()} kende al uren toe {days}. Wijzig die."})


def _record(action: str, grant: Grant, by: "User | None", changed: list[str]) -> None:
    subject = subject_of(grant)
    changes = {
        "subject": audit.object_id(subject),
        **audit.values_of(grant, [n for n in changed if n != "funder_name"]),
    }
    audit.record(action=action, by=by, obj=grant, employer_id=subject.host_id, changes=changes)
