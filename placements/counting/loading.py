"""From rows in the database to the facts the pure core counts with, in bulk."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet

from accounts.records import FOREVER
from candidates.models import RegisterPeriod
from employers.models import EmployerFact
from placements.counting.facts import (
    PeriodFact,
    PlacementFacts,
    Purchase,
    RegimeVersion,
    ReturnKindFact,
    Route,
    Stretch,
)
from placements.counting.shares import purchased_stretches
from placements.models import Placement, PlacementPeriod, TeamPurchase
from placements.models import RegimeVersion as RegimeVersionRow


@dataclass(slots=True)
class Context:
    """Everything lines depend on beside the placement and the person: few rows, loaded once."""

    return_kinds: dict[int, list[ReturnKindFact]]
    purchased: dict[int, list[Stretch]]
    versions: dict[int, list[RegimeVersion]]


@dataclass(slots=True)
class Countable:
    """One placement with the person whose registration decides."""

    placement_id: int
    person_id: int
    facts: PlacementFacts
    registrations: Sequence[Stretch] = field(default_factory=tuple)


def load_context() -> Context:
    """Load return periods, team purchases and the regimes' versions in force (three queries)."""
    return Context(return_kinds=_return_kinds(), purchased=purchased_stretches(load_purchases()), versions=_versions())


def load_purchases() -> list[Purchase]:
    """Return all purchases of all teams."""
    rows = TeamPurchase.objects.order_by("team_id", "first_day", "pk")
    return [
        Purchase(team, buyer, first, last or FOREVER, places)
        for team, buyer, first, last, places in rows.values_list(
            "team_id", "buyer_id", "first_day", "last_day", "places"
        )
    ]


def load_countables(placements: "QuerySet[Placement]", *, size: int = 4000) -> Iterator[list[Countable]]:
    """Yield the placements as facts, ``size`` at a time in order of their key; three queries a time."""
    last_pk = 0
    while True:
        rows = list(
            placements.filter(pk__gt=last_pk)
            .order_by("pk")
            .values_list(
                "pk",
                "route",
                "host_id",
                "employer_of_record_id",
                "partner_id",
                "team_id",
                "team__employer_id",
                "candidate__person_id",
            )[:size]
        )
        if not rows:
            return
        last_pk = rows[-1][0]
        yield _countables(rows)


def record_of(
    *, route: str, host: int, named: int | None, partner: int | None, team_employer: int | None
) -> int | None:
    """Return the employer of record: the team's, the one named, the host; None for an outside partner."""
    if route == Route.TEAMINKOOP:
        return team_employer
    return named or (None if partner else host)


def _countables(rows: list[tuple]) -> list[Countable]:
    periods = _periods([row[0] for row in rows])
    registrations = _registrations(sorted({row[7] for row in rows}))
    return [
        Countable(
            placement_id=pk,
            person_id=person,
            facts=PlacementFacts(
                route=route,
                host=host,
                record=record_of(route=route, host=host, named=named, partner=partner, team_employer=team_employer),
                periods=tuple(periods[pk]),
                team=team,
            ),
            registrations=registrations[person],
        )
        for pk, route, host, named, partner, team, team_employer, person in rows
    ]


def _periods(placement_ids: list[int]) -> dict[int, list[PeriodFact]]:
    found: dict[int, list[PeriodFact]] = defaultdict(list)
    rows = PlacementPeriod.objects.filter(placement_id__in=placement_ids).order_by("placement_id", "first_day")
    for pk, placement, first, last, hours, unit in rows.values_list(
        "pk", "placement_id", "first_day", "last_day", "hours", "unit_id"
    ):
        found[placement].append(PeriodFact(pk, first, last or FOREVER, int(hours * 100), unit))
    return found


def _registrations(person_ids: list[int]) -> dict[int, list[Stretch]]:
    found: dict[int, list[Stretch]] = defaultdict(list)
    rows = RegisterPeriod.objects.filter(candidate__person_id__in=person_ids).order_by("first_day", "pk")
    for person, first, last in rows.values_list("candidate__person_id", "first_day", "last_day"):
        found[person].append(Stretch(first, last or FOREVER))
    return found


def _return_kinds() -> dict[int, list[ReturnKindFact]]:
    found: dict[int, list[ReturnKindFact]] = defaultdict(list)
    rows = EmployerFact.objects.order_by("employer_id", "first_day")
    for employer, first, last, kind in rows.values_list("employer_id", "first_day", "last_day", "return_period"):
        found[employer].append(ReturnKindFact(first, last, kind))
    return dict(found)


def _versions() -> dict[int, list[RegimeVersion]]:
    found: dict[int, list[RegimeVersion]] = defaultdict(list)
    for row in RegimeVersionRow.objects.filter(pending=False).order_by("regime_id", "first_day"):
        found[row.regime_id].append(
            RegimeVersion(row.first_day, row.last_day, row.procurement_counts, row.registration_test, row.hours_per_job)
        )
    return dict(found)
