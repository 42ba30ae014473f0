"""Two pages about somebody in the own caseload: what is done about problems, and what the person works toward."""

from typing import Any, NamedTuple

from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse

from accounts import audit
from coaching.growth import hours_of
from coaching.models import Adjustment, BuddyLink, Goal, Growth, Intervention, Obstacle, Result
from coaching.models.development import Subject
from coaching.querysets import not_over
from coaching.views.base import PAGES, AssignmentPage


class GoalShown(NamedTuple):
    """A goal with how many of its steps are done."""

    goal: Goal
    done: int
    steps: list[Any]


class PersonPage(AssignmentPage):
    """A page about one person beside the first. Opening it is on the trail."""

    name = ""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        row, label = self.assignment, PAGES[self.name]
        audit.record(action=f"{label.lower()}.bekeken", by=self.user, obj=row, employer_id=row.subject.host_id)
        return self.show(
            title=f"{label} van {row.candidate.full_name}",
            breadcrumbs=[*self.crumbs(), (label, None)],
            lead=f"Bij {row.subject.host}",
            assignment=row,
            tabs=self.tabs(self.name),
            **self.content(),
        )

    def content(self) -> dict[str, Any]:
        """Return what this page shows."""
        raise NotImplementedError

    def records(self, model: type[Subject]) -> QuerySet:
        return model.objects.visible_to(self.user).of_subject(self.assignment)


class Approach(PersonPage):
    """Interventions, what gets in the way at work, adjustments, and who helps."""

    template_name = "coaching/approach.html"
    name = "approach"

    def content(self) -> dict[str, Any]:
        interventions = list(self.records(Intervention).select_related("item").order_by("-day", "-pk"))
        buddies = BuddyLink.objects.visible_to(self.user).of_subject(self.assignment).filter(not_over(self.today))
        return {
            "running": [row for row in interventions if not row.result],
            "judged": [row for row in interventions if row.result],
            "results": Result.choices,
            "obstacles": self.records(Obstacle).order_by(F("removed_on").desc(nulls_first=True), "-found_on", "-pk"),
            "adjustments": self.records(Adjustment).order_by(F("ready_on").desc(nulls_first=True), "-asked_on", "-pk"),
            "buddies": buddies.select_related("buddy__unit").order_by("first_day", "pk"),
        }


class Development(PersonPage):
    """Goals with their steps, and how somebody grew."""

    template_name = "coaching/development.html"
    name = "development"

    def content(self) -> dict[str, Any]:
        goals = [_shown(goal) for goal in self.records(Goal).prefetch_related("steps").order_by("-day", "-pk")]
        return {
            "goals": [row for row in goals if not _ended(row.goal)],
            "ended": [row for row in goals if _ended(row.goal)],
            "hours": hours_of(self.assignment.placement, self.today),
            "growth": self.records(Growth).order_by("-day", "-pk"),
        }


def _shown(goal: Goal) -> GoalShown:
    steps = list(goal.steps.all())
    return GoalShown(goal, sum(step.done_on is not None for step in steps), steps)


def _ended(goal: Goal) -> bool:
    return goal.reached_on is not None or goal.dropped_on is not None
