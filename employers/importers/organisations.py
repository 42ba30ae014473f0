"""The employers' side of the database as drafts: sectors, employers with their facts, units, targets, partners."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import ClassVar

from django.db import models

from accounts.drafts import Draft
from employers.importers.intake import Unread
from employers.models import Employer, EmployerFact, OrgUnit, Partner, PartnerAlias, Sector, Target


@dataclass(slots=True, eq=False, kw_only=True)
class FactDraft(Draft):
    """Sector (its key) and wage-return period of an employer over a stretch of days."""

    model: ClassVar[type[models.Model]] = EmployerFact
    stored: ClassVar[tuple[str, ...]] = ("employer", "first_day", "last_day", "sector", "return_period")

    employer: "EmployerDraft"
    first_day: date
    last_day: date
    sector: int
    return_period: str


@dataclass(slots=True, eq=False, kw_only=True)
class EmployerDraft(Draft):
    """An employer and its facts in order of time."""

    model: ClassVar[type[models.Model]] = Employer
    stored: ClassVar[tuple[str, ...]] = (
        "code",
        "name",
        "name_folded",
        "headcount",
        "hours_per_week",
        "baseline_jobs",
        "last_day",
        "successor",
    )

    code: str
    name: str = ""
    name_folded: str = ""
    headcount: int | None = None
    hours_per_week: Decimal | None = None
    baseline_jobs: Decimal | None = None
    last_day: date | None = None
    successor: "EmployerDraft | None" = None
    facts: list[FactDraft] = field(default_factory=list)


@dataclass(slots=True, eq=False, kw_only=True)
class UnitDraft(Draft):
    """A unit of an employer."""

    model: ClassVar[type[models.Model]] = OrgUnit
    stored: ClassVar[tuple[str, ...]] = ("employer", "code", "name", "name_folded", "parent")

    employer: EmployerDraft
    code: str
    name: str = ""
    name_folded: str = ""
    parent: "UnitDraft | None" = None


@dataclass(slots=True, eq=False, kw_only=True)
class TargetDraft(Draft):
    """A target of one sector (its key), employer or unit for a year."""

    model: ClassVar[type[models.Model]] = Target
    stored: ClassVar[tuple[str, ...]] = ("sector", "employer", "unit", "year", "number", "kind")

    sector: int | None = None
    employer: EmployerDraft | None = None
    unit: UnitDraft | None = None
    year: int
    number: Decimal | None = None
    kind: str = ""


@dataclass(slots=True, eq=False, kw_only=True)
class PartnerDraft(Draft):
    """An organisation outside the house."""

    model: ClassVar[type[models.Model]] = Partner
    stored: ClassVar[tuple[str, ...]] = ("name", "name_key")

    name: str
    name_key: str


@dataclass(slots=True)
class Organisations:
    """Everything of this room that files refer to, by the codes they use. Few rows: loaded whole."""

    sectors: dict[str, int] = field(default_factory=dict)
    employers: dict[str, EmployerDraft] = field(default_factory=dict)
    units: dict[EmployerDraft, dict[str, UnitDraft]] = field(default_factory=lambda: defaultdict(dict))
    targets: dict[tuple[int | Draft, int], TargetDraft] = field(default_factory=dict)
    partners: dict[str, PartnerDraft] = field(default_factory=dict)
    """By the key of the name, and by those of other spellings."""
    partner_names: list[str] = field(default_factory=list)
    """Names and other spellings of the partners that stand in the database."""
    unread_employers: Unread = field(default_factory=Unread)
    unread_units: Unread = field(default_factory=Unread)


def load_organisations(*, targets: bool) -> Organisations:
    """Load all of it in six queries, seven with the targets."""
    found = Organisations(sectors=dict(Sector.objects.values_list("code", "pk")))
    employers = _load_employers(found)
    units = _load_units(found, employers)
    for pk, name, name_key in Partner.objects.values_list("pk", "name", "name_key"):
        found.partners[name_key] = PartnerDraft(pk=pk, name=name, name_key=name_key)
    by_key = {partner.pk: partner for partner in found.partners.values()}
    found.partner_names = [partner.name for partner in by_key.values()]
    for name, name_key, partner in PartnerAlias.objects.values_list("name", "name_key", "partner"):
        if partner in by_key:
            found.partners.setdefault(name_key, by_key[partner])
            found.partner_names.append(name)
    if targets:
        _load_targets(found, employers, units)
    return found


def _load_employers(found: Organisations) -> dict[int, EmployerDraft]:
    by_key = {}
    successors = {}
    for row in Employer.objects.all():
        draft = EmployerDraft(
            pk=row.pk,
            code=row.code,
            name=row.name,
            name_folded=row.name_folded,
            headcount=row.headcount,
            hours_per_week=row.hours_per_week,
            baseline_jobs=row.baseline_jobs,
            last_day=row.last_day,
        )
        by_key[row.pk] = found.employers[row.code] = draft
        successors[draft] = row.successor_id
    for draft, key in successors.items():
        draft.successor = by_key[key] if key else None
    for fact in EmployerFact.objects.order_by("employer", "first_day"):
        employer = by_key[fact.employer_id]
        employer.facts.append(
            FactDraft(
                pk=fact.pk,
                employer=employer,
                first_day=fact.first_day,
                last_day=fact.last_day,
                sector=fact.sector_id,
                return_period=fact.return_period,
            )
        )
    return by_key


def _load_units(found: Organisations, employers: dict[int, EmployerDraft]) -> dict[int, UnitDraft]:
    by_key = {}
    parents = {}
    for pk, employer, code, name, folded, parent in OrgUnit.objects.values_list(
        "pk", "employer", "code", "name", "name_folded", "parent"
    ):
        draft = UnitDraft(pk=pk, employer=employers[employer], code=code, name=name, name_folded=folded)
        by_key[pk] = found.units[employers[employer]][code] = draft
        parents[draft] = parent
    for draft, key in parents.items():
        draft.parent = by_key[key] if key else None
    return by_key


def _load_targets(found: Organisations, employers: dict[int, EmployerDraft], units: dict[int, UnitDraft]) -> None:
    for row in Target.objects.all():
        draft = TargetDraft(
            pk=row.pk,
            sector=row.sector_id,
            employer=employers[row.employer_id] if row.employer_id else None,
            unit=units[row.unit_id] if row.unit_id else None,
            year=row.year,
            number=row.number,
            kind=row.kind,
        )
        scope = draft.sector or draft.employer or draft.unit
        assert scope is not None, "a constraint demands one of the three"
        found.targets[scope, row.year] = draft
