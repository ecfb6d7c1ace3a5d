"""Dossiers: hand in, read, follow."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.v1.dossiers.pages import DossierPages
from api.v1.dossiers.serializers import (
    CreatedDossierOut,
    DeadlineOut,
    DossierIn,
    DossierOut,
    EventsOut,
    to_intake,
)
from apps.deadlines import selectors as deadlines
from apps.dossiers import selectors as dossiers
from apps.dossiers.errors import UnitDoesNotReceive
from apps.dossiers.services import submit
from apps.organisations import selectors as organisations
from kernel.http.idempotency import fingerprint, once

_EVENTS_A_PAGE = 100


class DossierFilters(serializers.Serializer):
    procedure_code = serializers.CharField(required=False, max_length=40, default="")
    status = serializers.IntegerField(required=False, min_value=1, max_value=10, default=None)
    code = serializers.CharField(required=False, max_length=60, default="")
    submitted_from = serializers.DateTimeField(required=False, default=None)
    submitted_to = serializers.DateTimeField(required=False, default=None)


class DossierList(APIView):
    scopes = {"GET": "dossiers:read", "POST": "dossiers:write"}

    @extend_schema(
        operation_id="dossiers_list",
        parameters=[DossierFilters, OpenApiParameter("after", str), OpenApiParameter("limit", int)],
        responses=DossierOut(many=True),
        summary="Danh sách hồ sơ theo thứ tự nộp, phân trang bằng con trỏ",
    )
    def get(self, request: Request) -> Response:
        filters = DossierFilters(data=request.query_params)
        filters.is_valid(raise_exception=True)
        pages = DossierPages()
        rows = pages.paginate_queryset(
            dossiers.list_for_client(by=request.user.actor, **filters.validated_data), request, view=self
        )
        return pages.get_paginated_response(DossierOut(rows, many=True).data)

    @extend_schema(
        operation_id="dossiers_create",
        request=DossierIn,
        responses={201: CreatedDossierOut},
        parameters=[OpenApiParameter("Idempotency-Key", str, OpenApiParameter.HEADER, required=True)],
        summary="Nộp hồ sơ. Gửi lại cùng khóa chống trùng thì nhận cùng câu trả lời, chỉ có một hồ sơ",
    )
    def post(self, request: Request) -> Response:
        body = DossierIn(data=request.data)
        body.is_valid(raise_exception=True)
        now = timezone.now()
        actor = request.user.actor

        def work() -> dict[str, Any]:
            unit = organisations.find_unit_by_code(
                body.validated_data["receiving_unit"], on=timezone.localdate(now)
            )
            if unit is None:
                raise UnitDoesNotReceive(field="receiving_unit", value=body.validated_data["receiving_unit"])
            dossier = submit(intake=to_intake(body.validated_data, unit.id), by=actor, now=now)
            address = request.build_absolute_uri(reverse("citizen:track"))
            dossier.tracking_url = f"{address}?code={dossier.code}"  # type: ignore[attr-defined]
            return dict(CreatedDossierOut(dossier).data)

        answer, fresh = once(
            scope=f"client:{actor.id}:dossiers",
            key=request.headers.get("Idempotency-Key", ""),
            fingerprint=fingerprint(request._request.body),
            now=now,
            work=work,
        )
        headers = {"Location": reverse("api:dossier", args=[answer["id"]])}
        if not fresh:
            headers["Idempotent-Replayed"] = "true"
        return Response(answer, status=201, headers=headers)


class DossierDetail(APIView):
    scopes = {"GET": "dossiers:read"}

    @extend_schema(operation_id="dossiers_read", responses=DossierOut, summary="Một hồ sơ")
    def get(self, request: Request, public_id: str) -> Response:
        return Response(DossierOut(dossiers.get_dossier(public_id=public_id, by=request.user.actor)).data)


class DossierEvents(APIView):
    scopes = {"GET": "dossiers:read"}

    @extend_schema(
        operation_id="dossiers_events",
        parameters=[OpenApiParameter("after", int)],
        responses=EventsOut,
        summary="Diễn biến của hồ sơ, cũ trước mới sau",
    )
    def get(self, request: Request, public_id: str) -> Response:
        dossier = dossiers.get_dossier(public_id=public_id, by=request.user.actor)
        after = serializers.IntegerField(min_value=0).run_validation(request.query_params.get("after", 0))
        rows = dossiers.list_timeline(dossier_id=dossier.id, after_id=after, limit=_EVENTS_A_PAGE)
        more = rows[-1].id if len(rows) == _EVENTS_A_PAGE else None
        return Response(EventsOut({"results": rows, "after": more}).data)


class DossierDeadline(APIView):
    scopes = {"GET": "dossiers:read"}

    @extend_schema(
        operation_id="dossiers_deadline",
        responses=DeadlineOut,
        summary="Hạn trả kết quả và vì sao: điểm bắt đầu, ngày được bỏ qua, lúc tạm dừng",
    )
    def get(self, request: Request, public_id: str) -> Response:
        dossier = dossiers.get_dossier(public_id=public_id, by=request.user.actor)
        due = deadlines.find_due(subject_id=dossier.id)
        if due is None:
            return Response(DeadlineOut({"due_at": None, "sentences": [], "explanation": []}).data)
        return Response(
            DeadlineOut(
                {
                    "due_at": due.due_at,
                    "sentences": deadlines.sentences(due.explanation),
                    "explanation": due.explanation,
                }
            ).data
        )
