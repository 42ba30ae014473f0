"""Conditions and sums that several reads of coaching share."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from coaching.querysets.chains import with_earlier
from placements.querysets import placement_of_employer

if TYPE_CHECKING:
    from accounts.models import User

#: From this share of the granted hours on they are running out.
RUNNING_OUT_PERCENT = 80


def not_over(day: date, prefix: str = "") -> Q:
    """Return the condition that a stretch of days has not ended before ``day``; it may still have to begin."""
    return Q(**{f"{prefix}last_day__isnull": True}) | Q(**{f"{prefix}last_day__gte": day})


def concerns_employer(employer_id: int | None, prefix: str = "") -> Q:
    """Return the condition that what is coached, a placement or a trial, concerns an employer."""
    trial = f"{prefix}trial__"
    at_trial = Q(**{f"{trial}host_id": employer_id}) | Q(**{f"{trial}owner_id": employer_id})
    return placement_of_employer(employer_id, f"{prefix}placement__") | at_trial


def of_caseload(user: "User", prefix: str = "", on: date | None = None) -> Q:
    """Return the condition that a placement or trial is one the user coaches now, or what such a one goes on from."""
    from coaching.models import Assignment

    mine = Assignment.objects.visible_to(user, on).order_by()
    placements = mine.filter(placement__isnull=False).values("placement")
    trials = mine.filter(trial__isnull=False).values("trial")
    at_placement = Q(**{f"{prefix}placement__in": with_earlier("placement", placements)})
    return at_placement | Q(**{f"{prefix}trial__in": with_earlier("trial", trials)})


def of_chain(assignment: models.Model, prefix: str = "") -> Q:
    """Return the condition that something is about the same placement or trial, or about what it goes on from."""
    name = "placement" if assignment.placement_id else "trial"  # type: ignore[attr-defined]
    return Q(**{f"{prefix}{name}__in": with_earlier(name, getattr(assignment, f"{name}_id"))})


def number_of(rows: models.QuerySet) -> Coalesce:
    """Return how many ``rows`` there are of the row outside; as a subquery, so that it multiplies no other rows."""
    counted = rows.order_by().annotate(together=Value(1)).values("together").annotate(number=Count("pk"))
    return Coalesce(Subquery(counted.values("number")), Value(0))


def total_of(rows: models.QuerySet, field: str) -> Subquery:
    """Return what a field of ``rows`` adds up to for the row outside; None when there are none."""
    summed = rows.order_by().annotate(together=Value(1)).values("together").annotate(total=Sum(field))
    return Subquery(summed.values("total"))
