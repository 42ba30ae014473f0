"""The sheets of this room as an export writes them; reading them back gives the same records and the same counts."""

from collections.abc import Iterator

from django.db.models import Q

from accounts.ordering import by_code
from employers.models import Employer
from files.sheets import Table
from placements.importers.placements import SCHEMA as PLACEMENTS
from placements.importers.teams import PURCHASES, TEAMS
from placements.importers.trials import SCHEMA as TRIALS
from placements.models import PlacementPeriod, Team, TeamPurchase, Trial


def teams_table() -> Table:
    """Return the sheet ``teams``."""
    rows = Team.objects.order_by(*by_code("code")).values_list("code", "name", "employer__code")
    return Table(TEAMS.name, TEAMS.header, rows.iterator())


def purchases_table() -> Table:
    """Return the sheet ``teaminkoop``."""
    rows = TeamPurchase.objects.order_by(*by_code("team__code", "buyer__code"), "first_day")
    fields = ("team__code", "buyer__code", "places", "first_day", "last_day")
    return Table(PURCHASES.name, PURCHASES.header, rows.values_list(*fields).iterator())


def placements_table(owner: Employer | None = None) -> Table:
    """Return the sheet ``plaatsingen`` of one owner, or (None) of all: a row per period."""
    return Table(PLACEMENTS.name, PLACEMENTS.header, _placement_rows(owner))


def trials_table(owner: Employer | None = None) -> Table:
    """Return the sheet ``proefplaatsingen`` of one owner, or (None) of all."""
    rows = (
        Trial.objects.filter(_owned_by(owner))
        .order_by(*by_code("owner__code", "code"))
        .values_list("code", "candidate__code", "host__code", "kind", "first_day", "last_day", "outcome", "owner__code")
    )
    return Table(TRIALS.name, TRIALS.header, rows.iterator())


def _placement_rows(owner: Employer | None) -> Iterator[tuple[object, ...]]:
    periods = PlacementPeriod.objects.filter(_owned_by(owner, "placement__")).order_by(
        *by_code("placement__owner__code", "placement__code"), "first_day"
    )
    for code, candidate, host, unit, named, partner, *rest in periods.values_list(
        "placement__code",
        "placement__candidate__code",
        "placement__host__code",
        "unit__code",
        "placement__employer_of_record__code",
        "placement__partner__name",
        "placement__route",
        "placement__team__code",
        "job_title",
        "contract_kind",
        "hours",
        "first_day",
        "last_day",
        "end_reason",
        "placement__continues__code",
        "placement__owner__code",
    ).iterator():
        formal = partner if named is None or named == host else named
        yield (code, candidate, host, unit, formal, *rest)


def _owned_by(owner: Employer | None, prefix: str = "") -> Q:
    return Q() if owner is None else Q(**{f"{prefix}owner": owner})
