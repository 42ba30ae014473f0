"""Addresses of this room."""

from django.urls import path

from coaching.views.caseload import Caseload

urlpatterns = [path("caseload/", Caseload.as_view(), name="caseload")]
