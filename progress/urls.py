"""Addresses of this room."""

from django.urls import include, path

from progress.views.actions import EmployerActions, OwnActions
from progress.views.administrator import AllProgress
from progress.views.calculators import QuotaPage, WhatIf
from progress.views.changes import ProgressChanges
from progress.views.coordinator import Progress
from progress.views.definitions import Definitions
from progress.views.letter import BoardLetter
from progress.views.national import National
from progress.views.official import OfficialList
from progress.views.rounds import adviser, deciding, listing, own, report, snapshots
from progress.views.sectors import SectorList, SectorProgress

urlpatterns = [
    path("acties/", OwnActions.as_view(), name="own_actions"),
    path("werkgevers/<uuid:employer>/acties/", EmployerActions.as_view(), name="action_list"),
    path("voortgang/", AllProgress.as_view(), name="all_progress"),
    path("landelijk/", National.as_view(), name="national"),
    path("voortgang/begrippen/", Definitions.as_view(), name="progress_definitions"),
    path("werkgevers/<uuid:employer>/voortgang/", Progress.as_view(), name="progress"),
    path("werkgevers/<uuid:employer>/voortgang/wijzigingen/", ProgressChanges.as_view(), name="progress_changes"),
    path("werkgevers/<uuid:employer>/voortgang/brief/", BoardLetter.as_view(), name="board_letter"),
    path("werkgevers/<uuid:employer>/voortgang/wat-als/", WhatIf.as_view(), name="what_if"),
    path("werkgevers/<uuid:employer>/voortgang/quotum/", QuotaPage.as_view(), name="quota"),
    path("werkgevers/<uuid:employer>/voortgang/officieel/", OfficialList.as_view(), name="official_list"),
    path("sectoren/", SectorList.as_view(), name="sector_list"),
    path("sectoren/<uuid:sector>/voortgang/", SectorProgress.as_view(), name="sector_progress"),
    path("rondes/", listing.RoundList.as_view(), name="round_list"),
    path("rondes/nieuw/", listing.RoundOpen.as_view(), name="round_open"),
    path(
        "rondes/<uuid:sector>/<uuid:round>/",
        include(
            [
                path("", adviser.RoundDetail.as_view(), name="round_detail"),
                path("rapportage/", report.RoundReport.as_view(), name="round_report"),
                path("wijzigen/", adviser.RoundChange.as_view(), name="round_change"),
                path("opgaven/", deciding.RoundTotalsFile.as_view(), name="round_totals_file"),
                path("sluiten/", adviser.RoundClose.as_view(), name="round_close"),
                path("<uuid:member>/", deciding.RoundMember.as_view(), name="round_member"),
                path("<uuid:member>/verschil/", deciding.RoundDifference.as_view(), name="round_difference"),
                path("<uuid:member>/terugsturen/", deciding.RoundReturn.as_view(), name="round_return"),
                path("<uuid:member>/goedkeuren/", deciding.RoundApprove.as_view(), name="round_approve"),
                path("<uuid:member>/opgave/", deciding.RoundTotals.as_view(), name="round_totals"),
            ]
        ),
    ),
    path(
        "werkgevers/<uuid:employer>/rondes/",
        include(
            [
                path("", own.OwnRounds.as_view(), name="employer_rounds"),
                path("<uuid:round>/", own.OwnRound.as_view(), name="employer_round"),
                path("<uuid:round>/indienen/", own.OwnSubmit.as_view(), name="employer_round_submit"),
                path("<uuid:round>/opgave/", own.OwnTotals.as_view(), name="employer_round_totals"),
                path("<uuid:round>/opgave/bestand/", own.OwnTotalsFile.as_view(), name="employer_round_file"),
                path("standen/<uuid:snapshot>/", snapshots.SnapshotDetail.as_view(), name="snapshot_detail"),
                path(
                    "standen/<uuid:snapshot>/verschil/",
                    snapshots.SnapshotDifference.as_view(),
                    name="snapshot_difference",
                ),
            ]
        ),
    ),
]
