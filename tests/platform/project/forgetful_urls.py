"""Addresses of a house that has forgotten to be careful: looking at them writes."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.utils import timezone
from rest_framework.response import Response
from rest_framework.views import APIView

from kernel.http.models import IdempotencyKey


def _write() -> None:
    IdempotencyKey.objects.create(scope="x", key="x", fingerprint="x", created_at=timezone.now())


def page(request: HttpRequest) -> HttpResponse:
    _write()
    return HttpResponse("ghi rồi")


class Program(APIView):
    authentication_classes = ()
    permission_classes = ()

    def get(self, request: HttpRequest) -> Response:
        _write()
        return Response({})


urlpatterns = [
    path("quen", page),
    path("api/v1/quen", Program.as_view()),
    path("", include("project.urls.tenant")),
]
