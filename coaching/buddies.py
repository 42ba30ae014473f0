"""Buddies and team leads as the coordinator of an employer sees them: whom they help, how their training stands."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import (
    Case,
    Count,
    DateField,
    Exists,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    TextChoices,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from accounts.records import FOREVER, active_on
from candidates.models import Candidate
from coaching.models import Buddy, BuddyLink
from coaching.querysets import not_over
from coaching.rules import EXPIRY_LEAD
from employers.models import Employer
from placements.models import PlacementPeriod

if TYPE_CHECKING:
    from accounts.models import User

#: What a link needs to name whom it is about.
PERSON = ("placement__candidate", "trial__candidate", "placement__host", "trial__host")


class BuddyHeed(TextChoices):
    """What a coordinator looks for among buddies."""

    EXPIRING = "training_verloopt", "Training verloopt"
    UNLINKED = "zonder_koppeling", "Zonder koppeling"


def running_links(day: date) -> "QuerySet[BuddyLink]":
    """Return the links that hold on a day with somebody who works or is on trial then."""
    works = PlacementPeriod.objects.filter(active_on(day), placement=OuterRef("placement"))
    tried = Q(trial__first_day__lte=day, trial__last_day__gte=day)
    return BuddyLink.objects.filter(active_on(day)).filter(Exists(works) | tried)


def with_helping(rows: QuerySet, day: date) -> QuerySet:
    """Annotate ``helping``: how many people each buddy helps on a day."""
    links = running_links(day).filter(buddy=OuterRef("pk")).order_by().annotate(together=Value(1)).values("together")
    return rows.annotate(helping=Coalesce(Subquery(links.annotate(number=Count("pk")).values("number")), Value(0)))


def buddies_of(user: "User", employer: Employer, day: date) -> QuerySet:
    """Return an employer's buddies and team leads with ``helping``, ``followed`` (days of training this year) and
    ``running`` (the links of ``day``, with whom they are about).
    """
    this_year = Q(training_days__day__year=day.year, training_days__day__lte=day)
    links = BuddyLink.objects.visible_to(user).filter(pk__in=running_links(day).order_by().values("pk"))
    links = links.select_related(*PERSON)
    rows = with_helping(Buddy.objects.visible_to(user).filter(employer=employer).for_list(), day)
    return rows.annotate(
        followed=Count("training_days", filter=this_year, distinct=True),
        valid_sort=Coalesce("valid_until", Value(FOREVER, DateField())),
    ).prefetch_related(Prefetch("links", links.order_by("first_day", "pk"), to_attr="running"))


def condition(heed: str, day: date) -> Q:
    """Return the condition on buddies with their links; a team lead who is no buddy, or has stopped, asks nothing."""
    if heed == BuddyHeed.EXPIRING:
        return not_over(day) & Q(is_buddy=True, valid_until__lte=day + EXPIRY_LEAD)
    return not_over(day) & Q(is_buddy=True, helping=0)


def links_of(user: "User", buddy: Buddy, day: date) -> tuple[list[BuddyLink], list[BuddyLink]]:
    """Return whom a buddy helps or will help, and whom the buddy helped: also who has left since. Latest first."""
    goes_on = PlacementPeriod.objects.filter(not_over(day), placement=OuterRef("placement"))
    lasts = not_over(day) & (Exists(goes_on) | Q(trial__last_day__gte=day))
    rows = BuddyLink.objects.visible_to(user).filter(buddy=buddy).select_related(*PERSON)
    rows = rows.annotate(lasts=Case(When(lasts, then=Value(True)), default=Value(False)))
    found = list(rows.order_by("-first_day", "-pk"))
    return [row for row in found if row.lasts], [row for row in found if not row.lasts]


def days_text(buddy: Any) -> str:
    """Return how many days of training a team lead followed this year of those required: ``4/6 dagen``."""
    if not buddy.is_lead:
        return ""
    return f"{buddy.followed}/{buddy.days_required} dagen" if buddy.days_required else f"{buddy.followed} dagen"


def role(buddy: Buddy) -> str:
    """Return what somebody is, in words."""
    if buddy.is_buddy and buddy.is_lead:
        return "Buddy en teamleider"
    return "Teamleider" if buddy.is_lead else "Buddy"


def standing(buddy: Buddy, day: date) -> tuple[str, str]:
    """Return whether somebody is a buddy on a day, in a word, and the tone of the badge."""
    if buddy.last_day is None:
        return "actief", "success"
    return ("gestopt", "neutral") if buddy.last_day < day else ("stopt", "warning")


def candidates_for(employer: Employer, buddy: Buddy | None, day: date) -> "QuerySet[Candidate]":
    """Return who may be said to be this buddy as well: whom the employer may see, and who is it already.

    The employer's own come first, for codes are unique within an owner only.
    """
    seen = Candidate.objects.seen_by(employer.pk, day)
    if buddy is not None and buddy.candidate_id:
        seen = seen | Candidate.objects.filter(pk=buddy.candidate_id)
    return seen.order_by(Case(When(owner=employer, then=0), default=1), "pk")
