"""Handing in for a round, and what the adviser does with it: one transaction and one event of the trail each."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.records import StaleRecordError, amend, store, take
from employers.models import Employer
from placements.counting import ledger
from placements.services.rights import require
from progress.models import Round, Snapshot, State, Submission, Way
from progress.rounds import employers_asked, state_of
from progress.rules import NOTHING_IN, decide_fault, submit_fault
from progress.services.freezing import Totals, freeze_counted, freeze_totals
from progress.services.rights import may_hand_in, may_run

if TYPE_CHECKING:
    from accounts.models import User

NOT_ASKED = "Deze werkgever hoort op de peildatum niet bij deze sector."
TOO_MANY_PERSONS = "Er staan meer personen dan er uren zijn. Vul de betaalde uren per week van iedereen samen in."
NO_PERSONS = "Bij uren horen personen. Vul in hoeveel mensen er meetellen."
NEGATIVE = "Vul een getal van 0 of meer in."


def submit(
    *, by: "User | None", round: Round, employer: Employer, now: datetime, expected_revision: int | None = None
) -> Snapshot:
    """Freeze what the system says about an employer on the round's day and hand it in.

    Writers of the ledger wait meanwhile, so that figures and lines are of one moment. ``expected_revision`` is that of
    the submission, 0 when there was none. Raises ``ValidationError`` when the round is closed or not there yet, when
    something waits for the adviser already, and for an employer that is not asked; ``StaleRecordError``;
    ``PermissionDenied`` unless ``by`` is a coordinator of the employer.
    """
    require(may_hand_in(by, employer))
    with ledger.locked():
        submission = _take_turn(round, employer, now, expected_revision)
        snapshot = freeze_counted(submission=submission, by=by, now=now)
        _record("stand.ingediend", by, submission, snapshot)
    return snapshot


@transaction.atomic
def hand_in_totals(
    *,
    by: "User | None",
    round: Round,
    employer: Employer,
    totals: Totals,
    way: Way,
    now: datetime,
    expected_revision: int | None = None,
) -> Snapshot:
    """Hand in totals an employer worked out elsewhere (*eigen opgave*): by itself or by the adviser on its behalf.

    Raises as :func:`submit` does, and ``ValidationError`` for totals that can't be.
    """
    require(may_run(by, round.sector) if way == Way.ADVISER else may_hand_in(by, employer))
    _refuse(totals)
    submission = _take_turn(round, employer, now, expected_revision)
    snapshot = freeze_totals(submission=submission, totals=totals, way=way, by=by, now=now)
    _record("eigen_opgave.ingediend", by, submission, snapshot)
    return snapshot


@transaction.atomic
def hand_in_many(
    *, by: "User | None", round: Round, given: Iterable[tuple[Employer, Totals]], now: datetime
) -> list[Snapshot]:
    """Hand in totals of several employers on their behalf: all of them or none.

    Raises ``ValidationError`` with every reason, the employer's code in front; an employer of which something is
    approved already is corrected by itself, not in bulk. ``PermissionDenied`` unless ``by`` is the sector's adviser.
    """
    require(may_run(by, round.sector))
    faults, made = [], []
    approved = set(round.submissions.filter(state=State.APPROVED).values_list("employer_id", flat=True))
    for employer, totals in given:
        try:
            if employer.pk in approved:
                raise ValidationError("Hiervan is al een stand goedgekeurd.")
            made.append(hand_in_totals(by=by, round=round, employer=employer, totals=totals, way=Way.ADVISER, now=now))
        except ValidationError as error:
            faults += [f"{employer.code}: {message}" for message in error.messages]
    if faults:
        raise ValidationError(faults)
    return made


@transaction.atomic
def return_submission(
    *, by: "User | None", submission: Submission, remark: str, expected_revision: int | None = None
) -> Submission:
    """Send what was handed in back to the employer, with what should change. Raises as :func:`approve` does."""
    fresh = _to_decide(by, submission, expected_revision)
    amend(fresh, state=State.RETURNED, remark=remark.strip())
    _record("stand.teruggestuurd", by, fresh, _last(fresh))
    return fresh


@transaction.atomic
def approve(
    *, by: "User | None", submission: Submission, now: datetime, expected_revision: int | None = None
) -> Snapshot:
    """Approve the version that waits: from now on it can't be changed, in the database either.

    Raises ``ValidationError`` when nothing waits, the round is closed or the employer turned out to be of another
    sector; ``StaleRecordError``; ``PermissionDenied`` unless ``by`` is the sector's adviser.
    """
    fresh = _to_decide(by, submission, expected_revision)
    if not employers_asked(fresh.round).filter(pk=fresh.employer_id).exists():
        raise ValidationError(NOT_ASKED)
    snapshot = _last(fresh)
    snapshot.approved_at, snapshot.approved_by = now, by
    snapshot.save(update_fields=["approved_at", "approved_by", "changed_at"])
    amend(fresh, state=State.APPROVED, remark="")
    _record("stand.goedgekeurd", by, fresh, snapshot)
    return snapshot


def _take_turn(round: Round, employer: Employer, now: datetime, expected_revision: int | None) -> Submission:
    """Lock the round, see that it is the employer's turn, and return its submission, handed in from now on."""
    fresh = take(round)
    submission = Submission.objects.select_for_update().filter(round=fresh, employer=employer).first()
    today = timezone.localdate(now)
    fault = submit_fault(state=state_of(submission), is_open=fresh.is_open, day=fresh.day, today=today)
    if fault:
        raise ValidationError(fault)
    if not employers_asked(fresh).filter(pk=employer.pk).exists():
        raise ValidationError(NOT_ASKED)
    if submission is None:
        submission = Submission(round=fresh, employer=employer, state=State.SUBMITTED)
        store(submission)
        return submission
    if expected_revision is not None and submission.revision != expected_revision:
        raise StaleRecordError(submission)
    amend(submission, state=State.SUBMITTED, remark="")
    return submission


def _to_decide(by: "User | None", submission: Submission, expected_revision: int | None) -> Submission:
    """Lock the round and the submission and see that it waits for the adviser."""
    round = take(submission.round)
    require(may_run(by, round.sector))
    fresh = take(submission)
    if fault := decide_fault(state=state_of(fresh), is_open=round.is_open):
        raise ValidationError(fault)
    return take(submission, expected_revision=expected_revision)


def _last(submission: Submission) -> Snapshot:
    last = submission.snapshots.order_by("-version").select_for_update().first()
    if last is None:
        raise ValidationError(NOTHING_IN)
    return last


def _refuse(totals: Totals) -> None:
    """Raise ``ValidationError`` for totals that can't be: below zero, persons without hours, hours without persons."""
    faults = {name: NEGATIVE for name in ("hours", "persons", "sheltered") if getattr(totals, name) < 0}
    if not faults and totals.persons > totals.hours:
        faults["hours"] = TOO_MANY_PERSONS
    if not faults and totals.hours and not totals.persons:
        faults["persons"] = NO_PERSONS
    if faults:
        raise ValidationError(faults)


def _record(action: str, by: "User | None", submission: Submission, snapshot: Snapshot) -> None:
    audit.record(
        action=action,
        by=by,
        obj=submission,
        employer_id=submission.employer_id,
        changes={"version": snapshot.version, "kind": snapshot.kind, "checksum": snapshot.checksum},
    )
