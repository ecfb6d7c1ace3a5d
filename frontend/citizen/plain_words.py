"""A legal status in plain words: what it means, who acts now, what comes next. Pure."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from apps.dossiers.enums import Status


@dataclass(frozen=True, slots=True)
class PlainStatus:
    """``tone`` is one of the status component's; ``turn`` says whose move it is."""

    title: str
    now: str
    next: str
    turn: str
    tone: str


def plain_status(status: Status, *, is_accepted: bool) -> PlainStatus:
    """``is_accepted``: whether the time limit has begun; before that there is none to stand still."""
    agency, you, nobody = _("cơ quan"), _("bạn"), ""
    return {
        Status.SUBMITTED: PlainStatus(
            _("Chờ tiếp nhận"),
            _("Hồ sơ đã đến nơi và đang được kiểm tra xem đã đủ giấy tờ chưa."),
            _(
                "Nếu đủ, hồ sơ được tiếp nhận và bạn có giấy hẹn ngày trả. Nếu thiếu, bạn được báo bổ sung một lần."
            ),
            agency,
            "plain",
        ),
        Status.ACCEPTED: PlainStatus(
            _("Đã tiếp nhận"),
            _("Hồ sơ đủ giấy tờ và đã được chuyển đến nơi giải quyết."),
            _("Cơ quan giải quyết và trả kết quả trước ngày hẹn dưới đây."),
            agency,
            "plain",
        ),
        Status.NOT_ACCEPTED: PlainStatus(
            _("Không được tiếp nhận"),
            _("Hồ sơ không được nhận để giải quyết; lý do ghi dưới đây và trong phiếu từ chối."),
            _("Khắc phục lý do đó rồi nộp lại. Nếu không đồng ý, bạn có quyền khiếu nại."),
            you,
            "late",
        ),
        Status.PROCESSING: PlainStatus(
            _("Đang giải quyết"),
            _("Cơ quan có thẩm quyền đang xem xét hồ sơ."),
            _("Khi xong, kết quả được chuyển về nơi bạn đã chọn nhận."),
            agency,
            "plain",
        ),
        Status.AWAITING_SUPPLEMENT: PlainStatus(
            _("Chờ bạn bổ sung giấy tờ"),
            _("Hồ sơ còn thiếu các giấy tờ dưới đây. Thời hạn giải quyết tạm dừng từ lúc báo.")
            if is_accepted
            else _("Hồ sơ còn thiếu các giấy tờ dưới đây nên chưa được tiếp nhận."),
            _("Nộp đủ các giấy tờ đó tại nơi tiếp nhận; thời hạn chạy tiếp ngay khi nhận đủ.")
            if is_accepted
            else _(
                "Nộp đủ các giấy tờ đó tại nơi tiếp nhận; hồ sơ được tiếp nhận và có ngày hẹn trả khi đã đủ."
            ),
            you,
            "wait",
        ),
        Status.AWAITING_PAYMENT: PlainStatus(
            _("Chờ bạn nộp tiền"),
            _("Hồ sơ có khoản phải nộp. Thời hạn giải quyết tạm dừng cho đến khi nộp xong."),
            _("Nộp khoản dưới đây tại nơi tiếp nhận; thời hạn chạy tiếp ngay khi nhận được tiền."),
            you,
            "wait",
        ),
        Status.WITHDRAWAL_REQUESTED: PlainStatus(
            _("Đang xét yêu cầu rút hồ sơ"),
            _("Yêu cầu rút hồ sơ của bạn đang được xem xét."),
            _("Nếu được đồng ý, bạn nhận lại giấy tờ đã nộp; nếu không, việc giải quyết tiếp tục."),
            agency,
            "wait",
        ),
        Status.STOPPED: PlainStatus(
            _("Đã dừng giải quyết"),
            _("Việc giải quyết hồ sơ đã dừng; lý do ghi dưới đây và trong thông báo."),
            _("Bạn có thể nhận lại giấy tờ đã nộp tại nơi tiếp nhận."),
            nobody,
            "late",
        ),
        Status.FINISHED: PlainStatus(
            _("Đã có kết quả"),
            _("Hồ sơ đã giải quyết xong, kết quả đang chờ bạn."),
            _("Nhận kết quả theo cách bạn đã chọn. Nếu nhận tại quầy, hãy mang theo giấy tiếp nhận."),
            you,
            "done",
        ),
        Status.RETURNED: PlainStatus(
            _("Đã trả kết quả"),
            _("Kết quả đã được trao cho người nhận."),
            _("Không còn việc gì phải làm với hồ sơ này."),
            nobody,
            "done",
        ),
    }[status]
