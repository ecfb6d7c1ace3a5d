"""Door 2: switch something new on, ring by ring or tenant by tenant."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from kernel.actors import Actor
from kernel.errors import DomainError
from tenants.registry.acts import record_act
from tenants.registry.context import central_context
from tenants.releases.errors import FlagUnclear, TextMissing
from tenants.releases.flags import forget_flags
from tenants.releases.models import FeatureFlag
from tenants.releases.reach import clean_codes, reach_refusals, refuse

_KEY = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_LONGEST_KEY, _LONGEST_TITLE = 60, 200


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
    """Declare the flag, or change where it is on. The same again changes and traces nothing.

    Raises FlagUnclear, TextMissing, RingUnknown, TenantUnknown; several as Refusals.
    """
    title = title.strip()[:_LONGEST_TITLE]
    wanted: dict[str, Any] = {
        "title": title,
        "rings": sorted(set(rings)),
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


def _refusals(key: str, wanted: dict[str, Any]) -> list[DomainError]:
    refusals: list[DomainError] = []
    if len(key) > _LONGEST_KEY or not _KEY.fullmatch(key):
        refusals.append(FlagUnclear(field="key"))
    if not wanted["title"]:
        refusals.append(TextMissing(what=_("tên gọi của tính năng"), field="title"))
    on, off = wanted["tenants_on"], wanted["tenants_off"]
    refusals += reach_refusals(rings=wanted["rings"], codes=on, field="tenants_on")
    return refusals + reach_refusals(rings=(), codes=off, field="tenants_off")
