"""What the worker does with a piece of work: takes it, tells where it stands, writes down what came of it."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import Any
from uuid import UUID

import psycopg
from django.db import transaction
from django.utils.translation import gettext as _

from kernel.errors import DomainError
from tenants.provisioning.connecting import connect
from tenants.provisioning.models import LongJob
from tenants.provisioning.working import exporting, merging, restoring
from tenants.provisioning.working.jobs import OPEN, is_look, lock_work, work_lock
from tenants.provisioning.working.telling import Clock, Tell
from tenants.registry.context import central_context

_TELL_EVERY = 0.5  # seconds; the page asks once a second
# By asked["act"]; each returns the report.
RUNNERS: dict[str, Callable[[LongJob, Tell, Clock], dict[str, Any]]] = {
    "EXPORT": exporting.run_export,
    "VERIFY": exporting.run_verify,
    "LOOK_RESTORE": restoring.run_look,
    "RESTORE": restoring.run_restore,
    "LOOK_MERGE": merging.run_look,
    "MERGE": merging.run_merge,
}


def run_work(*, public_id: UUID, clock: Clock) -> None:
    """Safe to run twice: what ended is not done again, and of two at once the second leaves it to the first."""
    with _held(public_id) as mine:
        job = _take(public_id) if mine else None
        if job is None:
            return
        try:
            report = RUNNERS[job.asked.get("act", job.kind)](job, _teller(job, clock), clock)
        except DomainError as refusal:
            _fail(job, str(refusal))
        except BaseException as failure:
            # What the server says may quote a person's data: only the kind of the failure is kept.
            _fail(job, _("Lỗi ngoài dự kiến ({kind}).").format(kind=type(failure).__name__))
            raise
        else:
            _end(job, report, clock())


@contextmanager
def _held(public_id: UUID) -> Iterator[bool]:
    with connect(name=f"work {public_id}") as holder:
        row = holder.execute("SELECT pg_try_advisory_lock(%s)", [work_lock(public_id)]).fetchone()
        try:
            yield bool(row and row[0])
        finally:
            # The server notices only a moment later that a connection is gone: whoever asks in it would be told that
            # somebody is at work.
            with suppress(psycopg.OperationalError):
                holder.execute("SELECT pg_advisory_unlock_all()")


def _take(public_id: UUID) -> LongJob | None:
    with central_context(), transaction.atomic():
        job = lock_work(public_id)
        if job.state not in OPEN:
            return None
        job.state = "RUNNING"
        job.save(update_fields=["state"])
        return job


def _teller(job: LongJob, clock: Clock) -> Tell:
    told = float("-inf")

    def tell(title: str, number: int, total: int) -> None:
        nonlocal told
        if time.monotonic() - told < _TELL_EVERY:
            return
        told = time.monotonic()
        job.progress = {**job.progress, "title": title, "number": number, "total": total}
        job.progress["at"] = clock().isoformat()
        with central_context():
            LongJob.objects.filter(id=job.id).update(progress=job.progress)

    return tell


def _fail(job: LongJob, error: str) -> None:
    with central_context():
        LongJob.objects.filter(id=job.id, state__in=[*OPEN, "FAILED"]).update(state="FAILED", error=error)


def _end(job: LongJob, report: dict[str, Any], now: datetime) -> None:
    """A look is not the end of the work: a person decides. What has ended inside its own transaction stays as it is."""
    ended = {"report": {"look": report}} if is_look(job) else {"report": report, "finished_at": now}
    with central_context():
        LongJob.objects.filter(id=job.id, state="RUNNING").update(state="DONE", error="", **ended)
