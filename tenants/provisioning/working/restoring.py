"""A restore from the list of archives: first a look that says what would be lost, then the code typed again.

Only archives that the centre has written are taken, by the hash that it kept: what else lies on a disk is a
command's work. So are ``--to-shape`` and ``--drop-replaced``.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from kernel.actors import Actor, ActorKind
from kernel.errors import Refusals
from tenants.provisioning.archive.aiming import refuse_merged
from tenants.provisioning.archive.comparing import compare
from tenants.provisioning.archive.errors import MergedSince, TenantInMerge
from tenants.provisioning.archive.listed import find_archive, open_listed
from tenants.provisioning.archive.places import place_of
from tenants.provisioning.archive.restoring import restore_tenant
from tenants.provisioning.birth import find_birth_release
from tenants.provisioning.confirming import lock_tenant, require_confirmation, state_not_fit
from tenants.provisioning.migrating import as_owner
from tenants.provisioning.models import Archive, LongJob
from tenants.provisioning.services.creation import list_refusals
from tenants.provisioning.working.errors import ArchiveUnknown, LookTooOld
from tenants.provisioning.working.jobs import LOOK_HOLDS, ask, decide, looked
from tenants.provisioning.working.telling import Clock, Tell
from tenants.registry.context import central_context
from tenants.registry.models import Tenant
from tenants.registry.selectors import get_tenant


def start_look(*, code: str, archive_id: int, by: Actor, now: datetime) -> UUID:
    """Changes nothing. Raises TenantUnknown, ArchiveUnknown, StateNotFit, WorkUnderWay."""
    with central_context(), transaction.atomic():
        tenant = lock_tenant(code)
        archive = find_archive(tenant, archive_id)
        if archive is None:
            raise ArchiveUnknown(owner=tenant.name)
        if tenant.dropped_at is not None:
            raise state_not_fit(tenant)
        asked = {
            "act": "LOOK_RESTORE",
            "archive": archive.id,
            "path": archive.path,
            "archived_at": archive.created_at.isoformat(),
            "archived_by": archive.created_by,
        }
        return ask(kind="RESTORE", tenant=tenant, asked=asked, by=by, now=now).public_id


def confirm_replace(*, public_id: UUID, confirm: str, by: Actor, now: datetime) -> None:
    """The rows of the living tenant give way. Raises WorkUnknown, WorkNotWaiting, LookTooOld, ConfirmationDiffers,
    and those of refuse_merged.
    """
    with central_context(), transaction.atomic():
        job = looked(public_id, "RESTORE", now)
        tenant = lock_tenant(job.tenant_code)
        require_confirmation(tenant, confirm)
        made_at = datetime.fromisoformat(job.asked["archived_at"])
        refuse_merged(tenant.code, name=tenant.name, made_at=made_at)
        _go(job, {"mode": "REPLACE"}, by, now)


def confirm_beside(*, public_id: UUID, code: str, host: str, by: Actor, now: datetime) -> None:
    """A tenant of its own under another code, to look at and compare; nothing gives way.

    Raises WorkUnknown, WorkNotWaiting, LookTooOld, and what create_tenant refuses.
    """
    code, host = code.strip().upper(), host.strip().lower()
    with as_owner("public"), transaction.atomic():
        job = looked(public_id, "RESTORE", now)
        tenant = lock_tenant(job.tenant_code)
        refusals = list_refusals(code, tenant.name, tenant.kind, host)
        if refusals:
            raise Refusals(refusals) if len(refusals) > 1 else refusals[0]
        _go(job, {"mode": "BESIDE", "code": code, "host": host}, by, now)


def run_look(job: LongJob, tell: Tell, clock: Clock) -> dict[str, Any]:
    archive, tenant = _archive(job)
    with open_listed(archive, read=lambda done, total: tell(archive.path, done, total)) as sound:
        manifest, looked_at = sound.manifest, clock()
        found = compare(manifest, tenant, step=tell)
    return {
        "looked_at": looked_at.isoformat(),
        "in_the_way": _in_the_way(tenant, archive),
        "release": manifest.release_name,
        "older_release": manifest.release < tenant.release,
        "ahead": manifest.release > (find_birth_release() or manifest.release),
        "tables": len(manifest.tables),
        "rows": manifest.rows,
        "files": manifest.files,
        "differences": [one._asdict() for one in found],
    }


def _in_the_way(tenant: Tenant, archive: Archive) -> str:
    """Why the living rows may not give way, or nothing."""
    try:
        refuse_merged(tenant.code, name=tenant.name, made_at=archive.created_at)
    except (TenantInMerge, MergedSince) as refusal:
        return str(refusal)
    return ""


def run_restore(job: LongJob, tell: Tell, clock: Clock) -> dict[str, Any]:
    archive, _tenant = _archive(job)
    asked, heard = job.asked, 0
    replace = asked["mode"] == "REPLACE"
    if replace and clock() - datetime.fromisoformat(asked["decided_at"]) > LOOK_HOLDS:
        # The broker hands a message out again an hour after its worker died: people have worked on meanwhile.
        raise LookTooOld
    look = job.report["look"]

    def say(line: str) -> None:
        nonlocal heard
        heard += 1
        tell(line.strip(), min(heard, look["tables"]), look["tables"])

    def done(tenant: Tenant, kept: str) -> None:
        """In the transaction that swaps: were it behind, a worker that dies between would restore a second time."""
        report = {
            **job.report,
            "code": tenant.code,
            "kept": kept,
            "rows": look["rows"],
            "files": look["files"],
        }
        LongJob.objects.filter(id=job.id).update(state="DONE", report=report, finished_at=clock())

    restore_tenant(
        path=place_of(archive.path),
        by=Actor(kind=ActorKind.OPERATOR, id=asked["by_id"], name=asked["by_name"]),
        now=clock(),
        code=None if replace else asked["code"],
        host=None if replace else asked["host"],
        replace=replace,
        confirm=job.tenant_code if replace else "",  # typed again when it was asked for
        sha256=archive.sha256,
        within=done,
        say=say,
    )
    return {}


def _archive(job: LongJob) -> tuple[Archive, Tenant]:
    tenant = get_tenant(job.tenant_code)
    archive = find_archive(tenant, job.asked["archive"])
    if archive is None:
        raise ArchiveUnknown(owner=tenant.name)
    return archive, tenant


def _go(job: LongJob, more: dict[str, Any], by: Actor, now: datetime) -> None:
    more |= {"path": job.asked["path"]}
    decide(job, "RESTORE", more, action="tenant.restore_confirmed", by=by, now=now)
