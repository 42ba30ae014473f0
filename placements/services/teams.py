"""Teams whose work is bought, and who buys how many places. Written by administrators (and commands) only."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db.models import Q

from accounts import audit
from accounts.folding import fold, without_folded
from accounts.records import amend, store, take
from employers.models import Employer
from placements.counting import ledger
from placements.models import Placement, PlacementPeriod, Team, TeamPurchase
from placements.rules import day_faults, overlapping, stretch
from placements.services.rights import may_administer, require
from ui.dutch import stretch as stretch_in_words

if TYPE_CHECKING:
    from accounts.models import User


def add_team(*, code: str, name: str, employer: Employer, by: "User | None") -> Team:
    """Add a team; ``employer`` is the formal employer of its members."""
    require(may_administer(by))
    with ledger.change():
        team = Team(code=code.strip(), name=" ".join(name.split()), name_folded=fold(name), employer=employer)
        store(team)
        audit.record(action="team.toegevoegd", by=by, obj=team, employer_id=employer.pk, changes=_team_trail(team))
        return team


def change_team(
    *,
    team: Team,
    code: str,
    name: str,
    employer: Employer,
    by: "User | None",
    expected_revision: int | None = None,
) -> list[str]:
    """Correct a team; return the fields that changed. Another employer becomes the host of every member.

    The units of the former employer are then taken off the members' periods. Raises ``ValidationError`` for an
    employer that ends before the work of a member or a purchase of the team.
    """
    require(may_administer(by))
    with ledger.change() as touched:
        fresh = take(team, expected_revision=expected_revision)
        names = {"name": " ".join(name.split()), "name_folded": fold(name)}
        changed = without_folded(amend(fresh, code=code.strip(), **names, employer=employer))
        if "employer" in changed:
            _check_ends(fresh)
            members = Placement.objects.filter(team=fresh)
            PlacementPeriod.objects.filter(placement__in=members).exclude(unit__employer=employer).update(unit=None)
            members.update(host=employer)
            touched.teams([fresh.pk])
        if changed:
            trail = {key: value for key, value in _team_trail(fresh).items() if key in changed}
            audit.record(action="team.gewijzigd", by=by, obj=fresh, employer_id=employer.pk, changes=trail)
        return changed


def _check_ends(team: Team) -> None:
    last_day = team.employer.last_day
    if last_day is None:
        return
    later = Q(last_day__isnull=True) | Q(last_day__gt=last_day)
    if team.purchases.filter(later).exists() or PlacementPeriod.objects.filter(later, placement__team=team).exists():
        message = f"{team.employer} bestaat tot en met {last_day:%d-%m-%Y}; daarna loopt er nog werk of inkoop door."
        raise ValidationError({"employer": message})


def remove_team(*, team: Team, by: "User | None") -> None:
    """Remove a team that was recorded by mistake; refused while it has members."""
    require(may_administer(by))
    with ledger.change():
        fresh = take(team)
        if fresh.placements.exists():
            raise ValidationError("Dit team heeft leden en kan daarom niet worden verwijderd.")
        audit.record(action="team.verwijderd", by=by, obj=fresh, employer_id=fresh.employer_id)
        fresh.delete()


def add_purchase(
    *, team: Team, buyer: Employer, places: int, first_day: date, last_day: date | None, by: "User | None"
) -> TeamPurchase:
    """Record that an employer buys places of a team over a stretch of days; no last day = it runs on."""
    require(may_administer(by))
    with ledger.change() as touched:
        purchase = TeamPurchase(team=team, buyer=buyer, places=places, first_day=first_day, last_day=last_day)
        _store(purchase, touched, action="teaminkoop.toegevoegd", by=by)
        return purchase


def change_purchase(
    *,
    purchase: TeamPurchase,
    buyer: Employer,
    places: int,
    first_day: date,
    last_day: date | None,
    by: "User | None",
    expected_revision: int | None = None,
) -> None:
    """Correct a purchase. A real change of places is an end and a new purchase.

    Raises ``StaleRecordError``, and ``ValidationError`` when another purchase is in the way or this one is gone.
    """
    require(may_administer(by))
    with ledger.change() as touched:
        row = take(purchase, expected_revision=expected_revision)
        row.buyer, row.places, row.first_day, row.last_day = buyer, places, first_day, last_day
        _store(row, touched, action="teaminkoop.gewijzigd", by=by)


def remove_purchase(*, purchase: TeamPurchase, by: "User | None") -> None:
    """Remove a purchase that was recorded by mistake."""
    require(may_administer(by))
    with ledger.change() as touched:
        row = take(purchase)
        touched.teams([row.team_id])
        trail = _purchase_trail(row)
        audit.record(action="teaminkoop.verwijderd", by=by, obj=row.team, employer_id=row.buyer_id, changes=trail)
        row.delete()


def _store(purchase: TeamPurchase, touched: ledger.Touched, *, action: str, by: "User | None") -> None:
    """Check and store a purchase; raises ``ValidationError`` that names the one in the way."""
    if faults := day_faults(purchase.first_day, purchase.last_day):
        raise ValidationError(faults)
    if purchase.places < 1:
        raise ValidationError({"places": "Het aantal plaatsen is 1 of meer."})
    same = TeamPurchase.objects.filter(team=purchase.team, buyer=purchase.buyer).exclude(pk=purchase.pk)
    rows = {row.pk: row for row in same}
    days = [(key, stretch(row.first_day, row.last_day)) for key, row in rows.items()]
    blocking = overlapping(stretch(purchase.first_day, purchase.last_day), days)
    if blocking is not None:
        row = rows[blocking]
        when = stretch_in_words(row.first_day, row.last_day)
        raise ValidationError({"first_day": f"{row.buyer} koopt dit team al in {when}. Beëindig die inkoop eerst."})
    if not purchase._state.adding:
        purchase.revision += 1
    purchase.save()
    touched.teams([purchase.team_id])
    trail = _purchase_trail(purchase)
    audit.record(action=action, by=by, obj=purchase.team, employer_id=purchase.buyer_id, changes=trail)


def _team_trail(team: Team) -> dict[str, Any]:
    return {"code": team.code, "name": team.name, "employer": team.employer.code}


def _purchase_trail(purchase: TeamPurchase) -> dict[str, Any]:
    return {
        "buyer": purchase.buyer.code,
        "places": purchase.places,
        "first_day": purchase.first_day.isoformat(),
        "last_day": purchase.last_day.isoformat() if purchase.last_day else None,
    }
