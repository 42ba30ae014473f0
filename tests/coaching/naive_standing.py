"""How one assignment stands, worked out by itself and as plainly as can be: what the bulk way is held against."""

from django.db.models import Q

from coaching.models import Assignment, CheckIn, Grant, Kind
from coaching.rules import rhythm, score_signal
from placements.models import Placement


def standing_of(assignment: Assignment) -> dict[str, object]:
    """Return the fields that follow from phases and check-ins."""
    phases = sorted(assignment.phases.all(), key=lambda phase: phase.first_day)
    check_ins = sorted(_about(assignment), key=lambda row: (row.day, row.pk), reverse=True)
    contacts = [row for row in check_ins if row.kind != Kind.NO_SHOW]
    times = rhythm(
        phase=phases[-1].phase,
        interval=phases[-1].interval,
        phase_from=phases[-1].first_day,
        begun=min(assignment.first_day, phases[0].first_day),
        last_contact=contacts[0].day if contacts else None,
    )
    return {
        "phase": phases[-1].phase,
        "last_contact": contacts[0].day if contacts else None,
        "next_contact": check_ins[0].next_contact if check_ins else None,
        "contact_due": times.due,
        "silent_from": times.silent_from,
        "score_signal": score_signal([list(row.scores.given.values()) for row in check_ins if hasattr(row, "scores")]),
    }


def minutes_of(grant: Grant) -> int:
    """Return the minutes of contacts that go off granted hours."""
    if grant.trial_id:
        before = Assignment.objects.filter(handed_over__after__trial=grant.trial_id).values("trial")
        rows = CheckIn.objects.filter(Q(assignment__trial=grant.trial_id) | Q(assignment__trial__in=before))
    else:
        rows = CheckIn.objects.filter(assignment__placement__in=_chain(grant.placement))
    return sum(row.minutes for row in rows if grant.first_day <= row.day <= grant.last_day)


def _about(assignment: Assignment) -> list[CheckIn]:
    subject = {"assignment__placement": assignment.placement_id, "assignment__trial": assignment.trial_id}
    return list(CheckIn.objects.filter(**subject).select_related("scores"))


def _chain(placement: Placement) -> list[Placement]:
    return [placement, *(_chain(placement.continues) if placement.continues else [])]
