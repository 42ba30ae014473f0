"""What changes at the workplace of a placement, for the host's coordinators: adjustments, obstacles and growth."""

from typing import Any

from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse

from accounts import audit
from coaching.growth import hours_of
from coaching.models import Adjustment, Growth, Obstacle
from coaching.models.development import Subject
from coaching.services.rights import may_arrange
from coaching.views.kinds import KindAdd, KindChange, KindForm, KindRemove
from placements.models import Placement
from placements.services.rights import require
from placements.views.details import PlacementPage
from placements.views.pages import ConfirmFlow, ContextView, Crumbs, FormPage


class WorkplacePage(PlacementPage):
    """A page about the workplace of one placement of the employer in the address."""

    @property
    def subject(self) -> Placement:
        return self.placement

    def records(self, model: type[Subject]) -> QuerySet:
        """Return the records of this kind about this placement."""
        return model.objects.visible_to(self.user).at_workplace_of(self.placement)

    def back(self) -> str:
        return self.own_address("workplace")


class Workplace(WorkplacePage, ContextView):
    """The workplace of one placement. Opening it is on the trail."""

    template_name = "coaching/workplace.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        placement = self.placement
        audit.record(action="werkplek.bekeken", by=self.user, obj=placement, employer_id=self.employer.pk)
        return self.show(
            title=f"Werkplek van {placement.candidate.full_name}",
            lead=f"{self.standing.job_title} bij {placement.host}",
            breadcrumbs=[*self.crumbs(), ("Werkplek", None)],
            placement=placement,
            obstacles=self.records(Obstacle).order_by(F("removed_on").desc(nulls_first=True), "-found_on", "-pk"),
            adjustments=self.records(Adjustment).order_by(F("ready_on").desc(nulls_first=True), "-asked_on", "-pk"),
            growth=self.records(Growth).order_by("-day", "-pk"),
            hours=hours_of(placement, self.today),
            writes=self.may_change and may_arrange(self.user, placement),
        )


class WorkplaceForm(KindForm, WorkplacePage, FormPage):
    """A form about one kind of record, for who arranges the support."""

    def check_rights(self) -> None:
        require(may_arrange(self.user, self.placement))

    def about(self) -> str:
        return f"{self.placement.candidate.full_name} bij {self.placement.host}"

    def crumbs(self) -> Crumbs:
        return [*super().crumbs(), ("Werkplek", self.back())]

    def remove_address(self) -> str:
        return self.own_address(f"workplace_{self.kind.key}_remove", **{self.kind.key: self.record.uuid})


class WorkplaceAdd(KindAdd, WorkplaceForm):
    """A new record of one kind."""


class WorkplaceChange(KindChange, WorkplaceForm):
    """A change of a record of one kind."""


class WorkplaceRemove(KindRemove, ConfirmFlow, WorkplaceForm):
    """Removing a record of one kind."""
