"""Coaches as the coordinator of one employer sees them: their load, and what they did and did not get round to here."""

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import DateField, Exists, F, OuterRef, Q, QuerySet, TextChoices, Value
from django.db.models.functions import Coalesce

from accounts.records import FOREVER
from coaching.models import Assignment, CheckIn, JobCoach, PartnerLink
from coaching.querysets import AssignmentQuerySet, concerns_employer, not_over, number_of, total_of
from coaching.rules import EXPIRY_LEAD, load_percent
from employers.models import Employer

if TYPE_CHECKING:
    from accounts.models import User


class CoachHeed(TextChoices):
    """What a coordinator looks for among coaches."""

    OVERLOADED = "overbelast", "Overbelast"
    EXPIRING = "erkenning_verloopt", "Erkenning verloopt"


def coaches_of(user: "User", employer: Employer, day: date) -> QuerySet:
    """Return the coaches an employer knows, with ``load`` everywhere and ``here``, ``late`` and ``minutes`` at home.

    ``minutes`` are those of contacts in the month of ``day``, without travel; ``late`` the people here whose contact is
    overdue.
    """
    at_home = Assignment.objects.filter(concerns_employer(employer.pk), coach=OuterRef("pk")).in_work_on(day)
    contacts = CheckIn.objects.visible_to(user).filter(
        concerns_employer(employer.pk, "assignment__"),
        assignment__coach=OuterRef("pk"),
        day__gte=day.replace(day=1),
        day__lte=day,
    )
    rows = JobCoach.objects.visible_to(user).of_employer(employer.pk).with_load(day).for_list()
    return rows.annotate(
        here=number_of(at_home),
        late=number_of(at_home.filter(contact_due__lt=day)),
        minutes=Coalesce(total_of(contacts, "minutes"), Value(0)),
        valid_sort=Coalesce("recognised_until", Value(FOREVER, DateField())),
    )


def condition(heed: str, day: date) -> Q:
    """Return the condition on coaches with their load."""
    if heed == CoachHeed.OVERLOADED:
        return Q(capacity__gt=0, load__gt=F("capacity"))
    return Q(recognised_until__lte=day + EXPIRY_LEAD)


def load_text(coach: JobCoach) -> tuple[str, str]:
    """Return the load of a coach against the room there is, in words, and the tone of the badge."""
    load = coach.load  # type: ignore[attr-defined]
    percent = load_percent(load, coach.capacity)
    if percent is None:
        return f"{load}", "neutral"
    if percent > 100:
        return f"{percent} %: overbelast", "warning"
    return f"{load} van {coach.capacity}", "neutral"


def expiry(day_valid: date | None, day: date) -> tuple[str, str] | None:
    """Return that a recognition has expired or soon will, and the tone of the badge; None when there is time."""
    if day_valid is None or day_valid > day + EXPIRY_LEAD:
        return None
    return ("verlopen", "error") if day_valid < day else ("verloopt", "warning")


def standing(coach: JobCoach, day: date) -> tuple[str, str]:
    """Return whether a coach is in service, in a word, and the tone of the badge."""
    if coach.first_day > day:
        return "begint nog", "info"
    if coach.last_day is None:
        return "in dienst", "success"
    return ("gestopt", "neutral") if coach.last_day < day else ("stopt", "warning")


def caseload_here(user: "User", coach: JobCoach, employer: Employer, day: date) -> AssignmentQuerySet:
    """Return whom a coach coaches, or soon will, at an employer; ``asks_attention`` says nothing of why."""
    asks = Assignment.objects.filter(pk=OuterRef("pk")).asking_attention(day)
    rows = Assignment.objects.visible_to(user).of_employer(employer.pk).filter(not_over(day), coach=coach)
    return rows.for_list().annotate(asks_attention=Exists(asks))


def to_hand_over(user: "User", coach: JobCoach, employer: Employer, day: date) -> QuerySet:
    """Return those of a coach's caseload that this employer may hand over, by name: who works or is on trial there."""
    hosted = Q(placement__host=employer) | Q(trial__host=employer)
    name = Coalesce("placement__candidate__name_folded", "trial__candidate__name_folded")
    return caseload_here(user, coach, employer, day).filter(hosted).with_successor().order_by(name, "pk")


def links_of(employer: Employer, day: date) -> "QuerySet[PartnerLink]":
    """Return the partners an employer may choose coaches from, now or later."""
    return employer.partner_links.filter(not_over(day)).select_related("partner").order_by("partner__name_key", "pk")
