"""Uploading in the browser: check first, import after a confirmation, wipe the files."""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from cryptography.fernet import InvalidToken
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from accounts import audit
from accounts.scope import choose, scope_of
from employers.models import Employer
from exchange.models import ImportRun
from exchange.outcome import Outcome
from exchange.pipeline import Closing, import_sheets
from exchange.sealing import Files, open_document, open_files, seal_document, seal_files
from exchange.sheets import ALL, OWN
from files.faults import FileFault
from files.sources import read_sources
from ui.busy import is_busy

if TYPE_CHECKING:
    from accounts.models import User

log = logging.getLogger(__name__)

#: Rows up to which checking and importing happen while the user waits.
MAX_ROWS_AT_ONCE = 5000
#: How long an upload waits for a confirmation before its files are wiped.
KEPT = timedelta(hours=24)
#: After this long without a sign of life the user may try again or give up.
QUIET = timedelta(minutes=10)
#: After this long without a sign of life a job is taken for dead.
SILENT = timedelta(hours=2)
#: How long the outcome of an upload can be looked back at.
REMEMBERED = timedelta(days=30)

BUSY_DATABASE = "De database was te lang bezet. Er is niets weggeschreven. Wacht even en probeer het opnieuw."
BROKEN_OFF = "Het inlezen is afgebroken door een storing. Er is niets weggeschreven. Lees het bestand opnieuw in."
NOT_ANY_MORE = "De rol waarmee dit bestand is aangeleverd, is intussen beëindigd. Er is niets weggeschreven."

UNREADABLE = (
    "Het bestand is niet meer te ontsleutelen met de sleutels van nu. Er is niets weggeschreven. "
    "Lees het bestand opnieuw in."
)
UNREADABLE_OUTCOME = "Wat de controle vond, is niet meer te ontsleutelen met de sleutels van nu."

State = ImportRun.State


class AbandonedError(Exception):
    """Someone gave the upload up, or another job was first, while this one was at work."""


def upload(*, files: Files, employer: Employer | None, by: "User") -> ImportRun:
    """Keep files, sealed, until they are imported, cancelled or expired.

    Raises ``FileFault`` when none of the files can be read; nothing is kept then. With one that can, the check tells
    what is wrong with the others.
    """
    return ImportRun.objects.create(
        user=by,
        membership_id=scope_of(by).membership_id,
        employer=employer,
        file_names=", ".join(name for name, _ in files)[:500],
        in_background=not _is_small(files, OWN if employer else ALL),
        payload=seal_files(files),
    )


def check(*, run: ImportRun, today: date) -> None:
    """Hold the files against the database and keep the outcome; writes none of it."""
    with _explained(run, State.CHECKING):
        outcome = _read(run, today=today, dry_run=True)
        state = State.FAULTY if outcome.faults else State.CHECKED
        _move(run, State.CHECKING, state, outcome=seal_document(outcome.document()), percent=100, phase="")


def confirm(*, run: ImportRun, replace: bool) -> bool:
    """Let an upload be imported next; False when someone did so already."""
    return _move(run, State.CHECKED, State.IMPORTING, replace=replace, percent=0, phase="")


def check_again(*, run: ImportRun, replace: bool) -> bool:
    """Let an upload be checked once more, with or without the periods that it leaves out; False when it is gone."""
    return run.is_waiting and _move(run, run.state, State.CHECKING, replace=replace, percent=0, phase="")


def execute(*, run: ImportRun, today: date) -> None:
    """Import a confirmed upload and wipe its files. New partners are those that were shown.

    The run is done in the transaction that writes: one that is still being imported has written nothing.
    """
    with _explained(run, State.IMPORTING):
        shown = outcome_of(run)
        partners = list(shown.new_partners) if shown else []
        outcome = _read(run, today=today, dry_run=False, partners=partners, closing=_closing(run))
        if outcome.written:
            run.refresh_from_db()
        elif outcome.faults:
            sealed = seal_document(outcome.without_values().document())
            _move(run, State.IMPORTING, State.FAULTY, outcome=sealed, percent=100, phase="")
        else:
            _move(run, State.IMPORTING, State.DONE, **_finished(outcome))


def cancel(*, run: ImportRun, by: "User", now: datetime) -> None:
    """Wipe an upload that is not wanted, or that has given no sign of life for :data:`QUIET`.

    Raises ``ValidationError`` when it is being imported or has been.
    """
    silent = [State.IMPORTING] if is_quiet(run, now) else []
    for state in (State.CHECKING, *ImportRun.WAITING, *silent):
        if _move(run, state, State.CANCELLED, payload=None, outcome=None):
            audit.record(action="bestanden.geannuleerd", by=by, obj=run, employer_id=run.employer_id)
            return
    raise ValidationError("Dit bestand wordt al ingelezen of is al ingelezen.")


def is_quiet(run: ImportRun, now: datetime) -> bool:
    """Whether the job at work has given no sign of life for :data:`QUIET`: its process may have been ended."""
    return run.is_busy and run.changed_at < now - QUIET


def try_again(*, run: ImportRun, now: datetime) -> bool:
    """Let an upload whose job has fallen silent be worked on anew; False when it has moved meanwhile.

    Should the old job be alive after all, then whichever is first writes, and the other nothing.
    """
    same = ImportRun.objects.filter(pk=run.pk, state__in=ImportRun.BUSY, changed_at__lt=now - QUIET)
    started = same.update(percent=0, phase="", changed_at=now)
    run.refresh_from_db()
    return bool(started)


def clean_up(*, now: datetime) -> str:
    """Wipe uploads nobody confirmed, end jobs that died, forget old outcomes; safe to run twice."""
    runs = ImportRun.objects
    expired = runs.filter(state__in=ImportRun.WAITING, changed_at__lt=now - KEPT)
    wiped = expired.update(state=State.EXPIRED, payload=None, outcome=None)
    dead = runs.filter(state__in=ImportRun.BUSY, changed_at__lt=now - SILENT)
    ended = dead.update(state=State.FAILED, phase=BROKEN_OFF, payload=None)
    runs.exclude(state__in=ImportRun.BUSY).filter(changed_at__lt=now - KEPT).update(payload=None)
    forgotten, _ = runs.filter(created_at__lt=now - REMEMBERED).exclude(state__in=ImportRun.BUSY).delete()
    return f"imports: {wiped} verlopen, {ended} afgebroken, {forgotten} vergeten"


def outcome_of(run: ImportRun) -> Outcome | None:
    """Return what came of an upload, while it is kept and the keys of today can read it."""
    try:
        return Outcome.from_document(open_document(run.outcome)) if run.outcome else None
    except InvalidToken:
        return None


def _is_small(files: Files, offered: Sequence[str]) -> bool:
    """Tell whether the files hold few rows; reads no further than needed to know. Raises ``FileFault`` as said."""
    sources = read_sources(files, known=ALL, offered=offered)
    faults = list(sources.faults)
    rows = unreadable = 0
    for raw in sources.sheets.values():
        try:
            for _ in raw.rows:
                rows += 1
                if rows > MAX_ROWS_AT_ONCE:
                    return False
        except FileFault as fault:
            faults += fault.faults
            unreadable += 1
    if unreadable == len(sources.sheets):
        raise FileFault(*faults)
    return True


def _closing(run: ImportRun) -> Closing:
    """Return what ends the run in the transaction that writes; raises :class:`AbandonedError` when it may not."""

    def closing(outcome: Outcome) -> Callable[[], None]:
        values = _finished(outcome)

        def close() -> None:
            importing = ImportRun.objects.filter(pk=run.pk, state=State.IMPORTING)
            if not importing.update(state=State.DONE, changed_at=timezone.now(), **values):
                raise AbandonedError

        return close

    return closing


def _finished(outcome: Outcome) -> dict[str, Any]:
    sealed = seal_document(outcome.without_values().document())
    return {"outcome": sealed, "payload": None, "percent": 100, "phase": ""}


def _read(
    run: ImportRun,
    *,
    today: date,
    dry_run: bool,
    partners: list[str] | None = None,
    closing: Closing | None = None,
) -> Outcome:
    assert run.payload is not None, "an upload keeps its files until it is read"
    return import_sheets(
        open_files(run.payload),
        today=today,
        by=_actor(run, today),
        employer=run.employer,
        replace=run.replace,
        dry_run=dry_run,
        progress=_progress(run),
        partners=partners,
        closing=closing,
    )


def _actor(run: ImportRun, today: date) -> "User":
    """Return who uploaded, in the role of then. Raises ``PermissionDenied`` when that role has ended."""
    user, membership = run.user, run.membership
    if user is None or membership is None or not user.is_active:
        raise PermissionDenied
    if not type(membership).objects.active_on(today).filter(pk=membership.pk, read_only=False).exists():
        raise PermissionDenied
    choose(user, [membership])
    return user


def _progress(run: ImportRun) -> Callable[[int, str], None]:
    """Return what keeps the run's progress, seldom enough not to cost time."""
    kept = [-1, ""]

    def progress(percent: int, phase: str) -> None:
        if percent != kept[0] or phase != kept[1]:
            kept[:] = [percent, phase]
            busy = ImportRun.objects.filter(pk=run.pk, state__in=ImportRun.BUSY)
            busy.update(percent=percent, phase=phase, changed_at=timezone.now())

    return progress


def _move(run: ImportRun, before: str, after: str, **values: object) -> bool:
    """Change the state of a run that nobody else has changed meanwhile; tell whether it was so."""
    moved = ImportRun.objects.filter(pk=run.pk, state=before).update(state=after, changed_at=timezone.now(), **values)
    run.refresh_from_db()
    return bool(moved)


@contextmanager
def _explained(run: ImportRun, state: str) -> Iterator[None]:
    """End a run that fails with the reason in words; unexpected errors go on to the log and the caller.

    A locked database is no reason to upload again: a confirmed run waits for its confirmation once more.
    """
    try:
        yield
    except PermissionDenied:
        _move(run, state, State.FAILED, phase=NOT_ANY_MORE, payload=None)
    except InvalidToken:
        _move(run, state, State.FAILED, phase=UNREADABLE, payload=None)
    except AbandonedError:
        log.info("import run %s was given up while it was at work", run.uuid)
        run.refresh_from_db()
    except Exception as error:
        if is_busy(error):
            log.exception("import run %s met a locked database", run.uuid)
            if state == State.IMPORTING:
                _move(run, state, State.CHECKED, phase=BUSY_DATABASE)
            else:
                _move(run, state, State.FAILED, phase=BUSY_DATABASE, payload=None)
            return
        _move(run, state, State.FAILED, phase=BROKEN_OFF, payload=None)
        raise
