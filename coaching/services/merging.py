"""What a merger does to coaching: trials keep their coach, buddies and linked partners go on at the successor.

Coaching of placements follows their chain (:mod:`coaching.services.following`). Coaches stay with the employer that
ended; its successor knows them as its own (``JobCoachQuerySet.of_employer``).
"""

from collections.abc import Iterator
from uuid import uuid4

from django.db.models import Q

from coaching.models import Buddy, BuddyLink, PartnerLink, TrainingDay
from coaching.querysets import not_over
from coaching.services.following import follow_trials, help_on
from placements.models import Placement, Trial
from placements.services.mergers.move import Move

#: What a buddy is at the successor as well.
_KEPT = ("name", "name_folded", "candidate_id", "is_buddy", "is_lead", "trained_on", "valid_until", "days_required")


def follow_merger(move: Move) -> None:
    """Let what an employer arranged for coaching go on at its successor, from that one's first day."""
    follow_trials(move.trials, move.first_day)
    _link_partners(move)
    buddies = {buddy.pk: _go_on(move, buddy) for buddy in _lasting(move)}
    for link, after in _links(move, list(buddies)):
        help_on(link, after, move.first_day, buddy=buddies[link.buddy_id])
    Buddy.objects.filter(pk__in=buddies).update(last_day=move.last_day)


def _lasting(move: Move) -> "list[Buddy]":
    """Return the buddies and team leads of the old employer who go on; who stops later than that does as well."""
    return list(Buddy.objects.filter(not_over(move.first_day), employer=move.old).order_by("pk"))


def _go_on(move: Move, buddy: Buddy) -> int:
    """Return this buddy at the successor: made now, or known there already as the same employee. With training days."""
    known = Buddy.objects.filter(employer=move.new, candidate__isnull=False, candidate=buddy.candidate_id).first()
    after = known or Buddy.objects.create(
        uuid=uuid4(),
        employer=move.new,
        unit_id=move.units.get(buddy.unit_id) if buddy.unit_id else None,
        last_day=buddy.last_day,
        **{name: getattr(buddy, name) for name in _KEPT},
    )
    there = set(after.training_days.values_list("day", flat=True))
    TrainingDay.objects.bulk_create(
        TrainingDay(buddy=after, day=row.day, subject=row.subject)
        for row in buddy.training_days.all()
        if row.day not in there
    )
    return after.pk


def _links(move: Move, buddies: list[int]) -> Iterator[tuple[BuddyLink, Placement | Trial]]:
    """Yield whom these buddies help on the first day or later, and the placement or trial where that goes on."""
    links = BuddyLink.objects.filter(not_over(move.first_day), buddy__in=buddies).order_by("pk")
    rows = list(links.select_related("placement", "trial"))
    continued = Placement.objects.filter(continues__in=[row.placement_id for row in rows if row.placement_id])
    after = {placement.continues_id: placement for placement in continued.filter(host=move.new)}
    trials = Trial.objects.in_bulk([move.trials[row.trial_id] for row in rows if row.trial_id in move.trials])
    for row in rows:
        trial = trials.get(move.trials.get(row.trial_id or 0, 0))
        yield row, after.get(row.placement_id) or trial or row.subject


def _link_partners(move: Move) -> None:
    """Let the successor choose coaches of the partners the old employer was linked to."""
    theirs = PartnerLink.objects.filter(not_over(move.first_day), employer=move.old)
    known = PartnerLink.objects.filter(Q(last_day__isnull=True), employer=move.new).values("partner")
    PartnerLink.objects.bulk_create(
        PartnerLink(
            employer=move.new,
            partner_id=row.partner_id,
            first_day=max(row.first_day, move.first_day),
            last_day=row.last_day,
        )
        for row in theirs.exclude(partner__in=known)
    )
