"""A merge from the console: a look at what would move and what clashes, the code typed again, going on, giving up.

It can be cut off anywhere and is taken up again where it stopped: the row is that of the merge itself, whether a
command or the console began it. Once it has begun, going on decides nothing anew and asks for no code.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from kernel.actors import Actor, ActorKind
from tenants.provisioning.confirming import lock_tenant, require_confirmation
from tenants.provisioning.merging.reconciling import as_json
from tenants.provisioning.merging.running import (
    abandon_merge,
    find_begun,
    merge_tenants,
    pair_to_merge,
    preview_merge,
)
from tenants.provisioning.models import LongJob
from tenants.provisioning.working.declared import get_merge_declaration
from tenants.provisioning.working.errors import MergeBegun, ObstaclesRemain
from tenants.provisioning.working.jobs import ask, decide, get_work, looked
from tenants.provisioning.working.telling import Clock, Tell
from tenants.registry.context import central_context


def start_look(*, source: str, into: str, ground: str, by: Actor, now: datetime) -> UUID:
    """Changes nothing. Raises the refusals of a merge's beginning, WorkUnderWay, MergeBegun."""
    ground = ground.strip()[:300]
    going, staying = pair_to_merge(source=source, into=into, ground=ground)
    with central_context(), transaction.atomic():
        lock_tenant(going.code)
        if find_begun(going, staying) is not None:
            raise MergeBegun(owner=going.name)
        asked = {"act": "LOOK_MERGE", "into": staying.code, "ground": ground}
        return ask(kind="MERGE", tenant=going, asked=asked, by=by, now=now).public_id


def confirm_merge(*, public_id: UUID, confirm: str, by: Actor, now: datetime) -> None:
    """Raises WorkUnknown, WorkNotWaiting, LookTooOld, ObstaclesRemain, ConfirmationDiffers."""
    with central_context(), transaction.atomic():
        job = looked(public_id, "MERGE", now)
        look = job.report["look"]
        if look["obstacles"]:
            raise ObstaclesRemain(count=len(look["obstacles"]))
        require_confirmation(lock_tenant(job.tenant_code), confirm)
        rows = sum(one["waiting"] for one in look["tables"])
        more = {"into": job.asked["into"], "ground": job.asked["ground"], "rows": rows}
        decide(job, "MERGE", more, action="tenant.merge_confirmed", by=by, now=now)


def abandon(*, public_id: UUID, confirm: str, by: Actor, now: datetime) -> None:
    """Only as long as no row was moved. Raises ConfirmationDiffers, and those of abandon_merge."""
    job = get_work(public_id)
    with central_context(), transaction.atomic():
        require_confirmation(lock_tenant(job.tenant_code), confirm)
    abandon_merge(
        source=job.tenant_code, into=job.asked["into"], declaration=get_merge_declaration(), by=by, now=now
    )


def list_merges(code: str, *, limit: int = 10) -> list[LongJob]:
    """Those in which the tenant goes or stays, newest first."""
    with central_context():
        merges = LongJob.objects.filter(Q(tenant_code=code) | Q(asked__into=code), kind="MERGE")
        return list(merges.order_by("-id")[:limit])


def run_look(job: LongJob, tell: Tell, clock: Clock) -> dict[str, Any]:
    tell(_("Xếp từng dòng của hai nơi trong một giao dịch, rồi hủy giao dịch đó"), 0, 0)
    now, asked = clock(), job.asked
    report = preview_merge(
        source=job.tenant_code,
        into=asked["into"],
        ground=asked["ground"],
        declaration=get_merge_declaration(),
        now=now,
    )
    return {"looked_at": now.isoformat(), **as_json(report)}


def run_merge(job: LongJob, tell: Tell, clock: Clock) -> dict[str, Any]:
    """Ends its row itself, in the transaction that makes the one go on in the other."""
    asked = job.asked
    by = Actor(
        kind=ActorKind.OPERATOR,
        id=asked.get("by_id", job.created_by_id),
        name=asked.get("by_name", job.created_by_name),
    )
    merge_tenants(
        source=job.tenant_code,
        into=asked["into"],
        ground=asked["ground"],
        declaration=get_merge_declaration(),
        by=by,
        now=clock(),
        job_id=job.id,
    )
    return {}
