"""Dossiers come, wait for people, are worked on, go on: events in the order of their time.

The clock is working time: nights and days off are cut out. Each pool of people
takes from one queue, first come first served. The dice are seeded: the same
load gives the same figures, always.
"""

import heapq
import random
from collections import deque
from dataclasses import dataclass, field

from apps.workflow.bpmn.graph import Graph, StepSpec
from apps.workflow.simulation.load import Load, Outcome, Pool, PoolFigures, Spread, StepFigures
from apps.workflow.simulation.walking import Place, Work, begin, go_on, make_plan

MOST_STEPS_A_DOSSIER = 200  # on average: beyond that a way back is taken again and again


class NeverEnds(Exception):
    """The chances keep dossiers in a loop."""


@dataclass(slots=True)
class _Queue:
    people: int
    free: int
    waiting: deque[tuple[float, int, Work]] = field(default_factory=deque)
    worked: float = 0
    most: int = 0


@dataclass(slots=True)
class _Counted:
    step: StepSpec
    waits: list[float] = field(default_factory=list)
    work: float = 0


def simulate(graphs: list[Graph], load: Load) -> Outcome:
    """``graphs``: sound, the main one first. Raises NeverEnds."""
    run = _Run(graphs, load)
    run.play()
    return run.outcome()


class _Run:
    def __init__(self, graphs: list[Graph], load: Load) -> None:
        self.load, self.dice = load, random.Random(load.seed)  # noqa: S311 - dice, no secret
        self.plan = make_plan(graphs, load.chances)
        self.counted = {step.key: _Counted(step) for graph in graphs for step in graph.steps}
        self.queues: dict[Pool, _Queue] = {}
        for each in self.counted.values():
            pool = (each.step.duty, each.step.unit)
            people = max(load.people.get(pool, 1), 1)
            self.queues.setdefault(pool, _Queue(people, people))
        self.means = {key: self._mean(each.step) for key, each in self.counted.items()}
        self.began: list[float] = []
        self.roots: list[Place] = []
        self.times: list[float] = []
        self.now = 0.0
        # (moment, turn, dossier, work that is done then); no work: the dossier comes.
        self.events: list[tuple[float, int, int, Work | None]] = []
        self.turn = 0

    def _mean(self, step: StepSpec) -> float:
        if step.allot is None:
            return self.load.usual_minutes
        return (step.allot.days * self.load.day_minutes + step.allot.minutes) * self.load.share

    def play(self) -> None:
        moment = 0.0
        for dossier in range(self.load.dossiers):
            moment += self.dice.expovariate(self.load.arrivals / self.load.day_minutes)
            self._plan_event(moment, dossier, None)
        most = self.load.dossiers * MOST_STEPS_A_DOSSIER
        while self.events:
            self.now, turn, dossier, work = heapq.heappop(self.events)
            if turn > most:
                raise NeverEnds
            if work is None:
                self._come(dossier)
            else:
                self._finish(dossier, work)

    def _plan_event(self, moment: float, dossier: int, work: Work | None) -> None:
        self.turn += 1
        heapq.heappush(self.events, (moment, self.turn, dossier, work))

    def _come(self, dossier: int) -> None:
        root, opened = begin(self.plan, self.dice)
        self.began.append(self.now)
        self.roots.append(root)
        self._open(dossier, opened)

    def _open(self, dossier: int, opened: list[Work]) -> None:
        for work in opened:
            queue = self.queues[work[1].duty, work[1].unit]
            queue.waiting.append((self.now, dossier, work))
            self._take(queue)
            queue.most = max(queue.most, len(queue.waiting))
        if self.roots[dossier].tokens == 0:
            self.times.append(self.now - self.began[dossier])

    def _take(self, queue: _Queue) -> None:
        if not queue.free or not queue.waiting:
            return
        since, dossier, work = queue.waiting.popleft()
        queue.free -= 1
        takes = self._time(self.means[work[1].key])
        queue.worked += takes
        counted = self.counted[work[1].key]
        counted.waits.append(self.now - since)
        counted.work += takes
        self._plan_event(self.now + takes, dossier, work)

    def _finish(self, dossier: int, work: Work) -> None:
        queue = self.queues[work[1].duty, work[1].unit]
        queue.free += 1
        self._take(queue)
        self._open(dossier, go_on(self.plan, self.dice, work))

    def _time(self, mean: float) -> float:
        if mean <= 0 or self.load.spread == Spread.CONSTANT:
            return mean
        if self.load.spread == Spread.UNIFORM:
            return self.dice.uniform(0.5 * mean, 1.5 * mean)
        return self.dice.expovariate(1 / mean)

    def outcome(self) -> Outcome:
        limit = self.load.limit_minutes
        late = sum(time > limit for time in self.times) / len(self.times) if limit and self.times else None
        return Outcome(
            came=len(self.began),
            went=len(self.times),
            minutes=self.now,
            mean_time=_mean(self.times),
            late_time=_ninth(self.times),
            late_share=late,
            steps=tuple(self._step_figures(each) for each in self.counted.values()),
            pools=tuple(self._pool_figures(pool, queue) for pool, queue in self.queues.items()),
        )

    def _step_figures(self, each: _Counted) -> StepFigures:
        step, waits = each.step, each.waits
        work = each.work / len(waits) if waits else 0.0
        pool = (step.duty, step.unit)
        return StepFigures(step.key, step.name, pool, len(waits), _mean(waits), _ninth(waits), work)

    def _pool_figures(self, pool: Pool, queue: _Queue) -> PoolFigures:
        own = [each for each in self.counted.values() if (each.step.duty, each.step.unit) == pool]
        waits = [wait for each in own for wait in each.waits]
        coming = self.began[-1] if self.began else 0.0
        able = queue.people * self.now
        return PoolFigures(
            pool=pool,
            people=queue.people,
            busy=queue.worked / able if able else 0.0,
            offered=queue.worked / (queue.people * coming) if coming else 0.0,
            mean_wait=_mean(waits),
            most_waiting=queue.most,
        )


def _mean(numbers: list[float]) -> float:
    return sum(numbers) / len(numbers) if numbers else 0.0


def _ninth(numbers: list[float]) -> float:
    """Nine of ten are not above it (nearest rank)."""
    return sorted(numbers)[-(-len(numbers) * 9 // 10) - 1] if numbers else 0.0
