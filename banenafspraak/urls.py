"""Addresses. Every room brings its own; this file puts them together."""

from django.contrib import admin
from django.urls import include, path

from banenafspraak.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("beheer/", admin.site.urls),
    path("", include("accounts.urls")),
    path("account/", include("allauth.account.urls")),
    path("", include("ui.urls")),
    path("", include("progress.urls")),
    path("", include("employers.urls")),
    path("", include("placements.urls")),
    path("", include("coaching.urls")),
    path("", include("exchange.urls")),
]

handler400 = "ui.views.bad_request"
handler500 = "ui.views.server_error"
