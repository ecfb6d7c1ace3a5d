"""Refusals of the catalogue."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from apps.catalogue.content import Problem
from kernel.errors import DomainError, Kind, Refusals


class VersionUnknown(DomainError):
    code = "catalogue.version_unknown"
    sentence = _("Không có phiên bản này trong danh mục quốc gia.")
    kind = Kind.ABSENT


class VersionNotDraft(DomainError):
    code = "catalogue.version_not_draft"
    sentence = _(
        "Phiên bản {number} của thủ tục {template} đã công bố nên không sửa được; hãy lập phiên bản mới."
    )
    kind = Kind.CONFLICT


class VersionInReview(DomainError):
    code = "catalogue.version_in_review"
    sentence = _(
        "Phiên bản {number} của thủ tục {template} đang được thẩm định; muốn sửa thì trả lại cho người soạn trước."
    )
    kind = Kind.CONFLICT


class VersionNotInReview(DomainError):
    code = "catalogue.version_not_in_review"
    sentence = _(
        "Phiên bản {number} của thủ tục {template} không ở bước thẩm định; hãy tải lại trang để xem ai vừa xử lý."
    )
    kind = Kind.CONFLICT


class SecondPersonNeeded(DomainError):
    code = "catalogue.second_person_needed"
    sentence = _(
        "{by} đã soạn hoặc sửa phiên bản {number} của thủ tục {template} nên không được tự phê duyệt;"
        " cần người thứ hai."
    )
    kind = Kind.FORBIDDEN


class ChangesNotSaid(DomainError):
    code = "catalogue.changes_not_said"
    sentence = _("Hãy ghi ngắn gọn bản này thay đổi điều gì và vì sao.")


class RemarksNeeded(DomainError):
    code = "catalogue.remarks_needed"
    sentence = _("Hãy ghi ý kiến để người soạn biết phải sửa gì.")


class LegalBasisNeeded(DomainError):
    code = "catalogue.legal_basis_needed"
    sentence = _("Hãy nêu văn bản công bố (số, ngày, cơ quan).")


class EffectiveInThePast(DomainError):
    code = "catalogue.effective_in_the_past"
    sentence = _(
        "Ngày có hiệu lực {date} đã qua. Quy định không có hiệu lực trở về trước: chọn hôm nay hoặc ngày sau."
    )


class EffectiveBeforePredecessor(DomainError):
    code = "catalogue.effective_before_predecessor"
    sentence = _(
        "Ngày có hiệu lực {date} trước ngày có hiệu lực {other} của phiên bản {number} đứng ngay trước nó."
    )


class VersionJumpsPredecessor(DomainError):
    code = "catalogue.version_jumps_predecessor"
    sentence = _("Phiên bản {number} không nối tiếp phiên bản đã công bố gần nhất, phải là phiên bản {next}.")
    kind = Kind.CONFLICT


class VersionNotPublished(DomainError):
    code = "catalogue.version_not_published"
    sentence = _("Phiên bản {number} của thủ tục {template} không ở trạng thái đã công bố.")
    kind = Kind.CONFLICT


class RingUnclear(DomainError):
    code = "catalogue.ring_unclear"
    sentence = _("Hãy chọn vòng để mở: thí điểm (PILOT), sớm (EARLY) hoặc toàn quốc (GENERAL).")


class DraftIsOpen(DomainError):
    code = "catalogue.draft_is_open"
    sentence = _("Thủ tục {template} đang có một bản nháp; hãy sửa bản nháp đó.")
    kind = Kind.CONFLICT


class DraftChangedMeanwhile(DomainError):
    code = "catalogue.draft_changed_meanwhile"
    sentence = _(
        "{by} vừa sửa bản nháp này. Những gì bạn nhập vẫn còn ở dưới;"
        " hãy mở bản nháp ở thẻ khác để đối chiếu rồi nhập lại."
    )
    kind = Kind.CONFLICT


class FlowNotAllowed(DomainError):
    code = "catalogue.flow_not_allowed"
    sentence = _(
        "Thay đổi “{what}” không được áp dụng cho hồ sơ đang giải quyết: thời hạn, phí và giấy tờ bắt buộc giữ như"
        " ngày nộp hồ sơ; chỉ phần sửa câu chữ mới được áp dụng ngay."
    )


class TransitionGroundNeeded(DomainError):
    code = "catalogue.transition_ground_needed"
    sentence = _("Hãy nêu căn cứ của quy định chuyển tiếp.")


class OfferRunUnknown(DomainError):
    code = "catalogue.offer_run_unknown"
    sentence = _("Không có lần mở bản mới này.")
    kind = Kind.ABSENT


class DeadlineReasonNeeded(DomainError):
    code = "catalogue.deadline_reason_needed"
    sentence = _("Hãy nêu lý do, căn cứ của hạn áp dụng.")


class DeadlineInThePast(DomainError):
    code = "catalogue.deadline_in_the_past"
    sentence = _("Hạn áp dụng {date} đã qua.")


class DeadlineBeforeEffect(DomainError):
    code = "catalogue.deadline_before_effect"
    sentence = _("Hạn áp dụng {date} trước ngày bản này có hiệu lực ({other}).")


class DeferralReasonNeeded(DomainError):
    code = "catalogue.deferral_reason_needed"
    sentence = _("Hãy chọn lý do chưa áp dụng.")


class DeferralWordsNeeded(DomainError):
    code = "catalogue.deferral_words_needed"
    sentence = _("Hãy ghi rõ lý do khác là gì.")


class DeferralInThePast(DomainError):
    code = "catalogue.deferral_in_the_past"
    sentence = _("Ngày {date} đã qua; hãy nêu ngày sắp tới.")


class DeferralBehindDeadline(DomainError):
    code = "catalogue.deferral_behind_deadline"
    sentence = _(
        "Ngày {date} sau ngày {due} mà trung ương yêu cầu phải áp dụng; báo lý do không lùi được hạn đó."
    )


class DeferralUnknown(DomainError):
    code = "catalogue.deferral_unknown"
    sentence = _("Không có lý do nào đang được báo cho bản này.")
    kind = Kind.ABSENT


class NotOpenToEveryRing(DomainError):
    code = "catalogue.not_open_to_every_ring"
    sentence = _("Bản {number} chưa mở cho mọi vòng: nơi chưa được mở thì chưa áp dụng được. Hãy mở trước.")
    kind = Kind.CONFLICT


class EffectUnknown(DomainError):
    code = "catalogue.effect_unknown"
    sentence = _("Không có lần xem trước tác động này.")
    kind = Kind.ABSENT


class CodeDiffers(DomainError):
    code = "catalogue.code_differs"
    sentence = _("Nội dung mang mã {found}, khác mã thủ tục {template}.")


class ContentRefused(DomainError):
    """Carries every problem, so that an operator mends them in one go."""

    code = "catalogue.content_refused"
    sentence = _("Nội dung thủ tục {template} còn {count} lỗi: {listing}")

    def __init__(self, *, template: str, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(
            template=template, count=len(self.problems), listing="; ".join(str(p) for p in self.problems)
        )


class FindingsOpen(DomainError):
    code = "catalogue.findings_open"
    sentence = _("Thủ tục {template} còn {count} điểm phải có người xác nhận trước khi công bố.")
    kind = Kind.CONFLICT


class FindingUnknown(DomainError):
    code = "catalogue.finding_unknown"
    sentence = _("Không có điểm cần xác nhận này.")
    kind = Kind.ABSENT


class FindingConfirmed(DomainError):
    code = "catalogue.finding_confirmed"
    sentence = _("Điểm này đã được {by} xác nhận.")
    kind = Kind.CONFLICT


class LimitNeeded(DomainError):
    code = "catalogue.limit_needed"
    sentence = _(
        "Hãy nêu thời hạn đã xác nhận của trường hợp {place}: số lượng, đơn vị, cách tính và căn cứ."
    )


class NoteNeeded(DomainError):
    code = "catalogue.note_needed"
    sentence = _("Hãy ghi rõ kết luận khi xác nhận.")


class ImportRefused(DomainError):
    """The file as a whole is refused; ``problems`` lists all that was found, nothing was written."""

    code = "catalogue.import_refused"
    sentence = _("Tệp không dùng được, chưa nhập gì. {count} lỗi: {listing}")

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(count=len(self.problems), listing="; ".join(str(p) for p in self.problems[:50]))


def refuse(refusals: Sequence[DomainError]) -> None:
    """Raise what there is: one refusal as itself, several as Refusals."""
    if len(refusals) == 1:
        raise refusals[0]
    if refusals:
        raise Refusals(list(refusals))


class AcceptAllTooLate(DomainError):
    code = "catalogue.accept_all_too_late"
    sentence = _("Chỉ lần nhập đầu tiên mới nhận được toàn bộ cùng lúc; từ nay mỗi thay đổi chờ quyết định.")
    kind = Kind.CONFLICT


class ListUnknown(DomainError):
    code = "catalogue.list_unknown"
    sentence = _("Không có danh mục dùng chung “{key}”; hãy chọn một trong: {known}.")


class OwnerNeeded(DomainError):
    code = "catalogue.owner_needed"
    sentence = _("Hãy nêu cơ quan chủ quản của danh mục khi nhập lần đầu.")


class RunUnknown(DomainError):
    code = "catalogue.run_unknown"
    sentence = _("Không có lần nhập này.")
    kind = Kind.ABSENT


class ChangeUnknown(DomainError):
    code = "catalogue.change_unknown"
    sentence = _("Không có thay đổi này.")
    kind = Kind.ABSENT


class ChangeDecided(DomainError):
    code = "catalogue.change_decided"
    sentence = _("Thay đổi của {code} không còn chờ quyết định: {state}.")
    kind = Kind.CONFLICT


class ChangeStale(DomainError):
    code = "catalogue.change_stale"
    sentence = _("Dữ liệu của {code} đã khác với lúc so sánh nên không nhận thay đổi này; hãy nhập lại tệp.")
    kind = Kind.CONFLICT


class ChangeBlocked(DomainError):
    code = "catalogue.change_blocked"
    sentence = _("Chưa nhận được thay đổi của {code}: {why}")
    kind = Kind.CONFLICT


class NothingToDecide(DomainError):
    code = "catalogue.nothing_to_decide"
    sentence = _("Không còn thay đổi nào như vậy chờ quyết định.")
    kind = Kind.CONFLICT


class RuleUnclear(DomainError):
    code = "catalogue.rule_unclear"
    sentence = _("Hãy nêu nhận những thay đổi nào: loại thay đổi, mục thay đổi hoặc cơ quan công bố.")


class ReasonNeeded(DomainError):
    code = "catalogue.reason_needed"
    sentence = _("Hãy ghi rõ lý do từ chối.")


class DayUnclear(DomainError):
    code = "catalogue.day_unclear"
    sentence = _("Ngày {date}: {why}")
