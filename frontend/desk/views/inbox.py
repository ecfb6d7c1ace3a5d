"""My work today: views as tabs, a filter that reads as a sentence, keyset pages."""

from urllib.parse import urlencode

from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from markupsafe import Markup, escape

from apps.accounts.enums import Duty
from apps.dossiers.enums import Channel, InboxSort, InboxView, Status
from apps.dossiers.lifecycle import FINAL
from apps.dossiers.selectors import count_views, list_inbox, search_dossiers
from apps.dossiers.selectors.inbox import COUNT_CAP
from apps.organisations.selectors import list_leaves_below
from apps.procedures.selectors import list_procedures
from frontend.access import StaffRequest, staff
from frontend.desk.forms.asked import Asked, read_asked
from frontend.desk.rows import lines_of
from kernel.actors import Actor

PAGE = 20
_OPTION = Markup('<option value="{}">{}</option>')
_MOST_UNITS = 60  # past this a choice list helps nobody


@require_safe
@staff()
def inbox(request: StaffRequest) -> HttpResponse:
    asked = read_asked(request.GET, usual=_usual_view(request.actor))
    page = list_inbox(
        view=asked.view,
        by=request.actor,
        now=request.now,
        filters=asked.filters,
        sort=asked.sort,
        after=asked.after,
        limit=PAGE,
    )
    context = {
        "asked": asked,
        "lines": lines_of(page.rows, request.now),
        "tabs": [
            (asked.href(view=view, after=None), view.label, view.value, view == asked.view)
            for view in InboxView
        ],
        "older": asked.href(after=page.after) if page.after else "",
        "newer": asked.href() if asked.after else "",
        "sorts": {"due": InboxSort.DUE, "newest": InboxSort.NEWEST, "oldest": InboxSort.OLDEST},
        "empty": _empty_words(asked),
        "procedures": procedure_options(request, asked.filters.procedure_code),
        "statuses": [(status.value, status.label) for status in Status if status not in FINAL],
        "units": _units(request.actor),
        "channels": Channel.choices,
    }
    return render(request, "desk/inbox/page.html", context)


@require_safe
@staff()
def counts(request: StaffRequest) -> HttpResponse:
    """How many there are in each view, up to a cap: asked for beside the list, which never waits for it."""
    found = count_views(by=request.actor, now=request.now)
    return render(
        request, "desk/inbox/_counts.html", {"counts": {view.value: _capped(found[view]) for view in found}}
    )


@require_safe
@staff()
def search(request: StaffRequest) -> HttpResponse:
    """By code, name, identity number or phone, typed without marks if need be, in every status."""
    text = request.GET.get("q", "").strip()[:200]
    page = search_dossiers(text=text, by=request.actor, after=request.GET.get("after") or None, limit=PAGE)
    context = {
        "asked": None,
        "text": text,
        "lines": lines_of(page.rows, request.now),
        "older": f"?{_query(text, page.after)}" if page.after else "",
        "newer": f"?{_query(text, None)}" if request.GET.get("after") else "",
    }
    return render(request, "desk/inbox/search.html", context)


def _query(text: str, after: str | None) -> str:
    return urlencode({"q": text} | ({"after": after} if after else {}))


def _usual_view(actor: Actor) -> InboxView:
    """The counter starts with what waits at the counter, everybody else with their own work."""
    duties = {grant.duty for grant in actor.grants}
    if duties and duties <= {Duty.RECEPTION, Duty.SUPPORT, Duty.CASHIER}:
        return InboxView.INTAKE
    return InboxView.TO_RETURN if duties == {Duty.RETURN_CLERK} else InboxView.MINE


def _capped(count: int) -> str:
    return f"{count:,}".replace(",", ".") if count <= COUNT_CAP else f"{COUNT_CAP:,}+".replace(",", ".")


def procedure_options(request: StaffRequest, chosen: str) -> Markup:
    """The <option>s of the procedures in force, with the chosen one marked.

    Kept as text for a minute: a province adopts hundreds, and every list shows them.
    """
    today = timezone.localdate(request.now)
    key = f"desk:procedure-options:{today}"
    options = cache.get(key)
    if options is None:
        rows = list_procedures(on=today, limit=500).rows
        options = "".join(str(_OPTION.format(one.code, one.name)) for one in rows)
        cache.set(key, options, 60)
    value = f'value="{escape(chosen)}"'
    return Markup(options.replace(value, f"{value} selected", 1) if chosen else options)  # noqa: S704  escaped above


def _units(actor: Actor) -> list[tuple[int, str]]:
    paths = sorted({grant.unit_path for grant in actor.grants if grant.unit_path})
    units = list_leaves_below(paths=paths) if paths else []
    return [(unit.id, unit.name) for unit in units] if 1 < len(units) <= _MOST_UNITS else []


def _empty_words(asked: Asked) -> tuple[str, str]:
    if asked.is_filtered:
        return (
            _("Không có hồ sơ nào khớp"),
            _("Hãy bỏ bớt điều kiện lọc, hoặc tìm ở mọi trạng thái bằng ô tìm phía trên."),
        )
    return {
        InboxView.MINE: (
            _("Bạn không giữ hồ sơ nào"),
            _("Xem “Việc của đơn vị” để nhận việc, hoặc tiếp nhận hồ sơ mới tại quầy."),
        ),
        InboxView.UNIT: (_("Đơn vị không có việc đang chờ"), _("Hồ sơ mới được tiếp nhận sẽ hiện ở đây.")),
        InboxView.INTAKE: (_("Không có hồ sơ chờ tiếp nhận"), _("Hồ sơ nộp trực tuyến sẽ hiện ở đây.")),
        InboxView.NEAR_DUE: (
            _("Không có hồ sơ sắp đến hạn"),
            _("Các hồ sơ đang giải quyết đều còn thời gian."),
        ),
        InboxView.OVERDUE: (_("Không có hồ sơ quá hạn"), _("Mọi hồ sơ đơn vị đang giữ đều còn hạn.")),
        InboxView.APPLICANT: (
            _("Không chờ người nộp nào"),
            _("Hồ sơ yêu cầu bổ sung hoặc nộp tiền sẽ hiện ở đây."),
        ),
        InboxView.TO_RETURN: (
            _("Không có kết quả chờ trả"),
            _("Kết quả đã xong sẽ hiện ở đây để trả cho người nộp."),
        ),
    }[asked.view]
