"""Refusals about the tree of agencies."""

from django.utils.translation import gettext_lazy as _

from kernel.errors import DomainError, Kind


class UnitUnknown(DomainError):
    code = "organisations.unit_unknown"
    sentence = _("Không có đơn vị này.")
    kind = Kind.ABSENT


class UnitCodeInvalid(DomainError):
    code = "organisations.unit_code_invalid"
    sentence = _(
        "Mã đơn vị “{unit_code}” không đúng Quyết định 20/2020/QĐ-TTg. "
        "Mã gồm một chữ in hoa và hai số, rồi từng cấp sau dấu chấm, ví dụ H21.24.01; không quá 35 ký tự."
    )


class UnitCodeTaken(DomainError):
    code = "organisations.unit_code_taken"
    sentence = _("Mã “{unit_code}” đang là mã của {name}. Hãy chọn mã khác hoặc kết thúc mã cũ trước.")
    kind = Kind.CONFLICT


class UnitNameMissing(DomainError):
    code = "organisations.unit_name_missing"
    sentence = _("Đơn vị phải có tên.")


class UnitKindUnknown(DomainError):
    code = "organisations.unit_kind_unknown"
    sentence = _("Không có loại đơn vị “{unit_kind}”.")


class UnitClosed(DomainError):
    code = "organisations.unit_closed"
    sentence = _("{name} đã kết thúc hoạt động từ sau ngày {last_day}.")
    kind = Kind.CONFLICT


class UnitHasOpenBranches(DomainError):
    code = "organisations.unit_has_open_branches"
    sentence = _("{name} còn {count} đơn vị trực thuộc đang hoạt động. Hãy kết thúc các đơn vị đó trước.")
    kind = Kind.CONFLICT


class LastDayTooEarly(DomainError):
    code = "organisations.last_day_too_early"
    sentence = _("Ngày cuối cùng không được trước ngày bắt đầu ({first_day}).")


class SuccessorUnfit(DomainError):
    code = "organisations.successor_unfit"
    sentence = _("Đơn vị kế thừa phải là một đơn vị khác đang hoạt động.")


class ProbeUnitNotPossible(DomainError):
    code = "organisations.probe_unit_not_possible"
    sentence = _("Lược đồ của bộ, tỉnh này chưa có chỗ cho đơn vị kiểm tra hệ thống.")
    kind = Kind.CONFLICT


class NotYourUnit(DomainError):
    code = "organisations.not_your_unit"
    sentence = _("Bạn không phải là người quản trị của đơn vị này.")
    kind = Kind.FORBIDDEN
