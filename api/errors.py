"""Every refusal of the API as a problem document (RFC 9457)."""

import sys
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.response import Response

from kernel.errors import DomainError, Refusals
from kernel.http.incident import log_unexpected
from tenants.registry.postgresql.base import is_unreachable, is_write_refused

MEDIA_TYPE = "application/problem+json"
_STATUS_OF_SEVERAL = 422
_BACK_SECONDS = "5"  # a server that restarts takes as long


def problem(
    *,
    status: int,
    code: str,
    detail: str,
    errors: list[dict[str, Any]] | None = None,
    headers: dict[str, str] | None = None,
) -> Response:
    """``code`` is stable; ``detail`` is a sentence in the language asked for; ``errors`` has one row per field."""
    body = problem_body(status=status, code=code, detail=detail)
    if errors:
        body |= {"title": _("Yêu cầu chưa được thực hiện."), "errors": errors}
    return Response(body, status=status, headers=headers, content_type=MEDIA_TYPE)


def problem_body(*, status: int, code: str, detail: str) -> dict[str, Any]:
    return {
        "type": f"urn:motcua:problem:{code}",
        "title": detail,
        "status": status,
        "code": code,
        "detail": detail,
    }


def answer(error: Exception, context: dict[str, Any]) -> Response:
    """DRF's EXCEPTION_HANDLER: the outermost edge of the API. What nobody expected gets an incident id."""
    if isinstance(error, Refusals):
        rows = [_row(one) for one in error.refusals]
        return problem(status=_STATUS_OF_SEVERAL, code=error.refusals[0].code, detail=str(error), errors=rows)
    if isinstance(error, DomainError):
        return problem(
            status=error.kind.value,
            code=error.code,
            detail=str(error),
            errors=[_row(error)] if error.field else None,
        )
    if isinstance(error, exceptions.ValidationError):
        rows = list(_flat(error.detail))
        return problem(
            status=_STATUS_OF_SEVERAL,
            code="request.invalid",
            detail=" ".join(row["detail"] for row in rows),
            errors=rows,
        )
    if isinstance(error, Http404):
        return problem(status=404, code="request.absent", detail=_("Không tìm thấy."))
    if isinstance(error, PermissionDenied):
        return problem(status=403, code="request.forbidden", detail=_("Không có quyền."))
    if isinstance(error, exceptions.APIException):
        return _of_framework(error)
    if is_write_refused(error):
        return problem(
            status=503,
            code="tenant.not_now",
            detail=_("Lúc này chỉ đọc được dữ liệu; chưa có gì được ghi."),
            headers={"Retry-After": "900"},
        )
    return _unexpected(error, context)


def _of_framework(error: exceptions.APIException) -> Response:
    headers = {}
    if getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = error.auth_header
    if getattr(error, "wait", None):
        headers["Retry-After"] = str(int(error.wait) + 1)
    sentences = {
        exceptions.NotAuthenticated: _("Cần mã truy cập (access token) còn hiệu lực."),
        exceptions.AuthenticationFailed: _("Mã truy cập không hợp lệ hoặc đã hết hạn."),
        exceptions.PermissionDenied: _("Mã truy cập không có phạm vi (scope) cần thiết."),
        exceptions.NotFound: _("Không tìm thấy."),
        exceptions.MethodNotAllowed: _("Phương thức này không được dùng ở địa chỉ này."),
        exceptions.ParseError: _("Nội dung gửi lên không phải JSON hợp lệ."),
        exceptions.UnsupportedMediaType: _("Kiểu nội dung không được hỗ trợ; hãy gửi application/json."),
        exceptions.Throttled: _("Quá nhiều yêu cầu; hãy thử lại sau."),
    }
    detail = sentences.get(type(error), _("Yêu cầu không thực hiện được."))
    return problem(
        status=error.status_code, code=f"request.{error.default_code}", detail=detail, headers=headers
    )


def failed(request: HttpRequest) -> HttpResponse:
    """Outside of a view, as a handler500: Django calls it while the exception is being handled."""
    body, headers = _failure(request, sys.exc_info()[1])
    return JsonResponse(body, status=body["status"], headers=headers, content_type=MEDIA_TYPE)


def _unexpected(error: Exception, context: dict[str, Any]) -> Response:
    request = context["request"]._request
    log_unexpected(request, error)
    body, headers = _failure(request, error)
    return Response(body, status=body["status"], headers=headers, content_type=MEDIA_TYPE)


def _failure(request: HttpRequest, error: BaseException | None) -> tuple[dict[str, Any], dict[str, str]]:
    """The problem and its headers. Of a database that is away nobody can say whether it has carried the work out."""
    incident = getattr(request, "incident_id", "")
    if is_unreachable(error):
        said = _(
            "Không tới được cơ sở dữ liệu. Hãy gửi lại sau ít giây, giữ nguyên khóa Idempotency-Key nếu có, và nêu mã "
            "sự cố {incident} khi báo lỗi."
        )
        body = problem_body(status=503, code="database.unreachable", detail=said.format(incident=incident))
        return body | {"incident": incident}, {"Retry-After": _BACK_SECONDS}
    said = _("Hệ thống gặp lỗi ngoài dự kiến. Hãy thử lại, và nêu mã sự cố {incident} khi báo lỗi.")
    body = problem_body(status=500, code="request.failed", detail=said.format(incident=incident))
    return body | {"incident": incident}, {}


def _row(error: DomainError) -> dict[str, Any]:
    """``pointer``: where in the request it stands (RFC 6901), for answers to a form."""
    row = {"field": error.field, "code": error.code, "detail": str(error)}
    return row | ({"pointer": error.params["pointer"]} if "pointer" in error.params else {})


def _flat(detail: Any, at: str = "") -> Any:
    if isinstance(detail, dict):
        for name, inner in detail.items():
            yield from _flat(inner, f"{at}.{name}" if at else str(name))
    elif isinstance(detail, list):
        for index, inner in enumerate(detail):
            place = f"{at}.{index}" if isinstance(inner, dict) else at
            yield from _flat(inner, place)
    else:
        yield {
            "field": at or None,
            "code": f"request.{getattr(detail, 'code', 'invalid')}",
            "detail": str(detail),
        }
