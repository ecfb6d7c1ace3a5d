"""An onboarding that the worker carries out while an operator watches: a LongJob with its progress.

What was handed in stays in the row until the job is done, so that a job whose
worker died is simply run again; afterwards only names and hashes are left.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import Error as DatabaseError
from django.db import transaction

from kernel.actors import Actor, ActorKind
from kernel.errors import DomainError
from kernel.ids import uuid7
from tenants.provisioning.models import LongJob
from tenants.provisioning.onboarding.errors import JobUnderWay, JobUnknown, LinksToldAlready
from tenants.provisioning.onboarding.links import FirstAddress, issue_first_links
from tenants.provisioning.onboarding.running import Order, Progress, onboard, read_order
from tenants.provisioning.onboarding.waking import wake_after_commit
from tenants.registry.acts import record_act
from tenants.registry.context import central_context
from tenants.registry.selectors import get_tenant

SILENT = timedelta(minutes=2)  # a step takes seconds: whoever has said nothing for so long is gone


def start_job(*, main: str, files: dict[str, str], by: Actor, now: datetime) -> UUID:
    """Read it all first, then leave it to the worker. Raises OnboardingRefused."""
    order = _read(main, files, now)
    with central_context(), transaction.atomic():
        job = LongJob.objects.create(
            public_id=uuid7(),
            kind="ONBOARD",
            tenant_code=order.frame.code,
            asked={"main": main, "files": files},
            progress=_progress("", 0, 0, now),
            created_at=now,
            created_by_id=by.id,
            created_by_name=by.name,
        )
        record_act(
            by=by, action="tenant.onboarding_started", now=now, tenant_code=job.tenant_code,
            facts={"job": str(job.public_id), "files": _hashes(files)},
        )  # fmt: skip
        wake_after_commit(job.public_id)
    return job.public_id


def restart_job(*, public_id: UUID, by: Actor, now: datetime) -> None:
    """One that failed, or whose worker is gone. Raises JobUnknown, JobUnderWay."""
    with central_context(), transaction.atomic():
        job = _get(public_id, lock=True)
        if not can_restart(job, now):
            raise JobUnderWay(value=job.tenant_code)
        job.state, job.error, job.progress = "WAITING", "", _progress("", 0, 0, now)
        job.save()
        record_act(
            by=by, action="tenant.onboarding_restarted", now=now, tenant_code=job.tenant_code,
            facts={"job": str(public_id)},
        )  # fmt: skip
        wake_after_commit(public_id)


def can_restart(job: LongJob, now: datetime) -> bool:
    told = datetime.fromisoformat(job.progress["at"])
    return job.state == "FAILED" or (job.state in ("WAITING", "RUNNING") and now - told > SILENT)


def get_job(public_id: UUID) -> LongJob:
    """Raises JobUnknown."""
    with central_context():
        return _get(public_id)


def run_job(*, public_id: UUID, clock: Callable[[], datetime]) -> None:
    """Safe to run twice: what is done already is not done again, and two at once are refused by the lock inside."""
    with central_context(), transaction.atomic():
        job = _get(public_id, lock=True)
        if job.state in ("DONE", "FAILED"):
            return
        job.state = "RUNNING"
        job.save(update_fields=["state"])
    by = Actor(kind=ActorKind.OPERATOR, id=job.created_by_id, name=job.created_by_name)
    said: list[str] = []

    def tell(title: str, number: int, total: int) -> None:
        with central_context():
            LongJob.objects.filter(id=job.id).update(progress=_progress(title, number, total, clock()))

    try:
        order = _read(job.asked["main"], job.asked["files"], clock())
        onboard(order=order, by=by, now=clock(), progress=Progress(line=said.append, step=tell))
    except DomainError as refusal:
        _end(job, "FAILED", clock(), error=str(refusal), report={"lines": said})
    except DatabaseError as failure:
        # What the server says may quote a person's data: only the kind of the failure is kept.
        state = getattr(failure.__cause__, "sqlstate", None) or ""
        _end(
            job, "FAILED", clock(), error=f"{type(failure).__name__} {state}".strip(), report={"lines": said}
        )
        raise
    else:
        _end(job, "DONE", clock(), report={"lines": said}, asked=_hashes(job.asked["files"]))


def tell_links(*, public_id: UUID, by: Actor, now: datetime) -> list[FirstAddress]:
    """To the operator who started the job, once.

    Raises JobUnknown (also of somebody else's, or one that is not done), LinksToldAlready.
    """
    with central_context(), transaction.atomic():
        job = _get(public_id, lock=True)
        if job.state != "DONE" or job.created_by_id != by.id:
            raise JobUnknown()
        if job.report.get("links_told_at"):
            raise LinksToldAlready(code=job.tenant_code)
        job.report = {**job.report, "links_told_at": now.isoformat()}
        job.save(update_fields=["report"])
        return issue_first_links(tenant=get_tenant(job.tenant_code), by=by, now=now)


def _read(main: str, files: dict[str, str], now: datetime) -> Order:
    raw = {name: text.encode() for name, text in files.items()}
    return read_order(main=main, open_file=raw.get, now=now)


def _get(public_id: UUID, *, lock: bool = False) -> LongJob:
    jobs = LongJob.objects.filter(public_id=public_id, kind="ONBOARD")
    job = (jobs.select_for_update(of=("self",)) if lock else jobs).first()
    if job is None:
        raise JobUnknown()
    return job


def _progress(title: str, number: int, total: int, at: datetime) -> dict[str, Any]:
    return {"title": title, "number": number, "total": total, "at": at.isoformat()}


def _end(job: LongJob, state: str, now: datetime, **changed: Any) -> None:
    with central_context():
        LongJob.objects.filter(id=job.id).update(state=state, finished_at=now, **changed)


def _hashes(files: dict[str, str]) -> dict[str, str]:
    return {name: hashlib.sha256(text.encode()).hexdigest() for name, text in files.items()}
