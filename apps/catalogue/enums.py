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
    REQUIRE = "REQUIRE", _("Yêu cầu áp dụng trước hạn")
    RETIRE = "RETIRE", _("Bãi bỏ")


class Lag(models.TextChoices):
    """Why a tenant does not run the newest version."""

    NOT_OFFERED = "NOT_OFFERED", _("chưa mở cho vòng này")
    BEGINS_LATER = "BEGINS_LATER", _("đã nhận, áp dụng từ ngày sau")
    CONFLICTS = "CONFLICTS", _("còn chỗ phải quyết định")
    NOTHING_DONE = "NOTHING_DONE", _("chưa làm gì")
    DEFERRED = "DEFERRED", _("đã báo lý do")
    DEFERRAL_OVER = "DEFERRAL_OVER", _("quá ngày đã hẹn")


class DeferralReason(models.TextChoices):
    """Why a tenant says that it has not adopted a version yet."""

    FEE_RESOLUTION = "FEE_RESOLUTION", _("chờ nghị quyết của Hội đồng nhân dân về phí, lệ phí")
    LOCAL_DECISION = "LOCAL_DECISION", _("chờ quyết định công bố, phê duyệt quy trình của bộ, tỉnh")
    TRAINING = "TRAINING", _("cần tập huấn cán bộ")
    PROCESS_DIFFERS = "PROCESS_DIFFERS", _("quy trình đang làm khác bản mới, cần xem lại")
    INTEGRATION = "INTEGRATION", _("phần mềm kết nối chưa sửa xong")
    OTHER = "OTHER", _("lý do khác")


class DayKind(models.TextChoices):
    OFF = "OFF", _("Nghỉ")
    WORK = "WORK", _("Làm bù")


class DaySource(models.TextChoices):
    SEED = "SEED", _("Tính sẵn theo luật")
    DECREE = "DECREE", _("Văn bản của cơ quan có thẩm quyền")


class FindingKind(models.TextChoices):
    """What a person must look at in what was imported (facts, section 7.2)."""

    # of a full record
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
    # of a full record and of a row of the list
    SUBJECTS_UNCLEAR = "SUBJECTS_UNCLEAR", _("Không rõ đối tượng thực hiện")
    FIELD_MISSING = "FIELD_MISSING", _("Thiếu lĩnh vực")
    EXECUTING_MISSING = "EXECUTING_MISSING", _("Thiếu cơ quan thực hiện")
    # of a row of the list
    CODE_REPEATED = "CODE_REPEATED", _("Một mã cho hai thủ tục khác nhau")
    ROW_REPEATED = "ROW_REPEATED", _("Dòng bị lặp lại")
    CODE_MALFORMED = "CODE_MALFORMED", _("Mã không đúng dạng")
    NAME_REPEATED = "NAME_REPEATED", _("Hai mã cùng tên, cùng cơ quan công bố")
    NAME_TOO_LONG = "NAME_TOO_LONG", _("Tên quá dài")
    STRAY_SPACE = "STRAY_SPACE", _("Thừa khoảng trắng hoặc xuống dòng")
    # no longer made: such a file is refused (formulas.py). Rows of before, and their answers, stay readable.
    FORMULA_CELL = "FORMULA_CELL", _("Ô bắt đầu như công thức bảng tính")
    PROMULGATOR_MISSING = "PROMULGATOR_MISSING", _("Thiếu cơ quan công bố")
    PROMULGATOR_UNKNOWN = "PROMULGATOR_UNKNOWN", _("Cơ quan công bố không có trong danh mục cơ quan")
    OBSOLETE_AGENCY = "OBSOLETE_AGENCY", _("Tên cơ quan đã cũ")
    AGENCY_REPEATED = "AGENCY_REPEATED", _("Cơ quan thực hiện bị ghi hai lần")
    TYPE_UNKNOWN = "TYPE_UNKNOWN", _("Loại thủ tục lạ")
    STATE_UNKNOWN = "STATE_UNKNOWN", _("Trạng thái lạ")
    SOURCE_RETIRED = "SOURCE_RETIRED", _("Nguồn đã bãi bỏ thủ tục mà biểu mẫu vẫn công bố")
    # of a code of a shared list
    SUCCESSOR_UNKNOWN = "SUCCESSOR_UNKNOWN", _("Mã kế thừa không có trong danh mục")
    SUCCESSOR_CYCLE = "SUCCESSOR_CYCLE", _("Các mã kế thừa lẫn nhau thành vòng")
    SUCCESSOR_WITHOUT_END = "SUCCESSOR_WITHOUT_END", _("Có mã kế thừa mà không có ngày hết hiệu lực")
    DATES_REVERSED = "DATES_REVERSED", _("Ngày hết hiệu lực trước ngày hiệu lực")
    DATES_OVERLAP = "DATES_OVERLAP", _("Mã cũ và mã kế thừa cùng có hiệu lực")
    PARENT_UNKNOWN = "PARENT_UNKNOWN", _("Mã cấp trên không có trong danh mục")


class Severity(models.TextChoices):
    BLOCKING = "BLOCKING", _("Chặn công bố")
    WARNING = "WARNING", _("Cảnh báo")
    NOTE = "NOTE", _("Lưu ý")


class FindingState(models.TextChoices):
    OPEN = "OPEN", _("Chưa trả lời")
    RESOLVED = "RESOLVED", _("Đã xử lý")
    DISMISSED = "DISMISSED", _("Đã bỏ qua")
    GONE = "GONE", _("Nguồn không còn")


class ChangeKind(models.TextChoices):
    NEW = "NEW", _("Mới")
    CHANGED = "CHANGED", _("Thay đổi")
    RETIRED = "RETIRED", _("Không còn trong danh mục")
    RETURNED = "RETURNED", _("Có trở lại")


class ChangeState(models.TextChoices):
    PROPOSED = "PROPOSED", _("Chờ quyết định")
    ACCEPTED = "ACCEPTED", _("Đã nhận")
    REJECTED = "REJECTED", _("Đã từ chối")
    SUPERSEDED = "SUPERSEDED", _("Lần nhập sau thay thế")


class SharedList(models.TextChoices):
    """Lists of codes that somebody outside owns and many procedures share."""

    AGENCIES = "agencies", _("Cơ quan, đơn vị")
    UNITS = "units", _("Đơn vị hành chính")
    FIELDS = "fields", _("Lĩnh vực")
    RESULTS = "results", _("Kết quả thủ tục")
    FEE_ITEMS = "fee-items", _("Khoản phí, lệ phí")


LIST_SCOPE = "LIST"  # the national list of procedures
RECORDS_SCOPE = "RECORDS"  # full records of procedures


def scope_of(key: str) -> str:
    """The scope of a shared list."""
    return f"CODES:{key}"


LIMIT_FINDINGS = frozenset(
    {FindingKind.NO_USABLE_LIMIT, FindingKind.CONFLICTING_LIMITS, FindingKind.LIMIT_UNCONFIRMED}
)
# Blocking: published as it stands, a dossier would get a wrong due date, a wrong charge or no papers at all,
# or nobody could say which procedure is meant. Limits always (facts, 7.2).
_BLOCKING = LIMIT_FINDINGS | {
    FindingKind.DUPLICATE_CASE,
    FindingKind.ALL_COMPONENTS_OPTIONAL,
    FindingKind.NO_COMPONENTS,
    FindingKind.SEVERAL_FEES,
    FindingKind.UNLIKELY_FEE,
    FindingKind.CODE_REPEATED,
    FindingKind.CODE_MALFORMED,
    FindingKind.SUCCESSOR_UNKNOWN,
    FindingKind.SUCCESSOR_CYCLE,
    FindingKind.DATES_REVERSED,
}
_NOTES = frozenset(
    {
        FindingKind.STRAY_SPACE,
        FindingKind.ROW_REPEATED,
        FindingKind.NAME_REPEATED,
        FindingKind.AGENCY_REPEATED,
        FindingKind.ZERO_QUANTITY,
    }
)


def severity_of(kind: str) -> Severity:
    if kind in _BLOCKING:
        return Severity.BLOCKING
    return Severity.NOTE if kind in _NOTES else Severity.WARNING
