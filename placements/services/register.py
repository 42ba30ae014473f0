"""Register periods of candidates: the stretches of days in the doelgroepregister (Wfsv art. 38b and 38d)."""

from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError

from accounts import audit
from accounts.records import still_there, take
from candidates.models import Candidate, RegisterPeriod
from placements.counting import ledger
from placements.rules import day_faults, overlapping, stretch
from placements.services.rights import may_write_candidate, require
from ui.dutch import stretch as stretch_in_words

if TYPE_CHECKING:
    from accounts.models import User

#: What the audit trail says: when someone was registered is personal, so names without values.
_FIELDS = {"first_day": None, "last_day": None}


def add_register_period(
    *, candidate: Candidate, first_day: date, last_day: date | None, by: "User | None"
) -> RegisterPeriod:
    """Record a stretch of days in the register; no last day = it runs on."""
    require(may_write_candidate(by, candidate))
    with ledger.change() as touched:
        period = RegisterPeriod(candidate=candidate, first_day=first_day, last_day=last_day)
        _store(period, touched, action="registerperiode.toegevoegd", by=by)
        return period


def change_register_period(
    *,
    period: RegisterPeriod,
    first_day: date,
    last_day: date | None,
    by: "User | None",
    expected_revision: int | None = None,
) -> None:
    """Correct the days of a register period; ``expected_revision`` is that of the candidate's file."""
    require(may_write_candidate(by, period.candidate))
    with ledger.change() as touched:
        period = _again(period)
        period.first_day, period.last_day = first_day, last_day
        _store(period, touched, action="registerperiode.gewijzigd", by=by, expected_revision=expected_revision)


def end_register_period(
    *, period: RegisterPeriod, last_day: date, by: "User | None", expected_revision: int | None = None
) -> None:
    """Record that registration ends; ``last_day`` is the last day in the register."""
    days = {"first_day": period.first_day, "last_day": last_day}
    change_register_period(period=period, by=by, expected_revision=expected_revision, **days)


def remove_register_period(*, period: RegisterPeriod, by: "User | None", expected_revision: int | None = None) -> None:
    """Remove a register period that was recorded by mistake."""
    require(may_write_candidate(by, period.candidate))
    with ledger.change() as touched:
        row = _again(period)
        candidate = _raised(row.candidate, expected_revision)
        touched.persons([candidate.person_id])
        audit.record(
            action="registerperiode.verwijderd",
            by=by,
            obj=candidate,
            employer_id=candidate.owner_id,
            changes=_FIELDS,
        )
        row.delete()


def _store(
    period: RegisterPeriod,
    touched: ledger.Touched,
    *,
    action: str,
    by: "User | None",
    expected_revision: int | None = None,
) -> None:
    """Check and store the period; raises ``ValidationError`` that names the period in the way."""
    if faults := day_faults(period.first_day, period.last_day):
        raise ValidationError(faults)
    candidate = _raised(period.candidate, expected_revision)
    others = {row.pk: row for row in RegisterPeriod.objects.filter(candidate=candidate).exclude(pk=period.pk)}
    days = [(key, stretch(row.first_day, row.last_day)) for key, row in others.items()]
    blocking = overlapping(stretch(period.first_day, period.last_day), days)
    if blocking is not None:
        row = others[blocking]
        raise ValidationError(
            {
                "first_day": "Er staat al een registerperiode "
                f"{stretch_in_words(row.first_day, row.last_day)}. Pas die aan, of kies dagen die er niet in vallen."
            }
        )
    period.save()
    touched.persons([candidate.person_id])
    audit.record(action=action, by=by, obj=candidate, employer_id=candidate.owner_id, changes=_FIELDS)


def _again(period: RegisterPeriod) -> RegisterPeriod:
    return still_there(RegisterPeriod.objects.select_related("candidate").filter(pk=period.pk).first())


def _raised(candidate: Candidate, expected_revision: int | None) -> Candidate:
    """Return the candidate, locked, with its revision raised: register periods are part of its file."""
    fresh = take(candidate, expected_revision=expected_revision)
    fresh.revision += 1
    fresh.save()
    return fresh
