"""The trail in words: what happened, as a person would say it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.audit.selectors import EntryView
from apps.dossiers.enums import Action, Status
from apps.fees.enums import ExemptionState
from frontend.filters import date_vi

_WORDS: dict[str, str | Promise] = {
    "SUBMIT": _("Nộp hồ sơ"),
    Action.ACCEPT: _("Tiếp nhận hồ sơ"),
    "EXTEND": _("Xin lỗi và gia hạn"),
    "RECORD_PAYMENT": _("Thu phí, lệ phí"),
    "RECORD_RESULT": _("Ghi nhận kết quả"),
    "dossier.due_date_moved": _("Tính lại hạn theo lịch mới"),
    "workflow.run_started": _("Bắt đầu quy trình"),
    "workflow.run_cancelled": _("Kết thúc quy trình giữa chừng"),
    "workflow.step_completed": _("Xong bước"),
    "workflow.step_claimed": _("Nhận việc"),
    "workflow.step_assigned": _("Được giao việc"),
    "workflow.step_released": _("Trả việc về đơn vị"),
    "workflow.step_handed_over": _("Bàn giao việc"),
}


@dataclass(frozen=True, slots=True)
class Happening:
    at: datetime
    who: str
    what: str
    note: str


def happenings(entries: Iterable[EntryView]) -> list[Happening]:
    return [
        Happening(entry.at, entry.actor_name, _what(entry.action, entry.before, entry.after), entry.note)
        for entry in entries
    ]


def _what(action: str, before: dict[str, Any], after: dict[str, Any]) -> str:
    said = str(_WORDS.get(action) or (Action(action).label if action in Action.values else action))
    if after.get("name"):
        said += f": {after['name']}"
    if after.get("declaration"):
        said += " · " + str(_("tờ khai trước %(code)s")) % {"code": after["declaration"]}
    if after.get("exempt") in ExemptionState.values:
        said += " · " + _exempt(after)
    status, due = after.get("status"), after.get("due_at")
    if status in Status.values and status != before.get("status"):
        said += f" → {Status(status).label}"
    if due and due != before.get("due_at") and action != "SUBMIT":
        said += " · " + str(_("hạn %(due)s")) % {"due": date_vi(due)}
    return said


def _exempt(after: dict[str, Any]) -> str:
    state = str(ExemptionState(after["exempt"]).label).lower()
    if not after.get("exempt_group"):
        return str(_("miễn, giảm phí: %(state)s")) % {"state": state}
    return str(_("miễn, giảm phí cho %(group)s: %(state)s")) % {
        "group": after["exempt_group"],
        "state": state,
    }
