"""Words of adoption."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AdoptedState(models.TextChoices):
    ACTIVE = "ACTIVE", _("Đang áp dụng")
    RETIRED = "RETIRED", _("Thôi áp dụng")


class UnitRole(models.TextChoices):
    RECEIVING = "RECEIVING", _("Cơ quan tiếp nhận")
    COMPETENT = "COMPETENT", _("Cơ quan có thẩm quyền giải quyết")
    SUPPORTING = "SUPPORTING", _("Cơ quan phối hợp")


class UnitRule(models.TextChoices):
    """How the unit of a role is found when a dossier comes in."""

    CHOSEN_UNIT = "CHOSEN_UNIT", _("Đơn vị được chọn")
    RECEIVING_UNIT = "RECEIVING_UNIT", _("Chính nơi tiếp nhận")
    SAME_COMMUNE = "SAME_COMMUNE", _("Ủy ban nhân dân cấp xã của nơi tiếp nhận")


class Slot(models.TextChoices):
    """What a template may leave to the tenant."""

    LIMIT = "limit", _("thời hạn ngắn hơn")
    FEE = "fee", _("mức phí, lệ phí")
    UNITS = "units", _("đơn vị thực hiện")
    COMPONENT = "component", _("thành phần hồ sơ thêm")
    STEPS = "steps", _("thời gian của từng bước")
    WORDING = "wording", _("lời hướng dẫn tại địa phương")


class RecordSystem(models.TextChoices):
    """Where the dossiers of a procedure live. What is recorded elsewhere is not received here a second time."""

    LOCAL = "LOCAL", _("Hệ thống này")
    MINISTRY = "MINISTRY", _("Hệ thống của bộ, ngành")
    NATIONAL = "NATIONAL", _("Hệ thống quốc gia")


class Origin(models.TextChoices):
    NATIONAL = "NATIONAL", _("Mẫu quốc gia")
    LOCAL = "LOCAL", _("Thủ tục của địa phương")


class LocalState(models.TextChoices):
    DRAFT = "DRAFT", _("Đang soạn")
    IN_REVIEW = "IN_REVIEW", _("Chờ người thứ hai duyệt")
    PUBLISHED = "PUBLISHED", _("Đã ban hành")


class Clash(models.TextChoices):
    """Why an override has to be decided anew when a national version comes."""

    BOTH_CHANGED = "BOTH_CHANGED", _("trung ương và địa phương cùng thay đổi nội dung này")
    NO_LONGER_LAWFUL = (
        "NO_LONGER_LAWFUL",
        _("bản mới của trung ương đã thay đổi, mức của địa phương không còn được phép"),
    )
    THING_GONE = "THING_GONE", _("bản mới của trung ương không còn nội dung mà địa phương đã thay đổi")
    SLOT_CLOSED = "SLOT_CLOSED", _("bản mới của trung ương không còn cho địa phương thay đổi nội dung này")
    KEY_TAKEN = "KEY_TAKEN", _("bản mới của trung ương cũng thêm giấy tờ ở chỗ này; hãy xem có trùng không")


class Choice(models.TextChoices):
    KEEP = "KEEP", _("Giữ của mình")
    NATIONAL = "NATIONAL", _("Theo bản mới của trung ương")
    EDIT = "EDIT", _("Sửa thành mức khác")
