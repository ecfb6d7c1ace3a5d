"""Addresses of the setup room."""

from django.urls import path

from frontend.setup.views import (
    calendar,
    comparing,
    effects,
    forms,
    landing,
    leaving,
    local,
    procedures,
    processes,
    recording,
    staff,
    staff_acts,
    units,
    upgrade,
)

app_name = "setup"
urlpatterns = [
    path("", landing.landing, name="landing"),
    path("units/", units.units, name="units"),
    path("units/new/", units.create, name="unit-new"),
    path("units/<uuid:public_id>/", units.unit, name="unit"),
    path("units/<uuid:public_id>/close/", units.close, name="unit-close"),
    path("units/<uuid:public_id>/codes/", units.codes, name="unit-codes"),
    path("staff/", staff.people, name="staff"),
    path("staff/new/", staff.create, name="person-new"),
    path("staff/<uuid:public_id>/", staff.person, name="person"),
    path("staff/<uuid:public_id>/duties/", staff_acts.assign, name="person-assign"),
    path(
        "staff/<uuid:public_id>/duties/<int:assignment_id>/revoke/", staff_acts.revoke, name="person-revoke"
    ),
    path("staff/<uuid:public_id>/delegations/", staff_acts.stand_in, name="person-delegate"),
    path(
        "staff/<uuid:public_id>/delegations/<int:delegation_id>/end/",
        staff_acts.end_stand_in,
        name="person-end",
    ),
    path("staff/<uuid:public_id>/password/", staff_acts.password, name="person-password"),
    path("staff/<uuid:public_id>/leave/", leaving.leave, name="person-leave"),
    path("procedures/", procedures.procedures, name="procedures"),
    path("local/", local.procedures, name="local"),
    path("local/new/", local.create, name="local-new"),
    path("local/<uuid:draft_id>/", local.draft, name="local-draft"),
    path("local/<uuid:draft_id>/act/<slug:slug>/", local.act, name="local-act"),
    path("local/<uuid:draft_id>/form/", forms.local, name="local-form"),
    path("local/<uuid:draft_id>/process/", processes.local, name="local-process"),
    path("local/<uuid:draft_id>/process/<slug:act>/", processes.local, name="local-process-act"),
    path("local/<uuid:draft_id>/<slug:section>/", local.section, name="local-section"),
    path("procedures/<str:code>/", procedures.procedure, name="procedure"),
    path("procedures/<str:code>/adopt/", procedures.adopt_newest, name="procedure-adopt"),
    path("procedures/<str:code>/process/", processes.process, name="process"),
    path("procedures/<str:code>/process/<slug:act>/", processes.process, name="process-act"),
    path("procedures/<str:code>/effect/", effects.effect, name="procedure-effect"),
    path("procedures/<str:code>/record/", recording.record, name="procedure-record"),
    path("procedures/<str:code>/compare/", comparing.compare, name="procedure-compare"),
    path("procedures/<str:code>/compare/decide/", comparing.decide, name="procedure-decide"),
    path("procedures/<str:code>/compare/adopt/", comparing.take_over, name="procedure-take-over"),
    path("procedures/<str:code>/compare/defer/", comparing.defer, name="procedure-defer"),
    path(
        "procedures/<str:code>/compare/defer/withdraw/",
        comparing.withdraw,
        name="procedure-defer-withdraw",
    ),
    path("upgrade/", upgrade.upgrade, name="upgrade"),
    path("upgrade/defer/", upgrade.defer, name="upgrade-defer"),
    path("upgrade/undefer/", upgrade.undefer, name="upgrade-undefer"),
    path("calendar/", calendar.year, name="calendar"),
    path("calendar/change/", calendar.change, name="calendar-change"),
]
