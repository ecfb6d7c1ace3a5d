"""Addresses of the console, on the operators' host."""

from django.urls import path

from frontend.console.views import calendar, templates, tenants

app_name = "console"
urlpatterns = [
    path("", tenants.tenants, name="tenants"),
    path("tenants/<str:code>/", tenants.tenant, name="tenant"),
    path("templates/", templates.templates, name="templates"),
    path("templates/<str:code>/", templates.template, name="template"),
    path("templates/<str:code>/offer/", templates.offer, name="template-offer"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/remove/", calendar.remove, name="calendar-remove"),
]
