"""Steady requests, as people send them: at their own pace, whether the house is quick or not.

The pace is fixed beforehand and a request's time counts from when it was due:
one that had to wait behind a slow one is slow itself (an open loop).
"""

import statistics
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from infra.bench.fleet.web import ask, get_token, sign_in

_HANDS = 24  # requests that may be under way at once; past this, later ones wait and their wait is counted


@dataclass(frozen=True, slots=True)
class Page:
    kind: str
    host: str
    path: str
    headers: dict[str, str]


@dataclass(frozen=True, slots=True)
class Sample:
    """``due`` on the clock of time.perf_counter; ``failed`` is empty for an answer as it should be."""

    kind: str
    due: float
    ms: float
    failed: str


@dataclass(slots=True)
class Traffic:
    pages: list[Page]
    a_second: float
    samples: list[Sample] = field(default_factory=list)

    @contextmanager
    def flowing(self) -> Iterator[None]:
        stopping, numbers = threading.Event(), count()
        begun = time.perf_counter() + 0.05
        hands = [
            threading.Thread(target=self._work, args=(begun, numbers, stopping), daemon=True)
            for _ in range(_HANDS)
        ]
        for hand in hands:
            hand.start()
        try:
            yield
        finally:
            stopping.set()
            for hand in hands:
                hand.join(30)

    def _work(self, begun: float, numbers: "count[int]", stopping: threading.Event) -> None:
        while not stopping.is_set():
            number = next(numbers)  # atomic: one bytecode of C
            due = begun + number / self.a_second
            if stopping.wait(max(0.0, due - time.perf_counter())):
                return
            page = self.pages[number % len(self.pages)]
            failed = self._ask(page)
            self.samples.append(Sample(page.kind, due, (time.perf_counter() - due) * 1000, failed))

    def _ask(self, page: Page) -> str:
        try:
            answer = ask("GET", page.host, page.path, headers=page.headers)
        except OSError as failure:
            return f"{page.host}{page.path}: {type(failure).__name__}"
        return "" if answer.status == 200 else f"{page.host}{page.path}: {answer.status}"

    def between(self, begun: float, ended: float) -> list[Sample]:
        """Those that were under way at any moment of it."""
        return [one for one in self.samples if one.due <= ended and one.due + one.ms / 1000 >= begun]


def percentile(samples: list[Sample], of_hundred: int) -> float:
    """Milliseconds."""
    return statistics.quantiles((one.ms for one in samples), n=100, method="inclusive")[of_hundred - 1]


def failures(samples: list[Sample]) -> list[str]:
    return [one.failed for one in samples if one.failed]


def mixed_pages(hosts: list[str], procedure: str) -> list[Page]:
    """Citizens' pages, a clerk's inbox and a program's reading, one tenant after the other."""
    visitors: dict[str, tuple[dict[str, str], dict[str, str]]] = {
        host: (sign_in(host), get_token(host)) for host in hosts
    }
    return [
        Page(kind, host, path, {} if whose is None else visitors[host][whose])
        for kind, path, whose in (
            ("landing", "/", None),
            ("inbox", "/desk/?view=unit", 0),
            ("procedure", f"/thu-tuc/{procedure}/", None),
            ("api", "/api/v1/dossiers?limit=20", 1),
        )
        for host in hosts
    ]


def spread(samples: list[Sample]) -> dict[str, Any]:
    """For the record: milliseconds, and p95 by kind of page."""
    kinds = sorted({one.kind for one in samples})
    return {
        "requests": len(samples),
        **{f"p{part}": round(percentile(samples, part), 2) for part in (50, 95, 99)},
        "longest": round(max(one.ms for one in samples), 2),
        "p95_by_kind": {
            kind: round(percentile([one for one in samples if one.kind == kind], 95), 2) for kind in kinds
        },
    }
