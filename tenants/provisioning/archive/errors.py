"""Refusals of exporting and restoring. Each says that nothing was changed, because nothing was."""

from django.utils.translation import gettext_lazy as _

from kernel.errors import DomainError, Kind


class ArchiveTenantUnknown(DomainError):
    code = "archive.tenant_unknown"
    sentence = _("Không có bộ, tỉnh nào mang mã {value}.")
    kind = Kind.ABSENT


class ArchiveExists(DomainError):
    code = "archive.exists"
    sentence = _("Tệp {path} đã có; hãy chọn tên khác.")
    kind = Kind.CONFLICT


class PlaceRefused(DomainError):
    code = "archive.place_refused"
    sentence = _(
        "Không ghi được vào “{place}”: viết s3://kho/đường-dẫn bằng chữ không dấu; "
        "trong kho của tệp hồ sơ thì đường dẫn bắt đầu bằng archives/."
    )


class ArchiveBeingWritten(DomainError):
    code = "archive.being_written"
    sentence = _("Một lần xuất khác đang ghi {path}.")
    kind = Kind.CONFLICT


class ArchiveNotWritten(DomainError):
    code = "archive.not_written"
    sentence = _("Không ghi được {path}: {why}. Tệp dở dang đã xóa, dữ liệu của {tenant} không bị động đến.")
    kind = Kind.CONFLICT


class ArchiveUnreadable(DomainError):
    code = "archive.unreadable"
    sentence = _("Không đọc được {path}: {why}.")


class ArchiveBroken(DomainError):
    """``member`` is the part that is not as it was written, or the last sound one before it."""

    code = "archive.broken"
    sentence = _("Tệp lưu trữ hỏng hoặc đã bị sửa ở “{member}”: {why}. Chưa có gì bị thay đổi.")


class ArchiveNotTheListed(DomainError):
    code = "archive.not_the_listed"
    sentence = _(
        "Tệp {path} không còn là tệp mà sổ trung ương đã ghi: mã SHA-256 khác. Đừng dùng tệp này; "
        "hãy tìm bản sao có đúng mã. Chưa có gì bị thay đổi."
    )
    kind = Kind.CONFLICT


class StoredFileLost(DomainError):
    code = "archive.stored_file_lost"
    sentence = _(
        "Kho tệp không còn đúng nội dung của {key} mà sổ của {tenant} có ghi; không xuất tệp lưu trữ thiếu."
    )
    kind = Kind.CONFLICT


class FileStoreAway(DomainError):
    """The place of the citizens' files, a disk or a bucket, and not that of the archive."""

    code = "archive.file_store_away"
    sentence = _(
        "Kho tệp không đọc hoặc không ghi được: {why}. Chưa có gì bị thay đổi; hãy chạy lại khi kho sẵn sàng."
    )
    kind = Kind.AWAY


class StoredFileClash(DomainError):
    code = "archive.stored_file_clash"
    sentence = _("Kho tệp đã có {key} với nội dung khác, thuộc về dữ liệu đang chạy; không ghi đè.")
    kind = Kind.CONFLICT


class ReleaseNotHere(DomainError):
    code = "archive.release_not_here"
    sentence = _(
        "Tệp lưu trữ thuộc bản phát hành {release}, mà bản triển khai này không có đúng bản đó: "
        "hãy khôi phục ở nơi có nó. Chưa có gì bị thay đổi."
    )
    kind = Kind.CONFLICT


class ShapeNotSame(DomainError):
    code = "archive.shape_not_same"
    sentence = _(
        "Lược đồ lúc xuất đã lệch so với bản phát hành {release}. Nếu chấp nhận lược đồ đúng của bản phát hành, "
        "hãy chạy lại với --to-shape. Chưa có gì bị thay đổi."
    )
    kind = Kind.CONFLICT


class RowsNotSame(DomainError):
    code = "archive.rows_not_same"
    sentence = _("Bảng {table} sau khi nạp không giống bảng trong tệp lưu trữ. Chưa có gì bị thay đổi.")
    kind = Kind.CONFLICT


class TenantStillThere(DomainError):
    code = "archive.tenant_still_there"
    sentence = _(
        "{tenant} vẫn đang có. Thêm --replace --confirm {value} để thay dữ liệu đang chạy, "
        "hoặc --as và --host để khôi phục thành một nơi khác."
    )
    kind = Kind.CONFLICT


class TenantInMerge(DomainError):
    code = "archive.tenant_in_merge"
    sentence = _(
        "{tenant} đang ở giữa một lần sáp nhập; hãy làm xong hoặc bỏ lần đó trước. Chưa có gì bị thay đổi."
    )
    kind = Kind.CONFLICT


class MergedSince(DomainError):
    code = "archive.merged_since"
    sentence = _(
        "Sau bản lưu trữ này, {source} đã được nhập vào {tenant}: thay dữ liệu đang chạy sẽ làm mất mọi hồ sơ của "
        "{source}. Hãy khôi phục thành một nơi khác (--as, --host) để đối chiếu. Chưa có gì bị thay đổi."
    )
    kind = Kind.CONFLICT


class NothingToReplace(DomainError):
    code = "archive.nothing_to_replace"
    sentence = _("Không có {value} để thay; hãy bỏ --replace.")
    kind = Kind.CONFLICT


class ReplaceNotConfirmed(DomainError):
    code = "archive.replace_not_confirmed"
    sentence = _("Để thay toàn bộ dữ liệu đang chạy của {tenant}, hãy gõ lại mã {value} sau --confirm.")


class ReplaceUnderAnotherCode(DomainError):
    code = "archive.replace_under_another_code"
    sentence = _("Chỉ thay được chính bộ, tỉnh đã xuất tệp này ({value}); bỏ --as hoặc bỏ --replace.")


class HostNeeded(DomainError):
    code = "archive.host_needed"
    sentence = _("Cần tên máy chủ cho bộ, tỉnh được khôi phục: thêm --host.")


class SchemaInWork(DomainError):
    code = "archive.schema_in_work"
    sentence = _("{tenant} đang được nâng cấp, xuất, khôi phục hoặc sáp nhập. Hãy thử lại sau.")
    kind = Kind.CONFLICT


class TenantNeverQuiet(DomainError):
    code = "archive.tenant_never_quiet"
    sentence = _(
        "{tenant} luôn có giao dịch đang mở nên chưa thay được. Hãy tạm ngừng nơi này rồi chạy lại; "
        "dữ liệu đang chạy còn nguyên."
    )
    kind = Kind.CONFLICT


class DatabaseRefused(DomainError):
    """PostgreSQL's own sentence may quote a person's data; its code and the names of table and rule do not."""

    code = "archive.database_refused"
    sentence = _("Cơ sở dữ liệu từ chối ({sqlstate} {table} {rule}). Chưa có gì bị thay đổi.")
    kind = Kind.CONFLICT
