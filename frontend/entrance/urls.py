"""The doors that every host has."""

from django.urls import path
from django.views.i18n import set_language

from frontend.entrance import first, views

urlpatterns = [
    path("sign-in/", views.sign_in, name="sign-in"),
    path("first/<str:token>/", first.first, name="first"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("language/", set_language, name="set-language"),
    path("theme/", views.set_theme, name="set-theme"),
    path("announcements/hide/", views.hide_announcement, name="hide-announcement"),
]
