"""Words of releases and their rollouts."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class StepKind(models.TextChoices):
    """How a step of a release is carried out in a schema."""

    TRANSACTION = "TRANSACTION", _("Trong một giao dịch")
    CONCURRENT_INDEX = "CONCURRENT", _("Chỉ mục dựng song song")  # outside a transaction, resumable
    BACKFILL = "BACKFILL", _("Điền dữ liệu từng mẻ")  # in batches, each its own transaction, resumable


class Stage(models.TextChoices):
    """Where a rollout stands on its way: the rings, and the rehearsal before them."""

    REHEARSAL = "REHEARSAL", _("Diễn tập")
    PILOT = "PILOT", _("Thí điểm")
    EARLY = "EARLY", _("Sớm")
    GENERAL = "GENERAL", _("Toàn quốc")


class RolloutState(models.TextChoices):
    RUNNING = "RUNNING", _("Đang chạy")
    PAUSED = "PAUSED", _("Tạm dừng")  # by a person
    HELD = "HELD", _("Bị chặn")  # by a gate: going on needs a person and a reason
    STOPPED = "STOPPED", _("Đã dừng hẳn")
    DONE = "DONE", _("Đã xong")


ACTIVE_STATES = (RolloutState.RUNNING, RolloutState.PAUSED, RolloutState.HELD)


class SeatState(models.TextChoices):
    """One tenant's line on the board."""

    WAITING = "WAITING", _("Chờ tới lượt")
    RUNNING = "RUNNING", _("Đang cập nhật")
    RETRYING = "RETRYING", _("Sẽ thử lại")
    DONE = "DONE", _("Đã xong")
    FAILED = "FAILED", _("Hỏng")
    DRIFTED = "DRIFTED", _("Lược đồ lệch")  # taken out of the wave
    DEFERRED = "DEFERRED", _("Đã hoãn")
    OUT_OF_WINDOW = "OUT_OF_WINDOW", _("Chờ khung giờ")


LATER_STATES = (SeatState.DEFERRED, SeatState.OUT_OF_WINDOW)  # at their own wish
OPEN_SEAT_STATES = (SeatState.WAITING, SeatState.RUNNING, SeatState.RETRYING)
UNFINISHED = (
    SeatState.FAILED,
    SeatState.DRIFTED,
)  # tried, still at the release before: a person has to see to it


class Verdict(models.TextChoices):
    GOOD = "GOOD", _("Đạt")
    BAD = "BAD", _("Không đạt")
    UNKNOWN = "UNKNOWN", _("Không đủ số liệu")  # never holds a wave by itself


class Audience(models.TextChoices):
    """Who reads an announcement: a room, from the widest to the narrowest."""

    CITIZEN = "CITIZEN", _("Người dân")
    STAFF = "STAFF", _("Cán bộ")
    ADMIN = "ADMIN", _("Quản trị đơn vị")
