"""A tenant that does not answer now, as a page: what, why, until when; what was typed is kept."""

from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from frontend.errors import is_partial, typed_fields
from tenants.registry.models import Tenant
from tenants.registry.standing import ANSWERS, Door


class Words(NamedTuple):
    title: str | Promise
    advice: str | Promise


_WORDS = {
    Door.NOT_YET: Words(
        _("Trang này chưa mở"),
        _(
            "Nơi này đang chuẩn bị tiếp nhận hồ sơ trên nền tảng. Cán bộ được giao chuẩn bị vẫn đăng nhập được."
        ),
    ),
    Door.NOT_NOW: Words(
        _("Lúc này chỉ xem được"),
        _(
            "Thao tác vừa rồi chưa được thực hiện và không có gì bị thay đổi. Việc xem và tra cứu vẫn như thường."
        ),
    ),
    Door.CLOSED: Words(
        _("Đang tạm ngừng"),
        _("Trang này đang tạm ngừng. Hồ sơ đã nộp vẫn được giữ nguyên; hãy quay lại sau."),
    ),
    Door.UPGRADING: Words(
        _("Đang nâng cấp"),
        _("Trang này đang được nâng cấp, thường xong trong vài phút. Hãy tải lại trang sau ít phút."),
    ),
    Door.GONE: Words(
        _("Đã thôi hoạt động"),
        _("Trang này không còn hoạt động. Hãy hỏi Cổng Dịch vụ công quốc gia về nơi tiếp nhận hiện nay."),
    ),
    Door.MOVED: Words(
        _("Địa chỉ đã đổi"),
        _(
            "Nội dung vừa gửi chưa được nhận. Hãy mở địa chỉ mới, đăng nhập lại ở đó rồi nhập lại nội dung dưới đây."
        ),
    ),
    Door.SUCCEEDED: Words(
        _("Công việc đã chuyển sang nơi khác"),
        _("Nội dung vừa gửi chưa được nhận. Công việc của nơi này được tiếp tục ở địa chỉ mới."),
    ),
}


def answer(request: HttpRequest, *, door: Door, address: str) -> HttpResponse:
    """``address``: where the same is found now, when it is elsewhere. Reads nothing from the database."""
    tenant: Tenant = request.tenant  # type: ignore[attr-defined]
    status, retry_after = ANSWERS[door]
    context = {
        "words": _WORDS[door],
        "notice": tenant.notice,
        "address": address,
        "typed": typed_fields(request) if door in _HANDED_BACK else [],
        "may_resend": not address,
        "is_open_to_staff": door is Door.NOT_YET,
        "incident": getattr(request, "incident_id", ""),
    }
    partial = is_partial(request)
    response = render(request, f"errors/{'_closed' if partial else 'closed'}.html", context, status=status)
    if partial:
        response["HX-Retarget"] = "#notices"
        response["HX-Reswap"] = "innerHTML"
    if retry_after is not None:
        response["Retry-After"] = str(retry_after)
    response["Cache-Control"] = "no-store"
    return response


_HANDED_BACK = frozenset({Door.NOT_NOW, Door.CLOSED, Door.UPGRADING, Door.MOVED, Door.SUCCEEDED})
