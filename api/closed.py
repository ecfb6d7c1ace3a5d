"""A tenant that does not answer now, as a problem document."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from api.errors import MEDIA_TYPE, problem_body
from tenants.registry.models import Tenant
from tenants.registry.standing import ANSWERS, Door


def answer(request: HttpRequest, *, door: Door, address: str) -> HttpResponse:
    """``address``: where the same is found now; programs get it as ``successor``."""
    tenant: Tenant = request.tenant  # type: ignore[attr-defined]
    status, retry_after = ANSWERS[door]
    detail = f"{_sentence(door)} {tenant.notice}".strip()
    body = problem_body(status=status, code=f"tenant.{door.lower()}", detail=detail)
    if address:
        body["successor"] = address
    response = JsonResponse(body, status=status, content_type=MEDIA_TYPE)
    if retry_after is not None:
        response["Retry-After"] = str(retry_after)
    response["Cache-Control"] = "no-store"
    return response


def _sentence(door: Door) -> str:
    return {
        Door.NOT_YET: _("Nơi này đang được chuẩn bị, chưa mở cho phần mềm kết nối."),
        Door.NOT_NOW: _("Lúc này chỉ đọc được dữ liệu; chưa có gì được ghi."),
        Door.CLOSED: _("Nơi này đang tạm ngừng."),
        Door.UPGRADING: _("Nơi này đang được nâng cấp; hãy gửi lại sau ít phút."),
        Door.GONE: _("Nơi này đã thôi hoạt động."),
        Door.SUCCEEDED: _("Nơi này đã thôi hoạt động; công việc được tiếp tục ở địa chỉ mới."),
    }[door]
