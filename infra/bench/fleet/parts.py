"""A part by its name."""

from infra.bench.fleet import births, onboarding, restoring, rolling, upgrading
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
        case "upgrade":
            return upgrading.measure_upgrade(fleet)
        case "onboard":
            return onboarding.measure_onboarding(fleet)
        case "restore":
            return restoring.measure_restore(fleet)
        case "great":
            return _measure_great(fleet, known)
    raise ValueError(part)


def _measure_great(fleet: Fleet, known: dict[str, Figure]) -> list[Figure]:
    """With three hundred, compared with a hundred, which the command line has put before it."""
    at_hundred = {key: known[key].value for key in ("column", "idle")}
    return [
        *births.measure_births_in_a_great_fleet(fleet, known["birth"]),
        *rolling.measure_great_fleet(fleet, at_hundred),
    ]
