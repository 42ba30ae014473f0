"""The periods of a placement: what changes over time, and how it ends."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from django.core.exceptions import ValidationError

from accounts import audit
from accounts.records import amend, still_there, take
from employers.models import OrgUnit
from employers.words import word_of
from placements.counting import ledger
from placements.counting.calendar import ONE_DAY, Stretch
from placements.models import Placement, PlacementPeriod
from placements.rules import closing, ending, overlapping, shared_days, stretch
from placements.services.rights import may_write_contract, may_write_unit, require
from placements.services.terms import Terms, terms_of
from ui.dutch import day_long
from ui.dutch import stretch as stretch_in_words

if TYPE_CHECKING:
    from accounts.models import User


class AddedPeriod(NamedTuple):
    """The period that was added, and the running one that now ends the day before it (None when nothing ran)."""

    period: PlacementPeriod
    closed: PlacementPeriod | None


def add_period(
    *, placement: Placement, terms: Terms, by: "User | None", expected_revision: int | None = None
) -> AddedPeriod:
    """Record a change of hours, unit or contract from a day on.

    The period that runs then ends the day before, without a reason: the placement goes on. Raises
    ``ValidationError`` when another period is in the way (:func:`placements.rules.closing`), or the placement that
    continues this one or is continued by it.
    """
    require(may_write_contract(by, placement))
    with ledger.change() as touched:
        fresh = take(placement, expected_revision=expected_revision)
        terms.check(host=fresh.host, record=fresh.employer_of_record)
        rows = _by_key(fresh)
        verdict = closing(terms.days, _days(rows.values()))
        if verdict.blocks is not None:
            raise ValidationError({"first_day": _in_the_way(fresh, rows[verdict.blocks], terms)})
        closed = rows.get(verdict.closes)
        cut = {closed.pk: stretch(closed.first_day, terms.first_day - ONE_DAY)} if closed else {}
        _check_chain(fresh, [*(dict(_days(rows.values())) | cut).values(), terms.days])
        terms = keep_unit(terms, current=closed.unit if closed else None, placement=fresh, by=by)
        if closed is not None:
            amend(closed, last_day=terms.first_day - ONE_DAY, end_reason="")
        period = PlacementPeriod(placement=fresh, **terms.values())
        period.full_clean()
        period.save()
        _finish(fresh, touched, action="periode.toegevoegd", by=by, changes=_trail(period))
        return AddedPeriod(period, closed)


def correct_period(
    *, period: PlacementPeriod, terms: Terms, by: "User | None", expected_revision: int | None = None
) -> list[str]:
    """Correct a period that was recorded wrongly; return the names of the fields that changed.

    Raises ``ValidationError`` for days of another period, or of the placement that continues this one or is continued
    by it.
    """
    require(may_write_contract(by, period.placement))
    with ledger.change() as touched:
        placement = take(period.placement, expected_revision=expected_revision)
        rows = _by_key(placement)
        row = still_there(rows.pop(period.pk, None))
        terms.check(host=placement.host, record=placement.employer_of_record)
        blocking = overlapping(terms.days, _days(rows.values()))
        if blocking is not None:
            raise ValidationError({"first_day": _overlap_text(rows[blocking])})
        _check_chain(placement, [terms.days, *(days for _, days in _days(rows.values()))])
        changed = amend(row, **keep_unit(terms, current=row.unit, placement=placement, by=by).values())
        if changed:
            trail = {name: value for name, value in _trail(row).items() if name in changed}
            _finish(placement, touched, action="periode.gecorrigeerd", by=by, changes=trail)
        return changed


def assign_unit(
    *, period: PlacementPeriod, unit: OrgUnit | None, by: "User | None", expected_revision: int | None = None
) -> None:
    """Say in which unit of the host the work of a period is; the host's to write, whoever holds the contract."""
    require(may_write_unit(by, period.placement))
    with ledger.change() as touched:
        placement = take(period.placement, expected_revision=expected_revision)
        if unit is not None and unit.employer_id != placement.host_id:
            raise ValidationError({"unit": f"Kies een afdeling van {placement.host}."})
        row = still_there(placement.periods.filter(pk=period.pk).first())
        if amend(row, unit=unit):
            changes = {"unit": unit.code if unit else None}
            _finish(placement, touched, action="periode.afdeling", by=by, changes=changes)


def end_placement(
    *,
    placement: Placement,
    last_day: date,
    reason: str,
    by: "User | None",
    remove_planned: bool = False,
    expected_revision: int | None = None,
) -> PlacementPeriod:
    """End a placement on its last day, with the reason.

    Raises ``ValidationError`` when no period runs on that day, and for planned later periods unless
    ``remove_planned``.
    """
    require(may_write_contract(by, placement))
    with ledger.change() as touched:
        fresh = take(placement, expected_revision=expected_revision)
        period = end_running(fresh, last_day, reason=reason, remove_planned=remove_planned)
        if period is None:
            raise ValidationError({"last_day": _nothing_runs(fresh, last_day)})
        _finish(
            fresh,
            touched,
            action="plaatsing.beëindigd",
            by=by,
            changes={"last_day": last_day.isoformat(), "end_reason": None},
        )
        return period


def end_running(placement: Placement, last_day: date, *, reason: str, remove_planned: bool) -> PlacementPeriod | None:
    """End the period that runs on ``last_day`` and return it, or None when none does. Inside the caller's change."""
    if not reason:
        raise ValidationError({"reason": "Kies een reden."})
    rows = _by_key(placement)
    verdict = ending(last_day, _days(rows.values()))
    if verdict.planned and not remove_planned:
        first = min((rows[key] for key in verdict.planned), key=lambda row: row.first_day)
        raise ValidationError(
            {
                "last_day": f"Er staat nog een periode gepland {stretch_in_words(first.first_day, first.last_day)}. "
                "Kies een latere dag, of verwijder wat gepland staat."
            },
            code="planned",
        )
    period = rows.get(verdict.period)
    if period is None and len(verdict.planned) == len(rows):
        raise ValidationError({"last_day": _nothing_runs(placement, last_day)})
    for key in verdict.planned:
        rows[key].delete()
    if period is not None:
        amend(period, last_day=last_day, end_reason=reason)
    return period


def reopen_placement(
    *,
    placement: Placement,
    by: "User | None",
    last_day: date | None = None,
    expected_revision: int | None = None,
) -> PlacementPeriod:
    """Undo the end of a placement: its last period runs on, or until the end of the contract (``last_day``)."""
    require(may_write_contract(by, placement))
    with ledger.change() as touched:
        fresh = take(placement, expected_revision=expected_revision)
        successor = fresh.continued_by.first()
        if successor is not None:
            raise ValidationError(f"{successor.code} is het vervolg hierop. Verwijder eerst dat vervolg.")
        period = fresh.periods.order_by("first_day").last()
        if period is None or period.last_day is None:
            raise ValidationError("Er is geen einde vastgelegd.")
        if last_day is not None and last_day < period.first_day:
            raise ValidationError({"last_day": f"Ligt vóór de eerste dag ({period.first_day:%d-%m-%Y})."})
        amend(period, last_day=last_day, end_reason="")
        terms_of(period).check(host=fresh.host, record=fresh.employer_of_record)
        changes = {"last_day": last_day.isoformat() if last_day else None}
        _finish(fresh, touched, action="plaatsing.heropend", by=by, changes=changes)
        return period


def remove_period(*, period: PlacementPeriod, by: "User | None", expected_revision: int | None = None) -> None:
    """Remove a period that was recorded by mistake; the only one of a placement stays."""
    require(may_write_contract(by, period.placement))
    with ledger.change() as touched:
        placement = take(period.placement, expected_revision=expected_revision)
        row = still_there(placement.periods.filter(pk=period.pk).first())
        if placement.periods.count() < 2:
            raise ValidationError("Dit is de enige periode. Klopt er niets van, verwijder dan het geheel.")
        _finish(placement, touched, action="periode.verwijderd", by=by, changes=_trail(row))
        row.delete()


def keep_unit(terms: Terms, *, current: OrgUnit | None, placement: Placement, by: "User | None") -> Terms:
    """Return the terms with the unit as it stands, unless ``by`` may write it: that is the host's."""
    return terms if may_write_unit(by, placement) else replace(terms, unit=current)


# --- parts --------------------------------------------------------------------------------------------


def _by_key(placement: Placement) -> dict[Any, PlacementPeriod]:
    return {row.pk: row for row in placement.periods.select_related("unit").order_by("first_day")}


def _days(rows: "Sequence[PlacementPeriod] | Any") -> list[tuple[Any, Stretch]]:
    return [(row.pk, stretch(row.first_day, row.last_day)) for row in rows]


def _overlap_text(row: PlacementPeriod) -> str:
    return (
        f"Er staat al een periode {stretch_in_words(row.first_day, row.last_day)}. "
        "Kies dagen die er niet in vallen, of pas die periode eerst aan."
    )


def _check_chain(placement: Placement, days: Sequence[Stretch]) -> None:
    """Raise ``ValidationError`` when the placement would come to share (more) days with its neighbours in the chain.

    What runs at two places at once counts twice. Days that are shared already may stay, so that they can be mended.
    """
    now = [stretch for _, stretch in _days(placement.periods.all())]
    for after in placement.continued_by.all():
        others = [stretch for _, stretch in _days(after.periods.all())]
        if shared_days(days, others) > shared_days(now, others):
            start = day_long(min(other.first for other in others))
            text = f"{after.code} is het vervolg hierop, vanaf {start}. Kies een laatste dag daarvóór."
            raise ValidationError({"last_day": text}, code="continued")
    before = placement.continues
    if before is not None:
        others = [stretch for _, stretch in _days(before.periods.all())]
        if shared_days(days, others) > shared_days(now, others):
            text = f"Dit is het vervolg op {before.code}, en dat loopt dan nog. Kies een latere eerste dag."
            raise ValidationError({"first_day": text}, code="continues")


def _in_the_way(placement: Placement, row: PlacementPeriod, terms: Terms) -> str:
    """Say which period stands in the way of new terms, and how to go on."""
    if row.first_day == terms.first_day:
        return f"Er is al een periode vanaf {day_long(row.first_day)}. Corrigeer die periode."
    if row.first_day < terms.first_day:
        return (
            f"De lopende periode duurt {stretch_in_words(row.first_day, row.last_day)}, langer dan de nieuwe. "
            "Geef de nieuwe periode minstens dezelfde einddatum, of corrigeer eerst de lopende."
        )
    if not placement.periods.filter(first_day__lt=row.first_day).exists():
        begun = f"{word_of(placement.host).the.capitalize()} begint op {day_long(row.first_day)}."
        return f"{begun} Kies een latere dag, of corrigeer de periode."
    return _overlap_text(row)


def _nothing_runs(placement: Placement, last_day: date) -> str:
    text = f"Op {day_long(last_day)} loopt er geen periode."
    earlier = placement.periods.filter(first_day__lte=last_day).order_by("first_day").last()
    if earlier is not None:
        return f"{text} De laatste periode ervoor eindigde op {day_long(earlier.last_day)}."
    return f"{text} Het werk is dan nog niet begonnen."


def _trail(period: PlacementPeriod) -> dict[str, Any]:
    """Return a period for the audit trail; why someone left is personal, so without its value."""
    return {
        "first_day": period.first_day.isoformat(),
        "last_day": period.last_day.isoformat() if period.last_day else None,
        "hours": str(period.hours),
        "contract_kind": period.contract_kind,
        "job_title": period.job_title,
        "unit": period.unit.code if period.unit else None,
        "end_reason": None,
    }


def _finish(
    placement: Placement, touched: ledger.Touched, *, action: str, by: "User | None", changes: dict[str, Any]
) -> None:
    """Raise the placement's revision, have it counted again and write the trail."""
    placement.revision += 1
    placement.save()
    touched.placements([placement.pk])
    audit.record(action=action, by=by, obj=placement, employer_id=placement.host_id, changes=changes)
