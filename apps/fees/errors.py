"""Refusals of fees."""

from django.utils.translation import gettext_lazy as _

from kernel.errors import DomainError, Kind


class FeeUnpaid(DomainError):
    code = "fee.unpaid"
    sentence = _("Còn {amount} phí, lệ phí chưa nộp.")
    kind = Kind.CONFLICT


class PaymentExceedsOutstanding(DomainError):
    code = "fee.payment_exceeds_outstanding"
    sentence = _("Số tiền nộp lớn hơn số còn phải nộp ({amount}).")


class PaymentAmountInvalid(DomainError):
    code = "fee.payment_amount_invalid"
    sentence = _("Số tiền phải là số nguyên dương, tính bằng đồng.")


class PaymentMethodUnknown(DomainError):
    code = "fee.payment_method_unknown"
    sentence = _("Không có hình thức thu “{value}”.")


class ReceiptNumberMissing(DomainError):
    code = "fee.receipt_number_missing"
    sentence = _("Hãy ghi số biên lai.")


class PaymentKeyReused(DomainError):
    code = "fee.payment_key_reused"
    sentence = _("Khoản nộp này đã được ghi với số tiền hoặc biên lai khác.")
    kind = Kind.CONFLICT


class ExemptionUndecided(DomainError):
    code = "fee.exemption_undecided"
    sentence = _(
        "Người nộp đề nghị miễn, giảm theo đối tượng “{group}”: hãy xác nhận hoặc không xác nhận trước."
    )
    kind = Kind.CONFLICT


class ExemptionAfterPayment(DomainError):
    code = "fee.exemption_after_payment"
    sentence = _("Đã thu {paid}, nhiều hơn số phải nộp sau miễn, giảm ({total}); hãy hoàn lại trước.")
    kind = Kind.CONFLICT
