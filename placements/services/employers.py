"""The dated facts of an employer: sector and wage-return period. They change what counts, so they live here.

The facts of one employer abut and cover all days, from ``ALWAYS`` to ``FOREVER``; every function keeps it so.
"""

from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError

from accounts import audit
from accounts.records import take
from employers.models import Employer, EmployerFact, Sector
from placements.counting import ledger
from placements.counting.calendar import ONE_DAY
from placements.rules import day_faults
from placements.services.rights import may_administer, require

if TYPE_CHECKING:
    from accounts.models import User

FIRST_STAYS = "Het eerste gegeven geldt vanaf het begin en blijft staan. Verbeter het als het niet klopt."
FIRST_HAS_NO_DAY = "Het eerste gegeven geldt vanaf het begin: de eerste dag staat vast."


def set_fact_from(
    *,
    by: "User | None",
    employer: Employer,
    day: date,
    sector: Sector | None = None,
    return_period: str | None = None,
) -> EmployerFact:
    """Let sector and/or wage-return period change from ``day``, until the next change that is known already.

    What is not given stays as it was. When nothing differs nothing is stored. Raises ``ValidationError`` for a day
    out of range, ``PermissionDenied`` unless ``by`` is an administrator.
    """
    require(may_administer(by))
    _refuse_day(day)
    with ledger.change() as touched:
        fact = EmployerFact.objects.on(day).select_related("sector", "employer").get(employer=employer)
        sector, return_period = sector or fact.sector, return_period or fact.return_period
        if (sector, return_period) == (fact.sector, fact.return_period):
            return fact
        if fact.first_day < day:
            last_day, fact.last_day = fact.last_day, day - ONE_DAY
            fact.save()
            fact = EmployerFact(employer=employer, first_day=day, last_day=last_day)
        _write(fact, touched, by=by, action="werkgever.gegeven_vanaf", sector=sector, return_period=return_period)
        return fact


def correct_fact(
    *,
    by: "User | None",
    fact: EmployerFact,
    sector: Sector,
    return_period: str,
    first_day: date | None = None,
    expected_revision: int | None = None,
) -> EmployerFact:
    """Correct a fact that was recorded wrongly, its first day included (then the one before ends the day before).

    Raises ``StaleRecordError``, ``ValidationError`` when the first day is not between its neighbours or the fact is
    gone, ``PermissionDenied`` as above.
    """
    require(may_administer(by))
    with ledger.change() as touched:
        fresh = take(fact, expected_revision=expected_revision)
        if first_day is not None and first_day != fresh.first_day:
            _move_start(fresh, first_day)
        _write(fresh, touched, by=by, action="werkgever.gegeven_verbeterd", sector=sector, return_period=return_period)
        return fresh


def remove_fact(*, by: "User | None", fact: EmployerFact) -> None:
    """Remove a change that never was: the fact before it runs on. Raises ``ValidationError`` for the first fact."""
    require(may_administer(by))
    with ledger.change() as touched:
        fresh = take(fact)
        before = _before(fresh)
        if before is None:
            raise ValidationError(FIRST_STAYS, code="first")
        fresh.delete()
        before.last_day = fresh.last_day
        before.save()
        touched.employers([fresh.employer_id])
        changes = audit.values_of(fresh, ("first_day", "sector", "return_period"))
        audit.record(
            action="werkgever.gegeven_verwijderd",
            by=by,
            obj=fresh.employer,
            employer_id=fresh.employer_id,
            changes=changes,
        )


def _before(fact: EmployerFact) -> EmployerFact | None:
    earlier = EmployerFact.objects.filter(employer=fact.employer_id, first_day__lt=fact.first_day)
    return earlier.order_by("-first_day").first()


def _move_start(fact: EmployerFact, first_day: date) -> None:
    """Let the fact start on another day and the one before it end the day before."""
    _refuse_day(first_day)
    before = _before(fact)
    if before is None:
        raise ValidationError({"first_day": FIRST_HAS_NO_DAY})
    if not before.first_day < first_day <= fact.last_day:
        raise ValidationError({"first_day": "Kies een dag na het vorige en vóór het volgende gegeven."})
    before.last_day = first_day - ONE_DAY
    before.save()
    fact.first_day = first_day


def _write(
    fact: EmployerFact, touched: ledger.Touched, *, by: "User | None", action: str, sector: Sector, return_period: str
) -> None:
    fact.sector, fact.return_period = sector, return_period
    if not fact._state.adding:
        fact.revision += 1
    fact.full_clean()
    fact.save()
    touched.employers([fact.employer_id])
    changes = audit.values_of(fact, ("first_day", "sector", "return_period"))
    audit.record(action=action, by=by, obj=fact.employer, employer_id=fact.employer_id, changes=changes)


def _refuse_day(day: date) -> None:
    if faults := day_faults(day, None):
        raise ValidationError(faults)
