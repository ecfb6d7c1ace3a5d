"""Refusals of files."""

from django.utils.translation import gettext_lazy as _

from kernel.errors import DomainError, Kind


class FileMissing(DomainError):
    code = "file.missing"
    sentence = _("Chưa chọn tệp.")


class FileEmpty(DomainError):
    code = "file.empty"
    sentence = _("Tệp “{name}” rỗng. Hãy kiểm tra rồi tải lại.")


class FileTooLarge(DomainError):
    code = "file.too_large"
    sentence = _("Tệp “{name}” lớn quá {limit} MB.")


class FileTypeRefused(DomainError):
    code = "file.type_refused"
    sentence = _("Không nhận loại tệp của “{name}”. Được nhận: {allowed}.")


class FileNotWhatItSays(DomainError):
    code = "file.not_what_it_says"
    sentence = _("Tệp “{name}” có phần mở rộng không đúng với nội dung thật. Hãy xuất lại tệp rồi tải lên.")


class FileAbsent(DomainError):
    code = "file.absent"
    sentence = _("Không tìm thấy tệp này.")
    kind = Kind.ABSENT


class FileNotKept(DomainError):
    code = "file.not_kept"
    sentence = _(
        "Kho tệp lúc này không nhận được tệp “{name}”; chưa có gì được lưu. Hãy thử lại sau ít phút."
    )
    kind = Kind.AWAY


class FileStoreAway(DomainError):
    code = "file.store_away"
    sentence = _("Kho tệp lúc này không trả lời nên chưa mở được tệp “{name}”. Hãy thử lại sau ít phút.")
    kind = Kind.AWAY
