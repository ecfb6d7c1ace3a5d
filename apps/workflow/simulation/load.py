"""What a simulation is told, and what it finds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Pool = tuple[str, str]  # duty, and unit or role: the people who take steps from one queue


class Spread(StrEnum):
    """How the time that a step takes differs from one dossier to the next; all have the same mean."""

    EXPONENTIAL = "EXPONENTIAL"  # much: most are quick, a few take very long
    UNIFORM = "UNIFORM"  # between half and one and a half
    CONSTANT = "CONSTANT"


@dataclass(frozen=True, slots=True)
class Load:
    """Times are in minutes of working time; a working day has ``day_minutes``.

    ``arrivals`` a working day, at random moments (Poisson). A step takes
    ``share`` of its allotment on average, one without allotment takes
    ``usual_minutes``. ``people`` by pool, one where nothing is said.
    ``chances``: id of a way out of a choice → its weight; without one all ways
    out are alike. ``limit_minutes``: the legal limit, 0 for none.
    """

    arrivals: float
    dossiers: int
    share: float = 0.5
    day_minutes: int = 480
    usual_minutes: float = 30
    spread: Spread = Spread.EXPONENTIAL
    people: Mapping[Pool, int] = field(default_factory=dict)
    chances: Mapping[str, float] = field(default_factory=dict)
    limit_minutes: float = 0
    seed: int = 1


@dataclass(frozen=True, slots=True)
class StepFigures:
    """``mean_wait`` and ``late_wait`` (of ten dossiers nine wait less): before somebody takes the step."""

    key: str
    name: str
    pool: Pool
    times: int
    mean_wait: float
    late_wait: float
    mean_work: float


@dataclass(frozen=True, slots=True)
class PoolFigures:
    """``busy``: share of their working time in which the people work. ``offered``: the work that comes in, as a
    share of what they can do; from 1 on the queue grows without end."""

    pool: Pool
    people: int
    busy: float
    offered: float
    mean_wait: float
    most_waiting: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """``came`` and ``went`` are always equal: every dossier is followed to its end."""

    came: int
    went: int
    minutes: float
    mean_time: float
    late_time: float
    late_share: float | None
    steps: tuple[StepFigures, ...]
    pools: tuple[PoolFigures, ...]

    @property
    def bottleneck(self) -> PoolFigures | None:
        """The pool with the least room. None: nothing was to be done."""
        return max(self.pools, key=lambda pool: (pool.offered, pool.mean_wait), default=None)
