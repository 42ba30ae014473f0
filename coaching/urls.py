"""Addresses of this room."""

from django.urls import path

from coaching import employer_urls
from coaching.views.caseload import Caseload

urlpatterns = [path("caseload/", Caseload.as_view(), name="caseload"), *employer_urls.urlpatterns]
