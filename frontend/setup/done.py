"""What has just been done, said on the page that follows. The address carries a name, never a text."""

from django.utils.translation import gettext as _


def done_words(name: str) -> str:
    """Empty for a name that means nothing."""
    return {
        "unit-created": _("Đã thêm đơn vị."),
        "unit-saved": _("Đã lưu thay đổi của đơn vị."),
        "unit-closed": _("Đã ghi ngày kết thúc của đơn vị."),
        "code-added": _("Đã thêm mã của đơn vị."),
        "person-created": _("Đã thêm người dùng. Hãy giao nhiệm vụ."),
        "person-saved": _("Đã lưu thay đổi."),
        "assigned": _("Đã giao nhiệm vụ."),
        "revoked": _("Đã thu hồi nhiệm vụ. Người này không làm được việc đó từ bây giờ."),
        "delegated": _("Đã ghi ủy quyền."),
        "delegation-ended": _("Đã kết thúc ủy quyền."),
        "password-set": _("Đã đặt mật khẩu mới. Các phiên đăng nhập khác của người này đã bị đóng."),
        "left": _("Đã cho thôi làm việc. Việc đang mở được bàn giao ngay sau đây."),
        "adopted": _("Đã áp dụng phiên bản mới của thủ tục."),
        "deferred": _("Đã báo trung ương lý do chưa áp dụng."),
        "deferral-withdrawn": _("Đã rút lý do đã báo."),
        "pattern-set": _("Đã lưu mẫu mã thủ tục."),
        "local-published": _("Đã ban hành thủ tục của địa phương."),
        "units-given": _("Đã giao cho đơn vị được chọn."),
        "record-set": _("Đã lưu nơi xử lý hồ sơ."),
        "calendar-changed": _("Đã sửa lịch và tính lại các ngày hẹn trả."),
        "upgrade-deferred": _("Đã ghi việc hoãn bản cập nhật."),
        "upgrade-undeferred": _("Đã bỏ hoãn. Bản cập nhật sẽ đến theo lượt của bộ, tỉnh."),
    }.get(name, "")
