"""The fleet: who is there, in which ring and state, what each runs, when it was last backed up."""

from collections import Counter
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from apps.catalogue.selectors import list_adoptions, list_newest_offered, list_published
from apps.reporting.enums import HealthState
from apps.reporting.selectors import HealthView, list_health
from frontend.access import StaffRequest, operator
from frontend.console import health
from frontend.console.addressed import addressed_tenant
from frontend.console.boards import ROLLOUT_TONES
from frontend.problems import Problems
from kernel.vietnamese import fold
from tenants.registry.enums import Ring, TenantKind, TenantState
from tenants.registry.models import Tenant
from tenants.registry.selectors import list_hosts, list_tenants
from tenants.releases.board import list_last_backups, list_troubles
from tenants.releases.enums import RolloutState, SeatState, Stage
from tenants.releases.models import UpgradeWish
from tenants.releases.selectors import count_seats, find_active_rollout, list_releases
from tenants.releases.wishes import get_wish

TONES = {
    TenantState.PREPARING: "wait",
    TenantState.READY: "done",
    TenantState.READ_ONLY: "near",
    TenantState.SUSPENDED: "late",
    TenantState.RETIRED: "wait",
}
_FILTERS = ("kind", "ring", "state")


@require_safe
@operator
def tenants(request: HttpRequest) -> HttpResponse:
    """One page: a fleet of 300 is 300 short rows, found by typing; the statements do not grow with it."""
    text = request.GET.get("q", "").strip()[:100]
    asked = {name: request.GET.get(name, "")[:20] for name in _FILTERS}
    fleet, words = list_tenants(), fold(text).split()
    told = list_health(now=timezone.now())
    wanted = request.GET.get("health", "")[:20]
    rows = [
        one
        for one in fleet
        if all(not value or getattr(one, name) == value for name, value in asked.items())
        and (not wanted or _is_told(health.health_of(one, told), wanted))
        and all(word in fold(f"{one.code} {one.name}") for word in words)
    ]
    releases = list_releases()
    context = {
        "rows": rows,
        "text": text,
        "asked": asked | {"health": wanted},
        "rings": Ring.choices,
        "ring_names": dict(Ring.choices),
        "kinds": [choice for choice in TenantKind.choices if choice[0] != TenantKind.CENTRAL],
        "states": TenantState.choices,
        "state_names": dict(TenantState.choices),
        "state_tones": TONES,
        "hosts": list_hosts(),
        "port": port_of(request),
        "release_names": {one.number: one.name for one in releases},
        "newest": releases[0].number if releases else 0,
        "backups": list_last_backups(),
        "running": _running(),
        "told": {one.id: health.health_of(one, told) for one in rows},
        "health_counts": health.count_states(fleet, told),
        "health_states": HealthState,
        "health_tones": health.TONES,
        "percent": health.percent,
        "waited": health.waited,
        **_adopted(fleet),
    }
    return render(request, "console/tenants/list.html", context)


def _is_told(view: HealthView | None, wanted: str) -> bool:
    return view is not None and view.state.value == wanted


def _adopted(fleet: list[Tenant]) -> dict[str, Any]:
    """How many templates each has, and of how many a newer version is open to its ring."""
    offered, ring_of = list_newest_offered(), {one.code: one.ring for one in fleet}
    adopted, behind = Counter[str](), Counter[str]()
    for adoption in list_adoptions():
        adopted[adoption.tenant_code] += 1
        newest = offered.get(ring_of.get(adoption.tenant_code, ""), {})
        behind[adoption.tenant_code] += adoption.number < newest.get(adoption.code, 0)
    return {"adopted": adopted, "behind": behind, "offered": {ring: len(of) for ring, of in offered.items()}}


def _running() -> dict[str, Any] | None:
    """The rollout that is active, for the line on top."""
    active = find_active_rollout()
    if active is None:
        return None
    counts = count_seats(active.id)
    state = RolloutState(active.state)
    return {
        "rollout": active,
        "done": counts.get("DONE", 0),
        "total": sum(counts.values()),
        "state": state.label,
        "tone": ROLLOUT_TONES[state],
        "stage": Stage(active.stage).label,
    }


@require_safe
@operator
def tenant(request: StaffRequest, code: str) -> HttpResponse:
    return tenant_page(request, addressed_tenant(code), Problems(), {})


def tenant_page(
    request: StaffRequest, found: Tenant, problems: Problems, values: dict[str, str]
) -> HttpResponse:
    """Shared by the views whose form stands on this page."""
    adoptions = list_adoptions(tenant_code=found.code)
    offered = {one.code: one for one in list_published(ring=found.ring)}
    known, wish, host = {one.code for one in adoptions}, get_wish(found), list_hosts().get(found.id)
    words = {
        "ring": _("Đã đổi vòng."),
        "turn": _("Đã ghi lượt và khung giờ cập nhật."),
        "undeferred": _("Đã bỏ hoãn."),
    }
    context = {
        "tenant": found,
        "kind": TenantKind(found.kind).label,
        "state": TenantState(found.state).label,
        "health": (told := health.health_of(found, list_health(now=timezone.now()))),
        "health_pairs": health.health_pairs(told) if told else [],
        "health_tones": health.TONES,
        "state_tone": TONES[TenantState(found.state)],
        "host": f"{host}{port_of(request)}" if host else "",
        "scheme": request.scheme,
        "adoptions": [
            (one, offered[one.code].number if one.code in offered else one.number) for one in adoptions
        ],
        "missing": [one for code, one in offered.items() if code not in known],
        "rings": Ring.choices,
        "release": next((one for one in list_releases() if one.number == found.release), None),
        "wish": wish,
        "trouble": list_troubles(of=found).get(found.id),
        "seat_names": dict(SeatState.choices),
        "values": _turn_values(wish) | values,
        "problems": problems,
        "done": words.get(request.GET.get("done", ""), ""),
    }
    return render(request, "console/tenants/tenant.html", context, status=422 if problems else 200)


def _turn_values(wish: UpgradeWish) -> dict[str, str]:
    return {
        "order": str(wish.order),
        "window_from": f"{wish.window_from:%H:%M}" if wish.window_from else "",
        "window_to": f"{wish.window_to:%H:%M}" if wish.window_to else "",
    }


def port_of(request: HttpRequest) -> str:
    """``:8000`` in the demo, nothing behind a proxy on the usual ports."""
    _host, colon, port = request.get_host().rpartition(":")
    return f":{port}" if colon else ""
