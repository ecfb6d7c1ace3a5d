"""Words of the catalogue."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class VersionState(models.TextChoices):
    DRAFT = "DRAFT", _("Bản nháp")
    IN_REVIEW = "IN_REVIEW", _("Đang thẩm định")
    PUBLISHED = "PUBLISHED", _("Đã công bố")
    SUPERSEDED = "SUPERSEDED", _("Đã có bản thay thế")
    RETIRED = "RETIRED", _("Đã bãi bỏ")


UNPUBLISHED = frozenset({VersionState.DRAFT, VersionState.IN_REVIEW})
# A tenant whose ring has nothing newer yet may go on adopting a version that is superseded elsewhere.
ADOPTABLE = frozenset({VersionState.PUBLISHED, VersionState.SUPERSEDED})


class LogAction(models.TextChoices):
    SUBMIT = "SUBMIT", _("Gửi thẩm định")
    RETURN = "RETURN", _("Trả lại kèm ý kiến")
    PUBLISH = "PUBLISH", _("Phê duyệt và công bố")
    OFFER = "OFFER", _("Mở cho vòng")
    SUPERSEDE = "SUPERSEDE", _("Có bản thay thế")
    RETIRE = "RETIRE", _("Bãi bỏ")


class DayKind(models.TextChoices):
    OFF = "OFF", _("Nghỉ")
    WORK = "WORK", _("Làm bù")


class DaySource(models.TextChoices):
    SEED = "SEED", _("Tính sẵn theo luật")
    DECREE = "DECREE", _("Văn bản của cơ quan có thẩm quyền")


class FindingKind(models.TextChoices):
    """What a person must look at before an imported procedure may be published (facts, section 7.2)."""

    NO_USABLE_LIMIT = "NO_USABLE_LIMIT", _("Không có thời hạn dùng được")
    CONFLICTING_LIMITS = "CONFLICTING_LIMITS", _("Thời hạn mâu thuẫn giữa cách nộp và trường hợp")
    LIMIT_UNCONFIRMED = "LIMIT_UNCONFIRMED", _("Thời hạn chưa được xác nhận")
    DUPLICATE_CASE = "DUPLICATE_CASE", _("Trường hợp trùng mã")
    ALL_COMPONENTS_OPTIONAL = "ALL_COMPONENTS_OPTIONAL", _("Mọi thành phần hồ sơ đều không bắt buộc")
    NO_COMPONENTS = "NO_COMPONENTS", _("Không có thành phần hồ sơ")
    ZERO_QUANTITY = "ZERO_QUANTITY", _("Thành phần hồ sơ có số lượng bằng 0")
    DUPLICATE_COMPONENT = "DUPLICATE_COMPONENT", _("Thành phần hồ sơ trùng mã")
    ZERO_FEE = "ZERO_FEE", _("Phí, lệ phí bằng 0")
    SEVERAL_FEES = "SEVERAL_FEES", _("Nhiều mức phí cho một cách nộp")
    UNLIKELY_FEE = "UNLIKELY_FEE", _("Mức phí khó tin")
    FEE_NOT_STATED = "FEE_NOT_STATED", _("Không nêu phí, lệ phí")
    LEVEL_UNCLEAR = "LEVEL_UNCLEAR", _("Không rõ cấp thực hiện")
    SUBJECTS_UNCLEAR = "SUBJECTS_UNCLEAR", _("Không rõ đối tượng thực hiện")
    FIELD_MISSING = "FIELD_MISSING", _("Thiếu lĩnh vực")
    EXECUTING_MISSING = "EXECUTING_MISSING", _("Thiếu cơ quan thực hiện")


LIMIT_FINDINGS = frozenset(
    {FindingKind.NO_USABLE_LIMIT, FindingKind.CONFLICTING_LIMITS, FindingKind.LIMIT_UNCONFIRMED}
)
