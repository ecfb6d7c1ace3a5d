"""Refusals about people, duties and signing in."""

from django.utils.translation import gettext_lazy as _

from kernel.errors import DomainError, Kind


class SignInLocked(DomainError):
    code = "accounts.sign_in_locked"
    sentence = _(
        "Đã nhập sai quá {limit} lần nên tạm khóa đăng nhập {minutes} phút. "
        "Hãy đợi rồi thử lại, hoặc nhờ người quản trị đơn vị đặt lại mật khẩu."
    )
    kind = Kind.FORBIDDEN


class UserUnknown(DomainError):
    code = "accounts.user_unknown"
    sentence = _("Không có người này.")
    kind = Kind.ABSENT


class UserRetired(DomainError):
    code = "accounts.user_retired"
    sentence = _("{name} đã thôi làm việc.")
    kind = Kind.CONFLICT


class UsernameInvalid(DomainError):
    code = "accounts.username_invalid"
    sentence = _("Tên đăng nhập gồm từ 3 đến 60 chữ thường không dấu, số, dấu chấm, gạch nối hoặc gạch dưới.")


class UsernameTaken(DomainError):
    code = "accounts.username_taken"
    sentence = _("Tên đăng nhập “{username}” đã có người dùng.")
    kind = Kind.CONFLICT


class FullNameMissing(DomainError):
    code = "accounts.full_name_missing"
    sentence = _("Phải ghi họ và tên.")


class PasswordWeak(DomainError):
    code = "accounts.password_weak"
    sentence = _(
        "Mật khẩu phải có ít nhất {shortest} ký tự, không quá {longest} ký tự, không chỉ gồm chữ số, "
        "không phải mật khẩu phổ biến và không giống tên đăng nhập hay họ tên."
    )


class DutyUnknown(DomainError):
    code = "accounts.duty_unknown"
    sentence = _("Không có nhiệm vụ “{duty}”.")


class DutyAlreadyHeld(DomainError):
    code = "accounts.duty_already_held"
    sentence = _("{name} đã có nhiệm vụ “{duty}” với phạm vi này.")
    kind = Kind.CONFLICT


class AssignmentUnknown(DomainError):
    code = "accounts.assignment_unknown"
    sentence = _("Không có phân công này.")
    kind = Kind.ABSENT


class AssignmentEnded(DomainError):
    code = "accounts.assignment_ended"
    sentence = _("Phân công này đã kết thúc từ sau ngày {last_day}.")
    kind = Kind.CONFLICT


class DatesReversed(DomainError):
    code = "accounts.dates_reversed"
    sentence = _("Ngày cuối cùng không được trước ngày bắt đầu.")


class DelegationToSelf(DomainError):
    code = "accounts.delegation_to_self"
    sentence = _("Không thể ủy quyền cho chính mình.")


class DelegationGroundMissing(DomainError):
    code = "accounts.delegation_ground_missing"
    sentence = _("Ủy quyền phải ghi căn cứ, ví dụ số và ngày của văn bản.")


class DelegationInThePast(DomainError):
    code = "accounts.delegation_in_the_past"
    sentence = _("Ngày cuối của ủy quyền không được ở trước hôm nay.")


class DutyNotHeld(DomainError):
    code = "accounts.duty_not_held"
    sentence = _("{name} không có nhiệm vụ “{duty}” trong những ngày này nên không thể ủy quyền.")
    kind = Kind.CONFLICT


class DelegationUnknown(DomainError):
    code = "accounts.delegation_unknown"
    sentence = _("Không có ủy quyền này.")
    kind = Kind.ABSENT


class SuccessorRetired(DomainError):
    code = "accounts.successor_retired"
    sentence = _("Người nhận bàn giao phải là một người khác đang làm việc.")


class FirstLinkUnknown(DomainError):
    code = "accounts.first_link_unknown"
    sentence = _(
        "Liên kết này không đúng. Hãy mở lại từ tin nhắn bạn đã nhận, hoặc xin người quản trị một liên kết mới."
    )
    kind = Kind.ABSENT


class FirstLinkUsed(DomainError):
    code = "accounts.first_link_used"
    sentence = _("Liên kết này đã được dùng lúc {at}. Hãy đăng nhập bằng mật khẩu bạn đã chọn.")
    kind = Kind.CONFLICT


class FirstLinkExpired(DomainError):
    code = "accounts.first_link_expired"
    sentence = _("Liên kết này đã hết hạn lúc {at}. Hãy xin một liên kết mới.")
    kind = Kind.CONFLICT


class FirstLinkVoided(DomainError):
    code = "accounts.first_link_voided"
    sentence = _("Liên kết này đã được thay bằng một liên kết mới hơn lúc {at}. Hãy dùng liên kết mới đó.")
    kind = Kind.CONFLICT


class FirstLinkLocked(DomainError):
    code = "accounts.first_link_locked"
    sentence = _("Đã thử quá nhiều lần. Hãy đợi {minutes} phút rồi thử lại.")
    kind = Kind.FORBIDDEN
