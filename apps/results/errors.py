"""Refusals of results."""

from django.utils.translation import gettext_lazy as _

from kernel.errors import DomainError, Kind


class ResultIncomplete(DomainError):
    code = "result.incomplete"
    sentence = _("Hãy ghi đủ tên, số và người ký của kết quả.")


class SignedInTheFuture(DomainError):
    code = "result.signed_in_the_future"
    sentence = _("Ngày ký không được sau hôm nay.")


class ResultNumberTaken(DomainError):
    code = "result.number_taken"
    sentence = _("Hồ sơ đã có kết quả {name} số {number}.")
    kind = Kind.CONFLICT


class NothingToHandOver(DomainError):
    code = "result.nothing_to_hand_over"
    sentence = _("Không còn kết quả nào chờ trao.")
    kind = Kind.CONFLICT


class ReceiverMissing(DomainError):
    code = "result.receiver_missing"
    sentence = _("Hãy ghi người nhận kết quả và số giấy tờ của người nhận.")


class ProofMissing(DomainError):
    code = "result.proof_missing"
    sentence = _("Hãy ghi mã bưu gửi hoặc bằng chứng đã gửi.")


class HandOverMethodUnknown(DomainError):
    code = "result.hand_over_method_unknown"
    sentence = _("Không có hình thức trao “{value}”.")
