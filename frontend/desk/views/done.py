"""What has just been done, said on the page that follows. The address carries a name, never a text."""

from django.utils.translation import gettext as _

from frontend.desk.forms.moves import MOVE_FORMS

# After these there is a new paper to print: the link to it stands in the notice.
ISSUE_A_FORM = {"received", "again", "accept", "refuse-intake", "request-supplement", "stop"}


def done_words(name: str) -> str:
    """Empty for a name that means nothing."""
    if name in MOVE_FORMS:
        return str(MOVE_FORMS[name].done)
    return {
        "received": _("Đã tiếp nhận hồ sơ. Giấy hẹn đã sẵn sàng để in."),
        "again": _("Hồ sơ này đã được tiếp nhận từ lần bấm trước; không tạo thêm hồ sơ nào."),
        "submitted": _("Đã lưu hồ sơ, chờ tiếp nhận."),
        "step": _("Đã hoàn thành bước."),
        "claimed": _("Bạn đã nhận việc này."),
        "released": _("Đã trả việc về đơn vị."),
    }.get(name, "")
