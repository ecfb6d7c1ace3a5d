"""Addresses of the console, on the operators' host."""

from django.urls import path

from frontend.console.views import (
    announcements,
    calendar,
    effects,
    flags,
    life,
    onboarding,
    readiness,
    rollouts,
    templates,
    tenants,
    versions,
    wishes,
)

app_name = "console"
urlpatterns = [
    path("", tenants.tenants, name="tenants"),
    path("tenants/onboard/", onboarding.new, name="onboard"),
    path("tenants/onboard/<uuid:public_id>/", onboarding.job, name="onboarding"),
    path("tenants/onboard/<uuid:public_id>/again/", onboarding.again, name="onboarding-again"),
    path("tenants/onboard/<uuid:public_id>/links/", onboarding.links, name="onboarding-links"),
    path("tenants/<str:code>/", tenants.tenant, name="tenant"),
    path("tenants/<str:code>/ring/", wishes.ring, name="tenant-ring"),
    path("tenants/<str:code>/turn/", wishes.turn, name="tenant-turn"),
    path("rollouts/", rollouts.overview, name="rollouts"),
    path("rollouts/start/", rollouts.start, name="rollout-start"),
    path("rollouts/pause/", rollouts.pause, name="rollout-pause"),
    path("rollouts/resume/", rollouts.resume, name="rollout-resume"),
    path("rollouts/stop/", rollouts.stop, name="rollout-stop"),
    path("rollouts/shapes/", rollouts.shapes, name="rollout-shapes"),
    path("rollouts/<int:rollout_id>/", rollouts.rollout, name="rollout"),
    path("flags/", flags.flags, name="flags"),
    path("flags/<str:key>/", flags.flag, name="flag"),
    path("announcements/", announcements.announcements, name="announcements"),
    path(
        "announcements/<int:announcement_id>/withdraw/",
        announcements.withdraw_one,
        name="announcement-withdraw",
    ),
    path("tenants/<str:code>/ready/", readiness.ready, name="ready"),
    path("tenants/<str:code>/open/", readiness.open_to_public, name="open"),
    path("tenants/<str:code>/life/", life.life, name="tenant-life"),
    path("tenants/<str:code>/life/<slug:slug>/", life.act, name="tenant-act"),
    path("acts/", life.acts, name="acts"),
    path("templates/", templates.templates, name="templates"),
    path("templates/<str:code>/", templates.template, name="template"),
    path("templates/<str:code>/offer/", templates.offer, name="template-offer"),
    path("templates/<str:code>/draft/", versions.draft, name="template-draft"),
    path("templates/<str:code>/<int:number>/", versions.version, name="version"),
    path("templates/<str:code>/<int:number>/act/<slug:slug>/", versions.act, name="version-act"),
    path(
        "templates/<str:code>/<int:number>/content/<slug:section>/", versions.section, name="version-section"
    ),
    path("templates/<str:code>/<int:number>/effect/", effects.effect, name="version-effect"),
    path("templates/<str:code>/<int:number>/effect/ask/", effects.ask, name="version-effect-ask"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/remove/", calendar.remove, name="calendar-remove"),
]
