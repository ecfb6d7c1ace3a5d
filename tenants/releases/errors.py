"""Refusals of releases and rollouts."""

from django.utils.translation import gettext_lazy as _

from kernel.errors import DomainError, Kind


class MigrationNotReplayable(DomainError):
    code = "release.not_replayable"
    sentence = _("Bản {release} không dịch được thành SQL phát lại: {why}.")
    kind = Kind.CONFLICT


class ReleaseChanged(DomainError):
    code = "release.changed"
    sentence = _("Bản {release} đã chạy ở {count} bộ, tỉnh nên không được sửa nữa; hãy viết một bản mới.")
    kind = Kind.CONFLICT


class LeavesDiffer(DomainError):
    code = "release.leaves_differ"
    sentence = _(
        "Bản {release} không khớp với migration trong mã nguồn ({apps}). Hãy chạy “manage.py release draft”."
    )
    kind = Kind.CONFLICT


class CompilingHeldUp(DomainError):
    code = "release.compiling_held_up"
    sentence = _(
        "Chưa biên dịch được bản {release}: {why}. Không bộ, tỉnh nào bị đụng tới; chờ việc đó xong rồi chạy lại lệnh."
    )
    kind = Kind.CONFLICT


class ReleaseUnknown(DomainError):
    code = "release.unknown"
    sentence = _("Không có bản phát hành {release}.")
    kind = Kind.ABSENT


class NothingToRollOut(DomainError):
    code = "release.nothing_to_do"
    sentence = _("Mọi bộ, tỉnh đã ở bản {release}; không có gì phải làm.")
    kind = Kind.CONFLICT


class RolloutActive(DomainError):
    code = "release.rollout_active"
    sentence = _(
        "Bản {release} đang được triển khai, do {who} bắt đầu; hãy xem bảng theo dõi. Chỉ còn nơi đã hoãn thì kết"
        " thúc đợt đó."
    )
    kind = Kind.CONFLICT


class RolloutNotOpen(DomainError):
    code = "release.rollout_not_open"
    sentence = _("Đợt triển khai đang ở trạng thái “{state}”, nên không {act} được.")
    kind = Kind.CONFLICT


class RolloutUnfinished(DomainError):
    code = "release.rollout_unfinished"
    sentence = _(
        "Chỉ kết thúc được đợt đã tới vòng Toàn quốc và chỉ còn nơi đã hoãn hoặc chờ khung giờ; còn {count} nơi tới"
        " lượt mà chưa xong. Muốn bỏ dở thì dừng hẳn."
    )
    kind = Kind.CONFLICT


class NoRollout(DomainError):
    code = "release.no_rollout"
    sentence = _("Không có đợt triển khai nào đang mở.")
    kind = Kind.ABSENT


class ReasonMissing(DomainError):
    code = "release.reason_missing"
    sentence = _("Cần ghi lý do, vì việc này được lưu lại.")


class RunnerBusy(DomainError):
    code = "release.runner_busy"
    sentence = _("Một tiến trình khác đang chạy đợt triển khai này.")
    kind = Kind.CONFLICT


class DeferralTooLate(DomainError):
    code = "release.deferral_too_late"
    sentence = _("Bản {release} phải được cập nhật chậm nhất vào ngày {date}.")


class DeferralTooEarly(DomainError):
    code = "release.deferral_too_early"
    sentence = _("Ngày cập nhật phải sau hôm nay; nếu không cần hoãn thì không phải làm gì.")


class DeferralNotYours(DomainError):
    code = "release.deferral_not_yours"
    sentence = _("Chỉ quản trị của chính bộ, tỉnh đó được hoãn bản cập nhật của mình.")
    kind = Kind.FORBIDDEN


class DeferralUseless(DomainError):
    code = "release.deferral_useless"
    sentence = _(
        "Bản {release} không chờ {tenant}: đã ở bản đó, đang được cập nhật, hoặc không có bản nào như vậy."
    )
    kind = Kind.CONFLICT


class NothingDeferred(DomainError):
    code = "release.nothing_deferred"
    sentence = _("{tenant} không hoãn bản nào, nên không có gì để bỏ.")
    kind = Kind.CONFLICT


class DeferralLimitUnclear(DomainError):
    code = "release.deferral_limit_unclear"
    sentence = _("Số ngày được hoãn nhiều nhất là một số từ 0 đến {most}; 0 là không được hoãn.")


class WindowIncomplete(DomainError):
    code = "release.window_incomplete"
    sentence = _("Khung giờ cần cả giờ bắt đầu và giờ kết thúc, khác nhau.")


class RingUnknown(DomainError):
    code = "release.ring_unknown"
    sentence = _("Không có vòng “{value}”; chọn PILOT, EARLY hoặc GENERAL.")


class TenantUnknown(DomainError):
    code = "release.tenant_unknown"
    sentence = _("Không có bộ, tỉnh nào mang mã {value}.")


class FlagUnknown(DomainError):
    code = "release.flag_unknown"
    sentence = _("Phần mềm không có tính năng “{value}”. Có: {known}.")


class FlagStillAsked(DomainError):
    code = "release.flag_still_asked"
    sentence = _("Phần mềm còn hỏi tới tính năng “{value}”: đổi nơi mở của nó, không xóa được.")


class TextMissing(DomainError):
    code = "release.text_missing"
    sentence = _("Hãy nhập {what}.")


class AudienceUnknown(DomainError):
    code = "release.audience_unknown"
    sentence = _("Hãy chọn ít nhất một nhóm người đọc.")


class AnnouncementEndsTooEarly(DomainError):
    code = "release.announcement_ends_too_early"
    sentence = _("Thời điểm thôi hiện phải sau thời điểm bắt đầu và sau lúc này.")


class AnnouncementUnknown(DomainError):
    code = "release.announcement_unknown"
    sentence = _("Không có thông báo này, hoặc thông báo đã được gỡ.")
    kind = Kind.ABSENT
