"""Placing someone, correcting a placement as a whole, continuing it elsewhere and removing it.

Candidate, host, employer of record, route, team and owner belong to the placement: changing one is a correction of
all its periods. A real change (another host, an own contract after a secondment) is a new placement that continues
this one: :func:`continue_elsewhere`.
"""

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from accounts import audit
from accounts.records import amend, delete_unless_used, store, take
from accounts.scope import scope_of
from candidates.models import Access, Candidate
from candidates.services.access import let_see
from employers.models import Employer
from placements.counting import ledger
from placements.counting.calendar import ONE_DAY
from placements.models import Placement, PlacementPeriod
from placements.rules import PLACEMENT_PREFIX, makes_circle
from placements.services.candidates import own_record
from placements.services.codes import free_code
from placements.services.periods import end_running, keep_unit
from placements.services.rights import may_write_contract, require
from placements.services.terms import Arrangement, Terms

if TYPE_CHECKING:
    from accounts.models import AuditEvent, User


def place(
    *,
    arrangement: Arrangement,
    terms: Terms,
    on: date,
    by: "User | None",
    code: str = "",
    uuid: UUID | None = None,
) -> Placement:
    """Record a placement (as ``uuid``) with its first period and let host and employer of record see the candidate.

    It belongs to the owner of the candidate. A coordinator who places another owner's candidate gets a record of
    that person of her own employer first. She records placements whose employer of record is her own employer, or
    an outside partner while her own employer hosts.
    """
    with ledger.change() as touched:
        arrangement = _with_own_candidate(arrangement, on=on, by=by)
        placement = _add(arrangement, terms, on=on, by=by, code=code, uuid=uuid)
        touched.placements([placement.pk])
        _record("plaatsing.toegevoegd", placement, by, _trail(placement) | _period_trail(terms))
        return placement


def change_placement(
    *,
    placement: Placement,
    arrangement: Arrangement,
    on: date,
    by: "User | None",
    code: str | None = None,
    expected_revision: int | None = None,
) -> list[str]:
    """Correct what belongs to the placement as a whole, for all its periods; return the fields that changed.

    Units of a former host are taken off the periods.
    """
    require(may_write_contract(by, placement))
    with ledger.change() as touched:
        fresh = take(placement, expected_revision=expected_revision)
        new = free_code(Placement, owner_id=fresh.owner_id, prefix=PLACEMENT_PREFIX, wanted=code, current=fresh)
        _check(arrangement, owner_id=fresh.owner_id, mine=fresh)
        _check_hosts(fresh, arrangement)
        changed = amend(fresh, code=new, **arrangement.values())
        require(may_write_contract(by, fresh))
        if not changed:
            return []
        if "host" in changed:
            fresh.periods.exclude(unit__employer=fresh.host).update(unit=None)
        _let_see(fresh, on=on)
        touched.placements([fresh.pk])
        trail = {name: value for name, value in _trail(fresh).items() if name in changed}
        _record("plaatsing.gecorrigeerd", fresh, by, trail)
        return changed


def remove_placement(*, placement: Placement, by: "User | None", expected_revision: int | None = None) -> None:
    """Remove a placement that was recorded by mistake, with all its periods. One that ended is ended, not removed."""
    require(may_write_contract(by, placement))
    with ledger.change():
        fresh = take(placement, expected_revision=expected_revision)
        _record("plaatsing.verwijderd", fresh, by, {"code": fresh.code})
        delete_unless_used(fresh)


def continue_elsewhere(
    *,
    placement: Placement,
    arrangement: Arrangement,
    terms: Terms,
    reason: str,
    on: date,
    by: "User | None",
    code: str = "",
    uuid: UUID | None = None,
    remove_planned: bool = False,
    expected_revision: int | None = None,
) -> Placement:
    """End a placement the day before the new terms start and record the placement that continues it.

    A placement that has ended by then keeps its end. Raises ``ValidationError`` for planned later periods, unless
    ``remove_planned``, and when another placement continues this one already.
    """
    require(may_write_contract(by, placement))
    with ledger.change() as touched:
        fresh = take(placement, expected_revision=expected_revision)
        _end_before(terms.first_day, fresh, reason=reason, remove_planned=remove_planned)
        fresh.revision += 1
        fresh.save()
        values = arrangement.values() | {"continues": fresh}
        successor = _add(Arrangement(**values), terms, on=on, by=by, code=code, uuid=uuid)
        touched.placements([fresh.pk, successor.pk])
        event = _record("plaatsing.vervolgd", successor, by, _trail(successor) | _period_trail(terms))
        audit.add_details(event, [(fresh._meta.label_lower, audit.object_id(fresh), "last_day,end_reason")])
        return successor


# --- checks -----------------------------------------------------------------------------------------


def _add(
    arrangement: Arrangement, terms: Terms, *, on: date, by: "User | None", code: str, uuid: UUID | None
) -> Placement:
    placement = Placement(uuid=uuid or uuid4(), owner=arrangement.candidate.owner, **arrangement.values())
    require(may_write_contract(by, placement))
    placement.code = free_code(Placement, owner_id=placement.owner_id, prefix=PLACEMENT_PREFIX, wanted=code)
    _check(arrangement, owner_id=placement.owner_id, mine=None)
    terms.check(host=arrangement.host, record=arrangement.employer_of_record)
    terms = keep_unit(terms, current=None, placement=placement, by=by)
    store(placement)
    period = PlacementPeriod(placement=placement, **terms.values())
    period.full_clean()
    period.save()
    _let_see(placement, on=on)
    return placement


def _end_before(first_day: date, placement: Placement, *, reason: str, remove_planned: bool) -> None:
    """End the placement the day before its continuation starts; what is wrong is said of that first day."""
    try:
        end_running(placement, first_day - ONE_DAY, reason=reason, remove_planned=remove_planned)
    except ValidationError as error:
        faults = {"first_day" if name == "last_day" else name: what for name, what in error.error_dict.items()}
        raise ValidationError(faults) from error


def _with_own_candidate(arrangement: Arrangement, *, on: date, by: "User | None") -> Arrangement:
    """Replace another employer's candidate by the coordinator's own record of the same person."""
    if by is None:
        return arrangement
    scope = scope_of(by)
    theirs = arrangement.candidate.owner_id not in (None, scope.employer_id)
    if not scope.is_coordinator or not theirs:
        return arrangement
    require(Candidate.objects.visible_to(by, on).filter(pk=arrangement.candidate.pk).exists())
    mine = own_record(candidate=arrangement.candidate, owner=Employer.objects.get(pk=scope.employer_id), on=on)  # type: ignore[misc]
    return Arrangement(**(arrangement.values() | {"candidate": mine}))


def _check(arrangement: Arrangement, *, owner_id: int | None, mine: Placement | None) -> None:
    arrangement.check()
    if arrangement.candidate.owner_id != owner_id:
        raise ValidationError({"candidate": "Kies een kandidaat van dezelfde eigenaar."})
    before = arrangement.continues
    if before is None:
        return
    related = before.owner_id == owner_id and before.candidate.person_id == arrangement.candidate.person_id
    if not related and not _stands(before, arrangement, mine=mine):
        raise ValidationError({"continues": "Kies iets eerders van dezelfde kandidaat."})
    other = before.continued_by.exclude(pk=mine.pk if mine else None).first()  # type: ignore[misc]
    if other is not None and not _stands(before, arrangement, mine=mine):
        raise ValidationError({"continues": f"{before.code} wordt al vervolgd door {other.code}."})
    if mine is not None and makes_circle(before.pk, _chain(arrangement), mine=mine.pk):
        raise ValidationError({"continues": "Dat komt zelf na dit werk: zo ontstaat een kring."})


def _stands(before: Placement, arrangement: Arrangement, *, mine: Placement | None) -> bool:
    """Tell whether a correction leaves the link as it is. A hand-over may have given the two different owners."""
    return (
        mine is not None
        and mine.continues_id == before.pk
        and mine.candidate.person_id == arrangement.candidate.person_id
    )


def _chain(arrangement: Arrangement) -> dict[int, int | None]:
    """Return placement → the one it continues, for all placements of the person."""
    rows = Placement.objects.filter(candidate__person_id=arrangement.candidate.person_id)
    return dict(rows.values_list("pk", "continues_id"))


def _check_hosts(placement: Placement, arrangement: Arrangement) -> None:
    """Raise ``ValidationError`` when a period lasts beyond the last day of the (new) host or employer of record."""
    for name in ("host", "employer_of_record"):
        employer = getattr(arrangement, name)
        if employer is None or employer.last_day is None:
            continue
        if placement.periods.filter(Q(last_day__isnull=True) | Q(last_day__gt=employer.last_day)).exists():
            raise ValidationError({name: f"{employer} bestaat tot en met {employer.last_day:%d-%m-%Y}."})


def _let_see(placement: Placement, *, on: date) -> None:
    seers = {employer.pk: employer for employer in (placement.host, placement.employer_of_record) if employer}
    for employer in seers.values():
        let_see(candidate=placement.candidate, employer=employer, because=Access.Because.PLACED, on=on)


# --- the trail ----------------------------------------------------------------------------------------

_FIELDS = ("code", "candidate", "host", "route", "employer_of_record", "partner", "team", "continues")


def _trail(placement: Placement) -> dict[str, Any]:
    return {name: _shown(getattr(placement, name)) for name in _FIELDS}


def _period_trail(terms: Terms) -> dict[str, Any]:
    return {name: _shown(value) for name, value in terms.values().items() if name != "end_reason"}


def _shown(value: object) -> str | None:
    """Return a value for the trail: a person by id, other records by code or name, days in ISO form."""
    if value is None or value == "":
        return None
    if isinstance(value, Candidate):
        return str(value.uuid)
    if isinstance(value, models.Model):
        return str(getattr(value, "code", value))
    return str(value)


def _record(action: str, placement: Placement, by: "User | None", changes: dict[str, Any]) -> "AuditEvent":
    return audit.record(action=action, by=by, obj=placement, employer_id=placement.host_id, changes=changes)
