"""Coaching follows the work: a corrected candidate, a placement that another one continues, a merger.

Registered with the ledger (:func:`placements.counting.ledger.register_follower`) and with mergers, so that these keep
coaching in step in their own transaction. What was recorded stays with the placement or trial it was recorded about;
who coaches what goes on from there reads it through :mod:`coaching.querysets.chains`.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import F, Min
from django.utils import timezone

from accounts.drafts import in_parts
from candidates.models import Access
from candidates.services.access import let_coach_see
from coaching.models import Assignment, AssignmentPhase, BuddyLink, Grant, HandOver
from coaching.querysets import not_over
from coaching.services.carrying import carry_hours
from coaching.services.standing import refresh
from placements.models import Placement, Trial

ONE_DAY = timedelta(days=1)


def follow_placements(keys: Sequence[int]) -> None:
    """Let access follow the candidate, and coaching and buddies the placement that continues one of these or is one."""
    for some in in_parts(keys):
        _follow_candidates(some)
        _follow_chains(some)
        _follow_with_buddies(some)
        carry_hours(timezone.localdate(), some)


def follow_trials(trials: dict[int, int], start: date) -> None:
    """Let running coaching go on at the trial that continues each of these from ``start`` on (old to new, keys)."""
    after = Trial.objects.select_related("candidate").in_bulk(list(trials.values()))
    running = Assignment.objects.filter(not_over(start), trial__in=trials)
    made = [_go_on(row, after[trials[row.trial_id or 0]], start) for row in running.select_related("access")]
    refresh(made)
    _move_uncoached_hours(trials, start)
    carry_hours(timezone.localdate())


def _move_uncoached_hours(trials: dict[int, int], start: date) -> None:
    """Let hours of trials that nobody coaches go along at once: nothing else tells where those went on."""
    coached = HandOver.objects.filter(before__trial__in=trials, after__trial__in=trials.values())
    grants = Grant.objects.filter(last_day__gte=start, trial__in=trials)
    for grant in grants.exclude(trial__in=coached.values("before__trial")):
        Grant.objects.filter(pk=grant.pk).update(trial=trials[grant.trial_id or 0])


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


def _follow_with_buddies(keys: list[int]) -> None:
    """Where a placement goes on at the same host, its buddies help on there."""
    continued = Placement.objects.filter(pk__in=keys, buddy_links__isnull=True, continues__buddy_links__isnull=False)
    stays = continued.filter(host=F("continues__host"))
    for after in stays.annotate(start=Min("periods__first_day")).filter(start__isnull=False).order_by("pk"):
        for link in BuddyLink.objects.filter(not_over(after.start), placement=after.continues_id).order_by("pk"):
            help_on(link, after, after.start, buddy=link.buddy_id)


def help_on(link: BuddyLink, after: Placement | Trial, start: date, *, buddy: int) -> None:
    """Let a buddy help on at what goes on from ``start``; a link that had still to begin moves there as it is."""
    subject = {"placement": None, "trial": None, after._meta.model_name or "": after}
    if link.first_day >= start:
        BuddyLink.objects.filter(pk=link.pk).update(buddy=buddy, **subject)
        return
    BuddyLink.objects.create(buddy_id=buddy, first_day=start, last_day=link.last_day, **subject)
    BuddyLink.objects.filter(pk=link.pk).update(last_day=start - ONE_DAY)


def _go_on(before: Assignment, after: Placement | Trial, start: date) -> Assignment:
    """Let coaching that runs go on at the continuation; what had still to begin moves there as it is.

    Who was let read the confidences of a predecessor goes on reading them.
    """
    name = after._meta.model_name or ""
    if before.first_day >= start:
        setattr(before, name, after)
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
        first_day=start,
        last_day=before.last_day,
        consent_on=before.consent_on,
        **{name: after},
    )
    AssignmentPhase.objects.bulk_create(
        AssignmentPhase(assignment=made, phase=row.phase, first_day=row.first_day, interval=row.interval)
        for row in before.phases.all()
    )
    HandOver.objects.filter(after=before).update(after=made)
    HandOver.objects.create(before=before, after=made, shares_notes=True, reason="vervolg van het werk")
    last_day = start - ONE_DAY
    Assignment.objects.filter(pk=before.pk).update(last_day=last_day, revision=F("revision") + 1)
    Access.objects.filter(pk=before.access_id).update(last_day=last_day)
    return made
