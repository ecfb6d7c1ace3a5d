"""What may be changed in a draft, section by section: which fields, in which words, read how."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.catalogue.content_schema import SLOTS

Content = dict[str, Any]
Words = str | Promise
Choices = Sequence[tuple[str, Words]]
Options = Callable[[Content], Choices]

CHANNELS = [("DIRECT", _("Trực tiếp")), ("ONLINE", _("Trực tuyến")), ("POSTAL", _("Bưu chính công ích"))]
LEVELS = [("COMMUNE", _("Cấp xã")), ("PROVINCE", _("Cấp tỉnh")), ("MINISTRY", _("Cấp bộ"))]
SUBJECTS = [("CITIZEN", _("Công dân")), ("BUSINESS", _("Doanh nghiệp, tổ chức"))]
UNITS = [
    ("WORKING_DAY", _("ngày làm việc")),
    ("DAY", _("ngày")),
    ("HOUR", _("giờ làm việc")),
    ("MONTH", _("tháng")),
]
STARTS = [
    ("NEXT_DAY", _("Từ ngày tiếp theo")),
    ("SAME_DAY", _("Trả kết quả trong ngày")),
    ("NOW", _("Từ lúc tiếp nhận (giờ)")),
]
FEE_KINDS = [("FEE", _("Phí")), ("SERVICE_FEE", _("Lệ phí")), ("PRICE", _("Giá dịch vụ"))]
PER = [("DOSSIER", _("Mỗi hồ sơ")), ("COPY", _("Mỗi bản"))]
DUE = [
    ("INTAKE", _("Khi tiếp nhận")),
    ("PROCESSING", _("Trong lúc giải quyết")),
    ("RETURN", _("Khi trả kết quả")),
]
SLOT_WORDS: dict[str, Words] = {
    "limit": _("Rút ngắn thời hạn"),
    "fee": _("Mức thu theo nghị quyết"),
    "units": _("Đơn vị thực hiện"),
    "component": _("Thêm thành phần hồ sơ"),
    "wording": _("Lời hướng dẫn của địa phương"),
    "steps": _("Thời gian từng bước"),
}


@dataclass(frozen=True, slots=True)
class Field:
    """``name`` is a dotted place in the row. ``kind``: text, long, whole, tick, choice, checks."""

    name: str
    label: Words
    kind: str = "text"
    options: Options | None = None
    required: bool = True
    hint: Words = ""
    nothing: Any = ""  # what stands in the content when nothing is typed


@dataclass(frozen=True, slots=True)
class Section:
    """``rows`` names a list of the content whose rows keep their id under ``id_key``; "": the content itself."""

    slug: str
    title: Words
    fields: tuple[Field, ...]
    rows: str = ""
    id_key: str = ""
    row_word: Words = ""
    add_word: Words = ""
    key_word: Words = ""  # what a new row's id is called


def _fixed(options: Choices) -> Options:
    return lambda _content: options


def _cases(content: Content) -> Choices:
    return [(case["code"], case["name"]) for case in content.get("cases", ())]


def _slots(_content: Content) -> Choices:
    return [(slot, SLOT_WORDS.get(slot, slot)) for slot in SLOTS]


SECTIONS = (
    Section(
        "general",
        _("Thông tin chung"),
        (
            Field("name", _("Tên thủ tục"), "long"),
            Field("executing", _("Cơ quan thực hiện"), required=False),
            Field("level", _("Cấp thực hiện"), "choice", _fixed(LEVELS)),
            Field("subjects", _("Đối tượng thực hiện"), "checks", _fixed(SUBJECTS)),
            Field("channels", _("Cách nộp hồ sơ"), "checks", _fixed(CHANNELS)),
            Field("non_territorial", _("Nộp được ở mọi nơi, không theo địa giới"), "tick"),
            Field("supplement_limit", _("Số lần được yêu cầu bổ sung"), "whole"),
            Field("slots", _("Phần để địa phương tự quy định"), "checks", _slots, required=False),
        ),
    ),
    Section(
        "cases",
        _("Trường hợp và thời hạn"),
        (
            Field("name", _("Tên trường hợp"), "long"),
            Field("limit.amount", _("Thời hạn"), "whole"),
            Field("limit.unit", _("Đơn vị"), "choice", _fixed(UNITS)),
            Field("limit.start", _("Cách tính"), "choice", _fixed(STARTS)),
            Field("limit.cutoff", _("Giờ chốt trong ngày"), required=False, hint=_("Ví dụ 15:00"), nothing=None),
            Field("limit.legal_ground", _("Căn cứ của thời hạn"), "long"),
            Field("limit.confirmed", _("Đã đối chiếu thời hạn với văn bản"), "tick"),
        ),
        rows="cases", id_key="code", row_word=_("Trường hợp"), add_word=_("Thêm trường hợp"),
    ),
    Section(
        "components",
        _("Thành phần hồ sơ"),
        (
            Field("name", _("Tên giấy tờ"), "long"),
            Field("code", _("Mã giấy tờ"), required=False),
            Field("originals", _("Số bản chính"), "whole"),
            Field("copies", _("Số bản sao"), "whole"),
            Field("required", _("Bắt buộc"), "tick"),
            Field("note", _("Hướng dẫn"), "long", required=False),
            Field("cases", _("Dùng cho trường hợp"), "checks", _cases),
        ),
        rows="components", id_key="key", row_word=_("Giấy tờ"), add_word=_("Thêm giấy tờ"),
    ),
    Section(
        "fees",
        _("Phí, lệ phí"),
        (
            Field("name", _("Tên khoản thu"), "long"),
            Field("kind", _("Loại"), "choice", _fixed(FEE_KINDS)),
            Field("amount", _("Mức thu (đồng)"), "whole"),
            Field("per", _("Tính theo"), "choice", _fixed(PER)),
            Field("due", _("Thu khi nào"), "choice", _fixed(DUE)),
            Field("channel", _("Chỉ cho cách nộp"), "choice", _fixed(CHANNELS), required=False, nothing=None),
            Field("case", _("Chỉ cho trường hợp"), "choice", _cases, required=False, nothing=None),
            Field("legal_ground", _("Căn cứ thu"), "long", required=False),
        ),
        rows="fees", id_key="key", row_word=_("Khoản thu"), add_word=_("Thêm khoản thu"),
    ),
    Section(
        "basis",
        _("Căn cứ pháp lý"),
        (Field("name", _("Tên văn bản"), "long", required=False),),
        rows="legal_basis", id_key="code", row_word=_("Văn bản"), add_word=_("Thêm văn bản"),
        key_word=_("Số, ký hiệu"),
    ),
    Section(
        "results",
        _("Kết quả giải quyết"),
        (Field("name", _("Tên kết quả"), "long"),),
        rows="results", id_key="code", row_word=_("Kết quả"), add_word=_("Thêm kết quả"),
    ),
)  # fmt: skip
BY_SLUG = {section.slug: section for section in SECTIONS}
