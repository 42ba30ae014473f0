"""Addresses of what is done about problems, goals, and what changes at work: of the coach, and of the coordinator."""

from django.urls import URLPattern, URLResolver, include, path

from coaching.views import coach_records, development, own_buddies, workplace
from coaching.views.kinds import ADJUSTMENT, GOAL, GROWTH, INTERVENTION, OBSTACLE, Kind

Patterns = list[URLPattern | URLResolver]


def _of_coach(kind: Kind, *more: URLPattern) -> Patterns:
    """Return the addresses of a kind of record below a coach's page; ``more`` are those of one record."""
    one = [
        path("", coach_records.CoachChange.as_view(kind=kind), name=f"{kind.key}_change"),
        path("verwijderen/", coach_records.CoachRemove.as_view(kind=kind), name=f"{kind.key}_remove"),
        *more,
    ]
    add = coach_records.InterventionAdd if kind is INTERVENTION else coach_records.CoachAdd
    return [
        path("nieuw/", add.as_view(kind=kind), name=f"{kind.key}_add"),
        path(f"<uuid:{kind.key}>/", include(one)),
    ]


def _of_workplace(kind: Kind) -> Patterns:
    """Return the addresses of a kind of record below the workplace of a placement."""
    name = f"workplace_{kind.key}"
    one = [
        path("", workplace.WorkplaceChange.as_view(kind=kind), name=f"{name}_change"),
        path("verwijderen/", workplace.WorkplaceRemove.as_view(kind=kind), name=f"{name}_remove"),
    ]
    return [
        path("nieuw/", workplace.WorkplaceAdd.as_view(kind=kind), name=f"{name}_add"),
        path(f"<uuid:{kind.key}>/", include(one)),
    ]


_result = path("resultaat/", coach_records.InterventionResult.as_view(), name="intervention_result")
_goal = (
    path("afronden/", coach_records.GoalEnd.as_view(), name="goal_end"),
    path("stap/", coach_records.StepSettle.as_view(), name="step_settle"),
)
_assignment: Patterns = [
    path("aanpak/", development.Approach.as_view(), name="approach"),
    path("aanpak/interventies/", include(_of_coach(INTERVENTION, _result))),
    path("aanpak/belemmeringen/", include(_of_coach(OBSTACLE))),
    path("aanpak/aanpassingen/", include(_of_coach(ADJUSTMENT))),
    path("buddy/", own_buddies.OwnBuddyLink.as_view(), name="own_buddy_link"),
    path("buddy/<uuid:buddy>/", own_buddies.OwnBuddyUnlink.as_view(), name="own_buddy_unlink"),
    path("ontwikkeling/", development.Development.as_view(), name="development"),
    path("ontwikkeling/doelen/", include(_of_coach(GOAL, *_goal))),
    path("ontwikkeling/groei/", include(_of_coach(GROWTH))),
]
_workplace: Patterns = [
    path("", workplace.Workplace.as_view(), name="workplace"),
    path("belemmeringen/", include(_of_workplace(OBSTACLE))),
    path("aanpassingen/", include(_of_workplace(ADJUSTMENT))),
    path("groei/", include(_of_workplace(GROWTH))),
]

urlpatterns: Patterns = [
    path("caseload/<uuid:assignment>/", include(_assignment)),
    path("werkgevers/<uuid:employer>/plaatsingen/<uuid:placement>/werkplek/", include(_workplace)),
]
