"""The national calendar: what decrees say over what was seeded."""

import re
from datetime import date

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from apps.catalogue.enums import DayKind, DaySource
from apps.catalogue.selectors import list_national_days
from apps.catalogue.services import NewDay, remove_national_day, set_national_days
from frontend.access import StaffRequest, operator
from frontend.problems import Problems, laid_out
from frontend.typed import read_day
from kernel.errors import DomainError

_FIELDS = {"date", "kind", "name", "ground"}
_DONE = ("saved", "removed")


@require_http_methods(["GET", "POST"])
@operator
def calendar(request: StaffRequest) -> HttpResponse:
    today = timezone.localdate(request.now)
    problems, values = Problems(), dict.fromkeys(_FIELDS, "") | {"kind": DayKind.OFF.value}
    if request.method == "POST":
        values = {name: request.POST.get(name, "")[:300] for name in _FIELDS}
        day = _save(request, values, problems)
        if day is not None:
            return HttpResponseRedirect(f"{reverse('console:calendar')}?year={day.year}&done=saved")
    text = request.GET.get("year", "")
    year = int(text) if re.fullmatch(r"20[0-9]{2}", text) else today.year
    done = request.GET.get("done", "")
    words = (_("Đã ghi ngày. Các tỉnh, bộ nhận lịch này trong vòng 5 phút."), _("Đã bỏ ngày."))
    context = {
        "year": year,
        "days": list_national_days(year),
        "kinds": DayKind.choices,
        "kind_names": dict(DayKind.choices),
        "source_names": dict(DaySource.choices),
        "values": values,
        "problems": problems,
        "done": words[_DONE.index(done)] if done in _DONE else "",
    }
    return render(request, "console/calendar/page.html", context, status=422 if problems else 200)


@require_POST
@operator
def remove(request: StaffRequest) -> HttpResponse:
    day = read_day(request.POST.get("date", ""))
    if day is not None:
        remove_national_day(on=day)
    year = day.year if day else timezone.localdate(request.now).year
    return HttpResponseRedirect(f"{reverse('console:calendar')}?year={year}&done=removed")


def _save(request: StaffRequest, values: dict[str, str], problems: Problems) -> date | None:
    day = read_day(values["date"])
    if day is None:
        problems.add("date", _("Hãy nhập ngày dạng ngày/tháng/năm, ví dụ 02/01/2027."))
        return None
    new = NewDay(
        date=day,
        kind=values["kind"],
        name=values["name"].strip(),
        ground=values["ground"].strip(),
        source=DaySource.DECREE,
    )
    try:
        set_national_days(days=[new], by=request.actor, now=request.now)
    except DomainError as refused:
        problems.summary += laid_out(refused, _FIELDS).summary
        return None
    return day
