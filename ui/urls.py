"""Addresses of this room: the living page and the two pages the foot of every page links to."""

from django.urls import path

from ui import views

app_name = "ui"

urlpatterns = [
    path("ui/", views.living, name="living"),
    path("ui/bevestigen/", views.living_confirm, name="living_confirm"),
    path("toegankelijkheid/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
]
