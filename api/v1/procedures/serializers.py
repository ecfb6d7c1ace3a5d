"""Shapes of procedures on the wire."""

from rest_framework import serializers


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
    form = serializers.DictField(source="content.form", help_text="JSON Schema của phần answers")


class ProceduresOut(serializers.Serializer):
    results = ProcedureOut(many=True)
    after = serializers.CharField(allow_null=True)
