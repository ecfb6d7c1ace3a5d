"""What a board means for the person before it, at night: what has to be done now, and what does itself."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from tenants.releases.enums import (
    ACTIVE_STATES,
    LATER_STATES,
    OPEN_SEAT_STATES,
    UNFINISHED,
    RolloutState,
    SeatState,
    Stage,
)
from tenants.releases.models import Rollout, Seat


def list_advice(rollout: Rollout, seats: Iterable[Seat], *, now: datetime) -> list[str]:
    """Sentences, the most urgent first. No statement: the seats come with their tenants."""
    codes: dict[str, list[str]] = {}
    behind = (seat for seat in seats if seat.tenant.release < rollout.release.number)
    for seat in behind:  # a later rollout may have brought what this one could not
        codes.setdefault(seat.state, []).append(seat.tenant.code)
    said = []
    if SeatState.FAILED in codes:
        said.append(_("Nơi hỏng còn nguyên ở bản cũ: sửa theo dòng lỗi của nơi đó."))
    if SeatState.DRIFTED in codes:
        said.append(
            _("Nơi lệch lược đồ còn nguyên ở bản cũ. Câu SQL để sửa: manage.py tenant drift {codes}").format(
                codes=" ".join(codes[SeatState.DRIFTED])
            )
        )
    if any(state in codes for state in UNFINISHED):
        said.append(_after_mending(rollout))
    if SeatState.RETRYING in codes and rollout.state == RolloutState.RUNNING:
        said.append(_("Nơi “Sẽ thử lại” được thử lại tự động trong vài giây, chưa phải làm gì."))
    until = watched_until(rollout, now=now)
    if until is not None:
        moment = timezone.localtime(until)
        said.append(
            _("Đang theo dõi sau vòng {stage}; đo cửa lúc {moment}.").format(
                stage=Stage(rollout.stage).label, moment=f"{moment:%H:%M:%S}"
            )
        )
    if rollout.state == RolloutState.RUNNING and not any(state in codes for state in OPEN_SEAT_STATES):
        later = [code for state in LATER_STATES for code in codes.get(state, [])]
        if later:
            said.append(
                _(
                    "Chỉ còn chờ {codes}, chưa tới giờ của mình; đợt tự làm tiếp khi tới giờ, hoặc kết thúc đợt"
                    " (manage.py release close)."
                ).format(codes=", ".join(later))
            )
    return said


def watched_until(rollout: Rollout, *, now: datetime) -> datetime | None:
    """While a ring is watched before its gate: until when."""
    stage, until = rollout.facts.get("watching") or ("", "")
    if rollout.state != RolloutState.RUNNING or stage != rollout.stage:
        return None
    moment = datetime.fromisoformat(until)
    return moment if moment > now else None


def _after_mending(rollout: Rollout) -> str:
    if rollout.state == RolloutState.HELD:
        return _("Sửa xong thì bấm “Đã sửa, làm lại” (manage.py release retry).")
    if rollout.state in ACTIVE_STATES:
        return _("Sửa xong thì làm lại khi đợt bị chặn, hoặc bắt đầu lại khi đợt kết thúc.")
    return _("Sửa xong thì bắt đầu lại (manage.py release start): chỉ những nơi còn thiếu được làm.")
