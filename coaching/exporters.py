"""The sheets of this room as an export writes them; reading them back gives the same records.

Scores, agreements and what was told in confidence are never among them.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Window
from django.db.models.functions import Coalesce, RowNumber

from accounts.ordering import by_code
from accounts.scope import scope_of
from coaching.importers.assignments import SCHEMA as ASSIGNMENTS
from coaching.importers.check_ins import SCHEMA as CHECK_INS
from coaching.importers.check_ins import one_line_end
from coaching.importers.coaches import SCHEMA as COACHES
from coaching.models import Assignment, AssignmentPhase, CheckIn, JobCoach
from employers.models import Employer
from files.sheets import Table

if TYPE_CHECKING:
    from accounts.models import User


def coaches_table(owner: Employer | None = None) -> Table:
    """Return the coaches of one employer and of the partners linked to it, or (None) all."""
    coaches = JobCoach.objects.all() if owner is None else JobCoach.objects.of_employer(owner.pk)
    return _coaches(coaches)


def assignments_table(owner: Employer | None = None) -> Table:
    """Return who coaches whom at what one employer owns and hosts, or (None) everywhere."""
    return _assignments(Assignment.objects.filter(_arranged_by(owner)))


def check_ins_table(owner: Employer | None = None) -> Table:
    """Return the contacts at what one employer owns and hosts, or (None) everywhere."""
    return _check_ins(CheckIn.objects.filter(_arranged_by(owner, "assignment__")))


def caseload_tables(user: "User") -> list[Table]:
    """Return what a coach takes along of the own caseload: who the coach is, whom the coach coaches, own contacts."""
    mine = Assignment.objects.visible_to(user) if scope_of(user).is_coach else Assignment.objects.none()
    contacts = CheckIn.objects.visible_to(user).filter(assignment__in=mine.order_by())
    me = JobCoach.objects.filter(assignments__in=mine.order_by()).distinct()
    return [_coaches(me), _assignments(mine), _check_ins(contacts)]


def _arranged_by(owner: Employer | None, prefix: str = "") -> Q:
    """Return the condition that this employer may read the row in again: it owns the record and hosts the work."""
    if owner is None:
        return Q()
    placed = {f"{prefix}placement__owner": owner, f"{prefix}placement__host": owner}
    return Q(**placed) | Q(**{f"{prefix}trial__owner": owner, f"{prefix}trial__host": owner})


def _coaches(coaches: "QuerySet[JobCoach]") -> Table:
    rows = coaches.order_by(*by_code("employer__code", "partner__name", "code")).values_list(
        "code",
        "name",
        "employer__code",
        "partner__name",
        "user__email",
        "capacity",
        "training",
        "trained_on",
        "released_hours",
        "protocol_on",
        "recognised_until",
        "first_day",
        "last_day",
    )
    return Table(COACHES.name, COACHES.header, rows.iterator())


def _assignments(assignments: "QuerySet[Assignment]") -> Table:
    latest = AssignmentPhase.objects.filter(assignment=OuterRef("pk")).order_by("-first_day")
    rows = assignments.annotate(
        coach_of=Coalesce("coach__employer__code", "coach__partner__name"),
        owner_code=Coalesce("placement__owner__code", "trial__owner__code"),
        phase_now=Subquery(latest.values("phase")[:1]),
        interval=Subquery(latest.values("interval")[:1]),
    ).order_by(
        *by_code("owner_code", "placement__code", "trial__code"), "first_day", *by_code("coach__code", "coach_of")
    )
    fields = ("coach__code", "coach_of", "placement__code", "trial__code", "first_day", "last_day", "consent_on")
    values = rows.values_list(*fields, "phase_now", "interval", "owner_code")
    return Table(ASSIGNMENTS.name, ASSIGNMENTS.header, values.iterator())


def _check_ins(check_ins: "QuerySet[CheckIn]") -> Table:
    return Table(CHECK_INS.name, CHECK_INS.header, _check_in_rows(check_ins))


def _check_in_rows(check_ins: "QuerySet[CheckIn]") -> Iterator[tuple[object, ...]]:
    """Yield a row per contact; those of one day are numbered as they were recorded."""
    about = "assignment__"
    codes = (f"{about}placement__code", f"{about}trial__code")
    same_day = [F("assignment"), F("day")]
    rows = check_ins.annotate(
        coach_of=Coalesce(f"{about}coach__employer__code", f"{about}coach__partner__name"),
        owner_code=Coalesce(f"{about}placement__owner__code", f"{about}trial__owner__code"),
        number=Window(RowNumber(), partition_by=same_day, order_by=F("pk").asc()),
    ).order_by(*by_code("owner_code", *codes), "day", *by_code(f"{about}coach__code", "coach_of"), "number")
    fields = (f"{about}coach__code", "coach_of", *codes, "day", "number", "kind", "minutes", "travel_minutes")
    for *before, note, following, owner in rows.values_list(*fields, "note", "next_contact", "owner_code").iterator():
        yield (*before, one_line_end(note), following, owner)
