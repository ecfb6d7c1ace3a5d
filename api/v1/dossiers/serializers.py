"""Shapes of dossiers on the wire: ``…In`` comes in, ``…Out`` goes out."""

import json
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.dossiers.enums import Channel, PartyKind, PartyRole, Status
from apps.dossiers.intake import ComponentIn, Intake, PartyIn
from apps.fees.enums import ExemptionState
from apps.organisations import selectors as organisations


@extend_schema_field({"type": "object", "additionalProperties": {}})
class AnswersField(serializers.DictField):
    """Any JSON that the database can keep: text without the null character and without half a sign."""

    default_error_messages = {"text": _("Nội dung có ký tự không hợp lệ.")}

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        answers: dict[str, Any] = super().to_internal_value(data)
        try:
            written = json.dumps(answers, ensure_ascii=False)
            written.encode()
        except (UnicodeEncodeError, RecursionError):
            self.fail("text")
        if "\\u0000" in written:
            self.fail("text")
        return answers


class PartySerializerIn(serializers.Serializer):
    role = serializers.ChoiceField(choices=PartyRole.choices)
    kind = serializers.ChoiceField(choices=PartyKind.choices, default=PartyKind.CITIZEN)
    name = serializers.CharField(max_length=200, allow_blank=True)
    identity_number = serializers.CharField(max_length=20, default="", allow_blank=True)
    birth_date = serializers.DateField(required=False, allow_null=True, default=None)
    phone = serializers.CharField(max_length=30, default="", allow_blank=True)
    email = serializers.CharField(max_length=254, default="", allow_blank=True)
    address = serializers.CharField(max_length=300, default="", allow_blank=True)


class ComponentSerializerIn(serializers.Serializer):
    key = serializers.CharField(max_length=60)
    originals = serializers.IntegerField(default=0)
    copies = serializers.IntegerField(default=0)
    file_ids = serializers.ListField(child=serializers.UUIDField(), default=list, max_length=50)


class DossierIn(serializers.Serializer):
    procedure_code = serializers.CharField(max_length=40)
    case_code = serializers.CharField(max_length=50, required=False, allow_null=True, default=None)
    receiving_unit = serializers.CharField(max_length=35, help_text="Mã định danh của nơi tiếp nhận")
    channel = serializers.ChoiceField(choices=Channel.choices, default=Channel.ONLINE)
    parties = PartySerializerIn(many=True)
    components = ComponentSerializerIn(many=True, default=list)
    answers = AnswersField(default=dict, help_text="Theo JSON Schema của thủ tục")
    copies = serializers.IntegerField(default=1)
    exempt_group = serializers.CharField(
        max_length=60,
        required=False,
        allow_null=True,
        default=None,
        help_text="Khóa của đối tượng miễn, giảm trong exempt_groups của khoản thu. Là lời đề nghị: "
        "phí giữ nguyên cho đến khi người tiếp nhận xem giấy tờ và xác nhận",
    )
    result_channel = serializers.ChoiceField(choices=Channel.choices, default=Channel.DIRECT)
    foreign_code = serializers.CharField(max_length=60, default="", allow_blank=True)
    locale = serializers.ChoiceField(choices=["vi", "en"], default="vi")


def to_intake(data: dict[str, Any], receiving_unit_id: int) -> Intake:
    """From validated data to what the service takes."""
    return Intake(
        procedure_code=data["procedure_code"],
        case_code=data["case_code"],
        receiving_unit_id=receiving_unit_id,
        channel=Channel(data["channel"]),
        parties=tuple(
            PartyIn(**{**party, "role": PartyRole(party["role"]), "kind": PartyKind(party["kind"])})
            for party in data["parties"]
        ),
        components=tuple(
            ComponentIn(
                key=paper["key"],
                originals=paper["originals"],
                copies=paper["copies"],
                file_ids=tuple(str(file_id) for file_id in paper["file_ids"]),
            )
            for paper in data["components"]
        ),
        answers=data["answers"],
        copies=data["copies"],
        exempt_group=data["exempt_group"],
        result_channel=Channel(data["result_channel"]),
        foreign_code=data["foreign_code"],
        locale=data["locale"],
    )


@extend_schema_field(str)
class UnitCode(serializers.Field):
    """From a unit's key to its code, by the tree that the process remembers: no statement."""

    def to_representation(self, unit_id: int) -> str:
        unit = organisations.find_leaf(unit_id)
        return unit.code if unit else ""


class StatusOut(serializers.Serializer):
    code = serializers.IntegerField(help_text="Mã trạng thái quốc gia, 1–10")
    name = serializers.CharField()


class DossierOut(serializers.Serializer):
    id = serializers.UUIDField(source="public_id")
    code = serializers.CharField()
    procedure_code = serializers.CharField()
    case_code = serializers.CharField()
    channel = serializers.CharField()
    status = serializers.SerializerMethodField()
    owner_name = serializers.CharField()
    receiving_unit = UnitCode(source="receiving_unit_id")
    competent_unit = UnitCode(source="competent_unit_id")
    submitted_at = serializers.DateTimeField()
    accepted_at = serializers.DateTimeField(allow_null=True)
    due_at = serializers.DateTimeField(allow_null=True)
    finished_at = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)

    @extend_schema_field(StatusOut)
    def get_status(self, dossier: Any) -> dict[str, Any]:
        return {"code": dossier.status, "name": str(Status(dossier.status).label)}


class FeeLineOut(serializers.Serializer):
    key = serializers.CharField()
    name = serializers.CharField()
    total = serializers.IntegerField(help_text="Đồng; 0 nếu được miễn")
    exempt_ground = serializers.CharField(help_text="Căn cứ miễn; rỗng nếu không được miễn")


class ExemptionOut(serializers.Serializer):
    group = serializers.CharField(source="group_key")
    name = serializers.CharField(source="group_name")
    legal_ground = serializers.CharField()
    state = serializers.ChoiceField(choices=ExemptionState.choices)


class FeesOut(serializers.Serializer):
    lines = FeeLineOut(many=True)
    total = serializers.IntegerField()
    paid = serializers.IntegerField()
    outstanding = serializers.IntegerField()
    exemption = ExemptionOut(allow_null=True)


class DossierDetailOut(DossierOut):
    """The context brings ``fees``: what is owed, what was paid, and who is spared."""

    fees = serializers.SerializerMethodField()

    @extend_schema_field(FeesOut)
    def get_fees(self, dossier: Any) -> dict[str, Any]:
        return dict(FeesOut(self.context["fees"]).data)


class CreatedDossierOut(DossierOut):
    """With the secret that tracks it, told once: to the client that handed it in.

    The context brings ``tracking_url``, where a citizen follows it with code and secret.
    """

    secret = serializers.CharField()
    tracking_url = serializers.SerializerMethodField()

    def get_tracking_url(self, dossier: Any) -> str:
        return str(self.context["tracking_url"])


class DossiersOut(serializers.Serializer):
    results = DossierOut(many=True)
    after = serializers.UUIDField(allow_null=True, help_text="Truyền lại ở ?after= để lấy trang sau")


class EventOut(serializers.Serializer):
    id = serializers.IntegerField()
    at = serializers.DateTimeField()
    action = serializers.CharField()
    actor = serializers.CharField(source="actor_name")
    before = serializers.DictField()
    after = serializers.DictField()
    note = serializers.CharField()


class EventsOut(serializers.Serializer):
    results = EventOut(many=True)
    after = serializers.IntegerField(allow_null=True, help_text="Truyền lại ở ?after= để lấy trang sau")


class DeadlineOut(serializers.Serializer):
    due_at = serializers.DateTimeField(allow_null=True)
    sentences = serializers.ListField(child=serializers.CharField())
    explanation = serializers.ListField(child=serializers.DictField())
