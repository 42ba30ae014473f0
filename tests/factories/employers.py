"""Employers with their dated facts, units, targets and partners."""

from datetime import date
from decimal import Decimal
from typing import Any

import factory
from factory.django import DjangoModelFactory

from accounts.folding import fold
from employers.models import (
    Employer,
    EmployerFact,
    OfficialFigure,
    OrgUnit,
    Partner,
    ReturnPeriod,
    Sector,
    Target,
    TargetKind,
)
from employers.services.units import rebuild_ancestry


class SectorFactory(DjangoModelFactory):
    """One of the fourteen sectors, found by its code (a migration makes them)."""

    class Meta:
        model = Sector
        django_get_or_create = ("code",)

    code = "gemeenten"
    name = factory.LazyAttribute(lambda o: o.code.replace("_", " ").capitalize())
    name_folded = factory.LazyAttribute(lambda o: fold(o.name))


class EmployerFactory(DjangoModelFactory):
    """An employer with one fact that holds always; ``sector`` is a sector or its code."""

    class Meta:
        model = Employer

    code = factory.Sequence(lambda n: f"WG{n}")
    name = factory.Sequence(lambda n: f"Gemeente Voorbeeld {n}")
    name_folded = factory.LazyAttribute(lambda o: fold(o.name))

    @classmethod
    def _create(cls, model_class: type[Employer], *args: Any, **kwargs: Any) -> Employer:
        sector = kwargs.pop("sector", "gemeenten")
        return_period = kwargs.pop("return_period", ReturnPeriod.MONTH)
        employer = super()._create(model_class, *args, **kwargs)
        sector = SectorFactory(code=sector) if isinstance(sector, str) else sector
        EmployerFact.objects.create(employer=employer, sector=sector, return_period=return_period)
        return employer


class OrgUnitFactory(DjangoModelFactory):
    """A unit; the ancestry of its employer is in step. Below ``parent`` it belongs to the parent's employer."""

    class Meta:
        model = OrgUnit

    parent = None
    employer = factory.Maybe(
        "parent",
        yes_declaration=factory.SelfAttribute("parent.employer"),
        no_declaration=factory.SubFactory(EmployerFactory),
    )
    code = factory.Sequence(lambda n: f"AFD{n}")
    name = factory.Sequence(lambda n: f"Afdeling {n}")
    name_folded = factory.LazyAttribute(lambda o: fold(o.name))

    @classmethod
    def _create(cls, model_class: type[OrgUnit], *args: Any, **kwargs: Any) -> OrgUnit:
        unit = super()._create(model_class, *args, **kwargs)
        rebuild_ancestry([unit.employer_id])
        return unit


class TargetFactory(DjangoModelFactory):
    """A target of an employer for 2026; traits ``for_sector`` and ``for_unit``."""

    class Meta:
        model = Target

    class Params:
        for_sector = factory.Trait(employer=None, sector=factory.SubFactory(SectorFactory))
        for_unit = factory.Trait(employer=None, unit=factory.SubFactory(OrgUnitFactory))

    employer = factory.SubFactory(EmployerFactory)
    sector = None
    unit = None
    year = 2026
    number = Decimal(20)
    kind = TargetKind.PERSONS


class OfficialFigureFactory(DjangoModelFactory):
    """An official figure for 2025."""

    class Meta:
        model = OfficialFigure

    employer = factory.SubFactory(EmployerFactory)
    year = 2025
    jobs = Decimal("31.4")
    source = "Brief van UWV"
    day = date(2026, 6, 1)


class PartnerFactory(DjangoModelFactory):
    """An organisation outside the house."""

    class Meta:
        model = Partner

    name = factory.Sequence(lambda n: f"Werkbureau {n}")
    name_key = factory.LazyAttribute(lambda o: Partner.key_of(o.name))
