"""What people notice of an upgrade: steady requests to ten of a hundred tenants while all are upgraded."""

import time

from infra.bench.creating import PROCEDURE
from infra.bench.fleet.figures import Figure
from infra.bench.fleet.fleet import Fleet
from infra.bench.fleet.furnishing import furnish, furnish_centre
from infra.bench.fleet.rolling import roll
from infra.bench.fleet.settings import (
    BUSY,
    BUSY_ROLLS,
    DOSSIERS,
    FLEET,
    QUIET_SECONDS,
    REQUESTS_A_SECOND,
    WARM_UP_SECONDS,
    code_of,
    host_of,
)
from infra.bench.fleet.traffic import Sample, Traffic, failures, mixed_pages, percentile, spread
from infra.bench.fleet.web import serving
from infra.bench.progress import step
from tenants.registry.selectors import get_tenant

_PAUSE_SECONDS = 2


def furnish_busy(fleet: Fleet) -> list[str]:
    """The hosts of the tenants that people visit; furnished once."""
    hosts = [host_of(number) for number in range(BUSY)]
    if fleet.is_furnished:
        return hosts
    fleet.grow(FLEET)
    with step(f"{BUSY} đơn vị có người, thủ tục và {DOSSIERS} hồ sơ mỗi nơi"):
        furnish_centre()
        for number in range(BUSY):
            furnish(get_tenant(code_of(number)), dossiers=DOSSIERS)
    fleet.is_furnished = True
    return hosts


def measure_upgrade(fleet: Fleet) -> list[Figure]:
    hosts = furnish_busy(fleet)
    fleet.tomorrow  # noqa: B018 - compiled before the clock starts
    during: dict[str, list[Sample]] = {"COLUMN": [], "INDEX": []}
    with serving():
        traffic = Traffic(mixed_pages(hosts, PROCEDURE), REQUESTS_A_SECOND)
        with (
            step(
                f"{REQUESTS_A_SECOND} yêu cầu mỗi giây: lúc yên {QUIET_SECONDS} s, rồi {2 * BUSY_ROLLS} lần cập nhật"
            ),
            traffic.flowing(),
        ):
            quiet_from = time.perf_counter() + WARM_UP_SECONDS
            time.sleep(WARM_UP_SECONDS + QUIET_SECONDS)
            quiet_to = time.perf_counter()
            windows = [_roll(fleet, kind) for _ in range(BUSY_ROLLS) for kind in during]
    quiet = traffic.between(quiet_from, quiet_to)
    for kind, begun, ended in windows:
        during[kind] += traffic.between(begun, ended)
    return [*_figures(quiet, during, windows)]


def _roll(fleet: Fleet, kind: str) -> tuple[str, float, float]:
    time.sleep(_PAUSE_SECONDS)
    begun = time.perf_counter()
    roll(fleet, kind)
    return kind, begun, time.perf_counter()


def _figures(
    quiet: list[Sample], during: dict[str, list[Sample]], windows: list[tuple[str, float, float]]
) -> list[Figure]:
    at_rest = percentile(quiet, 99)
    every = [*quiet, *during["COLUMN"], *during["INDEX"]]
    found = [
        Figure("quiet_p99", f"Lúc yên, {REQUESTS_A_SECOND} yêu cầu/s tới {BUSY} đơn vị: p99", at_rest, "ms",
               detail=spread(quiet)),
    ]  # fmt: skip
    for kind, title in (
        ("COLUMN", "Trong lúc thêm cột cho 100 đơn vị"),
        ("INDEX", "Trong lúc dựng chỉ mục song song"),
    ):
        samples = during[kind]
        seconds = [ended - begun for which, begun, ended in windows if which == kind]
        found += [
            Figure(f"during_{kind.lower()}_p99", f"{title}: p99", percentile(samples, 99), "ms", at_most=3 * at_rest,
                   detail={**spread(samples), "seconds": seconds}),
            Figure(
                f"during_{kind.lower()}_ratio", "  so với lúc yên", percentile(samples, 99) / at_rest, "×", at_most=3
            ),
        ]  # fmt: skip
    failed = failures(every)
    found.append(
        Figure(
            "failed",
            f"  yêu cầu hỏng, trong {len(every)}",
            len(failed),
            "",
            at_most=0,
            detail={"said": failed[:20]},
        )
    )
    return found
