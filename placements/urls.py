"""Addresses of this room. A period is found by its first day, which is unique within its placement or candidate."""

from datetime import date

from django.urls import include, path, register_converter

from placements.views import candidates, changes, details, excluded, lists, placing, register, teams, trials


class DayConverter:
    """A day in ISO form."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        return value.isoformat()


register_converter(DayConverter, "day")

_period = [
    path("corrigeren/", changes.PeriodCorrect.as_view(), name="period_correct"),
    path("afdeling/", changes.PeriodUnit.as_view(), name="period_unit"),
    path("verwijderen/", changes.PeriodRemove.as_view(), name="period_remove"),
]
_placement = [
    path("", details.PlacementDetail.as_view(), name="placement_detail"),
    path("wijzigen/", changes.PeriodAdd.as_view(), name="period_add"),
    path("corrigeren/", placing.PlacementChange.as_view(), name="placement_change"),
    path("beeindigen/", changes.PlacementEnd.as_view(), name="placement_end"),
    path("heropenen/", changes.PlacementReopen.as_view(), name="placement_reopen"),
    path("vervolg/", placing.PlacementContinue.as_view(), name="placement_continue"),
    path("verwijderen/", changes.PlacementRemove.as_view(), name="placement_remove"),
    path("periodes/<day:period>/", include(_period)),
]
_register = [
    path("corrigeren/", register.RegisterChange.as_view(), name="register_change"),
    path("beeindigen/", register.RegisterEnd.as_view(), name="register_end"),
    path("verwijderen/", register.RegisterRemove.as_view(), name="register_remove"),
]
_candidate = [
    path("", candidates.CandidateDetail.as_view(), name="candidate_detail"),
    path("wijzigen/", candidates.CandidateChange.as_view(), name="candidate_change"),
    path("verwijderen/", candidates.CandidateRemove.as_view(), name="candidate_remove"),
    path("bsn/", candidates.BsnReveal.as_view(), name="bsn_reveal"),
    path("inzage-beeindigen/", candidates.AccessWithdraw.as_view(), name="access_withdraw"),
    path("registerperiodes/nieuw/", register.RegisterAdd.as_view(), name="register_add"),
    path("registerperiodes/<day:period>/", include(_register)),
]
_trial = [
    path("", trials.TrialDetail.as_view(), name="trial_detail"),
    path("wijzigen/", trials.TrialChange.as_view(), name="trial_change"),
    path("uitkomst/", trials.TrialDecide.as_view(), name="trial_decide"),
    path("verwijderen/", trials.TrialRemove.as_view(), name="trial_remove"),
]
_employer = [
    path("plaatsingen/", lists.PlacementList.as_view(), name="placement_list"),
    path("plaatsingen/telt-niet/", excluded.Excluded.as_view(), name="placement_excluded"),
    path("plaatsingen/nieuw/", placing.PlacementAdd.as_view(), name="placement_add"),
    path("plaatsingen/<uuid:placement>/", include(_placement)),
    path("kandidaten/", lists.CandidateList.as_view(), name="candidate_list"),
    path("kandidaten/nieuw/", candidates.CandidateAdd.as_view(), name="candidate_add"),
    path("kandidaten/<uuid:candidate>/", include(_candidate)),
    path("proefplaatsingen/", lists.TrialList.as_view(), name="trial_list"),
    path("proefplaatsingen/nieuw/", trials.TrialAdd.as_view(), name="trial_add"),
    path("proefplaatsingen/<uuid:trial>/", include(_trial)),
    path("teams/<uuid:team>/aandeel/", teams.TeamShareDetail.as_view(), name="team_share"),
]

urlpatterns = [path("werkgevers/<uuid:employer>/", include(_employer))]
