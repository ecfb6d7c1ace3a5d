"""Shapes of procedures on the wire."""

from typing import Any

from rest_framework import serializers

from apps.forms.compiling import get_form


class ProcedureOut(serializers.Serializer):
    id = serializers.UUIDField(source="public_id")
    code = serializers.CharField()
    name = serializers.CharField()
    number = serializers.IntegerField(help_text="Số thứ tự của phiên bản đang áp dụng")
    in_force_from = serializers.DateField()
    channels = serializers.ListField(child=serializers.CharField(), source="content.channels")
    cases = serializers.ListField(child=serializers.DictField(), source="content.cases")
    components = serializers.ListField(child=serializers.DictField(), source="content.components")
    fees = serializers.ListField(child=serializers.DictField(), source="content.fees")
    results = serializers.ListField(child=serializers.DictField(), source="content.results")
    form = serializers.SerializerMethodField(help_text="JSON Schema của phần answers")

    def get_form(self, procedure: Any) -> dict[str, Any]:
        return get_form(procedure.content["form"], content_sha256=procedure.content_sha256).schema


class FormOut(serializers.Serializer):
    """The form as it judges answers: conditions are written out as if/then/else, so any validator says the same."""

    procedure_code = serializers.CharField(source="code")
    number = serializers.IntegerField(help_text="Số thứ tự của phiên bản đang áp dụng")
    sha256 = serializers.CharField(help_text="Đổi khi và chỉ khi biểu mẫu đổi")
    schema = serializers.DictField(help_text="JSON Schema draft 2020-12 của phần answers")


class ProceduresOut(serializers.Serializer):
    results = ProcedureOut(many=True)
    after = serializers.CharField(allow_null=True)
