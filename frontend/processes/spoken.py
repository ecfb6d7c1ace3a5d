"""Every sentence that the editor's script says by itself (frontend/drawing/*.js), so that it can be translated."""

from django.utils.translation import get_language, gettext


def _(sentence: str) -> str:
    """Marks a sentence for ``manage.py words collect``; it is translated when it is asked for."""
    return sentence


SPOKEN = (
    _("Chưa kiểm tra được: mất kết nối với máy chủ."),
    _("Còn {errors} lỗi phải sửa trước khi công bố."),
    _("Không có lỗi; {warnings} điều cần xem lại."),
    _("Quy trình hợp lệ."),
    _("Không mở được sơ đồ: {why}"),
    _("Có thay đổi chưa lưu."),
    _("Chưa lưu được: mất kết nối hoặc phiên đã hết. Sơ đồ vẫn còn trên trang này; hãy thử lại."),
    _("Bước xử lý"),
    _("Cổng rẽ nhánh (chọn một)"),
    _("Cổng song song (mọi nhánh)"),
    _("Gọi quy trình khác"),
    _("Điểm bắt đầu"),
    _("Điểm kết thúc"),
    _("chưa có người làm"),
    _("Nối tới phần tử khác"),
    _("Đổi thành: {kind}"),
    _("Thêm sau đây: {kind}"),
    _("Xóa"),
    _("Di chuyển tờ vẽ"),
    _("Chọn nhiều phần tử"),
    _("Nối hai phần tử"),
    _("Đang chọn nhiều phần tử. Chọn một phần tử để xem và sửa."),
    _("Đường nối"),
    _("Quy trình"),
    _("Ghi chú"),
    _("Tên"),
    _("Tên bước"),
    _("Nhiệm vụ của người làm"),
    _("chưa chọn"),
    _("Nơi làm"),
    _("một đơn vị cụ thể, theo mã"),
    _("Mã đơn vị"),
    _("Ví dụ H21.12"),
    _("Thời gian"),
    _("Tính theo"),
    _("Kết luận được chọn"),
    _("Mỗi dòng một kết luận, ví dụ: approve|Đồng ý. Để trống thì bước chỉ cần hoàn thành."),
    _("Biểu mẫu điền trong bước"),
    _("Mã biểu mẫu: {codes}"),
    _("Mã biểu mẫu, nếu bước có biểu mẫu riêng"),
    _("Giấy tờ ra từ bước này"),
    _("Mã, cách nhau bằng dấu phẩy: {codes}"),
    _("Mã, cách nhau bằng dấu phẩy"),
    _("Yêu cầu chuyển trạng thái hồ sơ"),
    _("không"),
    _("Quy trình được gọi"),
    _("Đường tới: {to}"),
    _("Tên trên đường nối"),
    _("Thêm bước vào giữa"),
    _("Xóa đường nối"),
    _("Đường mặc định (khi không điều kiện nào đúng)"),
    _("Đi đường này khi kết luận là"),
    _("điều kiện khác"),
    _("Điều kiện"),
    _("Ví dụ: decision == 'return'"),
    _("Tên quy trình"),
    _("Mã: {id}"),
    _("Chọn một phần tử trên sơ đồ hoặc trong danh sách bên dưới để sửa."),
    _("Thêm bước sau đây"),
    _("Thêm: {kind}"),
    _("Xóa phần tử này"),
    _("Nối tới"),
    _("chọn phần tử"),
    _("giờ làm việc"),
    _("ngày làm việc"),
    _("phút"),
    _("Nới hoặc thu khoảng trống"),
    _("chưa chọn loại phần tử"),
    _("tệp không có sơ đồ để hiện"),
    _("tệp không có quy trình để hiện"),
    _("thiếu phần tử"),
    _("đã sửa mặt vẽ {plane} về {rootElement}"),
    _("{element} được vẽ nhiều lần"),
    _("không đọc được {element}"),
)


def spoken() -> dict[str, str]:
    """Vietnamese sentence → in the reader's language; empty where that is Vietnamese."""
    if (get_language() or "vi").startswith("vi"):
        return {}
    return {sentence: gettext(sentence) for sentence in SPOKEN}
