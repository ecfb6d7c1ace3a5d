"""Where an archive is to be restored to, and everything that keeps it from going there."""

from datetime import datetime
from typing import NamedTuple

from django.db.models import Q

from kernel.errors import Refusals
from tenants.provisioning.archive import errors
from tenants.provisioning.archive.manifest import Manifest
from tenants.provisioning.dumping import Script
from tenants.provisioning.migrating import as_owner
from tenants.provisioning.models import LongJob, TemplateScript
from tenants.provisioning.services.creation import list_refusals
from tenants.registry.context import central_context
from tenants.registry.models import Tenant
from tenants.registry.selectors import find_tenant


class Aim(NamedTuple):
    """``living`` is the tenant whose rows are exchanged; without one, a tenant is made under ``code`` and ``host``."""

    code: str
    name: str
    host: str
    living: Tenant | None

    @property
    def schema(self) -> str:
        return self.living.schema_name if self.living else self.code.lower()

    @property
    def scratch(self) -> str:
        """Where the rows are loaded: the same name each time, so that what a cut-off run left is found."""
        return f"{self.schema}_restoring"


def take_aim(manifest: Manifest, *, code: str | None, host: str | None, replace: bool, confirm: str) -> Aim:
    """Or why not.

    Raises TenantStillThere, NothingToReplace, ReplaceUnderAnotherCode, ReplaceNotConfirmed, TenantInMerge,
    MergedSince, HostNeeded, Refusals.
    """
    own, name = str(manifest.tenant["code"]), str(manifest.tenant["name"])
    if replace:
        aim = _aim_at_living(own, code, confirm)
        refuse_merged(own, name=aim.name, made_at=datetime.fromisoformat(manifest.made_at))
        return aim
    living = find_tenant(code or own)
    if living is not None:
        raise errors.TenantStillThere(field="code", tenant=living.name, value=living.code)
    if host is None and code in (None, own):
        host = next((one["domain"] for one in manifest.tenant["hosts"] if one["is_primary"]), None)
    if host is None:
        raise errors.HostNeeded(field="host")
    with as_owner("public"):
        refusals = list_refusals(code or own, name, str(manifest.tenant["kind"]), host)
    if refusals:
        raise Refusals(refusals) if len(refusals) > 1 else refusals[0]
    return Aim(code or own, name, host, None)


def _aim_at_living(own: str, code: str | None, confirm: str) -> Aim:
    if code not in (None, own):
        raise errors.ReplaceUnderAnotherCode(field="code", value=own)
    living = find_tenant(own)
    if living is None:
        raise errors.NothingToReplace(field="replace", value=own)
    if confirm != own:
        raise errors.ReplaceNotConfirmed(field="confirm", tenant=living.name, value=own)
    return Aim(own, living.name, "", living)


def refuse_merged(code: str, *, name: str, made_at: datetime) -> None:
    """Rows that another tenant has brought are in no archive of before, and a merge that stopped counts on its rows.

    Raises TenantInMerge, MergedSince.
    """
    with central_context():
        begun = LongJob.objects.filter(kind="MERGE", progress__has_key="state_before")
        if begun.filter(Q(tenant_code=code) | Q(asked__into=code), finished_at=None).exists():
            raise errors.TenantInMerge(tenant=name)
        merged = begun.filter(asked__into=code, state="DONE", finished_at__gt=made_at).first()
    if merged is not None:
        raise errors.MergedSince(tenant=name, source=merged.tenant_code)


def find_script(manifest: Manifest) -> Script:
    """The script of the archive's own release, of the very same migrations. Raises ReleaseNotHere."""
    with central_context():
        row = TemplateScript.objects.filter(release=manifest.release).first()
    if row is None or row.migrations_sha256 != manifest.migrations_sha256:
        raise errors.ReleaseNotHere(release=manifest.release_name)
    return Script(row.pre_sql, row.post_sql)
