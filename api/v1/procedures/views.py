"""The procedures in force here, with everything an intake must satisfy."""

from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.v1.procedures.serializers import FormOut, ProceduresOut
from apps.forms.compiling import get_form
from apps.procedures import selectors as procedures


class ProcedureFilters(serializers.Serializer):
    q = serializers.CharField(
        required=False, max_length=100, default="", help_text="Từ trong mã hoặc tên, không cần dấu"
    )
    after = serializers.CharField(required=False, max_length=40, default="")


class ProcedureList(APIView):
    scopes = {"GET": "procedures:read"}

    @extend_schema(
        operation_id="procedures_list",
        parameters=[ProcedureFilters],
        responses=ProceduresOut,
        summary="Thủ tục đang áp dụng, kèm thành phần hồ sơ, biểu mẫu, phí và thời hạn",
    )
    def get(self, request: Request) -> Response:
        filters = ProcedureFilters(data=request.query_params)
        filters.is_valid(raise_exception=True)
        page = procedures.list_procedures(on=timezone.localdate(), limit=20, **filters.validated_data)
        return Response(ProceduresOut({"results": page.rows, "after": page.after}).data)


class ProcedureForm(APIView):
    scopes = {"GET": "procedures:read"}

    @extend_schema(
        operation_id="procedures_form",
        responses=FormOut,
        summary="Biểu mẫu của thủ tục đang áp dụng: chính lược đồ mà hệ thống dùng để kiểm tra câu trả lời",
    )
    def get(self, request: Request, code: str) -> Response:
        version = procedures.get_version_in_force(code=code, on=timezone.localdate())
        if version is None:
            raise Http404
        form = get_form(version.content["form"], content_sha256=version.content_sha256)
        answer = {
            "code": version.code,
            "number": version.number,
            "sha256": form.sha256,
            "schema": form.schema,
        }
        return Response(FormOut(answer).data, headers={"ETag": f'"{form.sha256}"'})
