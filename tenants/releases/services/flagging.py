"""Door 2: switch something new on, ring by ring or tenant by tenant."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from kernel.actors import Actor
from kernel.errors import DomainError
from tenants.registry.acts import record_act
from tenants.registry.context import central_context
from tenants.releases.errors import FlagStillAsked, FlagUnknown
from tenants.releases.flags import forget_flags
from tenants.releases.known_flags import find_known_flag, list_known_flags
from tenants.releases.models import FeatureFlag
from tenants.releases.reach import clean_codes, clean_rings, reach_refusals, refuse

_LONGEST_TITLE = 200


@transaction.atomic
def set_flag(
    *,
    key: str,
    title: str,
    rings: Sequence[str],
    tenants_on: Sequence[str],
    tenants_off: Sequence[str],
    by: Actor,
    now: datetime,
) -> FeatureFlag:
    """Say where a feature is on, all of it anew. The same again changes and traces nothing.

    ``title``: without one, that of the code. Raises FlagUnknown, RingUnknown, TenantUnknown; several as Refusals.
    """
    known = find_known_flag(key)
    title = (title.strip() or str(known.title if known else ""))[:_LONGEST_TITLE]
    wanted: dict[str, Any] = {
        "title": title,
        "rings": clean_rings(rings),
        "tenants_on": clean_codes(tenants_on),
        "tenants_off": clean_codes(tenants_off),
    }
    with central_context():
        refuse(_refusals(key, wanted))
        flag = FeatureFlag.objects.select_for_update(of=("self",)).filter(key=key).first()
        before = {name: getattr(flag, name) for name in wanted} if flag else None
        if flag is not None and before == wanted:
            return flag
        flag, _made = FeatureFlag.objects.update_or_create(
            key=key, defaults={**wanted, "changed_at": now, "changed_by": by.name}
        )
        record_act(by=by, action="flag.set", now=now, facts={"key": key, "before": before, "after": wanted})
    forget_flags()
    transaction.on_commit(forget_flags)
    return flag


@transaction.atomic
def drop_flag(*, key: str, by: Actor, now: datetime) -> None:
    """Take away what was said of a feature that the code no longer has. What was said stays in the trail.

    An older code that comes back finds the feature as nobody had set it. Raises FlagStillAsked, FlagUnknown.
    """
    if find_known_flag(key) is not None:
        raise FlagStillAsked(value=key, field="key")
    with central_context():
        flag = FeatureFlag.objects.select_for_update(of=("self",)).filter(key=key).first()
        if flag is None:
            raise _unknown(key)
        before = {name: getattr(flag, name) for name in ("title", "rings", "tenants_on", "tenants_off")}
        flag.delete()
        record_act(by=by, action="flag.dropped", now=now, facts={"key": key, "before": before})
    forget_flags()
    transaction.on_commit(forget_flags)


def _unknown(key: str) -> FlagUnknown:
    keys = ", ".join(one.key for one in list_known_flags())
    return FlagUnknown(value=key[:60], known=keys, field="key")


def _refusals(key: str, wanted: dict[str, Any]) -> list[DomainError]:
    refusals: list[DomainError] = []
    if find_known_flag(key) is None:
        refusals.append(_unknown(key))
    on, off = wanted["tenants_on"], wanted["tenants_off"]
    refusals += reach_refusals(rings=wanted["rings"], codes=on, field="tenants_on")
    return refusals + reach_refusals(rings=(), codes=off, field="tenants_off")
