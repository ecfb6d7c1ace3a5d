"""The gallery: no service, no data of anybody."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.workflow.files import new_process
from frontend.diagrams import Picture, pictures_of

_NOON = datetime(2026, 11, 23, 16, 30, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


def _pictures() -> list[Picture]:
    """Of a process that is begun: a start, one step, an end."""
    return pictures_of({"bpmn": new_process(key="mau", name="Quy trình mẫu")})


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    return render(request, "gallery.html", {"moment": _NOON, "pictures": _pictures()})
