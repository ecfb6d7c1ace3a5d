"""Door 2: the national calendar."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from apps.catalogue.enums import DayKind, DaySource
from apps.catalogue.errors import DayUnclear
from apps.catalogue.models import NationalDay
from kernel.actors import Actor
from kernel.errors import DomainError, Refusals


@dataclass(frozen=True, slots=True)
class NewDay:
    """A day off on a weekday, or a day worked on a weekend."""

    date: date
    kind: str
    name: str
    ground: str = ""
    source: str = DaySource.DECREE


@transaction.atomic
def set_national_days(*, days: Sequence[NewDay], by: Actor, now: datetime) -> int:
    """Write these days; returns how many are new or different.

    A seed never overwrites what a decree says. Raises Refusals with every day
    that is unclear, and then writes none.
    """
    refusals = [refusal for day in days if (refusal := _refusal(day)) is not None]
    if refusals:
        raise Refusals(refusals)
    known = {row.date: row for row in NationalDay.objects.filter(date__in=[day.date for day in days])}
    changed = 0
    for day in days:
        row = known.get(day.date)
        if row is not None and (_same(row, day) or _decree_stands(row, day)):
            continue
        NationalDay.objects.update_or_create(
            date=day.date,
            defaults={
                "kind": day.kind,
                "name": day.name,
                "ground": day.ground,
                "source": day.source,
                "known_at": now,
                "changed_by": by.name,
            },
        )
        changed += 1
    return changed


@transaction.atomic
def remove_national_day(*, on: date) -> bool:
    """Take a day out again; False when it was not there. Tenants keep their copy."""
    return bool(NationalDay.objects.filter(date=on).delete()[0])


def _same(row: NationalDay, day: NewDay) -> bool:
    return (row.kind, row.name, row.ground, row.source) == (day.kind, day.name, day.ground, day.source)


def _decree_stands(row: NationalDay, day: NewDay) -> bool:
    return row.source == DaySource.DECREE and day.source == DaySource.SEED


def _refusal(day: NewDay) -> DomainError | None:
    why = ""
    if day.kind not in DayKind.values:
        why = _("loại ngày phải là nghỉ (OFF) hoặc làm bù (WORK)")
    elif day.source not in DaySource.values:
        why = _("nguồn phải là SEED hoặc DECREE")
    elif not day.name.strip():
        why = _("thiếu tên ngày")
    elif day.source == DaySource.DECREE and not day.ground.strip():
        why = _("thiếu căn cứ")
    return DayUnclear(date=day.date.strftime("%d/%m/%Y"), why=why) if why else None
