"""How the API describes itself (OpenAPI 3.1): who may call what, and that every refusal is a problem document."""

from typing import Any, Literal

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from rest_framework import serializers

_PROBLEM = "application/problem+json"


class RefusalOut(serializers.Serializer):
    field = serializers.CharField(allow_null=True, help_text="Mục bị từ chối, nếu có")
    pointer = serializers.CharField(
        required=False, help_text="JSON Pointer tới câu trả lời của biểu mẫu, ví dụ /answers/mother/name"
    )
    code = serializers.CharField()
    detail = serializers.CharField()


class ProblemOut(serializers.Serializer):
    """RFC 9457."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    code = serializers.CharField(help_text="Ổn định, không dịch")
    detail = serializers.CharField(help_text="Câu cho người đọc, theo Accept-Language")
    incident = serializers.CharField(required=False, help_text="Mã sự cố, khi lỗi ngoài dự kiến")
    errors = RefusalOut(many=True, required=False)


class Description(AutoSchema):
    """Adds what every operation may answer besides what it is asked for."""

    def get_tags(self) -> list[str]:
        return [self.path.removeprefix("/api/v1/").split("/")[0]]

    def _get_response_bodies(self, direction: Literal["request", "response"] = "response") -> dict[str, Any]:
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        problem = self.resolve_serializer(ProblemOut(), direction).ref
        refused = [("401", "Thiếu mã truy cập"), ("403", "Không có quyền")]
        if "{" in self.path:
            refused.append(("404", "Không tìm thấy"))
        if self.method == "POST":
            refused += [
                ("400", "Không đọc được"),
                ("409", "Trạng thái không cho phép"),
                ("415", "Sai kiểu nội dung"),
            ]
        refused.append(("422", "Nội dung không hợp lệ"))
        for status, words in refused:
            bodies[status] = {"description": words, "content": {_PROBLEM: {"schema": problem}}}
        return bodies


class ClientCredentials(OpenApiAuthenticationExtension):
    target_class = "api.authentication.ClientAuthentication"
    name = "oauth2"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        # Imported late: the library's settings are read after the apps are ready.
        from oauth2_provider.settings import oauth2_settings

        flow = {"tokenUrl": "/api/v1/oauth2/token", "scopes": dict(oauth2_settings.SCOPES)}
        return {"type": "oauth2", "flows": {"clientCredentials": flow}}

    def get_security_requirement(self, auto_schema: AutoSchema) -> dict[str, list[str]]:
        scope = getattr(auto_schema.view, "scopes", {}).get(auto_schema.method)
        return {self.name: [scope] if scope else []}
