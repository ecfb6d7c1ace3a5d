"""The procedures in force here, with everything an intake must satisfy."""

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.v1.procedures.serializers import ProceduresOut
from apps.procedures import selectors as procedures


class ProcedureList(APIView):
    scopes = {"GET": "procedures:read"}

    @extend_schema(
        operation_id="procedures_list",
        parameters=[OpenApiParameter("q", str), OpenApiParameter("after", str)],
        responses=ProceduresOut,
        summary="Thủ tục đang áp dụng, kèm thành phần hồ sơ, biểu mẫu, phí và thời hạn",
    )
    def get(self, request: Request) -> Response:
        page = procedures.list_procedures(
            q=request.query_params.get("q", ""),
            on=timezone.localdate(),
            after=request.query_params.get("after", ""),
            limit=20,
        )
        return Response(ProceduresOut({"results": page.rows, "after": page.after}).data)
