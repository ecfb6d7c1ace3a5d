"""The centre: extensions, its own schema and the operators' host."""

from collections.abc import Callable
from datetime import datetime

from django.db import connection, transaction

from kernel.ids import uuid7
from tenants.provisioning.migrating import as_owner, migrate_centre
from tenants.registry.context import central_context
from tenants.registry.enums import TenantKind
from tenants.registry.models import Domain, Tenant
from tenants.registry.selectors import forget_hosts

EXTENSIONS = ("unaccent", "pg_trgm", "btree_gin", "btree_gist")


def prepare_centre(*, host: str, now: datetime, say: Callable[[str], None] = lambda line: None) -> None:
    """Bring the central schema to the code's state. Run again, it changes only what differs."""
    with as_owner("public"), connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA IF NOT EXISTS extensions")
        for extension in EXTENSIONS:
            cursor.execute(f"CREATE EXTENSION IF NOT EXISTS {extension} SCHEMA extensions")
        cursor.execute("SELECT has_schema_privilege(current_user, 'public', 'CREATE'), session_user")
        may_create, owner = cursor.fetchone()
        if not may_create:
            # Up to PostgreSQL 15 a role that inherits nothing does not have the rights of the database's owner
            # either, though it is the owner: it takes them on once, to give itself this one.
            cursor.execute("SET ROLE pg_database_owner")
            cursor.execute(f'GRANT USAGE, CREATE ON SCHEMA public TO "{owner}"')
            cursor.execute("RESET ROLE")
        cursor.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
        cursor.execute("GRANT USAGE ON SCHEMA extensions TO PUBLIC")
    if migrate_centre():
        say("lược đồ trung ương")
    _prepare_centre_host(host, now)


@transaction.atomic
def _prepare_centre_host(host: str, now: datetime) -> None:
    with central_context():
        centre, _ = Tenant.objects.get_or_create(
            schema_name="public",
            defaults={
                "public_id": uuid7(),
                "code": "TW",
                "name": "Trung tâm vận hành",
                "kind": TenantKind.CENTRAL,
                "created_at": now,
            },
        )
        Domain.objects.get_or_create(domain=host, defaults={"tenant": centre, "is_primary": True})
    forget_hosts()
