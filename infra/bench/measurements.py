"""What is measured, in order, with its targets (the project's issue 2, section 6)."""

from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.utils import timezone

from infra.bench import creating, looking
from infra.bench.doors import Answer, CeilingDoor, Door
from infra.bench.measuring import Side, list_statements, measure
from infra.bench.people import settle_people
from infra.bench.progress import say
from infra.bench.settings import BIG, REQUESTS, WARM_UP
from infra.bench.stepping import Steps
from tenants.registry.context import tenant_context
from tenants.registry.selectors import get_tenant


@dataclass(frozen=True, slots=True)
class Target:
    """None: not asked for. ``ratio`` is the ceiling's median over ours."""

    ratio: float | None = None
    p95_ms: float | None = None
    statements: int | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    key: str
    title: str
    ours: Side
    ceiling: Side | None
    target: Target
    statements: tuple[str, ...]  # of one request of ours

    @property
    def ratio(self) -> float | None:
        return self.ceiling.median / self.ours.median if self.ceiling else None

    def misses(self) -> list[str]:
        """In words; empty: every target is reached."""
        found = []
        if self.target.ratio is not None and self.ratio is not None and self.ratio < self.target.ratio:
            found.append(f"tỷ lệ {self.ratio:.2f} < {self.target.ratio}")
        if self.target.p95_ms is not None and self.ours.p95 > self.target.p95_ms:
            found.append(f"p95 {self.ours.p95:.0f} ms > {self.target.p95_ms:.0f} ms")
        if self.target.statements is not None and self.ours.statements > self.target.statements:
            found.append(f"{self.ours.statements} câu SQL > {self.target.statements}")
        return found


def measure_all() -> list[Measured]:
    tenant = get_tenant(BIG)
    now = timezone.now()
    with tenant_context(tenant):
        settle_people(now)
    cache.clear()
    house, ceiling = Door(), CeilingDoor(tenant)

    ours = creating.our_requests(tenant, timezone.localdate(now))
    theirs = creating.ceiling_requests(tenant, house, ours)
    steps = Steps(tenant, house, pairs=REQUESTS + WARM_UP + 5)
    return [
        _pair(
            "create", "Tạo hồ sơ (API)", (house, ours, 201), (ceiling, theirs, 201), Target(0.45, None, 16)
        ),
        _pair(
            "step",
            "Hoàn thành bước (bàn làm việc)",
            (house, steps.our_requests(), 302),
            (ceiling, steps.ceiling_requests(), 200),
            Target(0.45, None, 16),
        ),
        _pair(
            "inbox",
            "Trang hộp việc, ba bộ lọc",
            (house, looking.inbox_requests(), 200),
            (ceiling, looking.ceiling_requests(tenant, "/inbox"), 200),
            Target(0.6, 60, 6),
        ),
        _pair(
            "inbox_uncounted",
            "  như trên, trần không đếm",
            (house, looking.inbox_requests(), 200),
            (ceiling, looking.ceiling_requests(tenant, "/inbox-uncounted"), 200),
            Target(),
        ),
        _pair(
            "inbox_counts",
            "  số trên các góc nhìn, gọi sau trang",
            (house, looking.count_requests(), 200),
            None,
            Target(),
        ),
        _pair(
            "search",
            "Tìm không dấu",
            (house, looking.search_requests(tenant), 200),
            None,
            Target(None, 60, None),
        ),
    ]


def _pair(key: str, title: str, ours: Any, ceiling: Any, target: Target) -> Measured:
    sides = [ours] if ceiling is None else [ours, ceiling]
    found = measure(sides, requests=REQUESTS, warm_up=WARM_UP, check=_nothing)
    say(f"    {title}: {found[0].median:.2f} ms")
    house, asked, status = ours
    statements = tuple(list_statements(house, next(asked), status))
    return Measured(key, title, found[0], found[1] if ceiling else None, target, statements)


def _nothing(answer: Answer) -> None:
    """The status has been checked; there is nothing more to say about an answer."""
