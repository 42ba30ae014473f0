"""Trial placements and internships. No wage is paid, so they never count and the ledger is left alone."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.records import amend, delete_unless_used, store, take
from accounts.scope import scope_of
from candidates.models import Access, Candidate
from candidates.services.access import let_see
from employers.models import Employer
from placements.counting import ledger
from placements.models import Trial, TrialKind, TrialOutcome
from placements.rules import TRIAL_PREFIX, day_faults, overlapping, stretch
from placements.services.candidates import own_record
from placements.services.codes import free_code
from placements.services.rights import may_add_for, may_write_trial, require
from ui.dutch import stretch as stretch_in_words

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialData:
    """What is recorded about a trial; both days belong to it."""

    candidate: Candidate
    host: Employer
    first_day: date
    last_day: date
    kind: str = TrialKind.TRIAL
    outcome: str = ""

    def values(self) -> dict[str, Any]:
        return {
            "candidate": self.candidate,
            "host": self.host,
            "kind": self.kind,
            "first_day": self.first_day,
            "last_day": self.last_day,
            "outcome": self.outcome,
        }


def add_trial(*, data: TrialData, on: date, by: "User | None", code: str = "", uuid: UUID | None = None) -> Trial:
    """Record a trial or internship (as ``uuid``) and let its host see the candidate, whose owner it belongs to."""
    require(may_add_for(by, data.host))
    with ledger.locked():
        data = _with_own_candidate(data, on=on, by=by)
        _check(data, mine=None)
        trial = Trial(uuid=uuid or uuid4(), owner=data.candidate.owner, **data.values())
        trial.code = free_code(Trial, owner_id=trial.owner_id, prefix=TRIAL_PREFIX, wanted=code)
        store(trial)
        let_see(candidate=data.candidate, employer=data.host, because=Access.Because.TRIAL, on=on)
        _record("proefplaatsing.toegevoegd", trial, by, _trail(trial))
        return trial


def change_trial(
    *,
    trial: Trial,
    data: TrialData,
    on: date,
    by: "User | None",
    code: str | None = None,
    expected_revision: int | None = None,
) -> list[str]:
    """Correct a trial; return the names of the fields that changed."""
    require(may_write_trial(by, trial))
    with ledger.locked():
        fresh = take(trial, expected_revision=expected_revision)
        if data.candidate.owner_id != fresh.owner_id:
            raise ValidationError({"candidate": "Kandidaat en proefplaatsing horen bij dezelfde eigenaar."})
        _check(data, mine=fresh)
        new = free_code(Trial, owner_id=fresh.owner_id, prefix=TRIAL_PREFIX, wanted=code, current=fresh)
        changed = amend(fresh, code=new, **data.values())
        require(may_write_trial(by, fresh))
        if changed:
            let_see(candidate=fresh.candidate, employer=fresh.host, because=Access.Because.TRIAL, on=on)
            trail = {name: value for name, value in _trail(fresh).items() if name in changed}
            _record("proefplaatsing.gewijzigd", fresh, by, trail)
        return changed


@transaction.atomic
def decide_trial(
    *,
    trial: Trial,
    outcome: str,
    last_day: date,
    today: date,
    by: "User | None",
    expected_revision: int | None = None,
) -> None:
    """Record how a trial ended, on its real last day; an empty outcome makes it undecided again.

    Raises ``ValidationError`` for one that succeeded or stopped on a day still to come.
    """
    require(may_write_trial(by, trial))
    fresh = take(trial, expected_revision=expected_revision)
    if outcome and outcome not in TrialOutcome.values:
        raise ValidationError({"outcome": "Kies een uitkomst."})
    if outcome in (TrialOutcome.SUCCEEDED, TrialOutcome.STOPPED) and last_day > today:
        raise ValidationError({"last_day": "Vul de dag in waarop de proef echt ophield: vandaag of eerder."})
    _check(_ended(fresh, last_day), mine=fresh)
    changed = amend(fresh, outcome=outcome, last_day=last_day)
    if changed:
        trail = {name: value for name, value in _trail(fresh).items() if name in changed}
        _record("proefplaatsing.uitkomst", fresh, by, trail)


@transaction.atomic
def remove_trial(*, trial: Trial, by: "User | None", expected_revision: int | None = None) -> None:
    """Remove a trial that was recorded by mistake."""
    require(may_write_trial(by, trial))
    fresh = take(trial, expected_revision=expected_revision)
    _record("proefplaatsing.verwijderd", fresh, by, {"code": fresh.code})
    delete_unless_used(fresh)


def _with_own_candidate(data: TrialData, *, on: date, by: "User | None") -> TrialData:
    """Replace another employer's candidate by the coordinator's own record of the same person."""
    if by is None:
        return data
    scope = scope_of(by)
    theirs = data.candidate.owner_id not in (None, scope.employer_id)
    if not scope.is_coordinator or not theirs:
        return data
    require(Candidate.objects.visible_to(by, on).filter(pk=data.candidate.pk).exists())
    mine = own_record(candidate=data.candidate, owner=data.host, on=on)
    return TrialData(**(data.values() | {"candidate": mine}))


def _ended(trial: Trial, last_day: date) -> TrialData:
    return TrialData(candidate=trial.candidate, host=trial.host, first_day=trial.first_day, last_day=last_day)


def _check(data: TrialData, *, mine: Trial | None) -> None:
    """Raise ``ValidationError`` for wrong days, and when the candidate is on trial at this host then already."""
    if faults := day_faults(data.first_day, data.last_day):
        raise ValidationError(faults)
    others = Trial.objects.filter(candidate=data.candidate, host=data.host).exclude(pk=mine.pk if mine else None)  # type: ignore[misc]
    rows = {row.pk: row for row in others}
    days = [(key, stretch(row.first_day, row.last_day)) for key, row in rows.items()]
    blocking = overlapping(stretch(data.first_day, data.last_day), days)
    if blocking is not None:
        row = rows[blocking]
        when = stretch_in_words(row.first_day, row.last_day)
        raise ValidationError({"first_day": f"{row.get_kind_display()} {row.code} is er al {when}. Pas die aan."})


def _trail(trial: Trial) -> dict[str, Any]:
    return {
        "code": trial.code,
        "candidate": str(trial.candidate.uuid),
        "host": trial.host.code,
        "kind": trial.kind,
        "first_day": trial.first_day.isoformat(),
        "last_day": trial.last_day.isoformat(),
        "outcome": trial.outcome or None,
    }


def _record(action: str, trial: Trial, by: "User | None", changes: dict[str, Any]) -> None:
    audit.record(action=action, by=by, obj=trial, employer_id=trial.host_id, changes=changes)
