"""What an employer or a place of work has goes along with the work once that has moved: granted hours, own coaches.

A merger or a new contract is recorded ahead of its day. Until then hours stay where they are seen and used; from the
first day on they are those of what goes on from there, whole, with what was used of them before. The daily work moves
them; a day on which it did not run is made up for by the next.
"""

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, F, Min, OuterRef, Q, Subquery

from accounts import audit
from candidates.models import Access
from coaching.models import Assignment, Grant, HandOver, JobCoach
from coaching.services.standing import use_hours
from employers.models import Employer
from placements.models import Placement, PlacementPeriod
from placements.services.codes import tagged_code
from ui.dutch import plural

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def carry_hours(day: date, among: Collection[int] | None = None) -> list[Grant]:
    """Let granted hours go along to what has begun by ``day``; return those that moved.

    ``among`` limits it to what goes on as one of these placements (keys), and to placements.
    """
    moved: dict[int, Grant] = {}
    while found := {grant.pk: grant for grant in _along_with_placements(day, among)}:
        moved |= found
    if among is None:
        moved |= {grant.pk: grant for grant in _along_with_trials(day)}
    use_hours(moved.values())
    return list(moved.values())


def _along_with_placements(day: date, among: Collection[int] | None) -> list[Grant]:
    """Move hours one step: to the same place of work, or elsewhere when the coach went along."""
    went_along = HandOver.objects.filter(before__placement=OuterRef("continues"), after__placement=OuterRef("pk"))
    same_place = Q(host=F("continues__host")) | Q(host=F("continues__host__successor"))
    lasting = Grant.objects.filter(placement=OuterRef("continues"), last_day__gte=OuterRef("start"))
    later = Placement.objects.filter(same_place | Exists(went_along), continues__isnull=False)
    later = later if among is None else later.filter(pk__in=among)
    first = PlacementPeriod.objects.filter(placement=OuterRef("pk")).order_by("first_day").values("first_day")[:1]
    begun = later.annotate(start=Subquery(first)).filter(Exists(lasting), start__lte=day)
    moved = []
    for placement in begun.order_by("pk"):
        grants = Grant.objects.filter(placement=placement.continues_id, last_day__gte=placement.start)
        moved += _move(grants, "placement", placement.pk)
    return moved


def _along_with_trials(day: date) -> list[Grant]:
    """Move hours to the trial that the coaching went on with."""
    steps = HandOver.objects.filter(before__trial__grants__isnull=False, after__first_day__lte=day)
    steps = steps.exclude(after__trial=F("before__trial")).filter(after__trial__isnull=False)
    pairs = steps.values_list("before__trial", "after__trial", "after__first_day").order_by("pk")
    return [
        grant
        for old, new, start in pairs
        for grant in _move(Grant.objects.filter(trial=old, last_day__gte=start), "trial", new)
    ]


def _move(grants: "Collection[Grant]", name: str, key: int) -> list[Grant]:
    moved = list(grants)
    for grant in moved:
        setattr(grant, f"{name}_id", key)
        grant.revision += 1
        grant.save(update_fields=[f"{name}_id", "revision", "changed_at"])
    return moved


@transaction.atomic
def carry_daily(day: date) -> str:
    """Move hours whose day has come, with one event for all; what the daily work tells of it."""
    moved = carry_hours(day)
    if not moved:
        return ""
    event = audit.record(action="uren.meegegaan", by=None, changes={"day": day.isoformat(), "number": len(moved)})
    audit.add_details(event, [(Grant._meta.label_lower, str(row.uuid), "placement,trial") for row in moved])
    return f"begeleiding: {plural(len(moved), 'toekenning', 'toekenningen')} van uren mee met het werk"


def take_coaches(by: "User | None", employer: Employer, source: Employer) -> None:
    """Make the own coaches of an employer that has ended those of its successor, with the records it hands over.

    Until then the successor knows and chooses them all the same. A code that is taken gets the old employer's behind
    it. Who coaches at both already is one coach from then on: the one the successor has; the other has stopped.
    """
    taken = set(JobCoach.objects.filter(employer=employer).values_list("code", flat=True))
    known = dict(JobCoach.objects.filter(employer=employer, user__isnull=False).values_list("user", "pk"))
    coaches = list(JobCoach.objects.filter(employer=source).order_by("pk"))
    for coach in coaches:
        if coach.user_id in known:
            _join(coach, known[coach.user_id], source)
            continue
        coach.employer = employer
        coach.code = tagged_code(coach.code, tag=source.code, taken=taken) if coach.code in taken else coach.code
        taken.add(coach.code)
        coach.revision += 1
        coach.save()
    if coaches:
        changes = {"from": source.code, "number": len(coaches)}
        event = audit.record(
            action="coaches.overgedragen", by=by, obj=employer, employer_id=employer.pk, changes=changes
        )
        label = JobCoach._meta.label_lower
        audit.add_details(event, [(label, str(coach.uuid), "employer") for coach in coaches])


def _join(coach: JobCoach, known: int, source: Employer) -> None:
    """Let who is known at the successor already go on with the caseload of this coach."""
    first = coach.assignments.aggregate(first=Min("first_day"))["first"] or coach.first_day
    JobCoach.objects.filter(pk=known, first_day__gt=first).update(first_day=first, revision=F("revision") + 1)
    Access.objects.filter(coach=coach).update(coach=known)
    Assignment.objects.filter(coach=coach).update(coach=known, revision=F("revision") + 1)
    coach.last_day = max(coach.first_day, source.last_day or coach.first_day)
    coach.revision += 1
    coach.save()
