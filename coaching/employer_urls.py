"""Addresses of the coordinator's pages of this room, all below one employer."""

from django.urls import URLPattern, URLResolver, include, path

from coaching.views import arranging, coaches, grants, hours, overview, partners

_assignment = [
    path("wijzigen/", arranging.AssignmentChange.as_view(), name="assignment_change"),
    path("fase/", arranging.AssignmentPhase.as_view(), name="assignment_phase"),
    path("overdragen/", arranging.AssignmentHandOver.as_view(), name="assignment_hand_over"),
    path("beeindigen/", arranging.AssignmentEnd.as_view(), name="assignment_end"),
]
_grant = [
    path("wijzigen/", grants.GrantChange.as_view(), name="grant_change"),
    path("verwijderen/", grants.GrantRemove.as_view(), name="grant_remove"),
]
_coach = [
    path("", coaches.CoachDetail.as_view(), name="coach_detail"),
    path("wijzigen/", coaches.CoachChange.as_view(), name="coach_change"),
    path("stoppen/", coaches.CoachEnd.as_view(), name="coach_end"),
    path("overdragen/", coaches.CoachHandOver.as_view(), name="coach_hand_over"),
]
_coaching: list[URLPattern | URLResolver] = [
    path("", overview.CoachingOverview.as_view(), name="coaching_list"),
    path("uren/", hours.HoursReport.as_view(), name="coaching_hours"),
    path("coaches/", coaches.CoachList.as_view(), name="coach_list"),
    path("coaches/nieuw/", coaches.CoachAdd.as_view(), name="coach_add"),
    path("coaches/<uuid:coach>/", include(_coach)),
    path("organisaties/koppelen/", partners.PartnerLinkAdd.as_view(), name="partner_link"),
    path("organisaties/<uuid:partner>/", partners.PartnerUnlink.as_view(), name="partner_unlink"),
    path("plaatsingen/<uuid:placement>/coach/", arranging.AssignmentAdd.as_view(), name="assignment_add"),
    path("proefplaatsingen/<uuid:trial>/coach/", arranging.AssignmentAdd.as_view(), name="trial_assignment_add"),
    path("plaatsingen/<uuid:placement>/uren/", grants.GrantAdd.as_view(), name="grant_add"),
    path("proefplaatsingen/<uuid:trial>/uren/", grants.GrantAdd.as_view(), name="trial_grant_add"),
    path("toewijzingen/<uuid:assignment>/", include(_assignment)),
    path("toekenningen/<uuid:grant>/", include(_grant)),
]

urlpatterns = [path("werkgevers/<uuid:employer>/begeleiding/", include(_coaching))]
