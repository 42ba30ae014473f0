"""A person as the coach sees it: what is next, how it goes, and the story so far."""

from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import TruncMonth
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property

from accounts import audit
from coaching.fields import UNREADABLE
from coaching.forms.check_ins import SCORE_LABELS
from coaching.models import Agreement, CheckIn, ConfidentialNote, Grant, Scores
from coaching.rules import intensity, is_editable, runs_out_on
from coaching.story import days_of, events_of
from coaching.views.base import AssignmentPage
from placements.models import PlacementPeriod
from ui import dutch
from ui.charts import Chart, Series
from ui.pages import Event

PER_PAGE = 20
#: Contacts in the chart of scores and minutes.
CHARTED = 60


class Told(NamedTuple):
    """A contact with what only its reader may see beside it."""

    check_in: CheckIn
    confidence: str
    editable: bool
    mine: bool

    @property
    def day(self) -> date:
        return self.check_in.day

    @property
    def scores(self) -> str:
        """The scores that were given, in words."""
        given = self.check_in.scores.given if hasattr(self.check_in, "scores") else {}
        return " · ".join(f"{SCORE_LABELS[name]} {score}" for name, score in given.items())


class CoachedPerson(AssignmentPage):
    """The page of one assignment. Opening it is on the trail."""

    template_name = "coaching/person.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        row = self.assignment
        audit.record(action="begeleiding.bekeken", by=self.user, obj=row, employer_id=row.subject.host_id)
        paginator = Paginator(self._check_ins(), PER_PAGE)
        paginator.count = sum(number for _, _, number in self._by_month)
        page = paginator.get_page(request.GET.get("page"))
        name = row.candidate.full_name
        return self.show(
            title=name,
            breadcrumbs=[self.crumbs()[0], (name, None)],
            tabs=self.tabs("coached_person"),
            assignment=row,
            period=self.period,
            lead=self._lead(),
            due=self._due(),
            agreements=Agreement.objects.visible_to(self.user)
            .filter(done_on=None)
            .of_subject(row)
            .order_by("due", "pk"),
            grants=[self._granted(grant) for grant in self._grants()],
            page=page,
            story=self._story(page),
            charts=[chart for chart in (self._scores(), self._minutes()) if chart],
            intensity=intensity(self.months),
            silent=row.silent_from is not None and row.silent_from <= self.today,
            consent_missing=row.consent_on is None,
        )

    @cached_property
    def period(self) -> PlacementPeriod | None:
        """The period in which the placement stands today; a trial has none."""
        rows = PlacementPeriod.objects.filter(placement=self.assignment.placement_id).select_related("unit")
        return rows.standing_for(self.today).first() if self.assignment.placement_id else None

    def _lead(self) -> str:
        row = self.assignment
        work = self.period.job_title if self.period else row.trial.get_kind_display()  # type: ignore[union-attr]
        return f"{work} bij {row.subject.host}"

    def _due(self) -> list[tuple[str, date, bool]]:
        """Return what is next: the appointment and the last day for a contact, with whether that is past."""
        row = self.assignment
        rows = (("Afspraak", row.next_contact), ("Contact uiterlijk", row.contact_due))
        return [(label, day, day < self.today) for label, day in rows if day is not None]

    def _check_ins(self) -> "QuerySet[CheckIn]":
        return CheckIn.objects.visible_to(self.user).of_subject(self.assignment).for_story().order_by("-day", "-pk")

    def _story(self, page: Page) -> list[Told | Event]:
        """Return the contacts of a page and what happened between them, newest first."""
        check_ins = list(page.object_list)
        newer = self._check_ins()[page.start_index() - 2] if page.has_previous() else None
        days = days_of(check_ins, newer=newer, has_older=page.has_next())
        told: list[Told | Event] = [*self._told(check_ins), *events_of(self.user, self.assignment, days)]
        return sorted(told, key=lambda moment: moment.day, reverse=True)

    def _told(self, check_ins: list[CheckIn]) -> list[Told]:
        notes = ConfidentialNote.objects.readable_by(self.user, self.today).filter(check_in__in=check_ins)
        told = ((note.check_in_id, note.reveal()) for note in notes)
        confidences = {key: UNREADABLE if text is None else text for key, text in told}
        return [
            Told(
                check_in,
                confidences.get(check_in.pk, ""),
                is_editable(written_on=timezone.localdate(check_in.created_at), today=self.today),
                check_in.author_id == self.user.pk,
            )
            for check_in in check_ins
        ]

    def _grants(self) -> "QuerySet[Grant]":
        rows = Grant.objects.visible_to(self.user).of_subject(self.assignment)
        return rows.filter(last_day__gte=self.today).order_by("first_day", "pk")

    def _granted(self, grant: Grant) -> dict[str, Any]:
        """Return a grant as it is told: used of how much, and when it is finished at this pace."""
        used = Fraction(grant.used_minutes, 60)
        gone = runs_out_on(hours=grant.hours, used_minutes=grant.used_minutes, first=grant.first_day, today=self.today)
        share = used / Fraction(grant.hours)
        early = gone is not None and gone < grant.last_day
        return {"grant": grant, "used": used, "share": share, "gone": gone if early else None}

    @cached_property
    def _by_month(self) -> list[tuple[date, int, int]]:
        """The first day of each month with contact, its minutes and the number of contacts."""
        months = self._check_ins().order_by().annotate(month=TruncMonth("day")).values("month")
        sums: QuerySet[Any, Any] = months.annotate(minutes=Sum("minutes"), number=Count("pk")).order_by("month")
        return list(sums.values_list("month", "minutes", "number"))

    @property
    def months(self) -> list[tuple[date, int]]:
        """The first day of each month with contact, and its minutes."""
        return [(month, minutes) for month, minutes, _ in self._by_month]

    def _minutes(self) -> Chart | None:
        """Return the minutes of contact per month, when there are at least two months."""
        rows = self.months
        if len(rows) < 2:
            return None
        return Chart(
            title="Minuten per maand",
            description=f"Van {rows[0][1]} minuten in de eerste maand naar {rows[-1][1]} in de laatste.",
            unit="minuten",
            decimals=0,
            series=[Series("minuten", rows)],
        )

    def _scores(self) -> Chart | None:
        """Return the mean score per contact, when there are at least two."""
        rows = Scores.objects.filter(check_in__in=self._check_ins().order_by()).select_related("check_in")
        scored = sorted(rows.order_by("-check_in__day", "-check_in__pk")[:CHARTED], key=lambda s: s.check_in.day)
        points = {row.check_in.day: _mean(row) for row in scored if row.given}
        if len(points) < 2:
            return None
        first, *_, last = points.values()
        return Chart(
            title="Gemiddelde score per gesprek",
            description=f"Van {dutch.number(first, 1)} naar {dutch.number(last, 1)}, op een schaal van 1 tot 5.",
            unit="score",
            scale=(1, 5),
            series=[Series("score", list(points.items()))],
        )


def _mean(scores: Scores) -> Fraction:
    given = scores.given
    return Fraction(sum(given.values()), len(given))
