"""Words for long work on a tenant: what it is called, how it stands."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tenants.provisioning.models import LongJob
from tenants.provisioning.working.jobs import is_look

TITLES: dict[str, str | Promise] = {
    "EXPORT": _("Xuất bản lưu trữ"),
    "VERIFY": _("Kiểm tra bản lưu trữ"),
    "LOOK_RESTORE": _("Khôi phục: xem trước"),
    "RESTORE": _("Khôi phục"),
    "LOOK_MERGE": _("Sáp nhập: xem trước"),
    "MERGE": _("Sáp nhập"),
}
STATES: dict[str, tuple[str | Promise, str]] = {
    "WAITING": (_("Đang chờ đến lượt"), "wait"),
    "RUNNING": (_("Đang chạy"), "near"),
    "DONE": (_("Đã xong"), "done"),
    "FAILED": (_("Dừng giữa chừng"), "late"),
}
_LOOKED: tuple[str | Promise, str] = (_("Đã xem, chờ quyết định"), "near")
_GIVEN_UP: tuple[str | Promise, str] = (_("Đã bỏ"), "wait")
# Tables that people ask about, in their words; the others are shown by their names.
TABLES: dict[str, str | Promise] = {
    "dossiers_dossier": _("Hồ sơ"),
    "dossiers_party": _("Người nộp và người liên quan"),
    "files_storedfile": _("Tệp của hồ sơ"),
    "audit_entry": _("Dấu vết"),
    "workflow_step": _("Bước xử lý"),
    "fees_payment": _("Khoản đã thu"),
    "results_result": _("Kết quả"),
    "documents_issueddocument": _("Giấy tờ đã in"),
    "notifications_message": _("Tin nhắn"),
    "accounts_user": _("Tài khoản cán bộ"),
    "organisations_unit": _("Đơn vị"),
}


@dataclass(frozen=True, slots=True)
class WorkLine:
    job: LongJob
    title: str | Promise
    state: str | Promise
    tone: str


def line_of(job: LongJob) -> WorkLine:
    state, tone = _LOOKED if is_look(job) and job.state == "DONE" else STATES[job.state]
    if is_given_up(job):
        state, tone = _GIVEN_UP
    return WorkLine(job, TITLES[act_of(job)], state, tone)


def lines_of(jobs: list[LongJob]) -> list[WorkLine]:
    return [line_of(job) for job in jobs]


def act_of(job: LongJob) -> str:
    """One that a command has begun names no act: it is what its kind says."""
    return str(job.asked.get("act", job.kind))


def is_given_up(job: LongJob) -> bool:
    return job.kind == "MERGE" and job.state == "FAILED" and job.finished_at is not None


def told_at(job: LongJob) -> datetime | None:
    """When the worker was last heard of."""
    text = job.progress.get("at")
    return datetime.fromisoformat(text) if text else None
