"""What happened beside the contacts of somebody who is coached: what was tried, agreed, reached and learned.

For the coach alone. A page of contacts shows what happened in its own stretch of days, so that nothing is told twice.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import QuerySet

from coaching.models import Assignment, CheckIn, Goal, Growth, Intervention
from coaching.models.development import Subject
from ui.pages import Event

if TYPE_CHECKING:
    from accounts.models import User


class Days(NamedTuple):
    """The days a page tells of: after ``after`` up to and including ``until``; without a limit where there is none."""

    after: date | None
    until: date | None

    def hold(self, day: date) -> bool:
        return (self.after is None or day > self.after) and (self.until is None or day <= self.until)


def days_of(page: "Iterable[CheckIn]", *, newer: CheckIn | None, has_older: bool) -> Days:
    """Return the days of a page of contacts, newest first; ``newer`` is the last contact of the page before it."""
    rows = list(page)
    return Days(rows[-1].day if rows and has_older else None, newer.day if newer else None)


def events_of(user: "User", assignment: Assignment, days: Days) -> list[Event]:
    """Return what happened in these days, newest first. Three queries."""

    def records(model: type[Subject]) -> QuerySet:
        return model.objects.visible_to(user).of_subject(assignment)

    found = [
        *_interventions(records(Intervention).select_related("item")),
        *_goals(records(Goal)),
        *(Event(row.day, row.text, row.get_kind_display()) for row in records(Growth)),
    ]
    return sorted((event for event in found if days.hold(event.day)), key=lambda event: event.day, reverse=True)


def _interventions(rows: "Iterable[Intervention]") -> Iterator[Event]:
    for row in rows:
        name = str(row.item) if row.item else row.action
        yield Event(row.day, f"Interventie: {name}", row.problem)
        if row.result_on is not None:
            yield Event(row.result_on, f"{row.get_result_display()}: {name}", row.result_note)


def _goals(rows: "Iterable[Goal]") -> Iterator[Event]:
    for row in rows:
        yield Event(row.day, f"Doel afgesproken: {row.title}")
        if row.reached_on is not None:
            yield Event(row.reached_on, f"Doel bereikt: {row.title}")
        if row.dropped_on is not None:
            yield Event(row.dropped_on, f"Doel losgelaten: {row.title}")
