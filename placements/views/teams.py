"""The calculation of an employer's share in a purchased team: places, members, hours; never who the members are."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from accounts import audit
from placements.figures import bought_by
from placements.models import Team, TeamPurchase
from placements.views.pages import ContextView, EmployerPage


class TeamShareDetail(EmployerPage, ContextView):
    """How an employer's share in a team is worked out on a day."""

    template_name = "placements/team_share.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        bought_ever = TeamPurchase.objects.filter(buyer=self.employer)
        teams = Team.objects.visible_to(self.user).filter(pk__in=bought_ever.values("team")).select_related("employer")
        team = get_object_or_404(teams, uuid=kwargs["team"])
        audit.record(action="teamaandeel.bekeken", by=self.user, obj=team, employer_id=self.employer.pk)
        shares = bought_by(self.employer, self.asked.at, team)
        title = f"Aandeel in {team}"
        return self.show(
            title=title,
            breadcrumbs=[(self.word.titles, self.address("placement_list")), (title, None)],
            team=team,
            asked=self.asked,
            share=shares[0] if shares else None,
            purchases=list(bought_ever.filter(team=team).order_by("-first_day")),
        )
