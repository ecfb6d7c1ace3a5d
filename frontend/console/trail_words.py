"""The trail of the operators in words: what was done, by whom, with which facts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from frontend.console.work_words import TITLES
from frontend.filters import date_short
from kernel.actors import SYSTEM, ActorKind
from tenants.provisioning.readiness.checks import get_checks
from tenants.registry.enums import Ring, TenantState
from tenants.registry.models import OperatorAct
from tenants.releases.enums import Audience, RolloutState, Stage

Word = str | Promise

ACTS: Mapping[str, Word] = {
    "announcement.made": _("Ra thông báo"),
    "announcement.withdrawn": _("Gỡ thông báo"),
    "flag.dropped": _("Xóa điều đã đặt của tính năng không còn"),
    "flag.set": _("Đổi nơi mở của tính năng"),
    "release.limit_set": _("Đổi hạn hoãn của bản phát hành"),
    "rollout.started": _("Bắt đầu triển khai"),
    "rollout.paused": _("Tạm dừng triển khai"),
    "rollout.resumed": _("Cho triển khai tiếp"),
    "rollout.retried": _("Làm lại bước đã chặn"),
    "rollout.stopped": _("Dừng hẳn triển khai"),
    "rollout.closed": _("Kết thúc triển khai, nơi đã hoãn nhận sau"),
    "rollout.reopened": _("Cập nhật nơi đã hết hoãn sau khi kết thúc"),
    "rollout.held": _("Cửa chặn triển khai lại"),
    "template.adopted_by_deadline": _("Bản quốc gia được áp dụng vì hết hạn"),
    "template.offered": _("Mở bản quốc gia cho vòng sau"),
    "template.required": _("Đặt hạn áp dụng bản quốc gia"),
    "tenant.alias_added": _("Thêm mã cũ"),
    "tenant.alias_removed": _("Bỏ mã cũ"),
    "tenant.archive_verified": _("Kiểm tra bản lưu trữ: nguyên vẹn"),
    "tenant.dropped": _("Xóa dữ liệu"),
    "tenant.export_started": _("Bắt đầu xuất bản lưu trữ"),
    "tenant.exported": _("Xuất bản lưu trữ"),
    "tenant.host_added": _("Thêm địa chỉ"),
    "tenant.host_changed": _("Đổi cách trả lời của địa chỉ"),
    "tenant.host_removed": _("Bỏ địa chỉ"),
    "tenant.merge_abandoned": _("Bỏ lần sáp nhập"),
    "tenant.merge_begun": _("Bắt đầu sáp nhập"),
    "tenant.merge_confirmed": _("Xác nhận sáp nhập"),
    "tenant.onboarded": _("Khởi tạo theo tệp khai báo"),
    "tenant.onboarding_restarted": _("Chạy lại lần khởi tạo"),
    "tenant.onboarding_started": _("Bắt đầu khởi tạo trên trang"),
    "tenant.kept_dropped": _("Xóa dữ liệu cũ giữ sau khôi phục"),
    "tenant.links_reissued": _("Cấp lại liên kết đăng nhập lần đầu"),
    "tenant.opened": _("Mở cho người dân"),
    "tenant.opened_by_override": _("Mở cho người dân dù chưa đạt"),
    "tenant.registered": _("Ghi vào danh sách bộ, tỉnh"),
    "tenant.renamed": _("Đổi tên hoặc địa chỉ chính"),
    "tenant.restore_confirmed": _("Xác nhận khôi phục"),
    "tenant.restored": _("Khôi phục từ bản lưu trữ"),
    "tenant.resumed": _("Mở lại"),
    "tenant.retired": _("Thôi hoạt động"),
    "tenant.ring_set": _("Đổi vòng"),
    "tenant.succeeded": _("Chuyển cho nơi tiếp tục"),
    "tenant.suspended": _("Tạm ngừng hoặc chỉ cho xem"),
    "tenant.work_restarted": _("Chạy lại việc dở dang"),
    "upgrade.deferred": _("Hoãn bản cập nhật"),
    "upgrade.deferral_cancelled": _("Bỏ hoãn bản cập nhật"),
    "upgrade.turn_set": _("Đổi lượt và khung giờ"),
}
FACTS: Mapping[str, Word] = {
    "act": _("cách làm"),
    "after": _("sau"),
    "alias": _("mã cũ"),
    "answers": _("trả lời tại chỗ"),
    "audience": _("cho"),
    "before": _("trước"),
    "changes": _("thay đổi"),
    "code": _("mã"),
    "files": _("tệp"),
    "ground": _("căn cứ"),
    "host": _("địa chỉ"),
    "host_before": _("địa chỉ trước"),
    "id": _("số"),
    "into": _("nơi nhận"),
    "job": _("việc"),
    "kept": _("dữ liệu cũ giữ ở"),
    "key": _("tên trong phần mềm"),
    "left": _("nơi nhận sau"),
    "mode": _("cách khôi phục"),
    "name": _("tên"),
    "name_before": _("tên trước"),
    "not_ready": _("chưa đạt"),
    "notes": _("ghi chú"),
    "notice": _("lời báo"),
    "order": _("thứ tự"),
    "parallel": _("cùng lúc"),
    "path": _("tệp lưu trữ"),
    "primary": _("địa chỉ chính"),
    "release": _("bản"),
    "rings": _("vòng"),
    "rows": _("hàng"),
    "schema": _("lược đồ"),
    "sha256": _("SHA-256"),
    "size": _("byte"),
    "stage": _("vòng"),
    "state": _("tình trạng"),
    "successor": _("nơi tiếp tục"),
    "template": _("thủ tục"),
    "tenants": _("bộ, tỉnh"),
    "tenants_off": _("tắt riêng ở"),
    "tenants_on": _("mở riêng ở"),
    "title": _("tên gọi"),
    "until": _("đến"),
    "version": _("bản"),
    "was": _("trước đó"),
    "why": _("vì"),
    "window": _("khung giờ"),
    "without_archive": _("không có bản lưu trữ"),
}
_ORDER = {"before": 1, "after": 2}  # the database keeps them by the length of their names
_HIDDEN = {"by"}  # told by ``who``
_WORKS: Mapping[str, Word] = {
    "REPLACE": _("thay dữ liệu đang chạy"),
    "BESIDE": _("thành nơi khác"),
    **TITLES,
}
_CHOICES: Mapping[str, Word] = {
    value: label
    for choices in (Stage, Ring, TenantState, RolloutState, Audience)
    for value, label in choices.choices
}
_LABELS: Mapping[str, Word] = {**_WORKS, **_CHOICES}
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Line:
    at: datetime
    tenant_code: str
    title: str
    who: str
    by_hand_of: str  # what kind of person, where it is no operator who is signed in
    reason: str
    facts: list[tuple[str, str]]


def told(act: OperatorAct) -> Line:
    """An act or a fact that has no word is shown by its code: nothing of the trail is left out."""
    return Line(
        at=act.at,
        tenant_code=act.tenant_code,
        title=str(ACTS.get(act.action, act.action)),
        who=act.operator_name,
        by_hand_of=_kind(act),
        reason=act.reason,
        facts=[
            (str(FACTS.get(name, name)), _checks(value) if name == "not_ready" else _value(value))
            for name, value in sorted(act.facts.items(), key=lambda one: _ORDER.get(one[0], 0))
            if name not in _HIDDEN and value not in ("", None, [], {}) and value != act.reason
        ],
    )


def _checks(keys: list[str]) -> str:
    """Lines of the ready list by their titles; one that the code no longer has, by its key."""
    titles = {check.key: str(check.title) for check in get_checks()}
    return "; ".join(titles.get(key, key) for key in keys)


def _kind(act: OperatorAct) -> str:
    if act.facts.get("by") == ActorKind.STAFF:
        return _now("cán bộ của %(code)s") % {"code": act.tenant_code}
    if act.operator_id is None and act.operator_name != SYSTEM.name:
        return _now("dòng lệnh")
    return ""


def _value(value: Any) -> str:
    match value:
        case bool():
            return _now("có") if value else _now("không")
        case None | "":
            return "–"
        case dict():
            return ", ".join(f"{FACTS.get(name, name)} {_value(one)}" for name, one in value.items())
        case list():
            return "; ".join(_value(one) for one in value) or "–"
        case str() if _DAY.fullmatch(value):
            return date_short(date.fromisoformat(value))
        case _:
            return str(_LABELS.get(str(value), value))
