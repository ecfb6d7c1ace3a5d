"""Files that are going to belong to a dossier."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from kernel.files import services as files
from kernel.files.errors import FileMissing


class FileOut(serializers.Serializer):
    id = serializers.UUIDField(source="public_id")
    name = serializers.CharField()
    size = serializers.IntegerField(help_text="Số byte")
    content_type = serializers.CharField()
    sha256 = serializers.CharField()


class FileUpload(APIView):
    scopes = {"POST": "dossiers:write"}
    parser_classes = [MultiPartParser]

    @extend_schema(
        operation_id="files_create",
        request={
            "multipart/form-data": {
                "type": "object",
                "properties": {"file": {"type": "string", "format": "binary"}},
                "required": ["file"],
            }
        },
        responses={201: FileOut},
        summary="Tải tệp lên, trước khi nộp hồ sơ có tệp đó",
    )
    def post(self, request: Request) -> Response:
        upload = request.FILES.get("file")
        if upload is None:
            raise FileMissing(field="file")
        stored = files.store(upload=upload, by=request.user.actor, now=timezone.now())
        return Response(FileOut(stored).data, status=201)
