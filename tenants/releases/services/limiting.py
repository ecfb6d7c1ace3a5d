"""Door 2: how long provinces may put a release off. The manifest says it first, the operator afterwards."""

from datetime import datetime

from django.db import transaction

from kernel.actors import Actor
from tenants.registry.acts import record_act
from tenants.registry.context import central_context
from tenants.releases.errors import DeferralLimitUnclear, ReleaseUnknown
from tenants.releases.models import Release

MOST_DAYS = 60  # a release that may wait longer was none that everybody needs


@transaction.atomic
def set_defer_limit(*, release: str, days: int, by: Actor, now: datetime, reason: str = "") -> Release:
    """From its first rollout on, a tenant may put ``release`` off for ``days`` days; 0: not at all.

    What was put off before stays so: it was allowed. Raises ReleaseUnknown, DeferralLimitUnclear.
    """
    if not 0 <= days <= MOST_DAYS:
        raise DeferralLimitUnclear(most=MOST_DAYS, field="defer_days")
    with central_context():
        found = (
            Release.objects.select_for_update(of=("self",))
            .defer("shape", "leaves")
            .filter(name=release)
            .first()
        )
        if found is None:
            raise ReleaseUnknown(release=release)
        if found.defer_days != days:
            facts = {"release": found.name, "before": found.defer_days, "after": days}
            found.defer_days = days
            found.save(update_fields=["defer_days"])
            record_act(by=by, action="release.limit_set", now=now, reason=reason.strip()[:500], facts=facts)
    return found
