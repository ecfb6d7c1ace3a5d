"""Words of the catalogue's pages that no enum has: columns of the national list, and tones."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from apps.catalogue.enums import LIST_SCOPE, RECORDS_SCOPE, SharedList

Word = str | Promise

FIELDS: Mapping[str, Word] = {
    "code": _("Mã"),
    "name": _("Tên"),
    "fields": _("Lĩnh vực"),
    "promulgator": _("Cơ quan công bố"),
    "executing": _("Cơ quan thực hiện"),
    "subjects": _("Đối tượng"),
    "type": _("Loại"),
    "state": _("Trạng thái ở nguồn"),
    "parent": _("Mã cấp trên"),
    "valid_from": _("Hiệu lực từ"),
    "valid_to": _("Hiệu lực đến"),
    "successor": _("Mã kế thừa"),
}
# What a finding has seen, by the names that the finders give it.
SEEN: Mapping[str, Word] = {
    **FIELDS,
    "text": _("Nguyên văn"),
    "number": _("Bản đang công bố"),
    "names": _("Tên"),
    "found": _("Giá trị"),
    "length": _("Số ký tự"),
    "codes": _("Các mã"),
    "rows": _("Các dòng"),
    "times": _("Số lần"),
    "count": _("Số lượng"),
    "listed": _("Số mục được ghi"),
    "channels": _("Cách nộp"),
    "limits": _("Thời hạn"),
    "amounts": _("Mức tiền"),
    "notes": _("Ghi chú"),
    "levels": _("Các cấp"),
}
TYPES: Mapping[str, Word] = {
    "STANDARD": _("Cả nước"),
    "SPECIFIC": _("Đặc thù địa phương"),
    "STANDARD_INTERNAL": _("Nội bộ"),
}
STANDINGS = (("living", _("đang có")), ("retired", _("đã bãi bỏ")), ("all", _("tất cả")))
SEVERITY_TONES = {"BLOCKING": "late", "WARNING": "near", "NOTE": "plain"}
FINDING_TONES = {"OPEN": "near", "RESOLVED": "done", "DISMISSED": "plain", "GONE": "plain"}
CHANGE_TONES = {"PROPOSED": "wait", "ACCEPTED": "done", "REJECTED": "plain", "SUPERSEDED": "plain"}


def scope_name(scope: str) -> str:
    if scope == LIST_SCOPE:
        return _now("Danh mục thủ tục quốc gia")
    if scope == RECORDS_SCOPE:
        return _now("Hồ sơ thủ tục đầy đủ")
    key = scope.partition(":")[2]
    return str(SharedList(key).label) if key in SharedList.values else key


def say_value(value: Any) -> str:
    """A value of a record in one line; what is no text is shown as its JSON-like shape, cut short."""
    if value is None or value == "":
        return "–"
    text = value if isinstance(value, str) else str(value)
    return text if len(text) <= 600 else f"{text[:600]} …"
