"""The section *Begeleiding* on the page of a placement or trial, as the employer may read it.

Dates, minutes and shared notes of contacts; no score, no confidence, and of a signal only that attention is asked.
"""

from dataclasses import dataclass
from datetime import date
from typing import cast

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from accounts.models import User
from accounts.scope import scope_of
from coaching.models import Assignment, BuddyLink, CheckIn, Grant
from coaching.overview import hours_used
from coaching.querysets import not_over
from coaching.rules import runs_out_on
from coaching.services.rights import may_arrange
from employers.models import Employer
from placements.models import Placement, Trial

Subject = Placement | Trial

#: Contacts on one page, and the parameter that says which page.
PER_PAGE = 20
PAGE = "gesprekken"


@dataclass(frozen=True, slots=True)
class Granted:
    """Hours as the section tells them."""

    grant: Grant
    used: str
    running_out: bool
    runs_out: date | None


@dataclass(frozen=True, slots=True)
class Coaching:
    """Who coaches, coached and will coach; ``attention`` says that something is to be asked of the coach."""

    running: list[Assignment]
    planned: list[Assignment]
    past: list[Assignment]

    @property
    def attention(self) -> bool:
        return any(row.asks_attention for row in self.running)  # type: ignore[attr-defined]


def make(request: HttpRequest, employer: Employer, subject: Subject) -> SafeString:
    """Return the section for the page of an employer about a placement or trial the user may see."""
    user, today = cast(User, request.user), timezone.localdate()
    rows = list(_assignments(user, subject, today))
    may = scope_of(user).may_change(employer.pk) and may_arrange(user, subject)
    context = {
        "employer": employer,
        "today": today,
        "coaching": _standing(rows, today),
        "grants": [_granted(grant, today) for grant in _grants(user, subject)],
        "check_ins": _check_ins(request, user, subject, rows),
        "page_field": PAGE,
        "reads_check_ins": scope_of(user).is_coordinator,
        "may_arrange": may,
        "buddies": list(_buddies(user, subject, today)),
        "buddy_url": _address(employer, subject, "buddy_choose"),
        "workplace_url": _workplace(employer, subject),
        "assign_url": _address(employer, subject, "assignment_add"),
        "grant_url": _address(employer, subject, "grant_add"),
    }
    return render_to_string("coaching/_section.html", context, request=request)


def _about(subject: Subject, prefix: str = "") -> Q:
    return Q(**{f"{prefix}{'trial' if isinstance(subject, Trial) else 'placement'}": subject.pk})


def _assignments(user: User, subject: Subject, today: date) -> QuerySet:
    """Return who coaches, coached or will coach, each with the number of contacts about the placement or trial."""
    asks = Assignment.objects.filter(pk=OuterRef("pk")).asking_attention(today)
    rows = Assignment.objects.visible_to(user).filter(_about(subject))
    return (
        rows.select_related("coach__employer", "coach__partner")
        .annotate(asks_attention=Exists(asks), contacts=Count("check_ins"))
        .order_by("first_day", "pk")
    )


def _standing(rows: list[Assignment], today: date) -> Coaching:
    over = [row for row in rows if row.last_day is not None and row.last_day < today]
    planned = [row for row in rows if row.first_day > today]
    running = [row for row in rows if row not in over and row not in planned]
    return Coaching(running, planned, over[::-1])


def _buddies(user: User, subject: Subject, today: date) -> QuerySet:
    """Return who helps, or soon will."""
    rows = BuddyLink.objects.visible_to(user).filter(_about(subject)).filter(not_over(today))
    return rows.select_related("buddy__unit").order_by("first_day", "pk")


def _grants(user: User, subject: Subject) -> QuerySet:
    return Grant.objects.visible_to(user).filter(_about(subject)).order_by("-first_day", "-pk")


def _granted(grant: Grant, today: date) -> Granted:
    running = grant.first_day <= today <= grant.last_day
    day = runs_out_on(hours=grant.hours, used_minutes=grant.used_minutes, first=grant.first_day, today=today)
    return Granted(
        grant=grant,
        used=hours_used(grant.used_minutes, grant.hours),
        running_out=running and grant.is_running_out,
        runs_out=day if running and day is not None and day < grant.last_day else None,
    )


def _check_ins(request: HttpRequest, user: User, subject: Subject, rows: list[Assignment]) -> Page:
    """Return a page of the contacts, newest first; how many there are is known already."""
    found = CheckIn.objects.visible_to(user).filter(_about(subject, "assignment__")).for_employer()
    paginator = Paginator(found.order_by("-day", "-pk"), PER_PAGE)
    paginator.count = sum(row.contacts for row in rows) if scope_of(user).is_coordinator else 0  # type: ignore[attr-defined]
    return paginator.get_page(request.GET.get(PAGE))


def _workplace(employer: Employer, subject: Subject) -> str:
    """Return the page about the workplace of a placement; a trial has none."""
    if isinstance(subject, Trial):
        return ""
    return reverse("workplace", kwargs={"employer": employer.uuid, "placement": subject.uuid})


def _address(employer: Employer, subject: Subject, name: str) -> str:
    if isinstance(subject, Trial):
        return reverse(f"trial_{name}", kwargs={"employer": employer.uuid, "trial": subject.uuid})
    return reverse(name, kwargs={"employer": employer.uuid, "placement": subject.uuid})
