"""Addresses of buddies and team leads, all below one employer."""

from django.urls import URLPattern, URLResolver, include, path

from coaching.views import buddies, buddy_links

_buddy = [
    path("", buddies.BuddyDetail.as_view(), name="buddy_detail"),
    path("wijzigen/", buddies.BuddyChange.as_view(), name="buddy_change"),
    path("stoppen/", buddies.BuddyStop.as_view(), name="buddy_stop"),
    path("koppelen/", buddy_links.BuddyLinkAdd.as_view(), name="buddy_link"),
    path("plaatsingen/<uuid:placement>/", buddy_links.BuddyUnlink.as_view(), name="buddy_unlink"),
    path("proefplaatsingen/<uuid:trial>/", buddy_links.BuddyUnlink.as_view(), name="trial_buddy_unlink"),
    path("trainingsdag/", buddies.TrainingDayAdd.as_view(), name="training_day_add"),
    path("trainingsdag/weg/", buddies.TrainingDayRemove.as_view(), name="training_day_remove"),
]
_buddies: list[URLPattern | URLResolver] = [
    path("", buddies.BuddyList.as_view(), name="buddy_list"),
    path("nieuw/", buddies.BuddyAdd.as_view(), name="buddy_add"),
    path("<uuid:buddy>/", include(_buddy)),
]
_employer: list[URLPattern | URLResolver] = [
    path("buddys/", include(_buddies)),
    path("plaatsingen/<uuid:placement>/buddy/", buddy_links.BuddyChoose.as_view(), name="buddy_choose"),
    path("proefplaatsingen/<uuid:trial>/buddy/", buddy_links.BuddyChoose.as_view(), name="trial_buddy_choose"),
]

urlpatterns = [path("werkgevers/<uuid:employer>/", include(_employer))]
