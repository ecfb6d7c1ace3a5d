"""Whose turn it is: rings in order, hours of a tenant, and what it has put off. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from tenants.registry.enums import Ring
from tenants.releases.enums import SeatState, Stage

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
STAGES = (Stage.REHEARSAL, Stage.PILOT, Stage.EARLY, Stage.GENERAL)
STAGE_OF_RING = {Ring.PILOT: Stage.PILOT, Ring.EARLY: Stage.EARLY, Ring.GENERAL: Stage.GENERAL}


@dataclass(frozen=True, slots=True)
class Wish:
    """What a tenant and its operator have asked for; nothing asked is ``Wish()``."""

    order: int = 100
    window_from: time | None = None
    window_to: time | None = None
    deferred_release: int | None = None
    deferred_until: date | None = None


def is_in_window(wish: Wish, at: datetime) -> bool:
    """Whether ``at`` lies in the hours, in Viet Nam's time; 22:00 to 05:00 passes midnight."""
    if wish.window_from is None or wish.window_to is None:
        return True
    clock = at.astimezone(VIETNAM).time()
    if wish.window_from <= wish.window_to:
        return wish.window_from <= clock < wish.window_to
    return clock >= wish.window_from or clock < wish.window_to


def is_deferred(wish: Wish, release: int, at: datetime) -> bool:
    """A deferral is of one release: a later one that carries it along is deferred with it until the same day."""
    return (
        wish.deferred_until is not None
        and wish.deferred_release is not None
        and release >= wish.deferred_release
        and at.astimezone(VIETNAM).date() < wish.deferred_until
    )


def seat_state(wish: Wish, release: int, at: datetime) -> SeatState:
    """How a tenant that is not upgraded yet sits on the board at this moment."""
    if is_deferred(wish, release, at):
        return SeatState.DEFERRED
    return SeatState.WAITING if is_in_window(wish, at) else SeatState.OUT_OF_WINDOW


def next_stage(stage: str) -> Stage | None:
    place = STAGES.index(Stage(stage))
    return STAGES[place + 1] if place + 1 < len(STAGES) else None


def stages_up_to(stage: str) -> list[str]:
    return [one.value for one in STAGES[: STAGES.index(Stage(stage)) + 1]]


MOST_FAILED_SHARE = 0.05
FEWEST_FAILED = 3


def too_many_failed(*, failed: int, tolerated: int, total: int) -> bool:
    """Whether a wave stops by itself in its middle: three failures, or one tenant in twenty, past those accepted."""
    return failed - tolerated >= max(FEWEST_FAILED, round(total * MOST_FAILED_SHARE))
