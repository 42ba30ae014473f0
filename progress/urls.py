"""Addresses of this room."""

from django.urls import path

from progress.views.actions import EmployerActions, OwnActions
from progress.views.administrator import AllProgress
from progress.views.calculators import QuotaPage, WhatIf
from progress.views.changes import ProgressChanges
from progress.views.coordinator import Progress
from progress.views.definitions import Definitions
from progress.views.national import National
from progress.views.official import OfficialList
from progress.views.sectors import SectorList, SectorProgress

urlpatterns = [
    path("acties/", OwnActions.as_view(), name="own_actions"),
    path("werkgevers/<uuid:employer>/acties/", EmployerActions.as_view(), name="action_list"),
    path("voortgang/", AllProgress.as_view(), name="all_progress"),
    path("landelijk/", National.as_view(), name="national"),
    path("voortgang/begrippen/", Definitions.as_view(), name="progress_definitions"),
    path("werkgevers/<uuid:employer>/voortgang/", Progress.as_view(), name="progress"),
    path("werkgevers/<uuid:employer>/voortgang/wijzigingen/", ProgressChanges.as_view(), name="progress_changes"),
    path("werkgevers/<uuid:employer>/voortgang/wat-als/", WhatIf.as_view(), name="what_if"),
    path("werkgevers/<uuid:employer>/voortgang/quotum/", QuotaPage.as_view(), name="quota"),
    path("werkgevers/<uuid:employer>/voortgang/officieel/", OfficialList.as_view(), name="official_list"),
    path("sectoren/", SectorList.as_view(), name="sector_list"),
    path("sectoren/<uuid:sector>/voortgang/", SectorProgress.as_view(), name="sector_progress"),
]
