"""How assignments stand: what follows from phases, check-ins and grants, kept by the transaction that changes those.

Pages and lists only read these fields; ``manage.py recount --check`` has nothing to do with them, a test rebuilds them.
"""

from collections.abc import Iterable, Sequence

from django.db.models import Q, QuerySet, Sum

from coaching.models import Assignment, AssignmentPhase, CheckIn, Grant, Scores
from coaching.rules import rhythm, score_signal
from placements.models import Placement

#: Check-ins with scores that decide about a signal.
_LAST = 3
_FIELDS = ("phase", "last_contact", "next_contact", "contact_due", "silent_from", "score_signal")


def refresh(assignments: Iterable[Assignment]) -> None:
    """Work out again how these assignments stand, and all others about the same placements and trials."""
    for one in _one_per_subject(assignments):
        rows = list(Assignment.objects.of_subject(one).prefetch_related("phases"))
        check_ins = CheckIn.objects.of_subject(one)
        latest = check_ins.order_by("-day", "-pk").first()
        last_contact = check_ins.contacts().order_by("-day").values_list("day", flat=True).first()
        signal = score_signal(_scores(check_ins))
        for row in rows:
            _stand(row, latest=latest, last_contact=last_contact, signal=signal)
        Assignment.objects.bulk_update(rows, _FIELDS)
        use_hours(Grant.objects.filter(placement=one.placement_id, trial=one.trial_id))


def _stand(row: Assignment, *, latest: CheckIn | None, last_contact: "object", signal: str) -> None:
    phase: AssignmentPhase = max(row.phases.all(), key=lambda phase: phase.first_day)
    begun = min(row.first_day, min(phase.first_day for phase in row.phases.all()))
    times = rhythm(
        phase=phase.phase,
        interval=phase.interval,
        phase_from=phase.first_day,
        begun=begun,
        last_contact=last_contact,  # type: ignore[arg-type]
    )
    row.phase, row.contact_due, row.silent_from = phase.phase, times.due, times.silent_from
    row.last_contact = last_contact  # type: ignore[assignment]
    row.next_contact = latest.next_contact if latest else None
    row.score_signal = signal


def _scores(check_ins: "QuerySet[CheckIn]") -> list[Sequence[int]]:
    scored = Scores.objects.filter(check_in__in=check_ins.order_by()).order_by("-check_in__day", "-check_in__pk")
    return [list(row.given.values()) for row in scored[:_LAST]]


def use_hours(grants: Iterable[Grant]) -> None:
    """Add up again which minutes of contacts, without travel, go off these granted hours.

    Contacts about a placement that this one continues (a merger, a new contract) count as well.
    """
    for grant in grants:
        about = Q(assignment__trial=grant.trial_id) if grant.trial_id else Q(assignment__placement__in=_chain(grant))
        within = CheckIn.objects.filter(about, day__gte=grant.first_day, day__lte=grant.last_day)
        used = within.order_by().aggregate(minutes=Sum("minutes"))["minutes"] or 0
        if used != grant.used_minutes:
            Grant.objects.filter(pk=grant.pk).update(used_minutes=used)


def _chain(grant: Grant) -> list[int]:
    """Return the placement of the grant and those it continues, one after the other."""
    found: list[int] = []
    step = grant.placement_id
    while step is not None and step not in found:
        found.append(step)
        step = Placement.objects.filter(pk=step).values_list("continues", flat=True).first()
    return found


def _one_per_subject(assignments: Iterable[Assignment]) -> list[Assignment]:
    return list({(row.placement_id, row.trial_id): row for row in assignments}.values())
