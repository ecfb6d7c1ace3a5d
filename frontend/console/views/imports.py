"""Imports of the national list: what each would change, and a steward's word about it."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from apps.catalogue.enums import RECORDS_SCOPE, ChangeKind, ChangeState
from apps.catalogue.selectors import (
    Rule,
    RunView,
    get_run,
    list_changes,
    list_rule_choices,
    list_runs,
    say_record_change,
)
from apps.catalogue.services import accept_change, accept_changes, reject_change, reject_changes
from frontend.access import StaffRequest, operator
from frontend.console.words import CHANGE_TONES, FIELDS, say_value, scope_name

PAGE = 50


@require_safe
@operator
def imports(request: HttpRequest) -> HttpResponse:
    before = request.GET.get("before", "")
    found = list_runs(before=int(before) if before.isdecimal() else None, limit=PAGE + 1)
    context = {
        "rows": [(run, scope_name(run.scope)) for run in found[:PAGE]],
        "older": f"?before={found[PAGE - 1].id}" if len(found) > PAGE else "",
        "newer": "?" if before else "",
    }
    return render(request, "console/catalogue/imports.html", context)


@require_safe
@operator
def one_import(request: HttpRequest, run_id: int) -> HttpResponse:
    run = get_run(run_id)
    state = request.GET.get("state", ChangeState.PROPOSED)
    state = state if state in ChangeState.values else ChangeState.PROPOSED
    rule, after = _rule(request.GET), request.GET.get("after", "")
    found = list_changes(
        run_id=run_id, state=state, rule=rule, after=int(after) if after.isdecimal() else 0, limit=PAGE + 1
    )
    kept = {"state": str(state), **_stated(rule)}
    context = {
        "run": run,
        "scope": scope_name(run.scope),
        "state": state,
        "tabs": _tabs(run, state),
        "rule": rule,
        "ruled": rule != Rule(),
        "choices": list_rule_choices(run_id),
        "rows": [(one, _differences(one)) for one in found[:PAGE]],
        "kind_names": dict(ChangeKind.choices),
        "state_names": dict(ChangeState.choices),
        "tones": CHANGE_TONES,
        "field_names": FIELDS,
        "done": _done(request),
        "older": f"?{urlencode(kept | {'after': found[PAGE - 1].id})}" if len(found) > PAGE else "",
        "newer": f"?{urlencode(kept)}" if after else "",
    }
    return render(request, "console/catalogue/import.html", context)


@require_POST
@operator
def decide(request: StaffRequest, run_id: int) -> HttpResponse:
    """One change, or all that fit the rule of the form. Refusals are told by the house's refusal page."""
    change, reason = request.POST.get("change", ""), request.POST.get("reason", "")
    accepting = request.POST.get("word") == "accept"
    rule = _rule(request.POST)
    done, left = 1, 0
    if change.isdecimal() and accepting:
        accept_change(change_id=int(change), by=request.actor, now=request.now)
    elif change.isdecimal():
        reject_change(change_id=int(change), reason=reason, by=request.actor, now=request.now)
    elif accepting:
        decided = accept_changes(run_id=run_id, rule=rule, by=request.actor, now=request.now)
        done, left = decided.done, len(decided.stale) + len(decided.blocked)
    else:
        decided = reject_changes(run_id=run_id, rule=rule, reason=reason, by=request.actor, now=request.now)
        done = decided.done
    told = {"done": "accepted" if accepting else "rejected", "n": done, "left": left}
    kept = _stated(rule) if change.isdecimal() else {}
    return HttpResponseRedirect(
        f"{reverse('console:import', kwargs={'run_id': run_id})}?{urlencode(kept | told)}"
    )


def _rule(form: QueryDict) -> Rule:
    return Rule(
        kind=form.get("kind", "")[:10],
        only_field=form.get("only_field", "")[:200],
        promulgator=form.get("promulgator", "")[:250],
    )


def _stated(rule: Rule) -> dict[str, str]:
    stated = {"kind": rule.kind, "only_field": rule.only_field, "promulgator": rule.promulgator}
    return {name: value for name, value in stated.items() if value}


def _tabs(run: RunView, current: str) -> list[tuple[str, object, int, bool]]:
    counts = dict.fromkeys(ChangeState.values, 0)
    for _kind, state, count in run.counts:
        counts[state] += count
    return [
        (f"?state={value}", label, counts[value], value == current) for value, label in ChangeState.choices
    ]


def _differences(change: Any) -> list[tuple[str, object, str, str]]:
    """(name, its word, before, after) of what differs; of what is new or gone the parts that say most."""
    if change.scope == RECORDS_SCOPE:
        return [("", *one) for one in say_record_change(change)]
    before, after = change.before or {}, change.after or {}
    names = change.fields or [
        name for name in ("fields", "executing", "type", "parent", "valid_from") if name in (after or before)
    ]
    return [
        (name, FIELDS.get(name, name), say_value(before.get(name)), say_value(after.get(name)))
        for name in names
    ]


def _done(request: HttpRequest) -> str:
    numbers = [request.GET.get(name, "") for name in ("n", "left")]
    if not all(one.isdecimal() and len(one) < 9 for one in numbers):
        return ""
    count, left = map(int, numbers)
    if request.GET.get("done") == "rejected":
        return ngettext("Đã từ chối %(num)s thay đổi.", "Đã từ chối %(num)s thay đổi.", count) % {
            "num": count
        }
    said = ngettext("Đã nhận %(num)s thay đổi.", "Đã nhận %(num)s thay đổi.", count) % {"num": count}
    if left:
        said += " " + _(
            "Còn %(left)s thay đổi chưa nhận được: dữ liệu đã khác với lúc so sánh hoặc còn bị chặn."
        ) % {"left": left}
    return said
