"""Nothing changes in the tenant that goes while it is copied, and nobody else works on the two schemas."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction

from tenants.provisioning.connecting import connect, tenant_lock
from tenants.provisioning.merging.errors import MergeRunsElsewhere, SourceBusy
from tenants.provisioning.merging.plan import Declaration, Move
from tenants.provisioning.merging.world import World
from tenants.provisioning.services.creation import grant_rights
from tenants.registry.models import Tenant
from tenants.registry.roles import role_name

_WAIT = "10s"  # for those who write at this moment


@contextmanager
def both_held(source: Tenant, into: Tenant) -> Iterator[None]:
    """The lock of whoever changes a tenant as a whole, on both; it goes with the process, however that ends.

    Raises MergeRunsElsewhere: another merge, an upgrade or a restore has one of them.
    """
    with connect(name=f"merge {source.code} {into.code}") as holder:
        for tenant in sorted((source, into), key=lambda one: one.id):
            row = holder.execute("SELECT pg_try_advisory_lock(%s)", [tenant_lock(tenant.id)]).fetchone()
            if row is None or not row[0]:
                raise MergeRunsElsewhere
        yield


def stop_writing(world: World, declaration: Declaration) -> None:
    """The tenant's role may not write any more what is carried; then whoever still writes is waited for.

    The state READ_ONLY keeps people out politely; this is the wall behind it, at
    once and for every process. Raises SourceBusy.
    """
    role = _role(world)
    for move in declaration.moves:
        world.do(f"REVOKE INSERT, UPDATE, DELETE ON <from>.{move.table} FROM {role}")
        for column in move.still_written:
            world.do(f"GRANT UPDATE ({column}) ON <from>.{move.table} TO {role}")


def wait_for_writers(world: World, declaration: Declaration) -> None:
    """Until every transaction that began to write before has ended."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{_WAIT}'")
            for table in declaration.tables:
                if isinstance(table, Move):
                    cursor.execute(world.named(f"LOCK TABLE <from>.{table.table} IN SHARE MODE"))
    except OperationalError:
        raise SourceBusy(value=world.pair.from_code) from None


def allow_writing(world: World, declaration: Declaration) -> None:
    """As it was before stop_writing."""
    role = _role(world)
    for move in declaration.moves:
        for column in move.still_written:
            world.do(f"REVOKE UPDATE ({column}) ON <from>.{move.table} FROM {role}")
    grant_rights(world.pair.from_schema)


def _role(world: World) -> str:
    return role_name(database=connection.settings_dict["NAME"], schema=world.pair.from_schema)
