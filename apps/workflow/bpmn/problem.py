"""What is wrong with a process, in a sentence for the person who drew it."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "xml.unreadable": _("Tệp không phải là XML hợp lệ (dòng {line})."),
    "xml.doctype": _("Tệp chứa DOCTYPE hoặc thực thể (ENTITY), không được phép."),
    "xml.too_large": _("Tệp lớn hơn {kib} KiB hoặc có hơn {nodes} phần tử quy trình."),
    "xml.not_bpmn": _("Tệp không phải là BPMN 2.0: phần tử gốc phải là “definitions”."),
    "xml.one_process": _("Tệp phải có đúng một quy trình (process), đang có {count}."),
    "xml.one_main": _(
        "Các tệp phải gồm đúng một quy trình chính, các quy trình khác được nó gọi; đang có {count} quy trình chính."
    ),
    "xml.not_executable": _('Quy trình “{element}” phải có isExecutable="true".'),
    "element.unknown": _("Phần tử “{tag}” ({element}) không được hỗ trợ."),
    "attribute.unknown": _("Thuộc tính “{attribute}” của “{element}” không được hỗ trợ."),
    "id.missing": _("Phần tử “{tag}” thiếu mã (id)."),
    "id.invalid": _("Mã “{element}” chỉ được gồm chữ không dấu, số, “_”, “-” và dài tối đa 80 ký tự."),
    "id.reserved": _("Mã “{element}” là từ dành riêng, hãy chọn mã khác."),
    "id.twice": _("Mã “{element}” được dùng nhiều hơn một lần."),
    "process.without_name": _("Quy trình “{element}” chưa có tên hoặc tên dài hơn 200 ký tự."),
    "process.without_step": _("Quy trình “{element}” có thể kết thúc mà không qua bước xử lý nào."),
    "process.too_complex": _("Quy trình “{element}” có quá nhiều nhánh song song để kiểm tra."),
    "step.without_actor": _(
        "Bước “{element}” chưa có người xử lý: thiếu nhiệm vụ (mc:duty) hoặc đơn vị (mc:unit)."
    ),
    "step.unknown_duty": _("Bước “{element}” dùng nhiệm vụ không có: “{value}”."),
    "step.unknown_unit": _("Bước “{element}” dùng đơn vị không hợp lệ: “{value}”."),
    "step.without_name": _("Bước “{element}” chưa có tên hoặc tên dài hơn 200 ký tự."),
    "step.bad_time": _("Bước “{element}” có thời hạn không đọc được: “{value}” (ví dụ đúng: PT4H, P2D)."),
    "step.bad_decisions": _(
        "Bước “{element}” có danh sách quyết định không đọc được: “{value}” "
        "(ví dụ đúng: approve|Đồng ý;return|Trả lại)."
    ),
    "step.bad_form": _("Bước “{element}” dùng mã biểu mẫu không hợp lệ: “{value}”."),
    "step.bad_issues": _(
        "Bước “{element}” có danh sách giấy tờ phát hành không đọc được: “{value}” (ví dụ đúng: KQ-01;M02)."
    ),
    "step.unknown_move": _("Bước “{element}” yêu cầu một chuyển trạng thái không có: “{value}”."),
    "flow.broken": _("Đường nối “{element}” trỏ đến phần tử không có: “{value}”."),
    "flow.double": _("Có nhiều đường nối cùng đi từ “{source}” đến “{target}”: “{element}” là đường thừa."),
    "flow.condition_misplaced": _("Đường nối “{element}” có điều kiện nhưng điều kiện không được đặt ở đó."),
    "flow.condition_missing": _("Đường nối “{element}” sau cổng rẽ nhánh phải có điều kiện."),
    "flow.bad_condition": _(
        "Điều kiện của đường nối “{element}” không đọc được ở vị trí {position}: “{value}”."
    ),
    "flow.unknown_name": _("Điều kiện của đường nối “{element}” dùng tên không có: “{value}”."),
    "flow.unknown_decision": _(
        "Điều kiện của đường nối “{element}” so sánh với quyết định không có: “{value}”."
    ),
    "flow.never_joins": _("Cổng song song “{element}” có thể phải chờ mãi mãi một nhánh không bao giờ đến."),
    "flow.opens_twice": _("Phần tử “{element}” có thể được mở hai lần cùng lúc: thiếu cổng gộp song song."),
    "gateway.without_default": _("Cổng rẽ nhánh “{element}” phải có đường đi mặc định."),
    "node.wrong_ways": _(
        "Phần tử “{element}” có số đường vào hoặc đường ra không đúng (vào {into}, ra {out})."
    ),
    "node.dead_end": _("Phần tử “{element}” là ngõ cụt: không có đường đi tiếp."),
    "node.unreachable": _("Không có đường nào từ điểm bắt đầu đến phần tử “{element}”."),
    "loop.without_exit": _(
        "Từ phần tử “{element}” không có đường nào đến điểm kết thúc: vòng lặp không có lối ra."
    ),
    "loop.without_step": _("Phần tử “{element}” nằm trong vòng lặp không có bước xử lý nào."),
    "time.over_limit": _(
        "Trường hợp “{case}”: các bước cộng lại {total}, vượt thời hạn {limit}. Đường dài nhất: {steps}."
    ),
    "call.missing": _("Phần tử “{element}” gọi quy trình không có: “{value}”."),
    "call.recursive": _("Quy trình “{element}” tự gọi lại chính nó."),
    "call.unused": _("Quy trình “{element}” được gửi kèm nhưng không được gọi."),
    "call.other_id": _("Quy trình gửi kèm dưới mã “{value}” lại có mã “{element}”."),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """``element`` is the id in the file, empty for the whole; ``sentence`` is in the reader's language."""

    element: str
    code: str
    sentence: str


def problem(code: str, element: str = "", **params: Any) -> Problem:
    return Problem(element, code, str(SENTENCES[code]).format(element=element, **params))
