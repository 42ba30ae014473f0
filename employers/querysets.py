"""Reads of sectors, employers, their facts, units and targets."""

from datetime import date
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Exists, ExpressionWrapper, OuterRef, Q, Subquery

from accounts.records import FOREVER
from accounts.scope import scope_of

if TYPE_CHECKING:
    from accounts.models import User
    from employers.models import OrgUnit


class SectorQuerySet(models.QuerySet):
    """Sectors."""

    def visible_to(self, user: "User") -> "SectorQuerySet":
        """Return the sectors whose detail the user may open: an adviser the own one, administrators all."""
        scope = scope_of(user)
        if scope.is_administrator or (scope.is_adviser and scope.all_sectors):
            return self
        if scope.is_adviser:
            return self.filter(pk=scope.sector_id)
        return self.none()


class EmployerFactQuerySet(models.QuerySet):
    """Dated facts of employers."""

    def on(self, day: date) -> "EmployerFactQuerySet":
        """Return the fact of each employer that holds on ``day``."""
        return self.filter(first_day__lte=day, last_day__gte=day)


class EmployerQuerySet(models.QuerySet):
    """Employers."""

    def visible_to(self, user: "User") -> "EmployerQuerySet":
        """Return the employers whose records or figures the user may open.

        A coordinator the own one, administrators all. An adviser sees employers only as rows of figures
        of a sector (:meth:`in_sector`), never an employer's own pages.
        """
        scope = scope_of(user)
        if scope.is_administrator:
            return self
        return self.filter(pk=scope.employer_id) if scope.is_coordinator else self.none()

    def in_sector(self, sector_id: int, day: date) -> "EmployerQuerySet":
        """Return the employers that belong to the sector on ``day``."""
        return self.filter(facts__sector_id=sector_id, facts__first_day__lte=day, facts__last_day__gte=day)

    def with_facts_on(self, day: date) -> "EmployerQuerySet":
        """Annotate ``sector_id_on_day``, ``sector_code`` and ``return_period`` as they hold on ``day``."""
        from employers.models import EmployerFact

        fact = EmployerFact.objects.on(day).filter(employer=OuterRef("pk"))
        return self.annotate(
            sector_id_on_day=Subquery(fact.values("sector_id")[:1]),
            sector_code=Subquery(fact.values("sector__code")[:1]),
            sector_name=Subquery(fact.values("sector__name")[:1]),
            return_period=Subquery(fact.values("return_period")[:1]),
        )


class OrgUnitQuerySet(models.QuerySet):
    """Units of employers."""

    def visible_to(self, user: "User") -> "OrgUnitQuerySet":
        """A coordinator sees the own employer's units, administrators all."""
        scope = scope_of(user)
        if scope.is_administrator:
            return self
        return self.filter(employer_id=scope.employer_id) if scope.is_coordinator else self.none()

    def with_use(self) -> "OrgUnitQuerySet":
        """Annotate ``in_use``: a target, or a row of any room that deleting the unit would stop at or rob of its unit.

        What is deleted along with a unit (the table of ancestry, the ledger) is no use of its own.
        """
        links: list[Any] = [field for field in self.model._meta.get_fields(include_hidden=True) if field.one_to_many]
        used = [
            Exists(link.related_model._base_manager.filter(**{link.field.name: OuterRef("pk")}))
            for link in links
            if link.on_delete is not models.CASCADE or link.name == "targets"
        ]
        return self.annotate(in_use=ExpressionWrapper(reduce(or_, used), output_field=models.BooleanField()))

    def below(self, unit: "OrgUnit") -> "OrgUnitQuerySet":
        """Return the unit itself and everything below it."""
        return self.filter(above__ancestor=unit)


class TargetQuerySet(models.QuerySet):
    """Targets."""

    def visible_to(self, user: "User") -> "TargetQuerySet":
        """A coordinator sees the own employer's, an adviser those of the own sector and its employers, today."""
        scope = scope_of(user)
        if scope.is_administrator or scope.all_sectors:
            return self
        if scope.is_coordinator:
            return self.of_employer(scope.employer_id)
        if scope.is_adviser:
            return self.filter(
                Q(sector_id=scope.sector_id)
                | Q(employer__facts__sector_id=scope.sector_id, employer__facts__last_day=FOREVER)
            )
        return self.none()

    def of_employer(self, employer_id: int | None) -> "TargetQuerySet":
        """Return the targets of an employer and of its units."""
        return self.filter(Q(employer_id=employer_id) | Q(unit__employer_id=employer_id))

    def for_list(self) -> "TargetQuerySet":
        return self.select_related("sector", "employer", "unit", "unit__employer")


class OfficialFigureQuerySet(models.QuerySet):
    """Official figures of employers."""

    def visible_to(self, user: "User") -> "OfficialFigureQuerySet":
        """A coordinator sees those of the own employer, administrators all."""
        scope = scope_of(user)
        if scope.is_administrator:
            return self
        return self.filter(employer_id=scope.employer_id) if scope.is_coordinator else self.none()


class PublishedFigureQuerySet(models.QuerySet):
    """Published figures of sectors and the country."""

    def visible_to(self, user: "User") -> "PublishedFigureQuerySet":
        """Everybody who is logged in may read what has been published."""
        return self if getattr(user, "is_authenticated", False) else self.none()

    def for_list(self) -> "PublishedFigureQuerySet":
        return self.select_related("sector")
