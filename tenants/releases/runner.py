"""A rollout from where it stands to where it may go: rehearsal, then ring after ring with a gate between.

There is one runner at a time, by a lock that dies with its connection. One that
is killed leaves tenants whole, either before or behind the release; the next
one goes on from the board. People stop it by changing the rollout's row.
"""

import time
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Min
from django.utils import timezone
from django.utils.translation import gettext as _

from kernel.actors import SYSTEM
from tenants.registry.acts import record_act
from tenants.registry.context import central_context
from tenants.registry.minimum import get_minimum_release
from tenants.registry.models import Tenant
from tenants.registry.places import SEEN_SECONDS
from tenants.registry.selectors import forget_hosts
from tenants.releases import gates, seats
from tenants.releases.chain import Compiled, load_chain
from tenants.releases.connecting import RUNNER_LOCK, connect
from tenants.releases.enums import LATER_STATES, UNFINISHED, RolloutState, SeatState, Stage
from tenants.releases.errors import NoRollout, RunnerBusy
from tenants.releases.foreseeing import Foresight, take_early
from tenants.releases.models import Rollout, Seat
from tenants.releases.newcomers import seat_newcomers
from tenants.releases.pacing import Pace
from tenants.releases.rehearsal_schemas import STANDING
from tenants.releases.rehearsing import rehearse
from tenants.releases.selectors import find_active_rollout, get_rollout, get_wishes
from tenants.releases.threads import Connections
from tenants.releases.turns import next_stage, seat_state, stages_up_to
from tenants.releases.waves import BEAT_SECONDS, LockLost, Watch, run_wave, take_lock

Say = Callable[[str], None]
AGAIN_SECONDS = 60.0  # a gate that held once is watched at least so long: of a moment everything is well
BEFORE_SECONDS = 600  # of ordinary work that a stage is compared with, at the least


def run_rollout(
    *,
    say: Say = lambda line: None,
    clock: Callable[[], datetime] = timezone.now,
    make_way: Callable[[], None] = lambda: None,
) -> Rollout:
    """Blocks until the rollout is done, held, paused, stopped, or only tenants are left whose time has not come.

    ``make_way`` is called before a wave while people work: what it does to this thread holds for those of the wave.
    Raises NoRollout, RunnerBusy.
    """
    rollout = find_active_rollout()
    if rollout is None:
        raise NoRollout
    connection = connect(name="rollout watch")
    watch = Watch(connection, RUNNER_LOCK)
    runner = Runner(rollout, watch, say, clock, make_way)
    try:
        if not take_lock(connection, RUNNER_LOCK):
            raise RunnerBusy
        seats.take_back_abandoned(connection, rollout_id=rollout.id)
        runner.run()
    except LockLost:
        raise RunnerBusy from None
    finally:
        watch.connection.close()
        runner.foresight.close()
        runner.connections.close()
        forget_hosts()
    return get_rollout(rollout.id)


class Runner:
    def __init__(
        self,
        rollout: Rollout,
        watch: Watch,
        say: Say,
        clock: Callable[[], datetime],
        make_way: Callable[[], None],
    ) -> None:
        self.rollout, self.watch, self.say, self.clock = rollout, watch, say, clock
        self.make_way = make_way
        self.chain: list[Compiled] = []
        self.connections = Connections()
        self.early = take_early()
        self.foresight: Foresight = self.early or Foresight((), Pace())
        self.pace = self.foresight.pace

    def run(self) -> None:
        if self.early is None:
            self.foresight = Foresight(self._soon(), self.pace)
            self.foresight.start()
        self.connections.open_one()
        self._load_chain()
        while self.rollout.state == RolloutState.RUNNING:
            stage = Stage(self.rollout.stage)
            if stage not in self.rollout.passed and not self._carry_out(stage):
                break
            following = next_stage(stage)
            if following is None:
                self._finish()
                break
            self._update(stage=following)
            self.rollout = get_rollout(self.rollout.id)

    def _carry_out(self, stage: Stage) -> bool:
        """True: the next stage may begin."""
        if stage is Stage.REHEARSAL:
            return self._rehearse()
        self._seat_newcomers()
        refresh_seats(self.rollout, now=self.clock())
        tenants = self._tenants(stage)
        if not tenants:
            return self._pass(stage)
        self.say(_("▸ {stage}: {count} bộ, tỉnh").format(stage=stage.label, count=len(tenants)))
        last = next_stage(stage) is None
        if not last:
            self._read_before(stage, tenants)
        return self._wave(stage) and (last or (self._was_tried(stage) and self._gate(stage, tenants)))

    def _seat_newcomers(self) -> None:
        """One may be further back than all that were there when the rollout began."""
        newcomers = seat_newcomers(self.rollout, now=self.clock())
        for tenant in newcomers:
            self.say(_("Nơi mới: {code}, đi cùng đợt này.").format(code=tenant.code))
        if newcomers:
            self._load_chain()

    def _load_chain(self) -> None:
        with central_context():
            lowest = self._seats().aggregate(lowest=Min("from_release"))["lowest"] or 0
        self.chain = load_chain(after=lowest, to=self.rollout.release.number)

    def _was_tried(self, stage: Stage) -> bool:
        """A ring that stays behind as a whole has proved nothing: hours are waited for, deferrals ask a person."""
        with central_context():
            seats = list(self._seats().filter(stage=stage).values_list("state", "tenant__code"))
        states = {state for state, _code in seats}
        if states.difference(LATER_STATES):
            return True
        codes = ", ".join(sorted(code for _state, code in seats))
        if SeatState.OUT_OF_WINDOW in states:
            self.say(
                _("Vòng {stage} chờ khung giờ của {codes}; bộ lập lịch sẽ làm tiếp.").format(
                    stage=stage.label, codes=codes
                )
            )
            return False
        return self._hold(
            _(
                "Vòng {stage} chưa có nơi nào cập nhật, vì đã hoãn: {codes}. Đi tiếp là bỏ qua vòng này; muốn chờ thì"
                " dừng hẳn, hết hoãn rồi bắt đầu lại."
            ).format(stage=stage.label, codes=codes)
        )

    def _read_before(self, stage: Stage, tenants: list[Tenant]) -> None:
        """Of the time before the stage, as long as it will be watched afterwards. A rerun keeps what was read."""
        now = self.clock()
        if stage not in self.rollout.facts:
            self.rollout.facts[stage.value] = now.isoformat()
            self._update(facts=self.rollout.facts)
        watched = timedelta(seconds=max(self.rollout.soak_seconds, BEFORE_SECONDS))
        gates.read_before(rollout=self.rollout, stage=stage, tenants=tenants, since=now - watched, now=now)

    def _rehearse(self) -> bool:
        tenants = self._tenants(Stage.PILOT) or self._tenants(Stage.EARLY) or self._tenants(Stage.GENERAL)
        if not self.rollout.rehearse or not tenants:
            return self._pass(Stage.REHEARSAL)
        found = rehearse(
            self.watch.connection,
            tenant=tenants[0],
            chain=self.chain,
            pace=self.pace,
            say=self.say,
            standing=self.foresight.take(STANDING),
        )
        self.rollout.facts["rehearsal"] = found.as_facts()
        self._update(facts=self.rollout.facts)
        if found.error:
            return self._hold(
                _("Diễn tập trên bản sao của {code} hỏng: {why}").format(
                    code=found.tenant_code, why=found.error
                )
            )
        return self._pass(Stage.REHEARSAL)

    def _wave(self, stage: Stage) -> bool:
        if self.pace.is_busy():
            self.make_way()
        wave = run_wave(
            rollout_id=self.rollout.id,
            stages=stages_up_to(stage),
            chain=self.chain,
            parallel=self.rollout.parallel,
            tolerated=self.rollout.facts.get("tolerated", 0),
            watch=self.watch,
            pace=self.pace,
            connections=self.connections,
            foresight=self.foresight,
            say=self.say,
        )
        if wave.broken:
            return self._hold(self._say_broken(stage))
        return wave.state == RolloutState.RUNNING

    def _say_broken(self, stage: Stage) -> str:
        """Names the tenants: whoever reads it has to mend them, one by one."""
        codes, left = self._unfinished(), (SeatState.WAITING, SeatState.RETRYING)
        with central_context():
            untouched = self._seats().filter(stage__in=stages_up_to(stage), state__in=left).count()
        said = _("Vòng {stage} dừng vì {count} bộ, tỉnh cập nhật không xong: {codes}.").format(
            stage=stage.label, count=len(codes), codes=", ".join(codes)
        )
        if untouched:
            said += " " + _("{count} nơi của vòng chưa làm.").format(count=untouched)
        return said

    def _unfinished(self, **which: object) -> list[str]:
        """Codes of the tenants that failed or had drifted."""
        with central_context():
            found = self._seats().filter(state__in=UNFINISHED, **which).order_by("position")
            return list(found.values_list("tenant__code", flat=True))

    def _gate(self, stage: Stage, tenants: list[Tenant]) -> bool:
        again = self.rollout.facts.get("again", {}).get(stage.value)
        least = SEEN_SECONDS if _were_closed(tenants) else 0.0
        if not self._soak(stage, least=AGAIN_SECONDS if again else least):
            return False
        since = datetime.fromisoformat(again or self.rollout.facts[stage.value])
        readings = gates.read_after(
            rollout=self.rollout, stage=stage, tenants=tenants, since=since, now=self.clock()
        )
        broken = self._unfinished(stage=stage)
        why = gates.why_held(readings)
        if len(broken) > self.rollout.facts.get("tolerated", 0) and not why:
            why = _("Cập nhật không xong ở {codes}.").format(codes=", ".join(broken))
        return (
            self._hold(_("Cửa sau vòng {stage}: {why}").format(stage=stage.label, why=why))
            if why
            else self._pass(stage)
        )

    def _soak(self, stage: Stage, *, least: float) -> bool:
        """Watch for the time that was asked for; False when somebody stopped it meanwhile."""
        seconds = max(self.rollout.soak_seconds, least)
        if seconds > BEAT_SECONDS:  # worth telling those who look at the board
            self.rollout.facts["watching"] = [
                stage.value,
                (self.clock() + timedelta(seconds=seconds)).isoformat(),
            ]
            self._update(facts=self.rollout.facts)
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            time.sleep(min(left, BEAT_SECONDS))
            if self.watch.beat(self.rollout.id) != RolloutState.RUNNING:
                return False
        return True

    def _pass(self, stage: Stage) -> bool:
        self.rollout.passed.append(stage.value)
        self._update(passed=self.rollout.passed)
        return True

    def _hold(self, why: str) -> bool:
        self.say(f"■ {why}")
        with central_context(), transaction.atomic():
            held = Rollout.objects.filter(id=self.rollout.id, state=RolloutState.RUNNING).update(
                state=RolloutState.HELD, why=why
            )
            if held:
                facts = {"release": self.rollout.release.name, "stage": self.rollout.stage}
                record_act(by=SYSTEM, action="rollout.held", now=self.clock(), reason=why[:500], facts=facts)
        return False

    def _finish(self) -> None:
        """Done when nobody is left; tenants whose time has not come keep it open until a person closes it."""
        with central_context():
            states = list(self._seats().values_list("state", flat=True))
        later = [state for state in states if state in LATER_STATES]
        closed = self.rollout.facts.get(
            "closed", ""
        )  # by a person: whoever is left comes when their time does
        if later and not closed:
            self.say(
                _("{count} bộ, tỉnh chờ tới giờ của mình; bộ lập lịch sẽ làm tiếp.").format(count=len(later))
            )
            return
        words = [
            _("{count} bộ, tỉnh: {state}").format(count=states.count(state), state=SeatState(state).label)
            for state in sorted(set(states))
        ]
        words = [closed, *words] if later else words
        self._update(state=RolloutState.DONE, finished_at=self.clock(), why="; ".join(words))

    def _tenants(self, stage: Stage) -> list[Tenant]:
        with central_context():
            return [
                seat.tenant
                for seat in self._seats().filter(stage=stage).select_related("tenant").order_by("position")
            ]

    def _soon(self) -> list[str]:
        """Schemas whose turn comes within seconds: none are where every ring is watched for a while."""
        if self.rollout.soak_seconds:
            return []
        with central_context():
            waiting = self._seats().filter(state=SeatState.WAITING).order_by("position")
            return list(waiting.values_list("tenant__schema_name", flat=True))

    def _seats(self):
        return Seat.objects.filter(rollout_id=self.rollout.id)

    def _update(self, **changes: object) -> None:
        with central_context():
            Rollout.objects.filter(id=self.rollout.id).update(**changes)


def _were_closed(tenants: Iterable[Tenant]) -> bool:
    """As they stood before the wave: too old for the code, so people saw the page of upgrades.

    A web process may show it a moment longer, and the check of the gate would take that for a failure.
    """
    return any(tenant.release < get_minimum_release() for tenant in tenants)


def refresh_seats(rollout: Rollout, *, now: datetime) -> None:
    """Tenants whose hours have come, or have ended, or whose deferral is over."""
    wishes = get_wishes()
    with central_context():
        waiting = (SeatState.WAITING, SeatState.DEFERRED, SeatState.OUT_OF_WINDOW)
        found = Seat.objects.filter(rollout=rollout, state__in=waiting).values_list(
            "id", "tenant_id", "state"
        )
        for seat_id, tenant_id, was in found:
            state = seat_state(wishes[tenant_id], rollout.release.number, now)
            if state != was:
                Seat.objects.filter(id=seat_id).update(state=state)
