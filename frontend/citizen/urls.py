"""Addresses of the citizen room; the paths are Vietnamese, as people read them on paper."""

from django.urls import path

from frontend.citizen.views import declare, engines, landing, procedure, track

app_name = "citizen"
urlpatterns = [
    path("", landing.landing, name="landing"),
    path("robots.txt", engines.robots, name="robots"),
    path("sitemap.xml", engines.sitemap, name="sitemap"),
    path("thu-tuc/", landing.procedures, name="procedures"),
    path("thu-tuc/<str:code>/", procedure.procedure, name="procedure"),
    path("thu-tuc/<str:code>/to-khai/", declare.declare, name="declare"),
    path("thu-tuc/<str:code>/to-khai/xong/", declare.done, name="declare-done"),
    path("thu-tuc/<str:code>/to-khai/dong/", declare.close, name="declare-close"),
    path("to-khai", declare.reopen, name="declared"),
    path("tra-cuu", track.ask, name="track"),
    path("tra-cuu/ho-so", track.status, name="track-status"),
    path("tra-cuu/dong", track.close, name="track-close"),
]
