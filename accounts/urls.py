"""Addresses of this room."""

from django.urls import path

from accounts import views

# The address stands before allauth's page of the same name, which would let people change it.
urlpatterns = [
    path("", views.home, name="home"),
    path("account/email/", views.account_address, name="account_email"),
    path("wissel/", views.switch_role, name="switch_role"),
]
