"""The row of one piece of work: asked for, carried out, run again when the worker died, at its end.

Who carries it out holds an advisory lock for as long: a killed process keeps
none, so that "is anybody at it?" is asked of PostgreSQL and not of a clock.
``asked["act"]`` says what is to be done, in the words of ``running``.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from kernel.actors import Actor
from kernel.ids import uuid7
from tenants.provisioning.connecting import lock_key, tenant_lock
from tenants.provisioning.models import LongJob
from tenants.provisioning.working.errors import LookTooOld, WorkNotWaiting, WorkUnderWay, WorkUnknown
from tenants.registry.acts import record_act
from tenants.registry.context import central_context
from tenants.registry.models import Tenant
from tenants.registry.selectors import find_tenant

KINDS = ("EXPORT", "RESTORE", "MERGE")
LOOK = "LOOK_"  # begins the act of a look
OPEN = ("WAITING", "RUNNING")
LOOK_HOLDS = timedelta(minutes=30)  # people work on meanwhile: what was told is no longer so then
_LOST = timedelta(minutes=2)  # a message that no worker took for so long is gone, or there is no worker
_wake: Callable[[UUID], None] | None = None


def set_work_wake(wake: Callable[[UUID], None]) -> None:
    """Wired once by the roof: sends the task that calls run_work."""
    global _wake
    _wake = wake


def ask(*, kind: str, tenant: Tenant, asked: dict[str, Any], by: Actor, now: datetime) -> LongJob:
    """Inside the transaction that has locked the tenant's row. Raises WorkUnderWay: one of the same kind is open."""
    with central_context():
        if LongJob.objects.filter(kind=kind, tenant_code=tenant.code, state__in=OPEN).exists():
            raise WorkUnderWay(owner=tenant.name)
        job = LongJob.objects.create(
            public_id=uuid7(),
            kind=kind,
            tenant_code=tenant.code,
            asked=asked,
            progress={"at": now.isoformat()},
            created_at=now,
            created_by_id=by.id,
            created_by_name=by.name,
        )
    wake_after_commit(job.public_id)
    return job


def get_work(public_id: UUID) -> LongJob:
    """Raises WorkUnknown."""
    with central_context():
        return _get(public_id)


def lock_work(public_id: UUID) -> LongJob:
    """For a change of the row, inside a transaction. Raises WorkUnknown."""
    with central_context():
        return _get(public_id, lock=True)


def list_works(*, tenant_code: str, limit: int = 10) -> list[LongJob]:
    """Newest first; a merge stands with the tenant that goes."""
    with central_context():
        return list(LongJob.objects.filter(kind__in=KINDS, tenant_code=tenant_code).order_by("-id")[:limit])


def is_at_work(job: LongJob) -> bool:
    """Whether a living process carries it out now; a merge may have been begun by a command, which holds the tenant."""
    if _is_locked(work_lock(job.public_id)):
        return True
    tenant = find_tenant(job.tenant_code) if job.kind == "MERGE" else None
    return tenant is not None and _is_locked(tenant_lock(tenant.id))


def _is_locked(key: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND classid = %s AND objid = %s AND objsubid = 1"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
            [key >> 32, key & 0xFFFFFFFF],
        )
        return cursor.fetchone() is not None


def can_restart(job: LongJob, now: datetime) -> bool:
    """It failed and may be tried once more, its worker is gone, or nobody came for it."""
    if job.state == "FAILED":
        return job.finished_at is None
    if job.state == "DONE":
        return is_look(job)
    if job.state == "RUNNING":
        return not is_at_work(job)
    asked_at = datetime.fromisoformat(job.progress.get("at") or job.created_at.isoformat())
    return job.state == "WAITING" and now - asked_at > _LOST


def is_look(job: LongJob) -> bool:
    """It says what would happen, and a person decides."""
    return str(job.asked.get("act", "")).startswith(LOOK)


def restart(*, public_id: UUID, by: Actor, now: datetime) -> None:
    """What was decided after a look begins with the look again; a merge that has begun goes on.

    Raises WorkUnknown, WorkNotWaiting.
    """
    with central_context(), transaction.atomic():
        job = _get(public_id, lock=True)
        if not can_restart(job, now):
            raise WorkNotWaiting
        job.state, job.error, job.progress = "WAITING", "", {**job.progress, "at": now.isoformat()}
        if job.asked.get("act") in ("RESTORE", "MERGE") and not has_begun(job):
            job.asked = {**job.asked, "act": f"{LOOK}{job.kind}"}
        job.save(update_fields=["state", "error", "progress", "asked"])
        record_act(
            by=by, action="tenant.work_restarted", now=now, tenant_code=job.tenant_code,
            facts={"job": str(public_id), "act": job.asked.get("act", job.kind)},
        )  # fmt: skip
        wake_after_commit(public_id)


def has_begun(job: LongJob) -> bool:
    """A merge that has closed its tenant for writing: it goes on where it stopped."""
    return "state_before" in job.progress


def looked(public_id: UUID, kind: str, now: datetime) -> LongJob:
    """The row of a look that still holds, locked. Raises WorkUnknown, WorkNotWaiting, LookTooOld."""
    job = lock_work(public_id)
    if job.asked.get("act") != f"{LOOK}{kind}" or job.state != "DONE":
        raise WorkNotWaiting
    if now - datetime.fromisoformat(job.report["look"]["looked_at"]) > LOOK_HOLDS:
        raise LookTooOld
    return job


def decide(job: LongJob, act: str, more: dict[str, Any], *, action: str, by: Actor, now: datetime) -> None:
    """After its look: who decided and what, in the row and in the trail; then it is the worker's."""
    job.asked = {**job.asked, "act": act, "by_id": by.id, "by_name": by.name, **more}
    job.asked["decided_at"] = now.isoformat()
    job.state, job.progress = "WAITING", {"at": now.isoformat()}
    job.save(update_fields=["asked", "state", "progress"])
    facts = {"job": str(job.public_id), **more}
    record_act(by=by, action=action, now=now, tenant_code=job.tenant_code, facts=facts)
    wake_after_commit(job.public_id)


def work_lock(public_id: UUID) -> int:
    return lock_key("work", public_id)


def wake_after_commit(public_id: UUID) -> None:
    if _wake is not None:
        wake = _wake
        transaction.on_commit(lambda: wake(public_id))


def _get(public_id: UUID, *, lock: bool = False) -> LongJob:
    jobs = LongJob.objects.filter(public_id=public_id, kind__in=KINDS)
    job = (jobs.select_for_update(of=("self",)) if lock else jobs).first()
    if job is None:
        raise WorkUnknown
    return job
