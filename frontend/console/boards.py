"""What the pages of rollouts show, put together from the questions about releases."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from tenants.releases.advice import list_advice
from tenants.releases.board import FleetShapes, find_fleet_shapes, list_acts_of, list_troubles
from tenants.releases.enums import (
    ACTIVE_STATES,
    LATER_STATES,
    UNFINISHED,
    RolloutState,
    SeatState,
    Stage,
    Verdict,
)
from tenants.releases.errors import ReleaseUnknown
from tenants.releases.gates import get_measures
from tenants.releases.judging import written
from tenants.releases.models import GateReading, Rollout, Seat, UpgradeWish
from tenants.releases.selectors import list_readings, list_releases, list_seats
from tenants.releases.services import can_close, plan_rollout
from tenants.releases.wishes import list_wishes

_LONG_WITHOUT_A_SIGN = timedelta(seconds=30)
TONES = {
    SeatState.WAITING: "wait",
    SeatState.RUNNING: "plain",
    SeatState.RETRYING: "near",
    SeatState.DONE: "done",
    SeatState.FAILED: "late",
    SeatState.DRIFTED: "late",
    SeatState.DEFERRED: "wait",
    SeatState.OUT_OF_WINDOW: "wait",
}
ROLLOUT_TONES = {
    RolloutState.RUNNING: "plain",
    RolloutState.PAUSED: "wait",
    RolloutState.HELD: "late",
    RolloutState.STOPPED: "wait",
    RolloutState.DONE: "done",
}
VERDICT_TONES = {Verdict.GOOD: "done", Verdict.BAD: "late", Verdict.UNKNOWN: "wait"}


@dataclass(frozen=True, slots=True)
class Wave:
    """One stage on the board: its seats (those that are asked for), how many it has, its gate's readings."""

    stage: Stage
    seats: list[Seat]
    size: int
    counts: dict[str, int]
    readings: list[tuple[str, str, GateReading]]  # what is measured, its unit, the numbers
    standing: str  # in words
    tone: str

    @property
    def bad(self) -> int:
        """How many numbers held the gate."""
        return sum(one.verdict == Verdict.BAD for _title, _unit, one in self.readings)


def board_of(rollout: Rollout, state: str, now: datetime) -> dict[str, Any]:
    """Seven statements at most, however many tenants there are."""
    seats = list_seats(rollout.id)
    state = state if state in SeatState.values else ""
    counts = Counter(seat.state for seat in seats)
    may_close = can_close(rollout, counts)
    readings, releases = list_readings(rollout.id), list_releases()
    waves = [_wave(rollout, stage, seats, state, readings) for stage in Stage]
    state_name, state_tone = _state_words(rollout, seats)
    return {
        "rollout": rollout,
        "is_active": rollout.state in ACTIVE_STATES,
        "may_close": may_close,
        "left": rollout.state == RolloutState.DONE and any(counts[one] for one in LATER_STATES),
        "standing": f"{rollout.state}-rest" if may_close else rollout.state,  # which buttons it has
        "state_name": state_name,
        "state_tone": state_tone,
        "stage_name": Stage(rollout.stage).label,
        "waves": [wave for wave in waves if wave.size or wave.readings or wave.stage == Stage.REHEARSAL],
        "total": len(seats),
        "numbers_of": [
            (one, one.label, counts[one], TONES[one]) for one in SeatState if counts[one] or one in _ALWAYS
        ],
        "state": state,
        "advice": list_advice(rollout, seats, now=now),
        "later": _later(seats),
        "seat_names": dict(SeatState.choices),
        "seat_tones": TONES,
        "stage_names": dict(Stage.choices),
        "verdict_names": dict(Verdict.choices),
        "verdict_tones": VERDICT_TONES,
        "release_names": {one.number: one.name for one in releases},
        "fingerprints": {one.number: one.fingerprint for one in releases},
        "shapes": find_fleet_shapes(),
        "shape_of": shape_of,
        "written": written,
        "acts": list_acts_of(rollout),
        "act_names": act_names(),
        "at": now,
        "alone": rollout.state == RolloutState.RUNNING
        and now - (rollout.beat_at or rollout.started_at) > _LONG_WITHOUT_A_SIGN,
    }


_ALWAYS = (SeatState.DONE, SeatState.WAITING, SeatState.FAILED)


def shape_of(shapes: FleetShapes | None, seat: Seat, fingerprints: Mapping[int, str]) -> tuple[str, str, str]:
    """Short fingerprint, words, tone. Where nobody has looked since it was changed, its release's, and so it says.

    What an upgrade leaves was as the release before and got the release's SQL in one
    piece, so it ought to be as the release; a hand may have changed it since.
    """
    if seat.state == SeatState.DRIFTED:  # the runner has looked
        return "", _("lệch"), "late"
    matches = None if shapes is None else shapes.matches(seat.tenant)
    if shapes is None or matches is None or (seat.finished_at is not None and seat.finished_at > shapes.at):
        return fingerprints.get(seat.tenant.release, "")[:8], _("chưa đối chiếu"), ""
    return (
        shapes.found[seat.tenant_id][:8],
        (_("khớp") if matches else _("lệch")),
        ("done" if matches else "late"),
    )


def _state_words(rollout: Rollout, seats: list[Seat]) -> tuple[str, str]:
    """Words and tone. One that has ended with tenants left behind is not called done: people look at the badge."""
    left = sum(seat.state in UNFINISHED and seat.tenant.release < rollout.release.number for seat in seats)
    if rollout.state == RolloutState.DONE and left:
        return _("Đã kết thúc, còn %(count)s nơi chưa xong") % {"count": left}, "near"
    return str(RolloutState(rollout.state).label), ROLLOUT_TONES[RolloutState(rollout.state)]


def _later(seats: list[Seat]) -> dict[int, str]:
    """Key of a seat whose time has not come → until when, and why."""
    waiting = [seat for seat in seats if seat.state in LATER_STATES]
    wishes = list_wishes() if waiting else {}
    return {seat.id: wish_words(wishes.get(seat.tenant_id), seat.state) for seat in waiting}


def wish_words(wish: UpgradeWish | None, state: str) -> str:
    """Why a tenant is not taken now, or when it may be."""
    if wish is None:
        return ""
    if state == SeatState.DEFERRED and wish.deferred_until:
        day = f"{wish.deferred_until:%d/%m/%Y}"
        return _("Đến %(day)s: %(reason)s (%(who)s)") % {
            "day": day, "reason": wish.deferred_reason, "who": wish.deferred_by,
        }  # fmt: skip
    if wish.window_from and wish.window_to:
        hours = {"start": f"{wish.window_from:%H:%M}", "end": f"{wish.window_to:%H:%M}"}
        return _("Khung giờ %(start)s đến %(end)s") % hours
    return ""


def planned(name: str, now: datetime) -> dict[str, Any]:
    """What a start would do now; a name that nobody knows is taken as none."""
    try:
        plan = plan_rollout(release=name or None, now=now)
    except ReleaseUnknown:
        plan = plan_rollout(release=None, now=now)
    return {
        "rollout": None,
        "plan": plan,
        "waves": [(stage, plan.of(stage)) for stage in (Stage.PILOT, Stage.EARLY, Stage.GENERAL)],
        "wishes": list_wishes(),
        "wish_words": wish_words,
        "troubles": list_troubles(of=plan.release),
        "seat_names": dict(SeatState.choices),
        "seat_tones": TONES,
        "state_names": dict(RolloutState.choices),
    }


def done_words(name: str) -> str:
    return {
        "started": _("Đã bắt đầu. Bảng này tự cập nhật."),
        "paused": _("Đã tạm dừng. Nơi đang cập nhật dở thì làm nốt, không bắt đầu thêm nơi nào."),
        "resumed": _("Đã cho chạy tiếp."),
        "retried": _("Đang làm lại bước đã chặn. Bảng này tự cập nhật."),
        "closed": _("Đã kết thúc. Nơi đã hoãn được cập nhật khi hết hoãn, hoặc cùng đợt sau."),
        "stopped": _("Đã dừng hẳn. Nơi đã xong giữ nguyên; lần sau chỉ làm phần còn lại."),
        "limited": _("Đã ghi hạn hoãn của bản phát hành."),
        "compared": _("Đã đối chiếu lược đồ của mọi bộ, tỉnh."),
    }.get(name, "")


def act_names() -> dict[str, str]:
    return {
        "rollout.started": _("Bắt đầu"),
        "rollout.paused": _("Tạm dừng"),
        "rollout.resumed": _("Tiếp tục"),
        "rollout.retried": _("Làm lại"),
        "rollout.stopped": _("Dừng hẳn"),
        "rollout.closed": _("Kết thúc, nơi đã hoãn nhận sau"),
        "rollout.reopened": _("Cập nhật nơi đã hết hoãn"),
        "rollout.held": _("Cửa chặn lại"),
    }


def _wave(rollout: Rollout, stage: Stage, seats: list[Seat], state: str, readings: list[GateReading]) -> Wave:
    own = [seat for seat in seats if seat.stage == stage]
    named = {measure.key: measure for measure in get_measures()}
    rows = [
        (named[one.measure].name(one.subject), str(named[one.measure].unit), one)
        if one.measure in named
        else (one.measure, "", one)
        for one in readings
        if one.stage == stage
    ]
    rows.sort(key=lambda row: (row[2].verdict != Verdict.BAD, row[2].tenant.code, row[0]))
    standing, tone = _standing(rollout, stage)
    shown = [seat for seat in own if not state or seat.state == state]
    return Wave(stage, shown, len(own), dict(Counter(seat.state for seat in own)), rows, standing, tone)


def _standing(rollout: Rollout, stage: Stage) -> tuple[str, str]:
    order = list(Stage)
    if stage in rollout.passed or rollout.state == RolloutState.DONE:
        return _("đã qua"), "done"
    if rollout.stage == stage:
        return str(RolloutState(rollout.state).label), ROLLOUT_TONES[RolloutState(rollout.state)]
    if order.index(stage) < order.index(Stage(rollout.stage)):
        return _("đã qua"), "done"
    return _("chưa tới"), "wait"
