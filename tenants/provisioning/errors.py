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
