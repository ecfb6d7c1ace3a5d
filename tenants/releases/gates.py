"""The gate between two rings: numbers from before and after, and what they mean.

What there is to measure is told from above (``set_measures``): the tenants know
no inbox and no letter. A gate never fails with an exception: a number that
could not be read is UNKNOWN, or BAD where not being able to read is the fault.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import structlog
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from tenants.registry.context import central_context
from tenants.registry.models import Tenant
from tenants.releases.enums import Stage, Verdict
from tenants.releases.judging import Limit, judge, sentence
from tenants.releases.models import GateReading, Rollout

log = structlog.get_logger(__name__)
LONGEST_SAID = 300
UNREADABLE = "-"  # the subject of a measure that could not be read at all


@dataclass(frozen=True, slots=True)
class Noted:
    """A number with a sentence of its own: which step broke, how many requests there were."""

    value: float | None
    note: str


Figure = float | Noted | None
Read = Callable[[Tenant, datetime, datetime], Mapping[str, Figure]]


@dataclass(frozen=True, slots=True)
class Measure:
    """``read(tenant, since, until)`` gives one number a subject (a page class, a step), or None: nothing measured.

    Every number is one of which less is better. ``limit`` makes of the number
    before the largest that is still good after; None: it is not judged.
    ``bad_when_unreadable``: an exception while reading counts as a bad number.
    """

    key: str
    title: str | Promise
    unit: str | Promise
    read: Read
    limit: Limit
    subjects: Mapping[str, str | Promise] | None = None  # how a subject is called in words
    bad_when_unreadable: bool = False

    def name(self, subject: str) -> str:
        if not subject or subject == UNREADABLE:
            return str(self.title)
        return f"{self.title}, {(self.subjects or {}).get(subject, subject)}"


_measures: tuple[Measure, ...] = ()


def set_measures(measures: tuple[Measure, ...]) -> None:
    """Wired once by the roof."""
    global _measures
    _measures = measures


def get_measures() -> tuple[Measure, ...]:
    return _measures


def read_before(
    *, rollout: Rollout, stage: Stage, tenants: Iterable[Tenant], since: datetime, now: datetime
) -> None:
    """The numbers of ``since`` to ``now``, before the stage begins. What was read stays: a rerun reads no later one."""
    with central_context():
        known = set(_rows(rollout, stage).values_list("tenant_id", "measure"))
    rows = [
        GateReading(
            rollout=rollout,
            stage=stage,
            tenant=tenant,
            measure=measure.key,
            subject=subject,
            before=_value(figure),
            read_at=now,
        )
        for tenant in tenants
        for measure in _measures
        if (tenant.id, measure.key) not in known
        for subject, figure in _read(measure, tenant, since, now).items()
    ]
    with central_context():
        GateReading.objects.bulk_create(rows, ignore_conflicts=True)


def read_after(
    *, rollout: Rollout, stage: Stage, tenants: Iterable[Tenant], since: datetime, now: datetime
) -> list[GateReading]:
    """The numbers of ``since`` to ``now``, judged by those before. Read again, they are judged again."""
    with central_context():
        before: dict[tuple[int, str], dict[str, GateReading]] = {}
        for row in _rows(rollout, stage):
            before.setdefault((row.tenant_id, row.measure), {})[row.subject] = row
    found = []
    for tenant in tenants:
        for measure in _measures:
            rows = before.get((tenant.id, measure.key), {})
            figures = _read(measure, tenant, since, now)
            for subject in sorted({*rows, *figures}):
                row = rows.get(subject) or GateReading(
                    rollout=rollout, stage=stage, tenant=tenant, measure=measure.key, subject=subject
                )
                _judge(row, measure, figures.get(subject))
                row.tenant, row.read_at = tenant, now
                found.append(row)
    with central_context():
        GateReading.objects.bulk_create(
            found,
            update_conflicts=True,
            unique_fields=["rollout", "stage", "tenant", "measure", "subject"],
            update_fields=["after", "limit", "verdict", "said", "read_at"],
        )
    return found


def why_held(readings: Iterable[GateReading]) -> str:
    """Empty when the gate lets the wave on; else one paragraph that names every bad number by tenant."""
    bad: dict[int, list[str]] = {}
    names: dict[int, str] = {}
    for reading in readings:
        if reading.verdict == Verdict.BAD:
            bad.setdefault(reading.tenant_id, []).append(reading.said)
            names[reading.tenant_id] = f"{reading.tenant.name} ({reading.tenant.code})"
    return " ".join(
        _("{tenant}: {said}").format(tenant=names[tenant_id], said=" ".join(said))
        for tenant_id, said in bad.items()
    )


def _rows(rollout: Rollout, stage: Stage) -> QuerySet[GateReading]:
    return GateReading.objects.filter(rollout=rollout, stage=stage)


def _judge(row: GateReading, measure: Measure, figure: Figure) -> None:
    row.after = _value(figure)
    row.limit, row.verdict = judge(before=row.before, after=row.after, limit=measure.limit)
    row.said = sentence(
        title=measure.name(row.subject),
        unit=measure.unit,
        before=row.before,
        after=row.after,
        limit=row.limit,
        note=figure.note if isinstance(figure, Noted) else "",
    )[:LONGEST_SAID]
    if row.subject == UNREADABLE and figure is not None and measure.bad_when_unreadable:
        row.verdict = Verdict.BAD


def _value(figure: Figure) -> float | None:
    return figure.value if isinstance(figure, Noted) else figure


def _read(measure: Measure, tenant: Tenant, since: datetime, until: datetime) -> Mapping[str, Figure]:
    try:
        return measure.read(tenant, since, until)
    except (
        Exception
    ) as error:  # the outermost edge of a measure: what breaks in it must not break the wave's runner
        log.warning("gate.unreadable", measure=measure.key, tenant=tenant.code, error=type(error).__name__)
        return {UNREADABLE: Noted(None, _("Không đọc được ({error}).").format(error=type(error).__name__))}
