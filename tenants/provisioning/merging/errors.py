"""Refusals of a merge. Of what PostgreSQL says only states and names are kept: its sentences quote people's data."""

from django.utils.translation import gettext_lazy as _

from kernel.errors import DomainError, Kind


class TenantUnknown(DomainError):
    code = "merge.tenant_unknown"
    sentence = _("Không có bộ hoặc tỉnh nào mang mã {value}.")
    kind = Kind.ABSENT


class SameTenant(DomainError):
    code = "merge.same_tenant"
    sentence = _("Không thể nhập {value} vào chính nó.")


class KindsDiffer(DomainError):
    code = "merge.kinds_differ"
    sentence = _("{source} và {into} không cùng loại: chỉ nhập tỉnh vào tỉnh, bộ vào bộ.")


class GroundMissing(DomainError):
    code = "merge.ground_missing"
    sentence = _("Thiếu căn cứ: số, ngày của nghị quyết sáp nhập.")


class CodeNotTyped(DomainError):
    code = "merge.code_not_typed"
    sentence = _("Việc này không làm lại được: hãy gõ lại mã {value} sau --confirm.")


class AlreadyMerged(DomainError):
    code = "merge.already_merged"
    sentence = _("{source} đã được nhập vào {into}.")
    kind = Kind.CONFLICT


class StateUnfit(DomainError):
    code = "merge.state_unfit"
    sentence = _("{value} đang ở trạng thái “{state}”: chưa thể sáp nhập.")
    kind = Kind.CONFLICT


class ShapesDiffer(DomainError):
    code = "merge.shapes_differ"
    sentence = _(
        "Lược đồ của {source} và {into} khác nhau: hãy nâng cấp cho hai nơi cùng một phiên bản trước."
    )
    kind = Kind.CONFLICT


class OtherMergeUnderWay(DomainError):
    code = "merge.other_under_way"
    sentence = _("{value} đang ở trong một lần sáp nhập khác.")
    kind = Kind.CONFLICT


class MergeRunsElsewhere(DomainError):
    code = "merge.runs_elsewhere"
    sentence = _("Lần sáp nhập này đang chạy ở một tiến trình khác.")
    kind = Kind.CONFLICT


class SourceBusy(DomainError):
    code = "merge.source_busy"
    sentence = _("{value} còn giao dịch đang ghi dữ liệu; hãy chạy lại sau ít phút. Chưa có gì được chuyển.")
    kind = Kind.CONFLICT


class ReferencesDangle(DomainError):
    code = "merge.references_dangle"
    sentence = _("{count} dòng của {table}.{column} trỏ tới dòng của {target} không đi cùng.")
    kind = Kind.CONFLICT


class KeysClash(DomainError):
    code = "merge.keys_clash"
    sentence = _("{count} dòng của {table} trùng khóa {constraint} với nơi nhận: {examples}")
    kind = Kind.CONFLICT


class FileMissing(DomainError):
    code = "merge.file_missing"
    sentence = _(
        "Tệp {public_id} không có trong kho hoặc không còn nguyên vẹn; hãy khôi phục tệp rồi chạy lại."
    )
    kind = Kind.CONFLICT


class FileStoreAway(DomainError):
    code = "merge.file_store_away"
    sentence = _("Kho tệp không đọc hoặc không ghi được: {why}. Chạy lại thì sáp nhập đi tiếp từ chỗ dừng.")
    kind = Kind.AWAY


class MergeStopped(DomainError):
    code = "merge.stopped"
    sentence = _(
        "Dừng ở bảng {table} (SQLSTATE {sqlstate}, ràng buộc {constraint}). Đợt đang chuyển đã được hủy trọn vẹn; "
        "chạy lại lệnh này để đi tiếp."
    )
    kind = Kind.CONFLICT


class CopyDiffers(DomainError):
    code = "merge.copy_differs"
    sentence = _(
        "Có {count} dòng của {table} không giống bản gốc sau khi chuyển; đợt đó đã được hủy trọn vẹn."
    )
    kind = Kind.CONFLICT


class ReferenceUnknown(DomainError):
    code = "merge.reference_unknown"
    sentence = _("{table}: không biết “{kind}” trỏ tới bảng nào.")
    kind = Kind.CONFLICT


class DoesNotBalance(DomainError):
    code = "merge.does_not_balance"
    sentence = _("Đối soát chưa khớp nên chưa đánh dấu hoàn thành: {lines}")
    kind = Kind.CONFLICT


class NothingToAbandon(DomainError):
    code = "merge.nothing_to_abandon"
    sentence = _("Không có lần sáp nhập {source} vào {into} nào đang dở.")
    kind = Kind.ABSENT


class TooLateToAbandon(DomainError):
    code = "merge.too_late_to_abandon"
    sentence = _(
        "Đã chuyển {count} dòng, trong đó có dòng không ai được xóa (nhật ký, chứng từ, kết quả): chỉ còn cách chạy "
        "tiếp cho xong. {source} vẫn xem được như cũ, chưa dòng nào bị mất."
    )
    kind = Kind.CONFLICT
