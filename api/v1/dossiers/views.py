"""Dossiers: hand in, read, follow."""

import json
from typing import Any

from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.v1.dossiers.serializers import (
    CreatedDossierOut,
    DeadlineOut,
    DossierDetailOut,
    DossierIn,
    DossiersOut,
    EventsOut,
    to_intake,
)
from apps.deadlines import selectors as deadlines
from apps.deadlines.wording import sentences as say_explanation
from apps.dossiers import selectors as dossiers
from apps.dossiers.errors import UnitDoesNotReceive
from apps.dossiers.services import submit
from apps.fees import selectors as fees
from apps.organisations import selectors as organisations
from kernel.http.idempotency import fingerprint, once

_EVENTS_A_PAGE = 100
_LARGEST_KEY = 2**63 - 1
_TRACKING = "/tra-cuu"  # of the citizens' room, which this room does not know


class DossierFilters(serializers.Serializer):
    procedure_code = serializers.CharField(required=False, max_length=40, default="")
    status = serializers.IntegerField(required=False, min_value=1, max_value=10, default=None)
    code = serializers.CharField(required=False, max_length=60, default="")
    submitted_from = serializers.DateTimeField(required=False, default=None)
    submitted_to = serializers.DateTimeField(required=False, default=None)
    after = serializers.UUIDField(required=False, default=None, help_text="Con trỏ của trang trước")
    limit = serializers.IntegerField(required=False, min_value=1, max_value=100, default=20)


class DossierList(APIView):
    scopes = {"GET": "dossiers:read", "POST": "dossiers:write"}

    @extend_schema(
        operation_id="dossiers_list",
        parameters=[DossierFilters],
        responses=DossiersOut,
        summary="Danh sách hồ sơ theo thứ tự nộp, phân trang bằng con trỏ",
    )
    def get(self, request: Request) -> Response:
        filters = DossierFilters(data=request.query_params)
        filters.is_valid(raise_exception=True)
        page = dossiers.list_for_client(by=request.user.actor, **filters.validated_data)
        return Response(DossiersOut({"results": page.rows, "after": page.after}).data)

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
            unit = organisations.find_leaf_by_code(
                body.validated_data["receiving_unit"], on=timezone.localdate(now)
            )
            if unit is None:
                raise UnitDoesNotReceive(field="receiving_unit", value=body.validated_data["receiving_unit"])
            dossier = submit(intake=to_intake(body.validated_data, unit.id), by=actor, now=now)
            address = request.build_absolute_uri(reverse("citizen:track"))
            dossier.tracking_url = f"{address}?code={dossier.code}"  # type: ignore[attr-defined]
            context = {"tracking_url": request.build_absolute_uri(_TRACKING)}
            return dict(CreatedDossierOut(dossier, context=context).data)

        answer, fresh = once(
            scope=f"client:{actor.id}:dossiers",
            key=request.headers.get("Idempotency-Key", ""),
            fingerprint=fingerprint(json.dumps(request.data, sort_keys=True).encode()),
            now=now,
            work=work,
        )
        headers = {"Location": reverse("api:dossier", args=[answer["id"]])}
        if not fresh:
            headers["Idempotent-Replayed"] = "true"
        return Response(answer, status=201, headers=headers)


class DossierDetail(APIView):
    scopes = {"GET": "dossiers:read"}

    @extend_schema(
        operation_id="dossiers_read", responses=DossierDetailOut, summary="Một hồ sơ, kèm phí và miễn, giảm"
    )
    def get(self, request: Request, public_id: str) -> Response:
        dossier = dossiers.get_dossier(public_id=public_id, by=request.user.actor)
        owed = fees.get_fees(subject_id=dossier.id)
        told = {
            "lines": owed.lines,
            "total": owed.total,
            "paid": owed.paid,
            "outstanding": owed.outstanding,
            "exemption": fees.find_exemption(subject_id=dossier.id) if owed.lines else None,
        }
        return Response(DossierDetailOut(dossier, context={"fees": told}).data)


class EventFilters(serializers.Serializer):
    after = serializers.IntegerField(required=False, min_value=0, max_value=_LARGEST_KEY, default=0)


class DossierEvents(APIView):
    scopes = {"GET": "dossiers:read"}

    @extend_schema(
        operation_id="dossiers_events",
        parameters=[EventFilters],
        responses=EventsOut,
        summary="Diễn biến của hồ sơ, cũ trước mới sau",
    )
    def get(self, request: Request, public_id: str) -> Response:
        dossier = dossiers.get_dossier(public_id=public_id, by=request.user.actor)
        filters = EventFilters(data=request.query_params)
        filters.is_valid(raise_exception=True)
        after = filters.validated_data["after"]
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
        due = deadlines.get_dues([dossier.id]).get(dossier.id)
        if due is None:
            return Response(DeadlineOut({"due_at": None, "sentences": [], "explanation": []}).data)
        return Response(
            DeadlineOut(
                {
                    "due_at": due.due_at,
                    "sentences": say_explanation(due.explanation),
                    "explanation": due.explanation,
                }
            ).data
        )
