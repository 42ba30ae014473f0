"""Addresses of this room."""

from django.urls import path

from accounts import views

urlpatterns = [
    path("", views.home, name="home"),
    path("wissel/", views.switch_role, name="switch_role"),
]
