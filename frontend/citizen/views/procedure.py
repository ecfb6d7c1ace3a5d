"""One procedure, as the citizen needs it: papers, fee, time, place, law."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_safe

from apps.deadlines.wording import say_amount
from apps.organisations.selectors import UnitView, list_units
from apps.procedures.selectors import get_version_in_force
from apps.reporting.selectors import find_duration
from frontend.citizen.durations import usual_words
from frontend.filters import vnd

_MOST_PLACES = 60
_SUBJECTS = {"CITIZEN": _lazy("Người dân"), "BUSINESS": _lazy("Doanh nghiệp, tổ chức")}


@require_safe
def procedure(request: HttpRequest, code: str) -> HttpResponse:
    """Three statements when warm: the version in force, the counters, the usual time."""
    today = timezone.localdate(timezone.now())
    version = get_version_in_force(code, today)
    if version is None:
        raise Http404
    content = version.content
    places: list[UnitView] = list_units(on=today, receives=True, limit=_MOST_PLACES)
    context = {
        "procedure": version,
        "content": content,
        "cases": [_case(case, content) for case in content["cases"]],
        "fees": [_fee(fee) for fee in content["fees"]],
        "subjects": [_SUBJECTS[one] for one in content["subjects"]],
        "channels": [channel_name(channel) for channel in content["channels"]],
        "places": places,
        "usual": usual_words(find_duration(code)),
        "page_address": request.build_absolute_uri(request.path),
    }
    return render(request, "citizen/procedure/page.html", context)


def channel_name(channel: str) -> str:
    return {
        "DIRECT": _("Trực tiếp tại quầy"),
        "ONLINE": _("Trực tuyến"),
        "POSTAL": _("Qua bưu chính công ích"),
    }[channel]


def _case(case: dict[str, Any], content: dict[str, Any]) -> dict[str, Any]:
    limit, papers = case["limit"], {paper["key"]: paper for paper in content["components"]}
    return {
        "name": case["name"],
        "time": say_amount(limit["amount"], limit["unit"]),
        "start": _start(limit),
        "ground": limit["legal_ground"],
        "papers": [papers[key] for key in case["components"] if key in papers],
    }


def _start(limit: dict[str, Any]) -> str:
    if limit["start"] == "NEXT_DAY":
        return _("tính từ ngày tiếp theo ngày tiếp nhận")
    if limit["cutoff"]:
        return _("trả trong ngày nếu nhận trước {hour}; sau giờ đó trả trong ngày làm việc tiếp theo").format(
            hour=limit["cutoff"]
        )
    return _("tính ngay từ lúc tiếp nhận")


def _group(group: dict[str, Any]) -> str:
    """Who pays less, how much and on which ground."""
    ground = group["legal_ground"]
    if group.get("evidence"):
        ground += "; " + _("mang theo: %(papers)s") % {"papers": group["evidence"]}
    facts = {"who": group["name"], "ground": ground}
    if not group.get("amount"):
        return _("Miễn cho %(who)s (%(ground)s)") % facts
    return _("%(who)s nộp %(amount)s (%(ground)s)") % (facts | {"amount": vnd(group["amount"])})


def _fee(fee: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": fee["name"],
        "amount": fee["amount"],
        "per": _("mỗi bản") if fee["per"] == "COPY" else _("mỗi hồ sơ"),
        "channel": channel_name(fee["channel"]) if fee["channel"] else _("mọi cách nộp"),
        "ground": fee.get("legal_ground", ""),
        "groups": [_group(one) for one in fee.get("exempt_groups", ())],
    }
