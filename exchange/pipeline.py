"""Reading files into the database: all or nothing.

Reading, checking, planning and counting come first; only then a short transaction stores what was planned. When the
database changed in between, the plan is made anew.
"""

import logging
from collections.abc import Callable, Collection, Iterable
from contextlib import nullcontext
from datetime import date
from typing import TYPE_CHECKING

from django.db import DatabaseError, IntegrityError

from accounts.bulk import refresh_statistics
from candidates.models import Access, Candidate, RegisterPeriod
from coaching.importers.planning import is_empty as no_changes
from coaching.importers.writing import PlannedCaseloads
from coaching.models import Assignment, CheckIn
from employers.importers.intake import Status
from employers.models import Employer
from exchange.outcome import Outcome
from exchange.reading import Plan, Progress, Reading
from files.faults import Fault
from files.sources import Source
from placements.counting import ledger
from placements.importers.writing import PlannedImport, is_empty
from placements.models import CountLine, Placement, PlacementPeriod

if TYPE_CHECKING:
    from accounts.models import User

log = logging.getLogger(__name__)

#: How often a plan is made when others keep changing the database; the last time with all writers held back.
ATTEMPTS = 3

#: Of so many new records the database is told, so that the pages after it are quick at once.
MANY = 1000
GROWN = (Candidate, Access, RegisterPeriod, Placement, PlacementPeriod, CountLine, Assignment, CheckIn)

OVERTAKEN = "de gegevens zijn tijdens het inlezen gewijzigd; er is niets weggeschreven, lees de bestanden opnieuw in"


#: Given what will be written, returns what belongs to the same transaction.
Closing = Callable[[Outcome], Callable[[], None]]


class OvertakenError(Exception):
    """Someone else changed the database between planning and writing."""


def import_sheets(
    sources: Iterable[Source],
    *,
    today: date,
    by: "User | None" = None,
    employer: Employer | None = None,
    replace: bool = False,
    dry_run: bool = False,
    progress: Progress | None = None,
    partners: Collection[str] | None = None,
    closing: Closing | None = None,
) -> Outcome:
    """Read files and write what they say, or with ``dry_run`` only tell; nothing is written when there is any fault.

    ``employer`` is the one whose coordinator uploads; None reads as an administrator. ``replace`` also removes the
    periods that the files leave out of the placements and candidates they name. ``partners`` are the new partners
    that were confirmed, any other is a fault (None: all are fine). What ``closing`` returns is called last in the
    transaction that writes; when it raises, nothing is written. Raises ``OperationalError`` when the database stays
    locked too long; nothing is written then.
    """
    report = progress or _silent
    reading = Reading(today=today, employer=employer, replace=replace, partners=partners, progress=report)
    if faults := reading.read(sources):
        return Outcome(faults=faults)
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with ledger.locked() if attempt == ATTEMPTS else nullcontext():
                return _plan_and_write(
                    reading, dry_run=dry_run, by=by, employer=employer, report=report, closing=closing
                )
        except OvertakenError:
            log.info("import planned anew: the database changed")
        except IntegrityError:
            log.warning("import planned anew: a constraint refused it", exc_info=True)
    return Outcome(faults=[Fault(None, None, None, OVERTAKEN)])


def _plan_and_write(
    reading: Reading,
    *,
    dry_run: bool,
    by: "User | None",
    employer: Employer | None,
    report: Progress,
    closing: Closing | None,
) -> Outcome:
    """Try once. Raises :class:`OvertakenError` or ``IntegrityError`` when somebody else was first."""
    version = ledger.version()
    plan = reading.plan()
    changes_nothing = is_empty(plan.register) and no_changes(plan.caseloads)
    if not (plan.outcome.faults or dry_run or changes_nothing):
        plan.outcome.written = True
        _write(plan, version=version, by=by, employer=employer, report=report, closing=closing)
    return plan.outcome


def _write(
    plan: Plan,
    *,
    version: int,
    by: "User | None",
    employer: Employer | None,
    report: Progress,
    closing: Closing | None,
) -> None:
    """Prepare everything, then store it if the database still stands as it was planned for."""
    planned = PlannedImport(plan.register, progress=lambda share: report(55 + int(35 * share), "Tellen en klaarzetten"))
    coached = PlannedCaseloads(plan.caseloads, event=planned.event_key)
    report(92, "Wegschrijven")
    tallies = plan.outcome.tallies
    close = closing(plan.outcome) if closing else None
    with ledger.change() as touched:
        if ledger.version() != version or coached.is_overtaken():
            raise OvertakenError
        changes = {tally.sheet: str(tally).partition(": ")[2] for tally in tallies}
        # First, for the keys of its access rows are taken; those of the register get the next ones. What they refer
        # to is there when the transaction ends, which is when databases ask.
        coached.store()
        planned.store(touched, by=by, employer_id=employer.pk if employer else None, changes=changes)
        if close is not None:
            close()
    if sum(tally.records[Status.NEW] for tally in tallies) >= MANY:
        _tell_database()
    report(100, "Klaar")


def _tell_database() -> None:
    """Let the database look at what has grown. All is stored by now: whatever hinders this is no failed import."""
    try:
        refresh_statistics(GROWN)
    except DatabaseError:
        log.warning("statistics not refreshed after an import", exc_info=True)


def _silent(percent: int, phase: str) -> None:
    """Tell nobody."""
