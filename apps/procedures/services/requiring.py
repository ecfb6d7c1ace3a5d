"""Door 2: the day that the centre has set is over; what needs no decision of this tenant is adopted for it."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from apps.audit import services as audit
from apps.procedures.errors import NothingToCompare
from apps.procedures.models import AdoptedVersion
from apps.procedures.selectors import get_comparison
from apps.procedures.services.comparing import adopt_merged
from kernel.actors import Actor


@transaction.atomic
def adopt_required(*, code: str, reason: str, by: Actor, now: datetime) -> AdoptedVersion | None:
    """Takes the newest opened version over, with one's own as it merges by itself.

    None, and nothing changes: it does not run here, it is adopted already, or a
    conflict is undecided, which nobody decides for the tenant.
    """
    try:
        comparison = get_comparison(code, on=timezone.localdate(now))
    except NothingToCompare:
        return None
    if comparison.open_count:
        return None
    adopted = adopt_merged(code=code, version=comparison.new.public_id, by=by, now=now)
    audit.record(
        by=by,
        action="ADOPT_REQUIRED",
        subject_type="procedure",
        subject_id=adopted.id,
        now=now,
        after={"code": code, "template": comparison.new.number},
        note=reason,
    )
    return adopted
