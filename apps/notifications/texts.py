"""What is said to an applicant, in plain words. Pure.

Places: {code}, {agency}, {link}. Nothing else about the person or the case may
stand in a message: it travels over networks that are not ours.
"""

from apps.notifications.enums import MessageKind

DEFAULT_LOCALE = "vi"

_FOLLOW = {
    "vi": "Xem chi tiết tại {link} với mã hồ sơ và mã tra cứu trên giấy hẹn.\n\n{agency}",
    "en": "See the details at {link} with the dossier code and the secret on your receipt.\n\n{agency}",
}

_SAID: dict[MessageKind, dict[str, tuple[str, str]]] = {
    MessageKind.SUBMITTED: {
        "vi": (
            "Đã nhận hồ sơ {code}",
            "Hồ sơ {code} đã được gửi đến cơ quan và đang chờ kiểm tra để tiếp nhận.",
        ),
        "en": (
            "Dossier {code} has arrived",
            "Dossier {code} has reached the agency and waits to be checked.",
        ),
    },
    MessageKind.ACCEPTED: {
        "vi": (
            "Hồ sơ {code} đã được tiếp nhận",
            "Hồ sơ {code} đã được tiếp nhận. Ngày hẹn trả có trên giấy hẹn.",
        ),
        "en": (
            "Dossier {code} has been accepted",
            "Dossier {code} has been accepted. The due date is on your receipt.",
        ),
    },
    MessageKind.REFUSED: {
        "vi": (
            "Hồ sơ {code} không được tiếp nhận",
            "Hồ sơ {code} không được tiếp nhận. Lý do được ghi trong phiếu từ chối.",
        ),
        "en": (
            "Dossier {code} was not accepted",
            "Dossier {code} was not accepted. The reason is in the refusal form.",
        ),
    },
    MessageKind.SUPPLEMENT_ASKED: {
        "vi": (
            "Hồ sơ {code} cần bổ sung giấy tờ",
            "Hồ sơ {code} còn thiếu giấy tờ. Thời hạn giải quyết tạm dừng cho đến khi nhận đủ.",
        ),
        "en": (
            "Dossier {code} needs more papers",
            "Papers are missing in dossier {code}. The time limit stands still until they are handed in.",
        ),
    },
    MessageKind.PAYMENT_ASKED: {
        "vi": (
            "Hồ sơ {code} cần nộp tiền",
            "Hồ sơ {code} có khoản phải nộp. Thời hạn giải quyết tạm dừng cho đến khi nộp xong.",
        ),
        "en": (
            "Dossier {code} needs a payment",
            "A payment is due for dossier {code}. The time limit stands still until it is made.",
        ),
    },
    MessageKind.STOPPED: {
        "vi": (
            "Hồ sơ {code} đã dừng giải quyết",
            "Việc giải quyết hồ sơ {code} đã dừng. Lý do được ghi trong thông báo dừng giải quyết.",
        ),
        "en": (
            "Dossier {code} has been stopped",
            "Work on dossier {code} has been stopped. The reason is in the notice.",
        ),
    },
    MessageKind.FINISHED: {
        "vi": (
            "Hồ sơ {code} đã có kết quả",
            "Hồ sơ {code} đã giải quyết xong. Mời bạn nhận kết quả theo cách đã đăng ký.",
        ),
        "en": (
            "Dossier {code} has a result",
            "Dossier {code} has been decided. Please receive the result in the way you chose.",
        ),
    },
    MessageKind.RETURNED: {
        "vi": ("Hồ sơ {code} đã trả kết quả", "Kết quả của hồ sơ {code} đã được trao cho người nhận."),
        "en": (
            "The result of dossier {code} was handed over",
            "The result of dossier {code} was handed over.",
        ),
    },
}


def compose(*, kind: MessageKind, locale: str, code: str, agency: str, link: str) -> tuple[str, str]:
    """Title and body; a language that we do not speak is answered in Vietnamese."""
    locale = locale if locale in _FOLLOW else DEFAULT_LOCALE
    title, body = _SAID[kind][locale]
    places = {"code": code, "agency": agency, "link": link}
    return title.format(**places), f"{body}\n\n{_FOLLOW[locale]}".format(**places)
