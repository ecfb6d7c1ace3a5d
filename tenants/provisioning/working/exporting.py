"""An export into the archives' folder, and a look through one that is there already.

Both only read the tenant, so both are of the kind EXPORT: after neither is an archive too old.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kernel.actors import Actor, ActorKind
from tenants.provisioning.archive.exporting import export_tenant
from tenants.provisioning.archive.listed import find_archive, open_listed
from tenants.provisioning.archive.places import place_of
from tenants.provisioning.confirming import lock_tenant, state_not_fit
from tenants.provisioning.models import Archive, LongJob
from tenants.provisioning.working.errors import ArchiveUnknown
from tenants.provisioning.working.jobs import ask
from tenants.provisioning.working.telling import Clock, Tell
from tenants.registry.acts import record_act
from tenants.registry.context import central_context
from tenants.registry.selectors import get_tenant


def start_export(*, code: str, by: Actor, now: datetime) -> UUID:
    """Into a file of its own, named by tenant and moment. Raises TenantUnknown, StateNotFit, WorkUnderWay."""
    with central_context(), transaction.atomic():
        tenant = lock_tenant(code)
        if tenant.dropped_at is not None:
            raise state_not_fit(tenant)
        name = f"{tenant.schema_name}-{timezone.localtime(now):%Y%m%d-%H%M%S}.motcua"
        asked = {"act": "EXPORT", "path": f"{settings.ARCHIVE_ROOT}/{name}"}
        job = ask(kind="EXPORT", tenant=tenant, asked=asked, by=by, now=now)
        facts = {"job": str(job.public_id), "path": asked["path"]}
        record_act(by=by, action="tenant.export_started", now=now, tenant_code=code, facts=facts)
    return job.public_id


def start_verify(*, code: str, archive_id: int, by: Actor, now: datetime) -> UUID:
    """Raises TenantUnknown, ArchiveUnknown, WorkUnderWay."""
    with central_context(), transaction.atomic():
        tenant = lock_tenant(code)
        archive = find_archive(tenant, archive_id)
        if archive is None:
            raise ArchiveUnknown(owner=tenant.name)
        asked = {"act": "VERIFY", "archive": archive.id, "path": archive.path}
        return ask(kind="EXPORT", tenant=tenant, asked=asked, by=by, now=now).public_id


def list_verified(archives: list[Archive]) -> dict[int, LongJob]:
    """By the key of the archive: the newest look through it, in one statement."""
    with central_context():
        looks = LongJob.objects.filter(
            kind="EXPORT", asked__act="VERIFY", asked__archive__in=[one.id for one in archives]
        ).order_by("id")
        return {job.asked["archive"]: job for job in looks}


def run_export(job: LongJob, tell: Tell, clock: Clock) -> dict[str, Any]:
    place = place_of(job.asked["path"])
    with central_context():
        # The worker died behind the last stroke: the archive is written and known, only the job did not hear of it.
        archive = Archive.objects.filter(path=str(place)).first()
    if archive is None:
        by = Actor(kind=ActorKind.OPERATOR, id=job.created_by_id, name=job.created_by_name)
        archive = export_tenant(code=job.tenant_code, to=place, by=by, now=clock(), step=tell)
    facts = ("path", "sha256", "size", "rows", "files")
    return {"archive": archive.id, **{name: getattr(archive, name) for name in facts}}


def run_verify(job: LongJob, tell: Tell, clock: Clock) -> dict[str, Any]:
    """The same bytes as were written, and each part as the manifest says."""
    archive = find_archive(get_tenant(job.tenant_code), job.asked["archive"])
    if archive is None:
        raise ArchiveUnknown(owner=job.tenant_code)
    title = _("Đọc lại từng byte")
    with open_listed(archive, read=lambda done, total: tell(title, done, total)) as sound:
        report = {
            "rows": sound.manifest.rows,
            "files": sound.manifest.files,
            "tables": len(sound.manifest.tables),
            "release": sound.manifest.release_name,
        }
    by = Actor(kind=ActorKind.OPERATOR, id=job.created_by_id, name=job.created_by_name)
    with central_context(), transaction.atomic():
        facts = {"path": archive.path, "sha256": archive.sha256}
        record_act(
            by=by, action="tenant.archive_verified", now=clock(), tenant_code=job.tenant_code, facts=facts
        )
    return report
