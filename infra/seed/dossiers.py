"""Believable dossiers, lived through the services: every status, on time, near due and overdue."""

import random
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from apps.deadlines import selectors as deadlines
from apps.dossiers import selectors as dossiers
from apps.organisations import selectors as organisations
from apps.procedures import selectors as procedures
from infra.seed.colleagues import Colleagues
from infra.seed.haste import in_haste
from infra.seed.lives import WINDOW_DAYS, Counter, Life, Scene, draw
from infra.seed.living import live
from infra.seed.staff import PLACES
from kernel.outbox.services import nobody_is_told
from tenants.registry.context import get_current_tenant

_A_TRANSACTION = 50
_HEADS = {"H21": "H21.24", "H26": "H26.103", "G15": "G15.20"}
_MOST_COUNTERS = 10


def seed_dossiers(*, count: int, now: datetime, say: Callable[[str], None]) -> int:
    """In the tenant's context, after seed_procedures and seed_staff. Returns how many were made.

    While this runs nobody else hands anything in, so the number of dossiers says how
    far it came: a run that was broken off goes on there, and a second run adds nothing.
    """
    done = dossiers.count_all()
    if done >= count:
        return 0
    scene = read_scene(now)
    lives = _in_order(draw(scene, number) for number in range(count))
    colleagues = Colleagues(scene)
    with nobody_is_told(), in_haste():
        for start in range(done, count, _A_TRANSACTION):
            _live_together(scene, colleagues, lives[start : start + _A_TRANSACTION])
            say(f"{min(start + _A_TRANSACTION, count)}/{count}")
    return count - done


def _in_order(lives: Iterable[Life]) -> list[Life]:
    """By the moment of handing in, as their codes and keys will be, and numbered so."""
    ordered = sorted(lives, key=lambda life: life.handed_in_at)
    return [replace(life, number=number) for number, life in enumerate(ordered)]


def _live_together(scene: Scene, colleagues: Colleagues, lives: list[Life]) -> None:
    with transaction.atomic():
        for life in lives:
            live(scene, colleagues, life)


def read_scene(now: datetime) -> Scene:
    tenant = get_current_tenant().code
    calendar = deadlines.get_calendar(unit_id=None)
    today = timezone.localdate(now)
    days = [today - timedelta(days=back) for back in range(WINDOW_DAYS, -1, -1)]
    return Scene(
        tenant=tenant,
        now=now,
        calendar=calendar,
        days=tuple(day for day in days if calendar.is_working(day)),
        counters=tuple(_counters(tenant)),
        head=_counter(_HEADS[tenant], 1),
        contents={view.code: view.content for view in procedures.list_procedures(on=today, limit=100).rows},
    )


def _counters(tenant: str) -> list[Counter]:
    """The demo accounts' own counter, and some others in communes."""
    own = PLACES[tenant]["counter"]
    units = [unit for unit in organisations.list_units(receives=True) if unit.code != own]
    parents = organisations.get_units({unit.parent_id for unit in units if unit.parent_id})
    in_communes = [unit for unit in units if unit.parent_id and parents[unit.parent_id].kind == "COMMUNE"]
    chance = random.Random(tenant)  # noqa: S311 - a demo, not a secret
    chosen = chance.sample(in_communes, min(_MOST_COUNTERS - 1, len(in_communes)))
    return [_counter(own, 28), *(_counter(unit.code, chance.randint(4, 12)) for unit in chosen)]


def _counter(code: str, share: int) -> Counter:
    unit = organisations.get_unit_by_code(code, on=timezone.localdate())
    parent = organisations.get_units({unit.parent_id or unit.id})[unit.parent_id or unit.id]
    place = parent.name.removeprefix("Ủy ban nhân dân ")
    return Counter(unit, place if parent.kind == "COMMUNE" else "phường Ba Đình", share)
