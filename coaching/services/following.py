"""Coaching follows the placement: a corrected candidate, and a placement that is continued by another one.

Registered with the ledger (:func:`placements.counting.ledger.register_follower`), so that mergers, imports and
corrections keep coaching in step in their own transaction.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import F, Min

from accounts.drafts import in_parts
from candidates.models import Access
from candidates.services.access import let_coach_see
from coaching.models import Assignment, AssignmentPhase, Grant, HandOver
from coaching.querysets import not_over
from coaching.services.standing import refresh
from placements.models import Placement

ONE_DAY = timedelta(days=1)


def follow_placements(keys: Sequence[int]) -> None:
    """Let access follow the candidate, and coaching the placement that continues one of these or is one of these."""
    for some in in_parts(keys):
        _follow_candidates(some)
        _follow_chains(some)


def _follow_candidates(keys: list[int]) -> None:
    """A coach sees the candidate the placement is of now, no longer the one it was recorded with by mistake."""
    wrong = Assignment.objects.filter(placement__in=keys).exclude(access__candidate=F("placement__candidate"))
    for access, candidate in wrong.values_list("access", "placement__candidate"):
        Access.objects.filter(pk=access).update(candidate=candidate)


def _follow_chains(keys: list[int]) -> None:
    """Where a placement goes on as another one, its running coaching goes on there from the first day."""
    continued = Placement.objects.filter(pk__in=keys, assignments__isnull=True, continues__assignments__isnull=False)
    starts = continued.annotate(start=Min("periods__first_day")).filter(start__isnull=False)
    for after in starts.select_related("candidate").order_by("pk"):
        start = after.start
        running = Assignment.objects.filter(not_over(start), placement=after.continues_id)
        made = [_go_on(row, after, start) for row in running.select_related("access").order_by("pk")]
        refresh(made)


def _go_on(before: Assignment, after: Placement, start: date) -> Assignment:
    """Let coaching that runs go on at the continuation; what had still to begin moves there as it is."""
    Grant.objects.filter(placement=before.placement_id, last_day__gte=start).update(placement=after)
    if before.first_day >= start:
        before.placement = after
        before.revision += 1
        before.save()
        return before
    made = Assignment.objects.create(
        coach_id=before.coach_id,
        access=let_coach_see(
            candidate=after.candidate,
            coach_id=before.coach_id,
            first_day=min(before.access.first_day, start),
            last_day=before.last_day,
        ),
        placement=after,
        first_day=start,
        last_day=before.last_day,
        consent_on=before.consent_on,
    )
    AssignmentPhase.objects.bulk_create(
        AssignmentPhase(assignment=made, phase=row.phase, first_day=row.first_day, interval=row.interval)
        for row in before.phases.all()
    )
    HandOver.objects.create(before=before, after=made, shares_notes=True, reason="vervolg van de plaatsing")
    last_day = start - ONE_DAY
    Assignment.objects.filter(pk=before.pk).update(last_day=last_day, revision=F("revision") + 1)
    Access.objects.filter(pk=before.access_id).update(last_day=last_day)
    return made
