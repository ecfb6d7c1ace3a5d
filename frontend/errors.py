"""Refusals and failures as pages: what, why, what to do next; what was typed is kept."""

import sys
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from kernel.errors import DomainError, Refusals
from kernel.http.incident import new_incident_id
from tenants.registry.postgresql.base import is_unreachable

_NEVER_SHOWN_AGAIN = {"csrfmiddlewaretoken", "password", "client_secret"}
_LARGEST_KEPT = 200


def is_partial(request: HttpRequest) -> bool:
    """Whether htmx asked, and a piece of a page is wanted."""
    return request.headers.get("HX-Request") == "true"


def typed_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """What the person typed, to hand back to them; never a password, never a token."""
    if request.method != "POST":
        return []
    return [
        (name, value)
        for name, values in list(request.POST.lists())[:_LARGEST_KEPT]
        if name not in _NEVER_SHOWN_AGAIN
        for value in values
        if isinstance(value, str)
    ]


class RefusalMiddleware:
    """Turns a DomainError that no view caught into an answer of its kind's status."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return refusal(request, exception) if isinstance(exception, DomainError) else None


def refusal(request: HttpRequest, error: DomainError) -> HttpResponse:
    sentences = [str(one) for one in error.refusals] if isinstance(error, Refusals) else [str(error)]
    context = {
        "sentences": sentences,
        "code": error.code,
        "incident": getattr(request, "incident_id", ""),
        "typed": typed_fields(request),
    }
    if is_partial(request):
        response = render(request, "errors/_refusal.html", context, status=error.kind.value)
        response["HX-Retarget"] = "#notices"
        response["HX-Reswap"] = "innerHTML"
        return response
    return render(request, "errors/refusal.html", context, status=error.kind.value)


def _failure(request: HttpRequest, status: int, title: object, advice: object) -> HttpResponse:
    incident = getattr(request, "incident_id", "") or new_incident_id()
    context = {
        "title": title,
        "advice": advice,
        "incident": incident,
        "typed": typed_fields(request),
        "status": status,
    }
    template = "errors/_failure.html" if is_partial(request) else "errors/failure.html"
    response = render(request, template, context, status=status)
    if is_partial(request):
        response["HX-Retarget"] = "#notices"
        response["HX-Reswap"] = "innerHTML"
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _failure(
        request,
        400,
        _("Yêu cầu này không đọc được"),
        _("Hãy quay lại trang trước và thử lại. Không có gì bị thay đổi."),
    )


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _failure(
        request,
        403,
        _("Bạn không có quyền vào trang này"),
        _("Nếu công việc của bạn cần trang này, hãy nhờ quản trị đơn vị giao nhiệm vụ."),
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _failure(
        request,
        403,
        _("Phiên làm việc trên trang này đã cũ"),
        _("Chưa có gì được gửi đi. Nội dung bạn đã nhập còn ở dưới: bấm “Gửi lại” để tiếp tục."),
    )


def signed_out(request: HttpRequest) -> HttpResponse:
    """The session ended while a form was being filled in: sign in beside it, then send it again."""
    return _failure(
        request,
        401,
        _("Phiên làm việc đã hết"),
        _(
            "Chưa có gì được gửi đi và nội dung bạn đã nhập còn ở dưới. "
            "Hãy đăng nhập ở thẻ mới, rồi bấm “Gửi lại” ở đây."
        ),
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _failure(
        request,
        404,
        _("Không tìm thấy trang hoặc hồ sơ này"),
        _(
            "Địa chỉ có thể sai, hoặc nội dung không thuộc phạm vi của bạn. Hãy kiểm tra lại địa chỉ hoặc tìm theo mã."
        ),
    )


def failed(request: HttpRequest) -> HttpResponse:
    """Django calls it while the exception is being handled."""
    if is_unreachable(sys.exc_info()[1]):
        return _failure(
            request,
            503,
            _("Hệ thống tạm thời gián đoạn"),
            _(
                "Không tới được cơ sở dữ liệu. Hãy chờ một lát rồi tải lại trang, và xem thao tác vừa rồi đã được ghi "
                "chưa trước khi làm lại."
            ),
        )
    return _failure(
        request,
        500,
        _("Hệ thống gặp sự cố"),
        _(
            "Thao tác vừa rồi chưa được thực hiện. Hãy thử lại; nếu vẫn lỗi, "
            "báo mã sự cố dưới đây cho bộ phận kỹ thuật."
        ),
    )
