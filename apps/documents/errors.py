"""Refusals of documents."""

from django.utils.translation import gettext_lazy as _

from kernel.errors import DomainError, Kind


class FormUnknown(DomainError):
    code = "document.form_unknown"
    sentence = _("Không có biểu mẫu {value} đang được áp dụng.")


class DocumentAbsent(DomainError):
    code = "document.absent"
    sentence = _("Không tìm thấy giấy tờ này.")
    kind = Kind.ABSENT
