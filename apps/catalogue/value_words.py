"""The values of a content in words: limits, papers, fees, fields, times. Pure, Vietnamese first."""

import re
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.forms.kinds import options_of
from kernel.money import format_vnd

_KEYS = {
    "code": gettext_lazy("Mã thủ tục"),
    "name": gettext_lazy("Tên thủ tục"),
    "name_en": gettext_lazy("Tên tiếng Anh"),
    "field": gettext_lazy("Lĩnh vực"),
    "promulgator": gettext_lazy("Cơ quan ban hành"),
    "executing": gettext_lazy("Cơ quan thực hiện"),
    "level": gettext_lazy("Cấp thực hiện"),
    "subjects": gettext_lazy("Đối tượng thực hiện"),
    "non_territorial": gettext_lazy("Tiếp nhận không phụ thuộc địa giới"),
    "channels": gettext_lazy("Cách thức nộp hồ sơ"),
    "cases": gettext_lazy("các trường hợp"),
    "components": gettext_lazy("các giấy tờ"),
    "fees": gettext_lazy("các khoản thu"),
    "results": gettext_lazy("các kết quả"),
    "legal_basis": gettext_lazy("các căn cứ pháp lý"),
    "supplement_limit": gettext_lazy("Số lần yêu cầu bổ sung hồ sơ tối đa"),
    "slots": gettext_lazy("Nội dung bộ, tỉnh được thay đổi"),
    "transition": gettext_lazy("Quy định chuyển tiếp"),
    "components.name": gettext_lazy("tên gọi"),
    "components.code": gettext_lazy("mã giấy tờ"),
    "components.originals": gettext_lazy("số bản chính"),
    "components.copies": gettext_lazy("số bản sao"),
    "components.required": gettext_lazy("yêu cầu nộp"),
    "components.note": gettext_lazy("ghi chú"),
    "fees.name": gettext_lazy("tên gọi"),
    "fees.code": gettext_lazy("mã khoản thu"),
    "fees.kind": gettext_lazy("loại"),
    "fees.channel": gettext_lazy("cách nộp hồ sơ được áp dụng"),
    "fees.amount": gettext_lazy("mức thu"),
    "fees.per": gettext_lazy("cách tính"),
    "fees.due": gettext_lazy("thời điểm nộp"),
    "fees.legal_ground": gettext_lazy("căn cứ"),
    "groups.name": gettext_lazy("tên đối tượng"),
    "groups.legal_ground": gettext_lazy("căn cứ"),
    "groups.amount": gettext_lazy("mức thu"),
    "groups.evidence": gettext_lazy("giấy tờ chứng minh"),
    "results.name": gettext_lazy("tên gọi"),
    "legal_basis.name": gettext_lazy("tên gọi"),
    "steps.name": gettext_lazy("tên gọi"),
    "steps.duty": gettext_lazy("người thực hiện"),
    "steps.unit": gettext_lazy("đơn vị thực hiện"),
    "steps.allot": gettext_lazy("thời gian"),
    "steps.decisions": gettext_lazy("các lựa chọn khi hoàn thành"),
}
_VALUES = {
    "COMMUNE": gettext_lazy("cấp xã"),
    "PROVINCE": gettext_lazy("cấp tỉnh"),
    "MINISTRY": gettext_lazy("cấp bộ"),
    "CITIZEN": gettext_lazy("cá nhân"),
    "BUSINESS": gettext_lazy("tổ chức, doanh nghiệp"),
    "DIRECT": gettext_lazy("trực tiếp"),
    "ONLINE": gettext_lazy("trực tuyến"),
    "POSTAL": gettext_lazy("bưu chính"),
    "FEE": gettext_lazy("phí"),
    "SERVICE_FEE": gettext_lazy("lệ phí"),
    "PRICE": gettext_lazy("giá dịch vụ"),
    "DOSSIER": gettext_lazy("theo hồ sơ"),
    "COPY": gettext_lazy("theo số bản"),
    "INTAKE": gettext_lazy("khi nộp hồ sơ"),
    "PROCESSING": gettext_lazy("trong quá trình giải quyết"),
    "RETURN": gettext_lazy("khi nhận kết quả"),
    "RECEIVING": gettext_lazy("cơ quan tiếp nhận"),
    "COMPETENT": gettext_lazy("cơ quan có thẩm quyền giải quyết"),
    "SUPPORTING": gettext_lazy("cơ quan phối hợp"),
    "SUPPORT": gettext_lazy("hỗ trợ người dân"),
    "RECEPTION": gettext_lazy("tiếp nhận hồ sơ"),
    "CASHIER": gettext_lazy("thu phí, lệ phí"),
    "SPECIALIST": gettext_lazy("chuyên viên thụ lý"),
    "DIVISION_HEAD": gettext_lazy("lãnh đạo phòng"),
    "SIGNATORY": gettext_lazy("lãnh đạo ký"),
    "REGISTRY_CLERK": gettext_lazy("văn thư"),
    "RETURN_CLERK": gettext_lazy("trả kết quả"),
    "PROCEDURE_CONTROLLER": gettext_lazy("đầu mối kiểm soát thủ tục hành chính"),
    "SUPERVISOR": gettext_lazy("điều hành, giám sát"),
    "UNIT_ADMIN": gettext_lazy("quản trị đơn vị"),
    "TECHNICIAN": gettext_lazy("kỹ thuật"),
    "limit": gettext_lazy("thời hạn ngắn hơn"),
    "fee": gettext_lazy("mức phí, lệ phí"),
    "units": gettext_lazy("đơn vị thực hiện"),
    "component": gettext_lazy("thành phần hồ sơ thêm"),
    "steps": gettext_lazy("thời gian của từng bước"),
    "wording": gettext_lazy("lời hướng dẫn tại địa phương"),
    "KEEP_ALL": gettext_lazy("hồ sơ đã nhận giữ nguyên quy định cũ"),
    "CORRECTIONS_FLOW": gettext_lazy("hồ sơ đã nhận được đính chính lời văn, các quy định khác giữ nguyên"),
}
_LIMIT_UNITS = {
    "WORKING_DAY": gettext_lazy("{amount} ngày làm việc"),
    "DAY": gettext_lazy("{amount} ngày"),
    "HOUR": gettext_lazy("{amount} giờ làm việc"),
    "MONTH": gettext_lazy("{amount} tháng"),
}
_FIELD_KINDS = {
    "text": gettext_lazy("chữ"),
    "long_text": gettext_lazy("đoạn văn"),
    "date": gettext_lazy("ngày"),
    "integer": gettext_lazy("số nguyên"),
    "number": gettext_lazy("số"),
    "yes_no": gettext_lazy("có hoặc không"),
    "choice": gettext_lazy("chọn một"),
    "choices": gettext_lazy("đánh dấu nhiều"),
    "identity": gettext_lazy("số định danh cá nhân"),
    "phone": gettext_lazy("số điện thoại"),
}
_TYPES = {"string": "text", "integer": "integer", "number": "number", "boolean": "yes_no"}
_DURATION = re.compile(r"^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$")


def say_key(place: str) -> str:
    """``fees.amount`` → mức thu. A place that nobody named yet is said in general."""
    return str(_KEYS.get(place, _("nội dung khác")))


def say_value(place: str, value: Any) -> str:
    """One atomic value. What has no words of its own is only said to be there: no code is shown to a reader."""
    last = place.rpartition(".")[2]
    if value is None or value == "":
        return _("mọi cách nộp") if place == "fees.channel" else ""
    if place == "components.required":
        return _("bắt buộc") if value else _("nộp nếu có")
    if isinstance(value, bool):
        return _("có") if value else _("không")
    if last == "amount":
        return format_vnd(value)
    if last == "allot":
        return say_duration(value)
    if last == "decisions":
        return "; ".join(part.partition("|")[2] or part for part in str(value).split(";"))
    if isinstance(value, list):
        return ", ".join(say_value(place, one) for one in value)
    if isinstance(value, dict):
        return str(value.get("name") or _VALUES.get(value.get("rule", ""), _("theo bản này")))
    return str(_VALUES.get(value, value))


def say_limit(limit: dict[str, Any]) -> str:
    """``20 ngày làm việc``; a limit of the same day says its last hour."""
    said = str(_LIMIT_UNITS[limit["unit"]]).format(amount=limit["amount"])
    if limit["start"] == "SAME_DAY":
        said += _(", tính từ ngày nhận")
    if limit.get("cutoff"):
        said += _(" (nhận sau {time} thì tính từ ngày làm việc tiếp theo)").format(time=limit["cutoff"])
    return said


def say_limits(before: dict[str, Any], after: dict[str, Any]) -> tuple[str, str]:
    """Two limits of one length differ in their ground: then that is said."""
    said = say_limit(before), say_limit(after)
    if said[0] != said[1]:
        return said
    return (
        _("{limit}, căn cứ: {ground}").format(limit=said[0], ground=before["legal_ground"]),
        _("{limit}, căn cứ: {ground}").format(limit=said[1], ground=after["legal_ground"]),
    )


def say_component(component: dict[str, Any]) -> str:
    said = _("{originals} bản chính, {copies} bản sao").format(
        originals=component["originals"], copies=component["copies"]
    )
    return f"{say_value('components.required', component['required'])}, {said}"


def say_fee(fee: dict[str, Any]) -> str:
    amount = format_vnd(fee["amount"])
    parts = [amount, say_value("fees.per", fee["per"]), say_value("fees.due", fee["due"])]
    if fee.get("channel"):
        parts.append(_("khi nộp {channel}").format(channel=say_value("fees.channel", fee["channel"])))
    return ", ".join(parts)


def say_duration(text: str) -> str:
    """``PT1H30M`` → 1 giờ 30 phút."""
    found = _DURATION.match(text)
    if not found or not any(found.groups()):
        return text
    names = (_("{n} ngày"), _("{n} giờ"), _("{n} phút"))
    return " ".join(name.format(n=n) for name, n in zip(names, found.groups(), strict=True) if n)


def say_field(field: Any) -> str:
    """A question of a form: what it is called, what it takes."""
    if not isinstance(field, dict):
        return _("câu hỏi")
    kind = field.get("x-kind") or _TYPES.get(str(field.get("type")), "")
    parts = [str(field.get("title", "")), str(_FIELD_KINDS.get(kind, _("câu hỏi")))]
    options = options_of(field)
    if options:
        parts.append(_("chọn trong: {choices}").format(choices=", ".join(map(str, options))))
    if "maxLength" in field:
        parts.append(_("tối đa {n} ký tự").format(n=field["maxLength"]))
    if "minimum" in field:
        parts.append(_("từ {n}").format(n=field["minimum"]))
    if "maximum" in field:
        parts.append(_("đến {n}").format(n=field["maximum"]))
    return "; ".join(part for part in parts if part)
