"""What a restore has put aside is dropped, when somebody has looked and needs it no more."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction

from kernel.actors import Actor
from tenants.provisioning import errors
from tenants.provisioning.archive.kept import list_kept
from tenants.provisioning.confirming import lock_tenant, require_confirmation
from tenants.provisioning.migrating import as_owner
from tenants.registry.acts import record_act


def drop_kept(*, code: str, schemas: Sequence[str], confirm: str, by: Actor, now: datetime) -> list[str]:
    """Drop ``schemas``, or all that are kept when none is named; the tenant itself is not touched.

    Files that only they claim go with the next cleaning. Returns the names.
    Raises TenantUnknown, ConfirmationDiffers, NothingKept, KeptUnknown.
    """
    with as_owner("public"), transaction.atomic(), connection.cursor() as cursor:
        tenant = lock_tenant(code)
        require_confirmation(tenant, confirm)
        there = list_kept(cursor, tenant.schema_name)
        if not there:
            raise errors.NothingKept(owner=tenant.name)
        for name in schemas:
            if name not in there:
                raise errors.KeptUnknown(
                    field="schema", owner=tenant.name, value=name, there=", ".join(there)
                )
        dropped = [name for name in there if name in schemas or not schemas]
        for name in dropped:
            cursor.execute(f'DROP SCHEMA "{name}" CASCADE')
        record_act(
            by=by, action="tenant.kept_dropped", now=now, tenant_code=tenant.code, facts={"schema": dropped}
        )
    return dropped
