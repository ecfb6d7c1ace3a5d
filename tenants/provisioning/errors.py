"""Refusals of provisioning."""

from django.utils.translation import gettext_lazy as _

from kernel.errors import DomainError, Kind


class TenantCodeInvalid(DomainError):
    code = "tenant.code_invalid"
    sentence = _("Mã “{value}” không hợp lệ: cần một chữ cái và hai chữ số, ví dụ H21 hoặc G15.")


class TenantCodeTaken(DomainError):
    code = "tenant.code_taken"
    sentence = _("Mã {value} đã thuộc về {owner}.")
    kind = Kind.CONFLICT


class HostInvalid(DomainError):
    code = "tenant.host_invalid"
    sentence = _("Tên máy chủ “{value}” không hợp lệ.")


class HostTaken(DomainError):
    code = "tenant.host_taken"
    sentence = _("Tên máy chủ {value} đã thuộc về {owner}.")
    kind = Kind.CONFLICT


class HostIsPrimary(DomainError):
    code = "tenant.host_is_primary"
    sentence = _("{value} là địa chỉ chính: chỉ bỏ được khi có một địa chỉ khác thay nó làm địa chỉ chính.")
    kind = Kind.CONFLICT


class HostUnknown(DomainError):
    code = "tenant.host_unknown"
    sentence = _("{value} không phải địa chỉ của {owner}.")
    kind = Kind.ABSENT


class TenantUnknown(DomainError):
    code = "tenant.unknown"
    sentence = _("Không có bộ, tỉnh nào mang mã {value}.")
    kind = Kind.ABSENT


class ConfirmationDiffers(DomainError):
    code = "tenant.confirmation_differs"
    sentence = _("Việc này cần gõ lại đúng mã {value} để xác nhận; chưa có gì thay đổi.")


class ReasonMissing(DomainError):
    code = "tenant.reason_missing"
    sentence = _("Hãy ghi lý do của việc này; lý do được lưu trong nhật ký trung ương.")


class GroundMissing(DomainError):
    code = "tenant.ground_missing"
    sentence = _("Hãy ghi văn bản làm căn cứ, ví dụ số và ngày của nghị quyết.")


class NoticeMissing(DomainError):
    code = "tenant.notice_missing"
    sentence = _("Hãy ghi lời báo cho người dân và cán bộ: vì sao và đến bao giờ.")


class ModeUnknown(DomainError):
    code = "tenant.mode_unknown"
    sentence = _("Không có cách tạm ngừng “{value}”; chọn read-only hoặc closed.")


class StateNotFit(DomainError):
    code = "tenant.state_not_fit"
    sentence = _("{owner} đang ở tình trạng “{state}” nên không làm được việc này.")
    kind = Kind.CONFLICT


class DataDropped(DomainError):
    code = "tenant.data_dropped"
    sentence = _("Dữ liệu của {owner} đã được xóa; chỉ còn tên, mã và nhật ký.")
    kind = Kind.CONFLICT


class NothingToChange(DomainError):
    code = "tenant.nothing_to_change"
    sentence = _("{owner} đã như vậy rồi; chưa có gì thay đổi.")
    kind = Kind.CONFLICT


class SuccessorNotFit(DomainError):
    code = "tenant.successor_not_fit"
    sentence = _("{owner} không thể là nơi tiếp tục: phải là một bộ, tỉnh khác và đang hoạt động.")
    kind = Kind.CONFLICT


class AliasTaken(DomainError):
    code = "tenant.alias_taken"
    sentence = _("Mã {value} đang là mã của {owner}, không thể dùng làm mã cũ.")
    kind = Kind.CONFLICT


class AliasUnknown(DomainError):
    code = "tenant.alias_unknown"
    sentence = _("{value} không phải mã cũ của {owner}.")
    kind = Kind.ABSENT


class AliasOfPredecessor(DomainError):
    code = "tenant.alias_of_predecessor"
    sentence = _(
        "{value} là mã của {owner}, nơi đã được tiếp tục ở đây; hồ sơ và thư cũ còn mang mã đó nên không bỏ được."
    )
    kind = Kind.CONFLICT


class ArchiveMissing(DomainError):
    code = "tenant.archive_missing"
    sentence = _(
        "{owner} chưa có bản lưu trữ nào sau lần thay đổi cuối ({moment}); hãy xuất bản lưu trữ trước, "
        "hoặc nêu lý do bỏ qua."
    )
    kind = Kind.CONFLICT


class NothingKept(DomainError):
    code = "tenant.nothing_kept"
    sentence = _("{owner} không còn dữ liệu cũ nào được giữ sau các lần khôi phục.")
    kind = Kind.CONFLICT


class KeptUnknown(DomainError):
    code = "tenant.kept_unknown"
    sentence = _("{value} không phải lược đồ dữ liệu cũ của {owner}. Đang giữ: {there}.")
    kind = Kind.ABSENT


class FilesLeft(DomainError):
    code = "tenant.files_left"
    sentence = _(
        "Lược đồ của {owner} đã xóa, nhưng kho tệp không xóa được hết tệp: {why}. "
        "Chạy lại lệnh này khi kho sẵn sàng để xóa nốt."
    )
    kind = Kind.AWAY


class KindUnknown(DomainError):
    code = "tenant.kind_unknown"
    sentence = _("Không có loại “{value}”; chọn PROVINCE hoặc MINISTRY.")


class NameMissing(DomainError):
    code = "tenant.name_missing"
    sentence = _("Thiếu tên của bộ hoặc tỉnh.")


class SchemaLeftOver(DomainError):
    code = "tenant.schema_left_over"
    sentence = _("Cơ sở dữ liệu đã có lược đồ {value} mà sổ đăng ký không biết; cần người quản trị xem xét.")
    kind = Kind.CONFLICT


class TemplateStale(DomainError):
    code = "tenant.template_stale"
    sentence = _("Lược đồ mẫu chưa theo kịp phiên bản phần mềm; hãy chạy “manage.py central prepare”.")
    kind = Kind.CONFLICT
