"""Words of the spine."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.IntegerChoices):
    """The ten legal statuses, one to one with the national portal's codes (TrangThaiHoSo)."""

    SUBMITTED = 1, _("Mới đăng ký")
    ACCEPTED = 2, _("Được tiếp nhận")
    NOT_ACCEPTED = 3, _("Không được tiếp nhận")
    PROCESSING = 4, _("Đang xử lý")
    AWAITING_SUPPLEMENT = 5, _("Yêu cầu bổ sung giấy tờ")
    AWAITING_PAYMENT = 6, _("Yêu cầu thực hiện nghĩa vụ tài chính")
    WITHDRAWAL_REQUESTED = 7, _("Công dân yêu cầu rút hồ sơ")
    STOPPED = 8, _("Dừng xử lý")
    FINISHED = 9, _("Đã xử lý xong")
    RETURNED = 10, _("Đã trả kết quả")


class Action(models.TextChoices):
    """What can be done to a dossier; each is a command in ``services``."""

    ACCEPT = "ACCEPT", _("Tiếp nhận và in giấy hẹn")
    REFUSE_INTAKE = "REFUSE_INTAKE", _("Từ chối tiếp nhận")
    START_PROCESSING = "START_PROCESSING", _("Bắt đầu xử lý")
    REQUEST_SUPPLEMENT = "REQUEST_SUPPLEMENT", _("Yêu cầu bổ sung")
    RECEIVE_SUPPLEMENT = "RECEIVE_SUPPLEMENT", _("Nhận giấy tờ bổ sung")
    REQUEST_PAYMENT = "REQUEST_PAYMENT", _("Yêu cầu nộp tiền")
    CONFIRM_PAYMENT = "CONFIRM_PAYMENT", _("Xác nhận đã nộp tiền")
    REQUEST_WITHDRAWAL = "REQUEST_WITHDRAWAL", _("Ghi nhận yêu cầu rút hồ sơ")
    APPROVE_WITHDRAWAL = "APPROVE_WITHDRAWAL", _("Đồng ý cho rút hồ sơ")
    DECLINE_WITHDRAWAL = "DECLINE_WITHDRAWAL", _("Không đồng ý cho rút hồ sơ")
    STOP = "STOP", _("Dừng giải quyết")
    FINISH = "FINISH", _("Kết thúc xử lý")
    RETURN_RESULT = "RETURN_RESULT", _("Trả kết quả")


class Channel(models.TextChoices):
    DIRECT = "DIRECT", _("Trực tiếp")
    ONLINE = "ONLINE", _("Trực tuyến")
    POSTAL = "POSTAL", _("Bưu chính công ích")


class PartyRole(models.TextChoices):
    SUBMITTER = "SUBMITTER", _("Người nộp hồ sơ")
    OWNER = "OWNER", _("Chủ hồ sơ")
    REPRESENTATIVE = "REPRESENTATIVE", _("Người đại diện")


class PartyKind(models.TextChoices):
    CITIZEN = "CITIZEN", _("Cá nhân")
    BUSINESS = "BUSINESS", _("Doanh nghiệp, tổ chức")


class SupplementStage(models.TextChoices):
    INTAKE = "INTAKE", _("Trước khi tiếp nhận")
    PROCESSING = "PROCESSING", _("Trong khi giải quyết")


class InboxView(models.TextChoices):
    MINE = "mine", _("Việc của tôi")
    UNIT = "unit", _("Việc của đơn vị")
    INTAKE = "intake", _("Chờ tiếp nhận")
    NEAR_DUE = "near-due", _("Sắp đến hạn")
    OVERDUE = "overdue", _("Quá hạn")
    APPLICANT = "applicant", _("Chờ người nộp")
    TO_RETURN = "to-return", _("Chờ trả kết quả")


class InboxSort(models.TextChoices):
    DUE = "due", _("Hạn trả gần nhất")
    NEWEST = "newest", _("Mới nộp trước")
    OLDEST = "oldest", _("Nộp trước")
