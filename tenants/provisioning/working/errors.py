"""Refusals of work that is asked for in the console."""

from django.utils.translation import gettext_lazy as _

from kernel.errors import DomainError, Kind


class WorkUnknown(DomainError):
    code = "work.unknown"
    sentence = _("Không có việc này.")
    kind = Kind.ABSENT


class WorkUnderWay(DomainError):
    code = "work.under_way"
    sentence = _("{owner} đang có một việc như vậy chưa xong; hãy mở việc đó ở mục “Việc gần đây”.")
    kind = Kind.CONFLICT


class WorkNotWaiting(DomainError):
    code = "work.not_waiting"
    sentence = _("Việc này đang chạy, đã xong hoặc đã bỏ; chưa có gì thay đổi.")
    kind = Kind.CONFLICT


class ArchiveUnknown(DomainError):
    code = "work.archive_unknown"
    sentence = _("{owner} không có bản lưu trữ này trong sổ trung ương.")
    kind = Kind.ABSENT


class MergeBegun(DomainError):
    code = "work.merge_begun"
    sentence = _("Lần sáp nhập {owner} này đã bắt đầu; hãy mở nó ở mục “Các lần sáp nhập” để đi tiếp.")
    kind = Kind.CONFLICT


class ObstaclesRemain(DomainError):
    code = "work.obstacles_remain"
    sentence = _("Còn {count} trở ngại phải giải quyết trước; chưa có gì thay đổi.")
    kind = Kind.CONFLICT


class LookTooOld(DomainError):
    code = "work.look_too_old"
    sentence = _("Số liệu đã xem không còn mới nên chưa làm gì; hãy xem lại rồi xác nhận.")
    kind = Kind.CONFLICT
