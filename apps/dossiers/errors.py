"""Refusals of the spine."""

from django.utils.translation import gettext_lazy as _

from kernel.errors import DomainError, Kind


class DossierAbsent(DomainError):
    code = "dossier.absent"
    sentence = _("Không tìm thấy hồ sơ này.")
    kind = Kind.ABSENT


class MoveNotOpen(DomainError):
    code = "dossier.move_not_open"
    sentence = _("Hồ sơ {dossier} đang ở trạng thái “{status}” nên không thể “{action}”.")
    kind = Kind.CONFLICT


class DutyMissing(DomainError):
    code = "dossier.duty_missing"
    sentence = _("Bạn không được giao nhiệm vụ để “{action}” ở đơn vị này.")
    kind = Kind.FORBIDDEN


class ProcedureUnknown(DomainError):
    code = "dossier.procedure_unknown"
    sentence = _("Không có thủ tục mã {value} đang áp dụng ở đơn vị này.")


class ExemptGroupUnknown(DomainError):
    code = "dossier.exempt_group_unknown"
    sentence = _("Thủ tục {procedure} không miễn, giảm cho đối tượng này ở trường hợp và cách nộp đã chọn.")


class CaseUnknown(DomainError):
    code = "dossier.case_unknown"
    sentence = _("Thủ tục {procedure} không có trường hợp {value}.")


class ChannelNotOpen(DomainError):
    code = "dossier.channel_not_open"
    sentence = _("Thủ tục {procedure} không nhận hồ sơ qua hình thức {value}.")


class UnitDoesNotReceive(DomainError):
    code = "dossier.unit_does_not_receive"
    sentence = _("Đơn vị {value} không có bộ phận tiếp nhận hoặc đã thôi hoạt động.")


class PartyMissing(DomainError):
    code = "dossier.party_missing"
    sentence = _("Thiếu {role}.")


class PartyRepeated(DomainError):
    code = "dossier.party_repeated"
    sentence = _("{role} được ghi hai lần.")


class NameMissing(DomainError):
    code = "dossier.name_missing"
    sentence = _("Chưa ghi họ tên hoặc tên tổ chức của {role}.")


class IdentityNumberInvalid(DomainError):
    code = "dossier.identity_number_invalid"
    sentence = _("Số định danh “{value}” không hợp lệ: số định danh cá nhân gồm 12 chữ số.")


class TaxCodeInvalid(DomainError):
    code = "dossier.tax_code_invalid"
    sentence = _("Mã số thuế “{value}” không hợp lệ.")


class PhoneInvalid(DomainError):
    code = "dossier.phone_invalid"
    sentence = _("Số điện thoại “{value}” không hợp lệ.")


class EmailInvalid(DomainError):
    code = "dossier.email_invalid"
    sentence = _("Địa chỉ thư điện tử “{value}” không hợp lệ.")


class DateInvalid(DomainError):
    code = "dossier.date_invalid"
    sentence = _("Ngày “{value}” không hợp lệ.")


class FormInvalid(DomainError):
    code = "dossier.form_invalid"
    sentence = _("Mục “{title}”: {problem}")


class PlaceUnknown(DomainError):
    code = "dossier.place_unknown"
    sentence = _("Mục “{title}”: mã không có trong danh mục đơn vị hành chính.")


class PlaceClosed(DomainError):
    code = "dossier.place_closed"
    sentence = _("Mục “{title}”: {name} đã thôi là đơn vị hành chính; {heir}.")


class PlaceElsewhere(DomainError):
    code = "dossier.place_elsewhere"
    sentence = _("Mục “{title}”: {name} không thuộc tỉnh, thành phố đã ghi.")


class ComponentMissing(DomainError):
    code = "dossier.component_missing"
    sentence = _("Thiếu giấy tờ bắt buộc: {name}.")


class ComponentUnknown(DomainError):
    code = "dossier.component_unknown"
    sentence = _("Thành phần hồ sơ “{value}” không thuộc thủ tục này.")


class ComponentRepeated(DomainError):
    code = "dossier.component_repeated"
    sentence = _("Thành phần hồ sơ “{value}” được ghi hai lần.")


class QuantityInvalid(DomainError):
    code = "dossier.quantity_invalid"
    sentence = _("Số lượng của “{name}” không hợp lệ.")


class FileUnknown(DomainError):
    code = "dossier.file_unknown"
    sentence = _("Tệp đính kèm không còn hoặc không thuộc về bạn.")


class CodeTaken(DomainError):
    code = "dossier.code_taken"
    sentence = _("Mã hồ sơ {value} đã có trong hệ thống.")
    kind = Kind.CONFLICT


class CodeInvalid(DomainError):
    code = "dossier.code_invalid"
    sentence = _("Mã hồ sơ “{value}” không đúng dạng.")


class ReasonMissing(DomainError):
    code = "dossier.reason_missing"
    sentence = _("Hãy ghi rõ lý do.")


class GroundMissing(DomainError):
    code = "dossier.ground_missing"
    sentence = _("Hãy ghi căn cứ pháp lý.")


class SupplementItemsMissing(DomainError):
    code = "dossier.supplement_items_missing"
    sentence = _("Hãy ghi đầy đủ một lần những giấy tờ cần bổ sung.")


class SupplementLimitReached(DomainError):
    code = "dossier.supplement_limit_reached"
    sentence = _(
        "Hồ sơ đã được yêu cầu bổ sung {count} lần. Yêu cầu thêm phải có căn cứ và do lãnh đạo phê duyệt."
    )
    kind = Kind.CONFLICT


class ReceiptNumberMissing(DomainError):
    code = "dossier.receipt_number_missing"
    sentence = _("Hãy ghi số biên lai hoặc chứng từ.")


class ResultMissing(DomainError):
    code = "dossier.result_missing"
    sentence = _("Chưa có kết quả được ghi nhận cho hồ sơ này.")
    kind = Kind.CONFLICT


class StepsPaused(DomainError):
    code = "dossier.steps_paused"
    sentence = _("Hồ sơ {dossier} đang ở trạng thái “{status}”, các bước xử lý tạm dừng.")
    kind = Kind.CONFLICT


class CursorInvalid(DomainError):
    code = "dossier.cursor_invalid"
    sentence = _("Vị trí trang không hợp lệ.")
