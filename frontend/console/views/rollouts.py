"""The board of a rollout: every tenant, the gates, who pressed what; and the buttons of the operators."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from frontend.access import StaffRequest, operator
from frontend.console.boards import board_of, done_words, planned
from frontend.errors import is_partial
from frontend.problems import Problems, laid_out
from kernel.errors import DomainError
from tenants.registry.selectors import list_tenants
from tenants.releases.board import read_fleet_shapes
from tenants.releases.enums import ACTIVE_STATES
from tenants.releases.errors import NoRollout, ReasonMissing
from tenants.releases.models import Rollout
from tenants.releases.selectors import find_active_rollout, get_rollout, list_releases, list_rollouts
from tenants.releases.services import (
    close_rollout,
    pause_rollout,
    resume_rollout,
    retry_rollout,
    set_defer_limit,
    start_rollout,
    stop_rollout,
)
from tenants.releases.waking import wake_runner

_REASONS = ("reason", "stop_reason", "close_reason")  # one for each form that may stand on the board at once
_FIELDS = {"release", "parallel", "soak_seconds", "confirm", "defer_days", *_REASONS}
_PAGE = 20


@require_safe
@operator
def overview(request: StaffRequest) -> HttpResponse:
    """The active one on top, or what a start would do; below it all that have been."""
    return _overview(request, Problems(), {})


@require_safe
@operator
def rollout(request: StaffRequest, rollout_id: int) -> HttpResponse:
    """Asked for by htmx, only the board itself; ``was`` is how it stood when the page got its buttons."""
    try:
        found = get_rollout(rollout_id)
    except ObjectDoesNotExist as absent:
        raise Http404 from absent
    context = board_of(found, request.GET.get("state", ""), request.now)
    if is_partial(request):
        context["changed"] = request.GET.get("was", context["standing"]) != context["standing"]
        context |= {"values": {}, "problems": Problems()}
        return render(request, "console/rollouts/_live.html", context)
    return _with_buttons(request, context, Problems(), {})


@require_POST
@operator
def start(request: StaffRequest) -> HttpResponse:
    values, problems = _typed(request), Problems()
    numbers = {name: _number(values[name]) for name in ("parallel", "soak_seconds")}
    if numbers["parallel"] not in range(1, 33):
        problems.add("parallel", _("Hãy nhập một số từ 1 đến 32."))
    if numbers["soak_seconds"] not in range(86_401):
        problems.add("soak_seconds", _("Hãy nhập số giây, từ 0 đến 86.400."))
    if problems:
        return _overview(request, problems, values)
    try:
        begun = start_rollout(
            release=values["release"] or None,
            parallel=numbers["parallel"],
            soak_seconds=numbers["soak_seconds"],
            rehearse="rehearse" in request.POST,
            by=request.actor,
            now=request.now,
        )
    except DomainError as refused:
        return _overview(request, laid_out(refused, _FIELDS), values)
    wake_runner()
    return _to(begun, "started")


@require_POST
@operator
def pause(request: StaffRequest) -> HttpResponse:
    return _press(
        request, "paused", lambda reason: pause_rollout(by=request.actor, now=request.now, reason=reason)
    )


@require_POST
@operator
def resume(request: StaffRequest) -> HttpResponse:
    def act(reason: str) -> Rollout:
        resumed = resume_rollout(by=request.actor, now=request.now, reason=reason)
        wake_runner()
        return resumed

    return _press(request, "resumed", act)


@require_POST
@operator
def retry(request: StaffRequest) -> HttpResponse:
    def act(_reason: str) -> Rollout:
        retried = retry_rollout(by=request.actor, now=request.now)
        wake_runner()
        return retried

    return _press(request, "retried", act)


@require_POST
@operator
def stop(request: StaffRequest) -> HttpResponse:
    """For good, so the release's name is typed again."""
    active = find_active_rollout()
    if active is None:
        raise NoRollout
    values = _typed(request)
    if values["confirm"] != active.release.name:
        problems = Problems()
        problems.add("confirm", _("Hãy gõ đúng tên bản phát hành: %(name)s.") % {"name": active.release.name})
        if not values["stop_reason"]:
            problems.add("stop_reason", str(ReasonMissing()))
        return _with_buttons(request, board_of(active, "", request.now), problems, values)
    return _press(
        request,
        "stopped",
        lambda reason: stop_rollout(by=request.actor, now=request.now, reason=reason),
        field="stop_reason",
    )


@require_POST
@operator
def close(request: StaffRequest) -> HttpResponse:
    return _press(
        request,
        "closed",
        lambda reason: close_rollout(by=request.actor, now=request.now, reason=reason),
        field="close_reason",
    )


@require_POST
@operator
def limit(request: StaffRequest) -> HttpResponse:
    values = _typed(request)
    try:
        set_defer_limit(
            release=values["release"],
            days=_number(values["defer_days"]),
            by=request.actor,
            now=request.now,
        )
    except DomainError as refused:
        return _overview(request, laid_out(refused, _FIELDS), values)
    return HttpResponseRedirect(f"{reverse('console:rollouts')}?done=limited")


@require_POST
@operator
def shapes(request: StaffRequest) -> HttpResponse:
    """Reads every schema in one statement; what was found stays on the board until somebody looks again."""
    read_fleet_shapes(tenants=list_tenants(), now=request.now)
    latest = list_rollouts(limit=1)
    return _to(latest[0], "compared") if latest else HttpResponseRedirect(reverse("console:rollouts"))


def _press(request: StaffRequest, done: str, act: Any, field: str = "reason") -> HttpResponse:
    """``field``: where the form has the reason."""
    values = _typed(request)
    try:
        changed = act(values[field])
    except NoRollout:
        raise
    except DomainError as refused:
        active = find_active_rollout()
        if active is None:
            raise
        problems = Problems()
        for name, sentence in laid_out(refused, _FIELDS).summary:
            problems.add(field if name == "reason" else name, sentence)
        return _with_buttons(request, board_of(active, "", request.now), problems, values)
    return _to(changed, done)


def _overview(request: StaffRequest, problems: Problems, values: dict[str, str]) -> HttpResponse:
    active = find_active_rollout()
    number = _number(request.GET.get("before", ""))
    before = number if number > 0 else None
    found = list_rollouts(limit=_PAGE + 1, before_id=before)
    context = {
        "history": found[:_PAGE],
        "older": f"?before={found[_PAGE - 1].id}" if len(found) > _PAGE else "",
        "newer": "?" if before else "",
        "releases": list_releases(),
    }
    if active is not None:
        return _with_buttons(request, board_of(active, "", request.now) | context, problems, values)
    context |= planned(values.get("release") or request.GET.get("release", ""), request.now)
    return _with_buttons(request, context, problems, values)


def _with_buttons(
    request: StaffRequest, context: dict[str, Any], problems: Problems, values: dict[str, str]
) -> HttpResponse:
    usual = {
        "release": "",
        "parallel": "4",
        "soak_seconds": str(settings.RELEASE_SOAK_SECONDS),
        "confirm": "",
        "defer_days": "",
        **dict.fromkeys(_REASONS, ""),
    }
    context |= {
        "values": usual | values,
        "problems": problems,
        "done": done_words(request.GET.get("done", "")),
        "active_states": ACTIVE_STATES,
    }
    return render(request, "console/rollouts/page.html", context, status=422 if problems else 200)


def _typed(request: StaffRequest) -> dict[str, str]:
    return {name: request.POST.get(name, "").strip()[:500] for name in _FIELDS}


def _number(text: str) -> int:
    """-1 for what is no number."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1


def _to(rollout: Rollout, done: str) -> HttpResponse:
    return HttpResponseRedirect(
        f"{reverse('console:rollout', kwargs={'rollout_id': rollout.id})}?done={done}"
    )
