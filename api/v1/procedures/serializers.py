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
    record_system = serializers.CharField(
        help_text="LOCAL: tiếp nhận ở đây; MINISTRY, NATIONAL: ở hệ thống khác"
    )
    record_name = serializers.CharField(help_text="Tên hệ thống xử lý hồ sơ; rỗng nếu là hệ thống này")
    record_address = serializers.CharField(help_text="Địa chỉ nộp hồ sơ; rỗng nếu là hệ thống này")
    handled_elsewhere = serializers.BooleanField(source="is_handled_elsewhere")
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
