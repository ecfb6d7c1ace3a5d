"""Refusals of adoption."""

from django.utils.translation import gettext_lazy as _

from kernel.errors import DomainError, Kind, Refusals


class ProcedureUnknown(DomainError):
    code = "procedures.unknown"
    sentence = _("Không có thủ tục mang mã {procedure} đang áp dụng.")
    kind = Kind.ABSENT


class AdoptedVersionUnknown(DomainError):
    code = "procedures.version_unknown"
    sentence = _("Không có phiên bản thủ tục này.")
    kind = Kind.ABSENT


class ControllerDutyMissing(DomainError):
    code = "procedures.duty_missing"
    sentence = _("Chỉ đầu mối kiểm soát thủ tục hành chính được áp dụng hoặc thay đổi thủ tục.")
    kind = Kind.FORBIDDEN


class TemplateNotPublished(DomainError):
    code = "procedures.template_not_published"
    sentence = _(
        "Phiên bản {number} của thủ tục {procedure} chưa công bố hoặc đã bãi bỏ nên không áp dụng được."
    )
    kind = Kind.CONFLICT


class TemplateNotOffered(DomainError):
    code = "procedures.template_not_offered"
    sentence = _("Phiên bản {number} của thủ tục {procedure} chưa mở cho vòng “{ring}” của bộ, tỉnh này.")
    kind = Kind.CONFLICT


class NotYetEffective(DomainError):
    code = "procedures.not_yet_effective"
    sentence = _("Thủ tục {procedure} chỉ có hiệu lực từ ngày {date}.")


class AdoptedMeanwhile(DomainError):
    code = "procedures.adopted_meanwhile"
    sentence = _(
        "{name} vừa áp dụng thủ tục {procedure} (lần áp dụng thứ {number}), nên chưa ghi gì của bạn."
        " Hãy mở trang thủ tục ở thẻ khác để xem; muốn thay thì áp dụng lại từ đó."
    )
    kind = Kind.CONFLICT


class OverrideSlotClosed(DomainError):
    code = "procedures.override_slot_closed"
    sentence = _("Biểu mẫu quốc gia của thủ tục {procedure} không cho phép thay đổi {slot}.")


class LimitMayOnlyShrink(DomainError):
    code = "procedures.limit_may_only_shrink"
    sentence = _("Thời hạn của trường hợp {case} chỉ được rút ngắn so với {limit}.")


class StepTimeMayOnlyShrink(DomainError):
    code = "procedures.step_time_may_only_shrink"
    sentence = _(
        "Thời gian của bước “{step}” không được dài hơn {time} và không được vượt thời hạn của thủ tục."
    )


class OverrideOverlaps(DomainError):
    code = "procedures.override_overlaps"
    sentence = _("Hai thay đổi của cùng một nội dung có hiệu lực trong cùng một ngày.")


class OverrideWithoutGround(DomainError):
    code = "procedures.override_without_ground"
    sentence = _("Mỗi thay đổi so với bản quốc gia phải nêu căn cứ.")


class OverrideUnclear(DomainError):
    code = "procedures.override_unclear"
    sentence = _("Thay đổi không rõ: {why}")


class AdoptedContentUnsound(DomainError):
    code = "procedures.content_unsound"
    sentence = _("Sau các thay đổi, nội dung thủ tục {procedure} còn lỗi: {listing}")


class DecisionsMissing(DomainError):
    code = "procedures.decisions_missing"
    sentence = _("Còn {count} nội dung chưa chọn: hãy chọn giữ của mình, theo bản mới hoặc sửa.")


class DecisionUnlawful(DomainError):
    code = "procedures.decision_unlawful"
    sentence = _("Không chọn được như vậy với nội dung này.")


class DecisionMeanwhile(DomainError):
    code = "procedures.decision_meanwhile"
    sentence = _("{name} vừa chọn “{choice}” cho nội dung này. Hãy xem lựa chọn đó; muốn đổi thì chọn lại.")
    kind = Kind.CONFLICT


class NothingToCompare(DomainError):
    code = "procedures.nothing_to_compare"
    sentence = _("Không có gì để so sánh: thủ tục chưa áp dụng lần nào hoặc chưa có bản mới.")
    kind = Kind.ABSENT


class RecordUnclear(DomainError):
    code = "procedures.record_unclear"
    sentence = _("Hồ sơ xử lý ở hệ thống khác thì phải nêu tên và địa chỉ (https://…) của hệ thống đó.")


class HandledElsewhere(DomainError):
    code = "procedure.handled_elsewhere"
    sentence = _("Thủ tục {procedure} được tiếp nhận và giải quyết trên {name}. Hãy nộp tại {address}.")
    kind = Kind.CONFLICT


class LocalCodeUnfit(DomainError):
    code = "procedures.local_code_unfit"
    sentence = _("Mã thủ tục của địa phương có dạng {pattern}.")


class LocalPatternUnfit(DomainError):
    code = "procedures.local_pattern_unfit"
    sentence = _(
        "Mẫu mã gồm một chữ số, dấu chấm, sáu chữ số hoặc x, rồi ít nhất một nhóm sau dấu chấm; "
        "x là chữ số tùy ý và phải có ít nhất một. Ví dụ 2.xxxxxx.{{tenant}}."
    )


class LocalPatternWithoutGround(DomainError):
    code = "procedures.local_pattern_without_ground"
    sentence = _("Hãy nêu văn bản quy định cách đánh mã.")


class LocalCodeTaken(DomainError):
    code = "procedures.local_code_taken"
    sentence = _("Mã {value} đã là mã của một thủ tục khác hoặc đang có bản nháp.")
    kind = Kind.CONFLICT


class LocalUnknown(DomainError):
    code = "procedures.local_unknown"
    sentence = _("Không có bản nháp này.")
    kind = Kind.ABSENT


class LocalNotOpen(DomainError):
    code = "procedures.local_not_open"
    sentence = _("Không làm được khi bản này ở trạng thái “{state}”.")
    kind = Kind.CONFLICT


class LocalChangedMeanwhile(DomainError):
    code = "procedures.local_changed_meanwhile"
    sentence = _("{name} vừa sửa bản nháp này. Hãy xem nội dung mới rồi làm lại.")
    kind = Kind.CONFLICT


class LocalRemarksNeeded(DomainError):
    code = "procedures.local_remarks_needed"
    sentence = _("Hãy ghi điều người soạn cần sửa.")


class SecondPersonNeeded(DomainError):
    code = "procedures.second_person_needed"
    sentence = _("Người đã soạn hoặc sửa không được tự duyệt: cần một đầu mối kiểm soát khác.")
    kind = Kind.FORBIDDEN


class LegalBasisNeeded(DomainError):
    code = "procedures.legal_basis_needed"
    sentence = _("Hãy nêu quyết định ban hành thủ tục.")


class FirstDayInThePast(DomainError):
    code = "procedures.first_day_in_the_past"
    sentence = _("Ngày áp dụng không được trước hôm nay.")


class UnitNotResolved(DomainError):
    code = "procedures.unit_not_resolved"
    sentence = _(
        "{unit} không thuộc xã, phường, đặc khu nào"
        " nên không xác định được cơ quan giải quyết thủ tục {procedure}."
    )
    kind = Kind.CONFLICT


def refuse(refusals: list[DomainError]) -> None:
    """Raise what there is: one refusal as itself, several as Refusals."""
    if len(refusals) == 1:
        raise refusals[0]
    if refusals:
        raise Refusals(refusals)
