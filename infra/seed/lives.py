"""What becomes of each seeded dossier, and when: drawn before anything is written. Pure but for the calendar.

A life is drawn again until its moments fit its aim: nothing happens after ``now``, and
what is open is on time, near due or overdue as often as an office would have it.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from apps.deadlines.arithmetic import add_working_hours, reckon, working_time_between
from apps.deadlines.rules import read_rule
from apps.deadlines.working_calendar import Calendar, at
from apps.dossiers.enums import Channel, Status
from apps.organisations.selectors import UnitView

WINDOW_DAYS = 90
_ANSWERED_BEFORE = timedelta(minutes=30)  # what was handed in later has not been answered yet
_TRIES = 80
_HOUR = timedelta(hours=1)
_AIMS = {
    Status.SUBMITTED: 8,
    Status.ACCEPTED: 10,
    Status.NOT_ACCEPTED: 5,
    Status.PROCESSING: 18,
    Status.AWAITING_SUPPLEMENT: 6,
    Status.AWAITING_PAYMENT: 4,
    Status.WITHDRAWAL_REQUESTED: 3,
    Status.STOPPED: 5,
    Status.FINISHED: 10,
    Status.RETURNED: 31,
}
_PROCEDURES = {
    "1.001193": 22,
    "2.000815": 20,
    "2.000635": 12,
    "1.004873": 10,
    "1.000894": 7,
    "1.000656": 7,
    "1.004194": 7,
    "1.004222": 5,
    "1.001612": 5,
    "1.013225": 2,
    "2.000986": 1,
    "2.001955": 2,
}
_CHANNELS = {Channel.DIRECT: 55, Channel.ONLINE: 40, Channel.POSTAL: 5}
_DUES = {"ON_TIME": 62, "NEAR": 23, "LATE": 15}
_STEPS = {"1.001612": 4, "1.013225": 7, "2.000986": 10, "2.001955": 4}
_USUAL_STEPS = 3
# Work that every demo account finds on its desk, first of all: aim, procedure, steps done.
SURE = (
    (Status.SUBMITTED, "1.001193", 0),
    (Status.ACCEPTED, "1.001193", 0),
    (Status.PROCESSING, "1.001193", 1),
    (Status.PROCESSING, "1.001193", 2),
    (Status.PROCESSING, "1.004873", 1),
    (Status.PROCESSING, "1.004873", 2),
    (Status.PROCESSING, "1.001612", 1),
    (Status.PROCESSING, "1.001612", 1),
    (Status.PROCESSING, "1.001612", 2),
    (Status.PROCESSING, "1.013225", 1),
    (Status.PROCESSING, "1.013225", 4),
    (Status.PROCESSING, "1.013225", 4),
    (Status.AWAITING_PAYMENT, "2.000635", 1),
    (Status.AWAITING_SUPPLEMENT, "1.001193", 1),
    (Status.FINISHED, "1.001193", 3),
)


@dataclass(frozen=True, slots=True)
class Counter:
    """Where dossiers are handed in; ``place`` is what stands in an address, ``share`` how busy it is."""

    unit: UnitView
    place: str
    share: int


@dataclass(frozen=True, slots=True)
class Scene:
    """A tenant as the seeding sees it. ``contents``: procedure → what is in force; ``head``: the centre's counter."""

    tenant: str
    now: datetime
    calendar: Calendar
    days: tuple[date, ...]  # working days of the window, oldest first
    counters: tuple[Counter, ...]  # the first is the demo accounts' own
    head: Counter
    contents: Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Life:
    """``pace_hours``: working time from one step to the next. ``wait_hours``: what the applicant took to answer."""

    number: int
    aim: Status
    procedure: str
    case: Mapping[str, Any]
    channel: Channel
    counter: Counter
    handed_in_at: datetime
    accepted_at: datetime
    due_at: datetime
    steps: int
    pace_hours: float
    wait_hours: float
    sure: bool


def draw(scene: Scene, number: int) -> Life:
    """The same life for the same number, tenant and day."""
    chance = random.Random(f"{scene.tenant}:{number}")  # noqa: S311 - a demo, not a secret
    aim, procedure, steps = _wish(scene, number, chance)
    due = _choose(chance, _DUES)
    life = _try(scene, chance, number, aim, procedure, steps)
    for _attempt in range(_TRIES):
        if _fits(scene, life, due):
            break
        life = _try(scene, chance, number, aim, procedure, steps)
    return life


def _wish(scene: Scene, number: int, chance: random.Random) -> tuple[Status, str | None, int | None]:
    if number < len(SURE) and SURE[number][1] in scene.contents:
        return SURE[number]
    return _choose(chance, _AIMS), None, None


def _try(
    scene: Scene, chance: random.Random, number: int, aim: Status, procedure: str | None, steps: int | None
) -> Life:
    sure = procedure is not None
    known = {code: weight for code, weight in _PROCEDURES.items() if _is_open(scene, code, aim)}
    code = procedure or _choose(chance, known)
    content = scene.contents[code]
    channel = _choose(chance, {c: w for c, w in _CHANNELS.items() if c in content["channels"]})
    case = chance.choice(content["cases"]) if chance.random() < 0.2 else content["cases"][0]
    counter = scene.counters[0]
    if content["level"] == "PROVINCE":
        counter = scene.head
    elif not sure:
        counter = chance.choices(scene.counters, [counter.share for counter in scene.counters])[0]
    accepted_at = _moment(scene, chance, aim, case["limit"]["amount"])
    handed_in_at = _before(scene, chance, accepted_at, channel)
    due_at = reckon(read_rule(case["limit"]), scene.calendar, accepted_at).due_at
    of_all = _STEPS.get(code, _USUAL_STEPS)
    if steps is None:
        steps = of_all if aim in (Status.FINISHED, Status.RETURNED) else chance.randint(1, of_all - 1)
    return Life(
        number=number,
        aim=aim,
        procedure=code,
        case=case,
        channel=channel,
        counter=counter,
        handed_in_at=handed_in_at,
        accepted_at=accepted_at,
        due_at=due_at,
        steps=steps,
        pace_hours=_pace(scene, chance, aim, accepted_at, due_at, steps, of_all),
        wait_hours=chance.uniform(3, 24) if aim == Status.RETURNED and chance.random() < 0.06 else 0,
        sure=sure,
    )


def _is_open(scene: Scene, code: str, aim: Status) -> bool:
    """Money can only be waited for where there is something to pay."""
    content = scene.contents.get(code)
    if content is None:
        return False
    return aim != Status.AWAITING_PAYMENT or any(fee["amount"] for fee in content["fees"])


def _moment(scene: Scene, chance: random.Random, aim: Status, limit: int) -> datetime:
    """When it was accepted, or answered otherwise: any day for what is over, a recent one for what is open."""
    days = scene.days
    if aim == Status.SUBMITTED:
        days = days[-3:]
    elif aim == Status.FINISHED:
        days = days[-(limit + 8) :]
    elif aim not in (Status.RETURNED, Status.STOPPED, Status.NOT_ACCEPTED):
        days = days[-(limit + 7) :]
    day = chance.choice(days)
    start, end = chance.choice(scene.calendar.get_ranges(day))
    moment = at(day, chance.randint(start, end - 1)) + timedelta(seconds=chance.randrange(60))
    if aim != Status.SUBMITTED and moment >= scene.now - _ANSWERED_BEFORE:
        # Today, and not come yet, as early in the morning all of it: then it was on the working day before.
        before = scene.days[scene.days.index(day) - 1]
        start, _end = scene.calendar.get_ranges(before)[0]
        return at(before, start) + timedelta(seconds=chance.randrange(3 * 3600))
    return moment


def _before(scene: Scene, chance: random.Random, accepted_at: datetime, channel: Channel) -> datetime:
    """At the counter minutes earlier; over the net or by post hours earlier, also at night."""
    if channel == Channel.DIRECT:
        return accepted_at - timedelta(minutes=chance.randint(2, 12))
    return accepted_at - timedelta(minutes=chance.randint(20, 420))


def _pace(
    scene: Scene,
    chance: random.Random,
    aim: Status,
    accepted_at: datetime,
    due_at: datetime,
    steps: int,
    of_all: int,
) -> float:
    """What is over took most of its limit, now and then more; what is open has used some of the time since."""
    if aim in (Status.FINISHED, Status.RETURNED):
        limit = working_time_between(scene.calendar, accepted_at, due_at) / _HOUR
        share = chance.uniform(0.25, 0.95) if chance.random() < 0.93 else chance.uniform(1.1, 1.8)
        return limit * share / of_all
    if accepted_at >= scene.now:
        return 0
    since = working_time_between(scene.calendar, accepted_at, scene.now) / _HOUR
    return min(since * chance.uniform(0.4, 0.9) / (steps + 1), 12)


def _fits(scene: Scene, life: Life, due: str) -> bool:
    if life.accepted_at >= scene.now - _ANSWERED_BEFORE:
        # What is only handed in has not been answered yet; it has come in before now.
        return life.aim == Status.SUBMITTED and life.handed_in_at < scene.now
    if life.aim in (Status.FINISHED, Status.RETURNED):
        hours = life.pace_hours * (life.steps + 1) + life.wait_hours
        return add_working_hours(scene.calendar, life.accepted_at, hours) < scene.now
    if life.aim in (Status.NOT_ACCEPTED, Status.STOPPED):
        return True
    if life.aim == Status.SUBMITTED:
        late = add_working_hours(scene.calendar, life.handed_in_at, 8) < scene.now
        return late == (due == "LATE")
    near = scene.now + timedelta(hours=24)
    found = "LATE" if life.due_at < scene.now else "NEAR" if life.due_at <= near else "ON_TIME"
    return found == due


def _choose(chance: random.Random, weights: Mapping[Any, int]) -> Any:
    return chance.choices(list(weights), list(weights.values()))[0]
