"""``release plan | start | status | pause | resume | retry | close | stop``."""

import os
import time
from argparse import ArgumentTypeError
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.utils import timezone

from tenants.registry.verbs import commander
from tenants.releases.advice import list_advice
from tenants.releases.enums import UNFINISHED, RolloutState, SeatState, Stage
from tenants.releases.errors import NothingToRollOut, RunnerBusy
from tenants.releases.models import Rollout, Seat
from tenants.releases.selectors import get_rollout, list_rollouts, list_seats
from tenants.releases.services.closing import close_rollout
from tenants.releases.services.rollouts import (
    pause_rollout,
    plan_rollout,
    resume_rollout,
    retry_rollout,
    start_rollout,
    stop_rollout,
)
from tenants.releases.waking import wake_runner

Say = Callable[[str], None]
WATCH_SECONDS = 0.5
_LONGEST_SOAK = 86_400
_NICE = 10  # where web workers share the machine, people's requests go first


def add(sub: Any) -> None:
    plan = sub.add_parser("plan", help="ai sẽ được cập nhật, theo thứ tự nào; không thay đổi gì")
    plan.add_argument("--release", help="tên bản phát hành; không nêu là bản mới nhất")
    plan.set_defaults(run=_plan)
    start = sub.add_parser("start", help="bắt đầu triển khai và theo dõi tới khi xong hoặc bị chặn")
    start.add_argument("--release", help="tên bản phát hành; không nêu là bản mới nhất")
    start.add_argument("--parallel", type=int, default=4, help="số lược đồ cập nhật cùng lúc")
    start.add_argument(
        "--soak",
        type=_seconds,
        help=f"theo dõi bao nhiêu giây sau mỗi vòng; không nêu là {settings.RELEASE_SOAK_SECONDS}, 0 là không theo dõi",
    )
    start.add_argument("--no-rehearsal", action="store_true", help="không diễn tập trên bản sao trước")
    start.add_argument("--detach", action="store_true", help="chỉ ghi lệnh; tiến trình nền làm")
    start.set_defaults(run=_start)
    sub.add_parser("status", help="bảng theo dõi của đợt mới nhất").set_defaults(run=_status)
    for verb, words, run in (
        ("pause", "không bắt đầu thêm nơi nào", _pause),
        ("resume", "chạy tiếp; qua một cửa bị chặn thì cần lý do", _resume),
        ("retry", "đã sửa nguyên nhân: diễn tập lại, hoặc theo dõi một phút rồi đo lại cửa đã chặn", _retry),
        (
            "close",
            "kết thúc đợt chỉ còn nơi đã hoãn; họ được cập nhật khi hết hoãn hoặc cùng đợt sau",
            _close,
        ),
        ("stop", "dừng hẳn; lần sau chỉ làm phần còn lại", _stop),
    ):
        parser = sub.add_parser(verb, help=words)
        if verb != "retry":
            parser.add_argument("--reason", default="", help="vì sao")
        if verb in ("resume", "retry"):
            parser.add_argument("--detach", action="store_true", help="chỉ ghi lệnh; tiến trình nền làm")
        parser.set_defaults(run=run)


def _seconds(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or int(text) > _LONGEST_SOAK:
        raise ArgumentTypeError(f"{text}: phải là số giây, từ 0 đến {_LONGEST_SOAK}")
    return int(text)


def _plan(options: dict[str, Any], say: Say) -> None:
    plan = plan_rollout(release=options["release"], now=timezone.now())
    say(f"Bản {plan.release.name}: {plan.release.title}")
    say(f"Đã ở bản này: {plan.already} bộ, tỉnh. Phải cập nhật: {len(plan.seats)}.")
    if plan.seats and not plan.pilots:
        say("Chú ý: không có nơi nào ở vòng Thí điểm, nên mọi nơi nhận bản này khi chưa ai thử.")
    if plan.seats:
        say(_watching(settings.RELEASE_SOAK_SECONDS))
    for stage in (Stage.PILOT, Stage.EARLY, Stage.GENERAL):
        seats = plan.of(stage)
        if seats:
            say(f"▸ {stage.label}: {len(seats)}")
        for seat in seats:
            note = "" if seat.state == SeatState.WAITING else f"  ({seat.state.label})"
            say(f"    {seat.position:>3}  {seat.tenant.code:<6} {seat.tenant.name}{note}")


def _start(options: dict[str, Any], say: Say) -> int:
    begun = time.monotonic()
    try:
        rollout = start_rollout(
            release=options["release"],
            by=commander(),
            now=timezone.now(),
            parallel=options["parallel"],
            soak_seconds=options["soak"],
            rehearse=not options["no_rehearsal"],
        )
    except NothingToRollOut as nothing:
        say(str(nothing))  # that the fleet is there already is what was wanted
        return 0
    say(f"Triển khai bản {rollout.release.name}.")
    say(_watching(rollout.soak_seconds))
    if options["detach"]:
        wake_runner()
        say("Tiến trình nền sẽ chạy; xem bằng “manage.py release status”.")
        return 0
    return _carry_on(rollout, say, begun)


def _watching(seconds: int) -> str:
    if seconds:
        return f"Theo dõi {seconds} giây sau mỗi vòng, trừ vòng cuối, rồi mới so số liệu ở cửa."
    return (
        "Chú ý: không theo dõi sau mỗi vòng, nên cửa chỉ còn kiểm tra thử, không có số liệu của người dùng."
    )


def _resume(options: dict[str, Any], say: Say) -> int:
    begun = time.monotonic()
    rollout = resume_rollout(by=commander(), now=timezone.now(), reason=options["reason"])
    if options["detach"]:
        wake_runner()
        return 0
    return _carry_on(rollout, say, begun)


def _retry(options: dict[str, Any], say: Say) -> int:
    begun = time.monotonic()
    rollout = retry_rollout(by=commander(), now=timezone.now())
    if options["detach"]:
        wake_runner()
        return 0
    return _carry_on(rollout, say, begun)


def _carry_on(rollout: Rollout, say: Say, begun: float) -> int:
    """Run it here, or watch whoever runs it. Returns 1 when it did not come to its end."""
    # Imported late: plan, status and pause need no runner.
    from tenants.releases.runner import run_rollout

    try:
        rollout = run_rollout(say=say, make_way=_make_way)
    except RunnerBusy as busy:
        say(str(busy))
        while (rollout := get_rollout(rollout.id)).state == RolloutState.RUNNING:
            time.sleep(WATCH_SECONDS)
    seats = list_seats(rollout.id)
    _tell(rollout, seats, say)
    say(f"Hết {time.monotonic() - begun:.2f} giây.".replace(".", ",", 1))
    _advise(rollout, seats, say)
    whole = not any(seat.state in UNFINISHED for seat in seats)
    return 0 if whole and rollout.state in (RolloutState.DONE, RolloutState.RUNNING) else 1


def _make_way() -> None:
    os.setpriority(os.PRIO_PROCESS, 0, max(_NICE, os.getpriority(os.PRIO_PROCESS, 0)))


def _status(options: dict[str, Any], say: Say) -> None:
    latest = list_rollouts(limit=1)
    if not latest:
        say("Chưa có đợt triển khai nào.")
        return
    seats = list_seats(latest[0].id)
    _tell(latest[0], seats, say)
    seats.sort(key=lambda one: bool(one.error))  # what went wrong stands last, where the eye is
    for seat in seats:
        took = f"{seat.milliseconds:.0f} ms" if seat.milliseconds is not None else ""
        line = f"  {seat.tenant.code:<6} {Stage(seat.stage).label:<10} {SeatState(seat.state).label:<16} {took:>9}"
        say(f"{line}  {seat.error}".rstrip())
    _advise(latest[0], seats, say)


def _advise(rollout: Rollout, seats: list[Seat], say: Say) -> None:
    for sentence in list_advice(rollout, seats, now=timezone.now()):
        say(f"→ {sentence}")


def _tell_change(rollout: Rollout, say: Say) -> None:
    _tell(rollout, list_seats(rollout.id), say)


def _tell(rollout: Rollout, seats: list[Seat], say: Say) -> None:
    counts: dict[str, int] = {}
    for seat in seats:
        counts[seat.state] = counts.get(seat.state, 0) + 1
    words = ", ".join(f"{count} {SeatState(state).label.lower()}" for state, count in sorted(counts.items()))
    say(
        f"Bản {rollout.release.name}: {RolloutState(rollout.state).label} ở vòng {Stage(rollout.stage).label}. {words}."
    )
    if rollout.why:
        say(f"  {rollout.why}")


def _pause(options: dict[str, Any], say: Say) -> None:
    _tell_change(pause_rollout(by=commander(), now=timezone.now(), reason=options["reason"]), say)


def _close(options: dict[str, Any], say: Say) -> None:
    _tell_change(close_rollout(by=commander(), now=timezone.now(), reason=options["reason"]), say)


def _stop(options: dict[str, Any], say: Say) -> None:
    _tell_change(stop_rollout(by=commander(), now=timezone.now(), reason=options["reason"]), say)
