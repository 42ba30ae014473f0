"""Employers and sectors as such."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.folding import fold, without_folded
from accounts.models import User
from accounts.records import amend, store, take
from employers.models import Employer, EmployerFact, Partner, PartnerAlias, PlacementWord, ReturnPeriod, Sector
from employers.rules import near_code


@transaction.atomic
def add_employer(
    *,
    by: User | None,
    code: str,
    name: str,
    sector: Sector,
    return_period: str = ReturnPeriod.MONTH,
    headcount: int | None = None,
    hours_per_week: Decimal | None = None,
    baseline_jobs: Decimal | None = None,
    placement_word: str = PlacementWord.PLACEMENT,
    show_target: bool = True,
) -> Employer:
    """Add an employer with its first fact, which holds always. Nothing counts for it yet, so the ledger stays.

    Raises ``ValidationError`` for a code that exists or looks like the name of a partner, and numbers below zero.
    """
    _refuse_partner(code)
    employer = Employer(
        code=code.strip(),
        name=name.strip(),
        name_folded=fold(name),
        headcount=headcount,
        hours_per_week=hours_per_week,
        baseline_jobs=baseline_jobs,
        placement_word=placement_word,
        show_target=show_target,
    )
    store(employer)
    fact = EmployerFact(employer=employer, sector=sector, return_period=return_period)
    fact.full_clean()
    fact.save()
    _record_new(by, employer, fact)
    return employer


def _record_new(by: User | None, employer: Employer, fact: EmployerFact) -> None:
    named, placed = audit.values_of(employer, ("code", "name")), audit.values_of(fact, ("sector", "return_period"))
    audit.record(
        action="werkgever.toegevoegd", by=by, obj=employer, employer_id=employer.pk, changes={**named, **placed}
    )


@transaction.atomic
def change_employer(
    *, by: User | None, employer: Employer, expected_revision: int | None = None, **values: Any
) -> Employer:
    """Change code, name, headcount, hours_per_week, baseline_jobs, placement_word or show_target.

    Raises ``StaleRecordError``, and ``ValidationError`` as :func:`add_employer` does.
    """
    fresh = take(employer, expected_revision=expected_revision)
    if values.get("code", fresh.code) != fresh.code:
        _refuse_partner(values["code"])
    if "name" in values:
        values["name_folded"] = fold(values["name"])
    changed = amend(fresh, **values)
    if changed:
        audit.record(
            action="werkgever.gewijzigd",
            by=by,
            obj=fresh,
            employer_id=fresh.pk,
            changes=audit.values_of(fresh, without_folded(changed)),
        )
    return fresh


def names_like(code: str) -> str | None:
    """Return the partner's name, or another spelling of one, that would be taken for a misspelled ``code``."""
    for model in (Partner, PartnerAlias):
        for name in model.objects.values_list("name", flat=True):
            if near_code(name, [code]):
                return name
    return None


def _refuse_partner(code: str) -> None:
    name = names_like(code.strip())
    if name is not None:
        text = f"Deze code lijkt op partner “{name}”. Kies een andere code, of geef de partner een andere naam."
        raise ValidationError({"code": text}, code="partner")


@transaction.atomic
def change_sector(*, by: User | None, sector: Sector, expected_revision: int | None = None, **values: Any) -> Sector:
    """Change name, umbrella or organisation_count. The fourteen sectors and their codes are fixed.

    Raises ``StaleRecordError`` and ``ValidationError``.
    """
    fresh = take(sector, expected_revision=expected_revision)
    if "name" in values:
        values["name_folded"] = fold(values["name"])
    changed = without_folded(amend(fresh, **values))
    if changed:
        audit.record(action="sector.gewijzigd", by=by, obj=fresh, changes=audit.values_of(fresh, changed))
    return fresh
