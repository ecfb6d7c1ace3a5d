"""The gallery: no service, no data of anybody."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

_NOON = datetime(2026, 11, 23, 16, 30, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    return render(request, "gallery.html", {"moment": _NOON})
