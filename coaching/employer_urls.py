"""Addresses of the coordinator's pages of this room, all below one employer."""

from django.urls import include, path

from coaching.views import overview

_coaching = [
    path("", overview.CoachingOverview.as_view(), name="coaching_list"),
]

urlpatterns = [path("werkgevers/<uuid:employer>/begeleiding/", include(_coaching))]
