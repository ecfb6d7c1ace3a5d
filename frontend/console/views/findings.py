"""Findings of imports: who is to look at what, and the answer with its note."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.catalogue.enums import FindingKind, FindingState, Severity
from apps.catalogue.selectors import (
    NOBODY,
    FindingFilter,
    asks_for_a_limit,
    count_findings_by_severity,
    find_finding,
    list_all_findings,
    list_finding_choices,
)
from apps.catalogue.services import assign_findings, confirm_finding, dismiss_finding
from frontend.access import StaffRequest, operator
from frontend.console.words import FIELDS, FINDING_TONES, SEEN, SEVERITY_TONES, scope_name
from frontend.problems import Problems, laid_out
from kernel.errors import DomainError
from tenants.registry.selectors import list_operator_names

PAGE = 50
_ASKED = ("severity", "kind", "owner", "promulgator", "state")
_LIMIT = ("amount", "unit", "start", "cutoff", "legal_ground")
_UNITS = (
    ("WORKING_DAY", gettext_lazy("ngày làm việc")),
    ("DAY", gettext_lazy("ngày")),
    ("HOUR", gettext_lazy("giờ làm việc")),
    ("MONTH", gettext_lazy("tháng")),
)
_STARTS = (
    ("NEXT_DAY", gettext_lazy("từ ngày làm việc tiếp theo")),
    ("SAME_DAY", gettext_lazy("ngay trong ngày")),
    ("NOW", gettext_lazy("từ lúc nhận")),
)
_DONE = {
    "assigned": gettext_lazy("Đã giao."),
    "answered": gettext_lazy("Đã ghi cách xử lý."),
    "dismissed": gettext_lazy("Đã ghi lý do bỏ qua."),
}


@require_safe
@operator
def findings(request: HttpRequest) -> HttpResponse:
    asked = {name: request.GET.get(name, "")[:250] for name in _ASKED}
    asked["state"] = asked["state"] if asked["state"] in FindingState.values else FindingState.OPEN.value
    after = request.GET.get("after", "")
    found = list_all_findings(
        FindingFilter(**asked), after=int(after) if after.isdecimal() else 0, limit=PAGE + 1
    )
    owners, promulgators = list_finding_choices()
    kept = {name: value for name, value in asked.items() if value}
    context = {
        "rows": found[:PAGE],
        "asked": asked,
        "tabs": _tabs(asked["severity"], kept),
        "kinds": FindingKind.choices,
        "states": FindingState.choices,
        "owners": [(NOBODY, _("chưa ai")), *((name, name) for name in owners)],
        "promulgators": [(name, name) for name in promulgators],
        "operators": list_operator_names(),
        "back": urlencode(kept),
        "done": _DONE.get(request.GET.get("done", ""), ""),
        "older": f"?{urlencode(kept | {'after': found[PAGE - 1].id})}" if len(found) > PAGE else "",
        "newer": f"?{urlencode(kept)}" if after else "",
        **_words(),
    }
    return render(request, "console/catalogue/findings.html", context)


@require_POST
@operator
def assign(request: StaffRequest) -> HttpResponse:
    ids = [int(one) for one in request.POST.getlist("finding")[:500] if one.isdecimal()]
    assign_findings(finding_ids=ids, owner=request.POST.get("owner", ""))
    back = request.POST.get("back", "")[:1000]
    return HttpResponseRedirect(f"{reverse('console:findings')}?{back}{'&' if back else ''}done=assigned")


@require_http_methods(["GET", "POST"])
@operator
def finding(request: StaffRequest, finding_id: int) -> HttpResponse:
    found = find_finding(finding_id)
    if found is None:
        raise Http404
    problems = Problems()
    if request.method == "POST":
        word = request.POST.get("word", "")
        problems = _answer(request, finding_id, word)
        if not problems:
            address = reverse("console:finding", kwargs={"finding_id": finding_id})
            return HttpResponseRedirect(f"{address}?done={word if word in _DONE else 'resolved'}")
    context = {
        "finding": found,
        "scope": scope_name(found.scope),
        "seen": _seen(found.seen),
        "place": FIELDS.get(found.place, found.place),
        "operators": [(name, name) for name in list_operator_names()],
        "note": request.POST.get("note", ""),
        "owner": request.POST.get("owner", found.owner),
        "problems": problems,
        "done": _DONE.get(request.GET.get("done", ""), ""),
        **_limit_form(request, found),
        **_words(),
    }
    return render(request, "console/catalogue/finding.html", context, status=422 if problems else 200)


def _answer(request: StaffRequest, finding_id: int, word: str) -> Problems:
    note = request.POST.get("note", "")
    try:
        if word == "assigned":
            assign_findings(finding_ids=[finding_id], owner=request.POST.get("owner", ""))
        elif word == "dismissed":
            dismiss_finding(finding_id=finding_id, note=note, by=request.actor, now=request.now)
        else:
            confirm_finding(
                finding_id=finding_id,
                note=note,
                limit=_limit(request) if "amount" in request.POST else None,
                by=request.actor,
                now=request.now,
            )
    except DomainError as refused:
        return laid_out(refused, {"note", "owner"})
    return Problems()


def _limit(request: HttpRequest) -> dict[str, object]:
    """As typed; whether it is a limit is the catalogue's question."""
    typed = {name: request.POST.get(name, "").strip() for name in _LIMIT}
    amount = typed["amount"]
    return {
        **typed,
        "amount": int(amount) if amount.isdecimal() and len(amount) < 9 else amount,
        "cutoff": typed["cutoff"] or None,
    }


def _limit_form(request: HttpRequest, finding: Any) -> dict[str, object]:
    """The form asks for a limit where the finding is about that of one case."""
    if not asks_for_a_limit(finding):
        return {"wants_limit": False}
    return {
        "wants_limit": True,
        "limit": {name: request.POST.get(name, "") for name in _LIMIT},
        "units": _UNITS,
        "starts": _STARTS,
    }


def _tabs(current: str, kept: dict[str, str]) -> list[tuple[str, object, int, bool]]:
    counts = count_findings_by_severity()
    others = {name: value for name, value in kept.items() if name != "severity"}
    every = [("", _("Tất cả"), sum(counts.values()))]
    every += [(value, label, counts.get(value, 0)) for value, label in Severity.choices]
    return [
        (f"?{urlencode(others | ({'severity': value} if value else {}))}", label, count, value == current)
        for value, label, count in every
    ]


def _seen(seen: dict[str, object]) -> list[tuple[str, str]]:
    """What the source says, name by name."""
    return [(str(SEEN.get(name, name)), _say(value)) for name, value in seen.items()]


def _say(value: object) -> str:
    if isinstance(value, list):
        return "; ".join(_say(one) for one in value)
    return ", ".join(map(str, value.values())) if isinstance(value, dict) else str(value)


def _words() -> dict[str, object]:
    return {
        "kind_names": dict(FindingKind.choices),
        "state_names": dict(FindingState.choices),
        "severity_names": dict(Severity.choices),
        "severity_tones": SEVERITY_TONES,
        "finding_tones": FINDING_TONES,
        "field_names": FIELDS,
    }
