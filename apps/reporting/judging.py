"""How a tenant is doing, in numbers that it tells of itself, and what they mean for whoever watches the fleet."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime, timedelta
from typing import Self

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.reporting.enums import HealthState
from tenants.registry.figures.reading import FEWEST_REQUESTS

SILENT_AFTER = timedelta(minutes=20)  # four rounds of the clock
SPAN = timedelta(minutes=15)  # of the requests that are counted
_WAITING_NEAR, _WAITING_LATE = 10 * 60, 60 * 60  # seconds that news may wait
_ERRORS_NEAR, _ERRORS_LATE = 1.0, 5.0  # percent


@dataclass(frozen=True, slots=True)
class Health:
    """Counts, and seconds for ``waiting``: how long the oldest news has waited to be carried on.

    ``open`` and ``overdue`` are dossiers that are not finished, and those of them whose
    time with the officials has run out. ``failing``: news and letters that could not be sent.
    """

    open: int
    overdue: int
    waiting: int
    failing: int
    requests: int
    errors: int

    @property
    def overdue_percent(self) -> float | None:
        return 100 * self.overdue / self.open if self.open else None

    @property
    def error_percent(self) -> float | None:
        return 100 * self.errors / self.requests if self.requests >= FEWEST_REQUESTS else None

    def as_figures(self) -> dict[str, int]:
        return asdict(self)

    @classmethod
    def from_figures(cls, figures: Mapping[str, int]) -> Self:
        """A number that an older or newer code does not tell counts as 0."""
        return cls(**{field.name: figures.get(field.name, 0) for field in fields(cls)})


@dataclass(frozen=True, slots=True)
class HealthView:
    """``why``: sentences, the gravest first; empty when all is well."""

    health: Health
    at: datetime
    state: HealthState
    why: tuple[str, ...]


def judge(health: Health, *, at: datetime, now: datetime) -> HealthView:
    """Overdue dossiers are the officials' affair and no fault of the platform: they are shown and not judged."""
    found = sorted(_faults(health), key=lambda fault: fault[0] != HealthState.BAD)
    state = found[0][0] if found else HealthState.GOOD
    why = tuple(said for _state, said in found)
    if now - at > SILENT_AFTER:
        minutes = int((now - at).total_seconds() // 60)
        silent = ngettext(
            "Đã %(num)s phút không báo về: xem tiến trình nền.",
            "Đã %(num)s phút không báo về: xem tiến trình nền.",
            minutes,
        ) % {"num": minutes}
        return HealthView(health, at, HealthState.SILENT, (silent, *why))
    return HealthView(health, at, state, why)


def _faults(health: Health) -> Iterator[tuple[HealthState, str]]:
    errors = health.error_percent
    if errors is not None and errors >= _ERRORS_NEAR:
        said = _("{errors} lỗi máy chủ trong {count} lượt truy cập của 15 phút.")
        state = HealthState.BAD if errors >= _ERRORS_LATE else HealthState.WATCH
        yield state, said.format(errors=health.errors, count=health.requests)
    if health.waiting >= _WAITING_NEAR:
        state = HealthState.BAD if health.waiting >= _WAITING_LATE else HealthState.WATCH
        yield state, _("Tin cũ nhất đã chờ chuyển {minutes} phút.").format(minutes=health.waiting // 60)
    if health.failing:
        yield (
            HealthState.WATCH,
            _("{count} tin hoặc thư không gửi được trong 15 phút.").format(count=health.failing),
        )
