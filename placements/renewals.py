"""What became of temporary contracts whose end was known beforehand.

Such a contract was renewed when a period follows without a gap in the same chain: of the same placement, or of one that
continues it. A change of hours or an internal move within a temporary contract is neither. Whether the placement counts
makes no difference.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, DateField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet
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
    following = PlacementPeriod.objects.annotate(unit_key=Coalesce("unit_id", 0)).filter(
        Q(placement=OuterRef("placement")) | Q(placement__continues=OuterRef("placement")), first_day=tomorrow
    )
    same_contract = following.filter(placement=OuterRef("placement"), contract_kind=ContractKind.TEMPORARY).exclude(
        hours=OuterRef("hours"), unit_key=OuterRef("unit_key")
    )
    return (
        PlacementPeriod.objects.annotate(unit_key=Coalesce("unit_id", 0))
        .filter(
            Exists(_line_on_last_day(at, employer_id, unit)),
            contract_kind=ContractKind.TEMPORARY,
            end_reason__in=KNOWN_BEFOREHAND,
            last_day__range=(date(at.day.year, 1, 1), at.day),
        )
        .exclude(Exists(same_contract))
        .annotate(
            renewed=Exists(following),
            made_permanent=Exists(following.filter(contract_kind=ContractKind.PERMANENT)),
        )
    )


def renewals(at: Moment, employer_id: int, unit: OrgUnit | None = None) -> Renewals:
    """Count them; one query."""
    found = ended_this_year(at, employer_id, unit).aggregate(
        ended=Count("pk"),
        went_on=Count("pk", filter=Q(renewed=True)),
        permanent=Count("pk", filter=Q(made_permanent=True)),
    )
    return Renewals(ended=found["ended"], renewed=found["went_on"], permanent=found["permanent"])


def _line_on_last_day(at: Moment, employer_id: int, unit: OrgUnit | None) -> "QuerySet[CountLine]":
    lines = CountLine.objects.filter(
        period=OuterRef("pk"), regime=at.regime, employer=employer_id, last_day__gte=OuterRef("last_day")
    ).order_by()
    return lines.filter(unit__above__ancestor=unit) if unit else lines
