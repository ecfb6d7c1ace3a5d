"""A part by its name."""

from infra.bench.fleet import births, rolling
from infra.bench.fleet.figures import Figure
from infra.bench.fleet.fleet import Fleet


def measure(part: str, fleet: Fleet, known: dict[str, Figure]) -> list[Figure]:
    """``known``: what was measured before, by key: some parts are compared with it."""
    match part:
        case "births":
            return births.measure_births(fleet)
        case "columns":
            return rolling.measure_rolls(fleet)
        case "idle":
            return rolling.measure_idle(fleet)
    return []
