"""Refusals on the way of a new tenant from its file to its opening."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kernel.errors import DomainError, Kind


class OnboardingRefused(DomainError):
    """Carries every problem by file and line; nothing was created."""

    code = "tenant.onboarding_refused"
    sentence = _("Tệp khai báo còn {count} lỗi, chưa tạo gì:\n{listing}")

    def __init__(self, problems: Sequence[object]) -> None:
        self.problems = tuple(problems)
        super().__init__(count=len(self.problems), listing="\n".join(str(one) for one in self.problems))


class OnboardingUnderWay(DomainError):
    code = "tenant.onboarding_under_way"
    sentence = _("Việc khởi tạo {value} đang chạy ở nơi khác; hãy đợi nó xong.")
    kind = Kind.CONFLICT


class TenantNotPreparing(DomainError):
    code = "tenant.not_preparing"
    sentence = _("{name} không ở tình trạng đang chuẩn bị nên không có gì để mở.")
    kind = Kind.CONFLICT


class TenantNotReady(DomainError):
    code = "tenant.not_ready"
    sentence = _("{name} chưa mở được, còn {count} mục chưa đạt: {listing}")
    kind = Kind.CONFLICT


class ReasonMissing(DomainError):
    code = "tenant.reason_missing"
    sentence = _("Mở khi danh sách chưa đạt thì phải ghi lý do.")


class TenantUnknown(DomainError):
    code = "tenant.unknown"
    sentence = _("Không có bộ, tỉnh nào mang mã {value}.")
    kind = Kind.ABSENT


class PersonUnknown(DomainError):
    code = "tenant.person_unknown"
    sentence = _("{tenant} không có ai mang tên đăng nhập “{value}”.")
    kind = Kind.ABSENT


class JobUnknown(DomainError):
    code = "tenant.job_unknown"
    sentence = _("Không có việc khởi tạo này, hoặc việc này không phải do bạn bắt đầu.")
    kind = Kind.ABSENT


class JobUnderWay(DomainError):
    code = "tenant.job_under_way"
    sentence = _("Việc khởi tạo {value} còn đang chạy hoặc đã xong.")
    kind = Kind.CONFLICT


class LinksToldAlready(DomainError):
    code = "tenant.links_told_already"
    sentence = _(
        "Các liên kết đã được hiện một lần. Ai mất liên kết thì cấp lại ở danh sách sẵn sàng của {code},"
        " hoặc bằng lệnh: manage.py tenant link {code} <tên đăng nhập>."
    )
    kind = Kind.CONFLICT
