"""Two sides, turn by turn: whatever the machine does meanwhile, it does to both."""

import gc
import statistics
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from infra.bench.doors import Answer, Asked, Door, counting

Requests = Iterator[Asked]


@dataclass(slots=True)
class Side:
    """One side's figures, in milliseconds; ``statements`` of one typical request."""

    walls: list[float] = field(default_factory=list)
    cpus: list[float] = field(default_factory=list)
    statements: int = 0

    def note(self, answer: Answer) -> None:
        self.walls.append(answer.wall_ms)
        self.cpus.append(answer.cpu_ms)

    @property
    def median(self) -> float:
        return statistics.median(self.walls)

    @property
    def p95(self) -> float:
        return statistics.quantiles(self.walls, n=20)[-1]

    @property
    def cpu(self) -> float:
        return statistics.median(self.cpus)

    def as_json(self) -> dict[str, Any]:
        return {
            "requests": len(self.walls),
            "median_ms": round(self.median, 3),
            "p95_ms": round(self.p95, 3),
            "cpu_ms": round(self.cpu, 3),
            "sql_statements": self.statements,
        }


def measure(
    sides: list[tuple[Door, Requests, int]], *, requests: int, warm_up: int, check: Callable[[Answer], None]
) -> list[Side]:
    """``sides``: door, its requests, the status each answer must have. The first of a pair changes every turn."""
    for door, asked, status in sides:
        for _ in range(warm_up):
            _one(door, next(asked), status)
    found = [Side() for _ in sides]
    gc.collect()
    gc.freeze()
    for turn in range(requests):
        order = range(len(sides)) if turn % 2 else reversed(range(len(sides)))
        for index in order:
            door, asked, status = sides[index]
            answer = _one(door, next(asked), status)
            found[index].note(answer)
            check(answer)
    gc.unfreeze()
    for side, (door, asked, status) in zip(found, sides, strict=True):
        side.statements = len(list_statements(door, next(asked), status))
    return found


def list_statements(door: Door, asked: Asked, status: int) -> list[str]:
    with counting() as seen:
        _one(door, asked, status)
    return seen


def _one(door: Door, asked: Asked, status: int) -> Answer:
    answer = door.ask(asked)
    if answer.status != status:
        raise RuntimeError(
            f"{asked.method} {asked.path}: {answer.status} instead of {status}\n{answer.body[:2000]!r}"
        )
    return answer
