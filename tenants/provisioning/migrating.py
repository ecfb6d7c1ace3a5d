"""Running Django's migrations in one schema, as the owner of its tables."""

import hashlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management import call_command
from django.core.management.commands.migrate import Command as DjangoMigrate
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django_tenants.postgresql_backend.base import FakeTenant

from tenants.registry.postgresql.typed import connection

TEMPLATE_SCHEMA = "tenant_template"


@contextmanager
def as_owner(schema: str) -> Iterator[None]:
    """The connection in ``schema`` with the rights of the application's own role."""
    before = connection.tenant
    connection.set_tenant(FakeTenant(schema_name=schema), include_public=False)
    try:
        with connection.owner_mode():
            yield
    finally:
        connection.set_tenant(before, include_public=False)


def migrate_schema(schema: str) -> None:
    """Apply what is pending in ``schema``; django-tenants' router picks the apps that belong there."""
    with as_owner(schema):
        call_command(DjangoMigrate(), interactive=False, verbosity=0)


def has_pending(schema: str) -> bool:
    with as_owner(schema):
        executor = MigrationExecutor(connection)
        return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def migrations_in_code_sha256() -> str:
    """Names the migrations that the code knows, by their content: an edited one is another set."""
    digest = hashlib.sha256()
    for (app, name), migration in sorted(MigrationLoader(None).disk_migrations.items()):
        source = sys.modules[migration.__module__].__file__
        digest.update(f"{app}.{name}\0".encode())
        digest.update(Path(source or "").read_bytes())
    return digest.hexdigest()
