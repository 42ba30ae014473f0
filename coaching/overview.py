"""The coordinator's overview: one row for each placement or trial that runs, with how its coaching stands.

Everything is worked out in the database, so that it can be filtered, counted, sorted and exported. A signal is told as
``attention`` alone: neither why it was raised nor any score is ever selected.
"""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import (
    CharField,
    Count,
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    FloatField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextChoices,
    Value,
)
from django.db.models.functions import Coalesce

from accounts.records import ALWAYS, FOREVER, active_on
from coaching.models import Assignment, BuddyLink, Grant
from coaching.querysets import number_of, total_of
from coaching.querysets.chains import AgreedLate
from employers.models import Employer
from placements.models import PlacementPeriod, Trial
from ui import dutch

if TYPE_CHECKING:
    from accounts.models import User

PLACEMENT, TRIAL = "plaatsing", "proefplaatsing"

#: What a row holds, in this order: placements and trials are joined into one list.
COLUMNS = (
    "pk", "subject_kind", "subject_uuid", "subject_code", "name_folded", "first_name", "last_name", "work",
    "unit_name", "host_key", "host_name", "coach_uuid", "coach_name", "coach_sort", "coach_number", "phase",
    "last_contact", "contact_sort", "contact_due", "due_sort", "attention", "agreement_late", "granted_hours",
    "used_minutes", "left_sort", "running_out", "buddy_name", "buddy_number",
)  # fmt: skip


class Heed(TextChoices):
    """What a coordinator looks for; each can be listed, counted and linked to."""

    LATE = "contact_te_laat", "Contact te laat"
    ATTENTION = "aandacht_gevraagd", "Aandacht gevraagd"
    HOURS = "uren_raken_op", "Uren raken op"
    AGREEMENT = "afspraak_te_laat", "Afspraak te laat"
    NO_COACH = "geen_coach", "Geen coach"
    NO_BUDDY = "geen_buddy", "Geen buddy"


def condition(heed: str, day: date) -> Q:
    """Return the condition on rows of the overview."""
    conditions = {
        Heed.LATE: Q(contact_due__lt=day),
        Heed.ATTENTION: Q(attention=True),
        Heed.HOURS: Q(running_out=True),
        Heed.AGREEMENT: Q(agreement_late=True),
        Heed.NO_COACH: Q(coach_uuid__isnull=True),
        Heed.NO_BUDDY: Q(buddy_name__isnull=True),
    }
    return conditions[Heed(heed)]


class Parts(NamedTuple):
    """The rows of the overview before they are joined: what can be filtered and counted is the same in both."""

    placements: QuerySet
    trials: QuerySet

    def joined(self) -> QuerySet:
        """Return both as one list of dictionaries (:data:`COLUMNS`) that can be sorted, sliced and counted."""
        one, other = (part.order_by().values(*COLUMNS) for part in self)
        return one.union(other, all=True)

    def counts(self, day: date) -> dict[str, int]:
        """Return how many rows there are of each :class:`Heed`; two queries."""
        wanted = {heed.name: Count("pk", filter=condition(heed, day)) for heed in Heed}
        found = [part.order_by().aggregate(**wanted) for part in self]
        return {heed.value: sum(numbers[heed.name] for numbers in found) for heed in Heed}


def parts(user: "User", employer: Employer, day: date) -> Parts:
    """Return what runs on ``day`` at, or concerns, an employer, as far as the user may see it."""
    periods = PlacementPeriod.objects.visible_to(user).of_employer(employer.pk).active_on(day)
    trials = Trial.objects.visible_to(user).of_employer(employer.pk).running_on(day)
    return Parts(
        _with_coaching(
            periods.annotate(
                subject_kind=Value(PLACEMENT, CharField()),
                subject_uuid=F("placement__uuid"),
                subject_code=F("placement__code"),
                work=F("job_title"),
                unit_name=Coalesce("unit__name", Value("")),
                **_who_and_where("placement__"),
            ),
            day,
        ),
        _with_coaching(
            trials.annotate(
                subject_kind=Value(TRIAL, CharField()),
                subject_uuid=F("uuid"),
                subject_code=F("code"),
                work=F("kind"),
                unit_name=Value("", CharField()),
                **_who_and_where(""),
            ),
            day,
        ),
    )


def coached_by(rows: QuerySet, coach: str, day: date) -> QuerySet:
    """Keep what the coach with this key coaches on ``day``, also beside a colleague."""
    return rows.filter(Exists(Assignment.objects.filter(_subject(rows), active_on(day), coach__uuid=coach)))


def _who_and_where(subject: str) -> dict[str, Any]:
    candidate, host = f"{subject}candidate__", f"{subject}host"
    return {
        "name_folded": F(f"{candidate}name_folded"),
        "first_name": F(f"{candidate}first_name"),
        "last_name": F(f"{candidate}last_name"),
        "host_key": F(f"{host}_id"),
        "host_name": F(f"{host}__name"),
    }


def _subject(rows: QuerySet) -> Q:
    """Return the condition that a record is about the placement or trial of the row outside."""
    return Q(trial=OuterRef("pk")) if rows.model is Trial else Q(placement=OuterRef("placement_id"))


def _with_coaching(rows: QuerySet, day: date) -> QuerySet:
    """Annotate how the coaching of each row stands; of several coaches the one whose contact is due first leads."""
    subject = _subject(rows)
    running = Assignment.objects.filter(subject, active_on(day))
    lead = running.order_by(F("contact_due").asc(nulls_last=True), "pk")
    rows = rows.annotate(
        coach_uuid=_first(lead, "coach__uuid"),
        coach_name=_first(lead, "coach__name"),
        coach_sort=Coalesce(_first(lead, "coach__name_folded"), Value("")),
        coach_number=number_of(running),
        phase=_first(lead, "phase"),
        last_contact=_first(lead, "last_contact"),
        contact_due=_first(lead, "contact_due"),
        attention=Exists(Assignment.objects.filter(subject).asking_attention(day)),
        agreement_late=AgreedLate("trial", F("pk"), day)
        if rows.model is Trial
        else AgreedLate("placement", F("placement_id"), day),
    )
    rows = rows.annotate(
        contact_sort=Coalesce("last_contact", Value(ALWAYS, DateField())),
        due_sort=Coalesce("contact_due", Value(FOREVER, DateField())),
    )
    return _with_buddy(_with_hours(rows, subject, day), subject, day)


def _with_hours(rows: QuerySet, subject: Q, day: date) -> QuerySet:
    """Annotate the hours granted for these days by whichever funders, and what was used of them."""
    grants = Grant.objects.filter(subject, first_day__lte=day, last_day__gte=day)
    rows = rows.annotate(
        granted_hours=total_of(grants, "hours"),
        used_minutes=total_of(grants, "used_minutes"),
        running_out=Exists(Grant.objects.filter(subject).running_out(day)),
    )
    left = ExpressionWrapper(F("granted_hours") * 60 - F("used_minutes"), output_field=FloatField())
    return rows.annotate(left_sort=Coalesce(left, Value(1e9)))


def _with_buddy(rows: QuerySet, subject: Q, day: date) -> QuerySet:
    links = BuddyLink.objects.filter(subject, active_on(day))
    return rows.annotate(
        buddy_name=_first(links.order_by("first_day", "pk"), "buddy__name"), buddy_number=number_of(links)
    )


def _first(rows: QuerySet, field: str) -> Subquery:
    return Subquery(rows.values(field)[:1])


class HeedCount(NamedTuple):
    """How many rows ask for something, and the query that lists exactly those."""

    label: str
    number: int
    query: str


def heed_counts(of: Parts, day: date) -> list[HeedCount]:
    """Return each :class:`Heed` with its number of rows."""
    numbers = of.counts(day)
    return [HeedCount(heed.label, numbers[heed.value], f"letop={heed.value}") for heed in Heed]


def said(row: dict[str, Any], day: date) -> Iterable[str]:
    """Yield in words what a row asks for, as a file tells it."""
    facts = {
        Heed.LATE: row["contact_due"] is not None and row["contact_due"] < day,
        Heed.ATTENTION: row["attention"],
        Heed.HOURS: row["running_out"],
        Heed.AGREEMENT: row["agreement_late"],
        Heed.NO_COACH: row["coach_uuid"] is None,
        Heed.NO_BUDDY: row["buddy_name"] is None,
    }
    return (heed.label.lower() for heed, holds in facts.items() if holds)


def hours_used(used_minutes: int | None, granted: Any) -> str:
    """Return ``12,5 van 50`` hours; a dash when nothing was granted."""
    if granted is None:
        return dutch.MISSING
    used = dutch.plain_decimal(dutch.rounded(Fraction(used_minutes or 0, 60), 1))
    return f"{used} van {dutch.plain_decimal(dutch.rounded(granted, 1))}"
