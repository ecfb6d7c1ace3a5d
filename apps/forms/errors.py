"""Refusals of forms."""

from django.utils.translation import gettext_lazy as _

from kernel.errors import DomainError, Kind


class AnswerInvalid(DomainError):
    code = "forms.answer_invalid"
    sentence = _("Mục “{title}”: {problem}")


class DeclaringNotOpen(DomainError):
    code = "forms.declaring_not_open"
    sentence = _("Nơi này chưa mở việc khai trước ở nhà; mời bạn đến quầy tiếp nhận.")
    kind = Kind.ABSENT


class DeclarationUnknown(DomainError):
    """The same for a code that never was, one that is forgotten and one whose secret is wrong."""

    code = "forms.declaration_unknown"
    sentence = _("Không có tờ khai với mã này, hoặc tờ khai đã hết hạn.")
    kind = Kind.INVALID


class DeclarationTaken(DomainError):
    code = "forms.declaration_taken"
    sentence = _("Tờ khai {declaration} đã được dùng cho một hồ sơ.")
    kind = Kind.CONFLICT


class DeclarationUnfinished(DomainError):
    code = "forms.declaration_unfinished"
    sentence = _("Tờ khai {declaration} chưa được người dân khai xong.")
    kind = Kind.CONFLICT


class DeclarationOfAnother(DomainError):
    code = "forms.declaration_of_another"
    sentence = _("Tờ khai {declaration} là của thủ tục {procedure}.")
