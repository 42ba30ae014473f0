"""Addresses of this room, all below one employer."""

from django.urls import include, path

from employers.views import colleagues, official, targets, units

_employer = [
    path("collegas/", colleagues.ColleagueList.as_view(), name="colleague_list"),
    path("collegas/uitnodigen/", colleagues.ColleagueInvite.as_view(), name="colleague_invite"),
    path("collegas/<uuid:membership>/", colleagues.ColleagueChange.as_view(), name="colleague_change"),
    path("collegas/<uuid:membership>/beeindigen/", colleagues.ColleagueEnd.as_view(), name="colleague_end"),
    path("collegas/<uuid:membership>/uitnodiging/", colleagues.ColleagueResend.as_view(), name="colleague_resend"),
    path("afdelingen/", units.UnitList.as_view(), name="unit_list"),
    path("afdelingen/nieuw/", units.UnitAdd.as_view(), name="unit_add"),
    path("afdelingen/<uuid:unit>/", units.UnitChange.as_view(), name="unit_change"),
    path("afdelingen/<uuid:unit>/verwijderen/", units.UnitRemove.as_view(), name="unit_remove"),
    path("streefcijfers/", targets.TargetList.as_view(), name="target_list"),
    path("streefcijfers/nieuw/", targets.TargetAdd.as_view(), name="target_add"),
    path("streefcijfers/<uuid:target>/", targets.TargetChange.as_view(), name="target_change"),
    path("streefcijfers/<uuid:target>/verwijderen/", targets.TargetRemove.as_view(), name="target_remove"),
    path("voortgang/officieel/nieuw/", official.OfficialAdd.as_view(), name="official_add"),
    path("voortgang/officieel/<uuid:figure>/", official.OfficialChange.as_view(), name="official_change"),
    path("voortgang/officieel/<uuid:figure>/verwijderen/", official.OfficialRemove.as_view(), name="official_remove"),
]

urlpatterns = [path("werkgevers/<uuid:employer>/", include(_employer))]
