"""What became of temporary contracts whose end was known beforehand.

Such a contract was renewed when a period follows without a gap in the same chain: of the same placement, or of one that
continues it. A change of hours or an internal move within a temporary contract is neither. Whether the placement counts
makes no difference.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import BooleanField, Count, DateField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from employers.models import OrgUnit
from placements.counting.calendar import ONE_DAY
from placements.models import ContractKind, CountLine, EndReason, PlacementPeriod
from placements.moments import Moment

#: Reasons that go with an end that was agreed when the contract was made; none is recorded when it was renewed.
KNOWN_BEFOREHAND = ("", EndReason.CONTRACT_ENDED, EndReason.MAXIMUM_TERM)


@dataclass(frozen=True, slots=True)
class Renewals:
    """Of ``ended`` temporary contracts, ``renewed`` went on, of which ``permanent`` as a permanent contract."""

    ended: int
    renewed: int
    permanent: int


def ended_this_year(at: Moment, employer_id: int, unit: OrgUnit | None = None) -> "QuerySet[PlacementPeriod]":
    """Return the temporary periods at an employer (or unit) that ended in the year, up to and including the day.

    Each has ``renewed`` and ``made_permanent``.
    """
    tomorrow = ExpressionWrapper(OuterRef("last_day") + ONE_DAY, output_field=DateField())
    # Two questions, each of one index: an "or" within a single one makes a database read every period of the day.
    following = PlacementPeriod.objects.annotate(unit_key=Coalesce("unit_id", 0)).filter(first_day=tomorrow)
    on, further = (
        following.filter(placement=OuterRef("placement")),
        following.filter(placement__continues=OuterRef("placement")),
    )
    same_contract = on.filter(contract_kind=ContractKind.TEMPORARY).exclude(
        hours=OuterRef("hours"), unit_key=OuterRef("unit_key")
    )
    year = date(at.day.year, 1, 1), at.day
    return (
        PlacementPeriod.objects.annotate(unit_key=Coalesce("unit_id", 0))
        .filter(
            pk__in=_lines_until_the_end(at, employer_id, unit).filter(last_day__range=year).values("period_id"),
            contract_kind=ContractKind.TEMPORARY,
            end_reason__in=KNOWN_BEFOREHAND,
            last_day__range=year,
        )
        .exclude(Exists(same_contract))
        .annotate(
            renewed=_either(on, further),
            made_permanent=_either(*(each.filter(contract_kind=ContractKind.PERMANENT) for each in (on, further))),
        )
    )


def _either(*rows: QuerySet) -> ExpressionWrapper:
    """Return whether any of these has a row."""
    found = Q()
    for each in rows:
        found |= Q(Exists(each))
    return ExpressionWrapper(found, output_field=BooleanField())


def renewals(at: Moment, employer_id: int, unit: OrgUnit | None = None) -> Renewals:
    """Count them; one query."""
    found = ended_this_year(at, employer_id, unit).aggregate(
        ended=Count("pk"),
        went_on=Count("pk", filter=Q(renewed=True)),
        permanent=Count("pk", filter=Q(made_permanent=True)),
    )
    return Renewals(ended=found["ended"], renewed=found["went_on"], permanent=found["permanent"])


def _lines_until_the_end(at: Moment, employer_id: int, unit: OrgUnit | None) -> "QuerySet[CountLine]":
    """Return the lines at an employer (or unit) that hold on the last day of their period."""
    lines = CountLine.objects.filter(
        regime=at.regime, employer=employer_id, last_day__gte=F("period__last_day")
    ).order_by()
    return lines.filter(unit__above__ancestor=unit) if unit else lines
