"""Addresses of the setup room."""

from django.urls import URLPattern, URLResolver

app_name = "setup"
urlpatterns: list[URLPattern | URLResolver] = []
